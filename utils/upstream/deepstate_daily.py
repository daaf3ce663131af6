"""Occupied territory of Ukraine by day, from the daily extracts of DeepState's map that cyterat keeps.

Source: deepstatemap.live, in the repository cyterat/deepstate-map-data. Each file holds one MultiPolygon:
what the map calls "Occupied", "CADR and CALR" and "Occupied Crimea", put together. Its area is measured in
the equal-area projection.

- The name of a file has the day on which it was made, early in the morning (05:00 UTC in the workflow file).
  It shows the map as of the evening before, so a row gets the day before: moved so, the area equals that of
  the whole-map snapshot of the same day on nine days in ten, but for a constant. Not moved, it does not.
- The constant is Tuzla island, about 4.4 km², which the extract leaves out. It is in no change between days.
- Days without a file are missing. They are not filled in.
- Every pinned geometry is valid. A broken one would be repaired; a file with anything but one polygon or
  multipolygon is refused.
"""

from __future__ import annotations

from pathlib import Path

import geopandas
import pandas

from .geometry import area_km2, repaired
from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("deepstate_daily",)


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`occupied_area`: `date`, the day at whose end the map showed it, and `area_km2` to 0.1 km².

    One row a file. ValueError names a file whose name has no day or that does not hold exactly one polygon or
    multipolygon.
    """
    paths = inputs.files("deepstate_daily")
    frame = pandas.DataFrame(
        {"date": [_day(path) for path in paths], "area_km2": [_area(path) for path in paths]}
    )
    return {"occupied_area": frame.sort_values("date", ignore_index=True)}


def _day(path: Path) -> str:
    """The day before the one in the file's name."""
    try:
        made = pandas.to_datetime(path.name, format="deepstatemap_data_%Y%m%d.geojson")
    except ValueError as error:
        raise ValueError(f"{path.name}: expected a name like deepstatemap_data_20240708.geojson") from error
    return (made - pandas.Timedelta(days=1)).date().isoformat()


def _area(path: Path) -> float:
    """The area of a file's only geometry in km²."""
    frame = geopandas.read_file(path)
    if len(frame) != 1 or not frame.geom_type.isin(["Polygon", "MultiPolygon"]).all():
        kinds = ", ".join(map(str, frame.geom_type)) or "nothing"
        raise ValueError(f"{path.name}: expected one polygon or multipolygon, found {kinds}")
    return float(area_km2(repaired(frame).geometry).round(1)[0])
