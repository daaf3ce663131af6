"""Generated events of GDELT's shape, counted by DuckDB, plain pandas and Spark: wait, processor and memory.

`python tests/scale.py` writes `docs/scale.json`. Each count is a process of its own on all cores, and the
engines take turns, so that the least of several turns can be held against each other on a busy machine. Plain
pandas is what an analyst would write: it reads the same columns and asks the same, but leaves it to its
parsers what is a number or a day, and tells no reason for what it leaves out.

The events are kept as GDELT hands them out, in text files, or in Parquet as an analyst would write them after
reading those once: numbers as numbers, all 61 columns.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy
import psutil
import pyarrow
import shapely
from pyarrow import csv, parquet

from utils.bench import measure
from utils.incidents import mapping

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
# One row in so many says again what the row before it said; one in so many has no place.
REPEATED, PLACELESS = 20, 25


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
        nowhere = event % PLACELESS == 0
        filler = pyarrow.array(numpy.where(draw.random(many) < 0.33, "x1", ""))
        cells = dict.fromkeys(HOW.columns, filler) | {
            "GLOBALEVENTID": event,
            HOW.moment: days[day],
            HOW.longitude: pyarrow.array(spelled[0][place], mask=nowhere),
            HOW.latitude: pyarrow.array(spelled[1][place], mask=nowhere),
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
    """The counts in plain pandas: each event once on numbers, days spelled after counting."""
    import pandas

    text = {
        "sep": "\t",
        "names": HOW.columns,
        "usecols": list(HOW.asked),
        "dtype": {HOW.moment: str, HOW.tags: str},
    }
    rows = pandas.concat(
        pandas.read_parquet(path, columns=list(HOW.asked))
        if path.suffix == ".parquet"
        else pandas.read_csv(path, **text)
        for path in paths
    )
    place = [HOW.longitude, HOW.latitude]
    for name in place:
        rows[name] = pandas.to_numeric(rows[name], errors="coerce")
    rows["date"] = pandas.to_datetime(rows[HOW.moment].astype(str), format=HOW.format, errors="coerce")
    event = [*HOW.same, *place, "date"]
    rows = rows.dropna(subset=[*place, "date"]).drop_duplicates([*event, HOW.tags])
    area = numpy.full(len(rows), "elsewhere", dtype=object)
    for name, shape in sorted(areas(AREAS).items(), reverse=True):
        shapely.prepare(shape)
        area[shapely.intersects_xy(shape, *(rows[one].to_numpy() for one in place))] = name
    rows = rows.assign(area=area, tag=rows[HOW.tags].map(HOW.names))
    every = rows.drop_duplicates(event).assign(tag="any")
    told = pandas.concat([every, rows.dropna(subset="tag")])
    counts = told.groupby(["date", "area", "tag"]).size().rename("incidents").reset_index()
    return counts.assign(date=counts["date"].dt.strftime("%Y-%m-%d"))


def by_ours(paths: list[Path], who: str) -> Any:
    """The counts by DuckDB, or by Spark, whose session stays: its processes are asked what they took."""
    from utils.incidents import engine, run

    if who == "spark":
        from pyspark.sql import SparkSession

        os.environ[engine.VARIABLE] = MASTER
        engine.started(SparkSession.builder.master(MASTER), is_here=True)
    return run.count(paths, HOW, areas(AREAS)).table


def areas(path: Path) -> dict[str, Any]:
    """The shapes of a GeoJSON file by their name."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        one["properties"]["oblast"]: shapely.from_geojson(json.dumps(one["geometry"])) for one in features
    }


def count(folder: Path, who: str) -> None:
    """Count in this process, and print how many counts there are, their sum and the processors' seconds."""
    paths = sorted(folder.iterdir())
    table = by_pandas(paths) if who == "pandas" else by_ours(paths, who)
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    taken = [one.cpu_times() for one in family]
    used = round(sum(one.user + one.system for one in taken), 2)
    print(json.dumps({"counts": len(table), "sum": int(table["incidents"].sum()), "processor": used}))


def measured(folder: Path, who: str) -> dict[str, float]:
    """What a count of a folder costs, in a process of its own; what is loaded at the start is in it."""
    call = [sys.executable, str(Path(__file__)), "--count", str(folder), who]
    # What is loaded is compiled once, as it is for any analyst.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken, printed = measure.sample(call, folder=ROOT, environment=environment)
    # Spark goes on telling of its tasks after the end.
    told = json.loads(next(line for line in printed.splitlines() if line.startswith('{"counts"')))
    return {**told, "seconds": round(taken.seconds, 1), "megabytes": round(taken.memory)}


def least(turns: list[dict[str, float]]) -> dict[str, float]:
    """The least time and processor of several turns, and the most memory."""
    lowest = {name: min(one[name] for one in turns) for name in ("counts", "sum", "processor", "seconds")}
    return {**lowest, "megabytes": max(one["megabytes"] for one in turns), "turns": len(turns)}


def campaign(sizes: list[int], engines: list[str], kept: str, turns: int, write: Path) -> None:
    """Measure the engines at each size in turns, compare their sums, and write it down at once."""
    found = json.loads(write.read_text(encoding="utf-8")) if write.is_file() else {}
    for rows in sizes:
        with TemporaryDirectory(prefix="scale-") as name:
            folder = Path(name)
            of_size = found.setdefault(kept, {}).setdefault(str(rows), {})
            of_size["bytes"] = generate(folder, rows, kept)
            taken: dict[str, list[dict[str, float]]] = {who: [] for who in engines}
            for who in engines * turns:
                taken[who].append(measured(folder, who))
                print(kept, rows, who, taken[who][-1], flush=True)
                of_size[who] = least(taken[who])
                write.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        counted = {(one["counts"], one["sum"]) for one in of_size.values() if isinstance(one, dict)}
        if len(counted) != 1:
            raise SystemExit(f"the engines differ at {rows} rows: {sorted(counted)}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--rows", type=int, nargs="+", default=[10**5, 10**6, 10**7])
    asked.add_argument("--kept", choices=[CSV, PARQUET], default=CSV, help="how the events are kept")
    asked.add_argument("--engines", nargs="+", default=["duckdb", "pandas"])
    asked.add_argument("--turns", type=int, default=1, help="how often each engine counts each size")
    asked.add_argument("--write", type=Path, default=ROOT / "docs" / "scale.json")
    asked.add_argument("--count", nargs=2, metavar=("FOLDER", "ENGINE"), help="one count, in this process")
    given = asked.parse_args()
    if given.count:
        count(Path(given.count[0]), given.count[1])
    else:
        campaign(given.rows, given.engines, given.kept, given.turns, given.write)
