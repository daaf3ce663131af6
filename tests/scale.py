"""Generated events of GDELT's shape, counted by DuckDB, plain pandas and Spark: processor time and memory.

`python tests/scale.py` writes `docs/scale.json`. Each count is a process of its own, kept on one core, so
that seconds of the processor can be held against each other on a busy machine. Plain pandas is what an
analyst would write: it reads the same columns and asks the same, but leaves it to its parsers what is a
number or a day, and tells no reason for what it leaves out.

The events are kept as GDELT hands them out, in text files, or in Parquet as an analyst would write them after
reading those once: numbers as numbers, all 61 columns.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy
import psutil
import pyarrow
import shapely
from pyarrow import csv, parquet

from utils.bench import measure
from utils.incidents import command, engine, mapping, reading, run

ROOT = Path(__file__).resolve().parent.parent
HOW = mapping.load("gdelt")
AREAS = ROOT / "data" / "tables" / "oblasts.geojson"
MASTER = "local-cluster[2,1,1024]"
# As long a file as a worker of Spark takes in one task.
ROWS_OF_A_FILE = 250_000
CSV, PARQUET = "csv", "parquet"
# What is a number in the columns that are read.
NUMBERS = {HOW.moment: "int64", HOW.longitude: "float64", HOW.latitude: "float64"}
# GDELT locates events by a gazetteer, so that many share a place.
PLACES, DAYS = 50_000, 300
# One row in so many says again what the row before it said.
REPEATED = 20


def generate(folder: Path, rows: int, kept: str, seed: int = 1) -> int:
    """Write so many events into files of a folder, in the columns of GDELT 2.0; their bytes. kept: how."""
    draw = numpy.random.default_rng(seed)
    east, north = draw.uniform(25, 45, PLACES), draw.uniform(44, 53, PLACES)
    spelled = [numpy.char.mod("%.4f", one) for one in (east, north)]
    days = numpy.datetime_as_string(numpy.datetime64("2024-01-01") + numpy.arange(DAYS))
    days = numpy.char.replace(days, "-", "")
    for start in range(0, rows, ROWS_OF_A_FILE):
        many = min(ROWS_OF_A_FILE, rows - start)
        event = numpy.arange(start, start + many)
        event[1::REPEATED] = event[::REPEATED][: len(event[1::REPEATED])]
        place, day = ((event * factor) % of for factor, of in ((7919, PLACES), (104_729, DAYS)))
        filler = pyarrow.array(numpy.where(draw.random(many) < 0.33, "x1", ""))
        cells = dict.fromkeys(HOW.columns, filler) | {
            "GLOBALEVENTID": event,
            HOW.moment: days[day],
            HOW.longitude: spelled[0][place],
            HOW.latitude: spelled[1][place],
            HOW.tags: numpy.char.zfill((event % 20 + 1).astype(str), 2),
        }
        table = pyarrow.table(cells)
        if kept == PARQUET:
            kinds = [(one.name, NUMBERS.get(one.name, one.type)) for one in table.schema]
            parquet.write_table(table.cast(pyarrow.schema(kinds)), folder / f"{start:09}.parquet")
        else:
            options = csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
            csv.write_csv(table, folder / f"{start:09}.csv", options)
    return sum(path.stat().st_size for path in folder.iterdir())


def by_pandas(paths: list[Path]) -> Any:
    """The counts in plain pandas."""
    import pandas

    options = {"sep": "\t", "names": HOW.columns, "usecols": list(HOW.asked), "dtype": str}
    rows = pandas.concat(
        pandas.read_parquet(path, columns=list(HOW.asked))
        if path.suffix == ".parquet"
        else pandas.read_csv(path, keep_default_na=False, **options)
        for path in paths
    )
    rows["lon"] = pandas.to_numeric(rows[HOW.longitude], errors="coerce")
    rows["lat"] = pandas.to_numeric(rows[HOW.latitude], errors="coerce")
    rows["day"] = pandas.to_datetime(rows[HOW.moment].astype(str), format=HOW.format, errors="coerce")
    rows = rows.dropna(subset=["lon", "lat", "day"])
    area = numpy.full(len(rows), "elsewhere", dtype=object)
    for name, shape in sorted(command.areas(AREAS).items(), reverse=True):
        shapely.prepare(shape)
        area[shapely.intersects_xy(shape, rows.lon.to_numpy(), rows.lat.to_numpy())] = name
    rows["area"], rows["date"] = area, rows.day.dt.strftime("%Y-%m-%d")
    known = rows[rows[HOW.tags].isin(HOW.names)]
    tagged = [rows.assign(tag="any"), known.assign(tag=known[HOW.tags].map(HOW.names))]
    event = ["GLOBALEVENTID", "lon", "lat", "date", "area", "tag"]
    once = pandas.concat(tagged)[event].drop_duplicates()
    return once.groupby(["date", "area", "tag"]).size().rename("incidents").reset_index()


def count(folder: Path, who: str) -> None:
    """Count in this process, on one core, and print the sum and the processor's seconds."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    paths = reading.files([folder])
    if who == "spark":
        from pyspark.sql import SparkSession

        os.environ[engine.VARIABLE] = MASTER
        # The session is kept, so that its processes can be asked what they took.
        engine.started(SparkSession.builder.master(MASTER), is_here=True)
    table = by_pandas(paths) if who == "pandas" else run.count(paths, HOW, command.areas(AREAS)).table
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    taken = [one.cpu_times() for one in family]
    used = round(sum(one.user + one.system for one in taken), 2)
    print(json.dumps({"counts": len(table), "sum": int(table["incidents"].sum()), "processor": used}))


def measured(folder: Path, who: str) -> dict[str, float]:
    """What a count of a folder costs, in a process of its own; what is loaded at the start is in it."""
    call = [sys.executable, str(Path(__file__)), "--count", str(folder), who]
    begun = time.perf_counter()
    taken, printed = measure.sample(call, folder=ROOT, environment=os.environ)
    told = json.loads(printed.splitlines()[-1])
    seconds = time.perf_counter() - begun
    return {**told, "seconds": round(seconds, 1), "megabytes": round(taken.memory)}


def campaign(sizes: list[int], engines: list[str], kept: str, write: Path) -> None:
    """Measure each engine at each size, hold their sums against each other, and write it down at once."""
    found = json.loads(write.read_text(encoding="utf-8")) if write.is_file() else {}
    for rows in sizes:
        with TemporaryDirectory(prefix="scale-") as name:
            folder = Path(name)
            size = generate(folder, rows, kept)
            of_size = found.setdefault(kept, {}).setdefault(str(rows), {})
            of_size["bytes"] = size
            for who in engines:
                of_size[who] = measured(folder, who)
                print(kept, rows, who, of_size[who], flush=True)
                write.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        counted = {(one["counts"], one["sum"]) for one in of_size.values() if isinstance(one, dict)}
        if len(counted) != 1:
            raise SystemExit(f"the engines differ at {rows} rows: {sorted(counted)}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--rows", type=int, nargs="+", default=[10**5, 10**6, 10**7])
    asked.add_argument("--kept", choices=[CSV, PARQUET], default=CSV, help="how the events are kept")
    asked.add_argument("--engines", nargs="+", default=["duckdb", "pandas"])
    asked.add_argument("--write", type=Path, default=ROOT / "docs" / "scale.json")
    asked.add_argument("--count", nargs=2, metavar=("FOLDER", "ENGINE"), help="one count, in this process")
    given = asked.parse_args()
    if given.count:
        count(Path(given.count[0]), given.count[1])
    else:
        campaign(given.rows, given.engines, given.kept, given.write)
