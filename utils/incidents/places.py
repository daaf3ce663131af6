"""In which area each place of the events lies, by boundaries that are at hand.

Places are rounded to a millionth of a degree, a decimetre. Only those that stand in the events are looked up,
each once. What lies on a border is of the first area by name that has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy
import pyarrow
import shapely
from ibis.backends import BaseBackend
from pyarrow import parquet
from shapely.geometry.base import BaseGeometry

__all__ = ["ELSEWHERE", "MILLIONTHS", "areas", "located"]

ELSEWHERE = "elsewhere"
MILLIONTHS = 1_000_000
# Points that are held against the boundaries at a time.
AT_ONCE = 1_000_000


def areas(x: numpy.ndarray, y: numpy.ndarray, shapes: Mapping[str, BaseGeometry]) -> numpy.ndarray:
    """The name of the area of each point, in millionths of a degree east and north, empty where in none."""
    names = numpy.full(len(x), "", dtype=object)
    east, north = x / MILLIONTHS, y / MILLIONTHS
    for name, shape in sorted(shapes.items()):
        west, south, right, top = shape.bounds
        near = (east >= west) & (east <= right) & (north >= south) & (north <= top)
        near &= names == ""
        shapely.prepare(shape)
        inside = numpy.flatnonzero(near)[shapely.intersects_xy(shape, east[near], north[near])]
        names[inside] = name
    return names


def located(
    connection: BaseBackend, spots: ir.Table, shapes: Mapping[str, BaseGeometry], kept: Path
) -> ir.Table:
    """The `area` of each place by its number. spots: with `where`, `x` and `y`. kept: a folder meanwhile."""
    kept.mkdir(parents=True)
    points = spots.filter(spots.reason.isnull()).select("where", "x", "y").distinct()
    file = kept / "points.parquet"
    if connection.name == "duckdb":
        points.to_parquet(file)
    else:
        parquet.write_table(points.to_pyarrow(), file)
    found = [pyarrow.table({"where": [], "area": []})]
    for batch in parquet.ParquetFile(file).iter_batches(AT_ONCE):
        x, y = batch.column("x").to_numpy(), batch.column("y").to_numpy()
        names = areas(x, y, shapes)
        names[names == ""] = ELSEWHERE
        found.append(pyarrow.table({"where": batch.column("where"), "area": names.astype(str)}))
    schema = pyarrow.schema({"where": pyarrow.int32(), "area": pyarrow.string()})
    return ibis.memtable(pyarrow.concat_tables([one.cast(schema) for one in found]))
