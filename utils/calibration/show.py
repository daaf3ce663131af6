"""The scores as a table in the terminal: a section for each world, a line for each method."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from ..words import number, share
from .gate import Cell, failures
from .score import ALL, Score, together

__all__ = ["table"]

HEADINGS = ("Method", "Clock", "Supported", "Refuted", "Ranges", "Brier", "Log", "Found")
CAPTION = (
    "Supported, Refuted: the share of them that is true, and how many there are. Ranges: the share of 90 % "
    "ranges that holds the true value. Brier and log score: 0 is best. Found: of the true claims, the share "
    "called Supported. Then: on the day of the article. Red: beyond what the gate allows."
)


def table(scores: Sequence[Score]) -> Table:
    """A line for each method and clock of a world, and one for all methods; what fails the gate is red."""
    failed = {one.cell for one in failures(scores)}
    shown = Table(title="Known truth", caption=CAPTION, box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    shown.title_justify = shown.caption_justify = "left"
    for heading in HEADINGS:
        is_name = heading in HEADINGS[:2]
        shown.add_column(heading, justify="left" if is_name else "right", no_wrap=is_name)
    for world in dict.fromkeys(score.world for score in scores):
        of_world = [score for score in scores if score.world == world]
        shown.add_row(Text(world, style="bold"))
        for score in of_world:
            shown.add_row(*_line(score, failed))
        for clock in dict.fromkeys(score.clock for score in of_world):
            group = [score for score in of_world if score.clock == clock]
            if len(group) > 1:
                shown.add_row(*_line(together(group, world=world, method=ALL, clock=clock), failed))
        shown.add_section()
    return shown


def _line(score: Score, failed: set[Cell]) -> list[Text]:
    cells = [Text(score.method), Text(score.clock)]
    for of in ("supported", "refuted", "coverage"):
        is_wrong = (score.world, score.method, score.clock, of) in failed
        cells.append(Text(_of(score, of), style="bold red" if is_wrong else ""))
    scores = ["" if one is None else number(one, 2) for one in (score.brier, score.log_score)]
    found = "" if score.supported_of_true is None else share(score.supported_of_true)
    return cells + [Text(words) for words in (*scores, found)]


def _of(score: Score, of: str) -> str:
    """A share that is judged, with the number of verdicts behind it."""
    if of == "coverage":
        return _counted(score.coverage, score.intervals)
    group = score.supported if of == "supported" else score.refuted
    return _counted(group.true, group.count)


def _counted(part: float | None, count: int) -> str:
    return "" if part is None else f"{share(part)} of {number(count)}"
