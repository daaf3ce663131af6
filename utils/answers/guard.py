"""The guard of what people have written: `check` refuses an answer that the verdict no longer bears out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..evidence.problems import Problem
from .summary import summary_faults
from .written import faults

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["problems"]

FILES = ("claims.yaml", "article.yaml")


def problems(archive: Archive, folder: Path) -> Iterator[Problem]:
    """What no longer fits of a folder's written answers, each with its line; nothing where none is written.

    The firmness takes some seconds to compute; `utils.results` keeps it.
    """
    if archive.article.answer is None and all(claim.answer is None for claim in archive.claims):
        return
    from ..results import kept

    results = kept(archive)
    lines = {name: (folder / name).read_text(encoding="utf-8-sig").split("\n") for name in FILES}
    for field, was, now in faults(archive, results.both, results.leaning):
        line = _line(lines["claims.yaml"], f"id: {field.partition('.')[0]}", field.split(".")[2])
        yield Problem("claims.yaml", line, field, f"written for {was}", f"a text for what is now so: {now}")
    for field, was, now in summary_faults(archive, results.both):
        line = _line(lines["article.yaml"], "answer:", "")
        yield Problem("article.yaml", line, field, f"written for {was}", f"a text for what is now so: {now}")


def _line(lines: list[str], first: str, second: str) -> int:
    """The line of a key, counted from one: the first that has it from the line on that has another."""
    start = next((place for place, line in enumerate(lines) if first in line), 0)
    return 1 + next((place for place in range(start, len(lines)) if second in lines[place]), start)
