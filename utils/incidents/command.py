"""``python -m utils incidents``: counts of a stranger's events, and what was wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import shapely
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from shapely.geometry.base import BaseGeometry

from ..words import counted, number
from . import comparing, mapping, reading, run

__all__ = ["areas", "incidents", "write"]


def areas(path: Path) -> dict[str, BaseGeometry]:
    """The areas of a GeoJSON file in degrees, by their property `oblast` or `name`; ValueError if wrong."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {
            str(one["properties"].get("oblast") or one["properties"]["name"]): shapely.from_geojson(
                json.dumps(one["geometry"])
            )
            for one in features
        }
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        expected = "GeoJSON with features that have a property oblast or name"
        raise ValueError(f"{path}: expected {expected} ({type(error).__name__}: {error})") from None
    except shapely.errors.GEOSException as error:
        raise ValueError(f"{path}: {error}") from None


def incidents(
    inputs: Sequence[Path],
    name: str,
    boundaries: Path,
    out: Path,
    around: tuple[date, int] | None,
    to: Console,
) -> None:
    """Count the events of files, write counts and report, and tell what was wrong.

    inputs: files, or folders of them. name: of a mapping. around: a day and how many days before and after it
    are compared. ValueError when mapping, boundaries or a file are wrong, OSError when one is not there or
    nothing can be written.
    """
    how, shapes, paths = mapping.load(name), areas(boundaries), reading.files(inputs)
    with _progress(to, paths) as done:
        counts = run.count(paths, how, shapes, done=done)
    write(counts, out, around)
    tell(counts, to)


@contextmanager
def _progress(to: Console, paths: Sequence[Path]) -> Iterator[Callable[[Path], None]]:
    """A bar over the bytes of the files."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=to, transient=True, disable=not to.is_terminal
    ) as progress:
        task = progress.add_task("reading", total=sum(path.stat().st_size for path in paths))
        yield lambda path: progress.advance(task, path.stat().st_size)


def write(counts: run.Counts, out: Path, around: tuple[date, int] | None) -> None:
    """Write `incidents.csv`, `report.json` and, where it is asked for, `before_and_after.csv`."""
    out.mkdir(parents=True, exist_ok=True)
    counts.table.to_csv(out / "incidents.csv", index=False, lineterminator="\n")
    if around is not None:
        compared = comparing.before_and_after(counts.table, *around)
        compared.to_csv(out / "before_and_after.csv", index=False, lineterminator="\n", float_format="%.6g")
    text = json.dumps(_report(counts), indent=2, ensure_ascii=False)
    (out / "report.json").write_text(f"{text}\n", encoding="utf-8")


def _report(counts: run.Counts) -> Mapping[str, object]:
    return {
        "read": counts.read,
        "counted": counts.counted,
        "repeated": counts.repeated,
        "wrong": [{"reason": one.reason, "rows": one.rows, "example": one.example} for one in counts.wrong],
        "unknown_tags": dict(counts.unknown),
    }


def tell(counts: run.Counts, to: Console) -> None:
    """Say how many rows were read and counted, and why the others were not."""
    to.print(
        f"{counted(counts.read, 'row')} read, {number(counts.counted)} counted, "
        f"{number(counts.repeated)} repeated, {number(sum(one.rows for one in counts.wrong))} wrong"
    )
    for one in counts.wrong:
        to.print(f"wrong: {one}", soft_wrap=True)
    for tag, rows in counts.unknown.items():
        to.print(f"unknown tag {tag!r} in {counted(rows, 'row')}, counted as any alone", soft_wrap=True)
