"""The ledgers of many data folders, on both clocks, on all cores.

`judged` is the unit: a folder's path in, plain rows out, and nothing raised for a folder that is wrong. Any
scheduler may map it over paths that its workers can read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow
from pyarrow import parquet

from . import verdicts
from .archive import Archive
from .evidence.claims import Claim
from .evidence.problems import DataError
from .runs.alone import end_with_parent
from .words import counted

__all__ = ["SCHEMA", "Shelved", "as_parquet", "folders", "judged", "shelve"]

ARTICLE = "article.yaml"
CLOCKS = ("article", "today")
SCHEMA = pyarrow.schema(
    {
        "folder": pyarrow.string(),
        "article": pyarrow.string(),
        "claim": pyarrow.string(),
        "wording": pyarrow.string(),
        "clock": pyarrow.string(),
        "as_of": pyarrow.date32(),
        "label": pyarrow.string(),
        "probability": pyarrow.float64(),
        "confidence": pyarrow.string(),
        "tellers": pyarrow.int64(),
        "reason": pyarrow.string(),
    }
)
Row = dict[str, str | float | int | date | None]


@dataclass(frozen=True)
class Shelved:
    """What became of a folder: a row a claim and clock, by `SCHEMA`; or why there is none, in a line."""

    folder: str
    rows: tuple[Row, ...] = ()
    failure: str = ""


def folders(inputs: Sequence[Path]) -> list[Path]:
    """The data folders named, and those in folders that are none; ValueError for one without any."""
    found: list[Path] = []
    for path in inputs:
        inside = [path] if (path / ARTICLE).is_file() else [one.parent for one in path.glob(f"*/{ARTICLE}")]
        if not inside:
            raise ValueError(f"{path} is no data folder and has none in it: there is no {ARTICLE}")
        found += inside
    return sorted(set(found))


def judged(folder: str) -> Shelved:
    """The verdicts on all claims of a data folder, on the day of its article and today."""
    try:
        archive = Archive.read(folder)
        rows = [
            _row(folder, archive, claim, clock, verdict)
            for claim in archive.claims
            for clock, verdict in zip(CLOCKS, verdicts.two_clocks(archive, claim), strict=True)
        ]
    except DataError as error:
        many = counted(len(error.problems), "error")
        return Shelved(folder, failure=f"{many}, the first: {error.problems[0]}")
    except Exception as error:
        # Whatever one folder does, the others are judged.
        return Shelved(folder, failure=f"{type(error).__name__}: {' '.join(str(error).split())}")
    return Shelved(folder, tuple(rows))


def _row(folder: str, archive: Archive, claim: Claim, clock: str, verdict: verdicts.Verdict) -> Row:
    return {
        "folder": folder,
        "article": archive.article.title,
        "claim": claim.id,
        "wording": claim.wording,
        "clock": clock,
        "as_of": verdict.as_of,
        "label": verdict.label,
        "probability": verdict.probability,
        "confidence": verdict.confidence,
        "tellers": verdict.tellers,
        "reason": verdict.reason,
    }


def shelve(paths: Sequence[Path], processes: int, done: Callable[[Shelved], None]) -> list[Shelved]:
    """What became of each folder, in the order of their paths; done: called with each as it is judged.

    A process that is killed takes the folders with it that others were at; they are judged again, each alone.
    """
    names = [str(path) for path in paths]
    found: dict[str, Shelved] = {}
    with ProcessPoolExecutor(max(1, min(processes, len(names))), initializer=end_with_parent) as pool:
        futures = [pool.submit(judged, name) for name in names]
        for future in as_completed(futures):
            try:
                one = future.result()
            except BrokenProcessPool:
                continue
            found[one.folder] = one
            done(one)
    for name in names:
        if name not in found:
            found[name] = _alone(name)
            done(found[name])
    return [found[name] for name in names]


def _alone(folder: str) -> Shelved:
    with ProcessPoolExecutor(1, initializer=end_with_parent) as pool:
        try:
            return pool.submit(judged, folder).result()
        except BrokenProcessPool:
            return Shelved(folder, failure="the process that judged it was killed")


def as_parquet(shelved: Sequence[Shelved]) -> bytes:
    """All verdicts as one Parquet file; the same folders give the same bytes."""
    rows = [row for one in shelved for row in one.rows]
    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=SCHEMA), file)
    return file.getvalue()
