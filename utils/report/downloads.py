"""Files beside the pages: the evidence as CSV, the verdicts for other programs, the feed of changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel

from .. import exports
from ..archive import Archive
from ..calibration import measured
from ..checks import track_record
from ..checks.grading import figures
from ..results import Results
from ..words import digits
from . import calibration_page, track_page, trust_page
from .directions import Isolating
from .safe import csv_text

__all__ = ["write"]


def write(results: Results, extra: Path) -> None:
    """Write the files below `extra`, from where Sphinx copies them to the root of the site."""
    (extra / "downloads").mkdir(parents=True, exist_ok=True)
    for name, text in _tables(results.archive).items():
        (extra / "downloads" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    made = exports.files(results.archive, both=results.both, leaning=results.leaning)
    for name, content in made.items():
        # ClaimReview stands in the page of its claim.
        if not name.startswith("claimreview/"):
            (extra / name).write_bytes(content)
    texts = {name: now.text for name, (_, now) in results.answers.items()}
    feed = Isolating(results.archive).xml(trust_page.feed(results.archive, texts))
    (extra / "changes.xml").write_text(feed, encoding="utf-8")


def _tables(archive: Archive) -> dict[str, str]:
    return {
        "statements": _csv(archive.statements),
        "sources": _csv(archive.sources.values()),
        "quantities": _csv(archive.quantities.values()),
        "events": _csv(archive.events),
        "calibration": csv_text(calibration_page.table(measured.kept().scores)),
        "track_record": csv_text(track_page.table(track_record.records(figures(archive)))),
    }


def _csv(rows: Iterable[BaseModel]) -> str:
    rows = list(rows)
    names = list(type(rows[0]).model_fields) if rows else []
    return csv_text([names, *([_written(getattr(row, name)) for name in names] for row in rows)])


def _written(value: object) -> object:
    return digits(value) if isinstance(value, float) else value
