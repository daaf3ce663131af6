"""The picture of reliability: what was stated against what was true, for claims whose truth was drawn.

A point on the diagonal keeps its word. Below it the engine is surer of a claim than it may be, above it less
sure. Places are in per cent of the panel, from its upper left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..calibration.gate import band
from ..calibration.run import CLOCKS
from ..calibration.score import Score, Share, together
from ..verdicts import REFUTE_TO, SUPPORT_FROM
from ..words import share

__all__ = ["LEAST", "Panel", "Point", "panel"]

LEAST = 10  # of fewer verdicts no share is drawn
CONFIDENCE = 0.90
CLOCK_WORDS = {"then": "on the day of the article", "today": "today"}
APART = 0.6  # so that the clocks' points do not hide each other
TICKS = (0.0, REFUTE_TO, 0.5, SUPPORT_FROM, 1.0)


@dataclass(frozen=True)
class Point:
    """The claims of one tenth on one clock: where they lie, with the 90 % interval of their true share."""

    clock: str
    tenth: Share
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Panel:
    """The points of some scores under a name, and the same in a sentence for those who listen."""

    name: str
    points: tuple[Point, ...]
    words: str


def panel(name: str, scores: Sequence[Score]) -> Panel:
    """What all verdicts behind some scores give, on both clocks; tenths with few verdicts are left out."""
    points = []
    for place, clock in enumerate(CLOCKS):
        group = [score for score in scores if score.clock == clock]
        for tenth in together(group).deciles if group else ():
            if tenth.count >= LEAST:
                points.append(_point(clock, tenth, (place - 0.5) * 2 * APART))
    return Panel(name, tuple(points), _words(name, points))


def _point(clock: str, tenth: Share, shift: float) -> Point:
    if tenth.stated is None or tenth.true is None:
        raise ValueError("a tenth without verdicts has no place")
    low, high = band(tenth.holding, tenth.count, CONFIDENCE)
    return Point(
        clock=clock,
        tenth=tenth,
        x=round(100 * tenth.stated + shift, 2),
        y=round(100 - 100 * tenth.true, 2),
        top=round(100 - 100 * high, 2),
        bottom=round(100 - 100 * low, 2),
    )


def _words(name: str, points: Sequence[Point]) -> str:
    told = []
    for clock, words in CLOCK_WORDS.items():
        own = [point.tenth for point in points if point.clock == clock]
        pairs = [f"{share(one.stated or 0.0)} stated, {share(one.true or 0.0)} true" for one in own]
        if pairs:
            told.append(f"{words}, {'; '.join(pairs)}")
    return f"{name}, stated against true share: {'. '.join(told) or 'too few verdicts'}."
