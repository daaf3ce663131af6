"""Where the gate is not reached yet, and why.

The list is exact: a test draws the fixed seed and fails for a cell that misses the gate and is not here, and
for one that is here and passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .gate import Cell
from .run import CLOCKS, Clock

__all__ = ["NOT_REACHED", "NotReached", "cells"]


@dataclass(frozen=True)
class NotReached:
    """A method's share that misses the gate in some worlds: of which verdicts, on which clocks, and why."""

    method: str
    of: str
    clocks: tuple[Clock, ...]
    worlds: tuple[str, ...]
    why: str


NOT_REACHED = (
    NotReached(
        "quantity",
        "coverage",
        CLOCKS,
        ("wrong_together",),
        "All witnesses share an error of a quarter, later ones too: none of it can be learnt.",
    ),
    NotReached(
        "quantity",
        "refuted",
        ("today",),
        ("wrong_together",),
        "All witnesses share an error of a quarter, later ones too: none of it can be learnt.",
    ),
    NotReached(
        "balance",
        "coverage",
        CLOCKS,
        ("wrong_together",),
        "All who tell of one side share an error of a quarter; the method grants an eighth. Wider intervals "
        "would hold the truth too often where tellers err as they state.",
    ),
    NotReached(
        "balance",
        "coverage",
        ("today",),
        ("base_rate",),
        "The method grants more than the tellers of this world err: intervals hold the truth too often.",
    ),
)


def cells() -> Iterator[Cell]:
    """Every world, method, clock and share that misses the gate."""
    for one in NOT_REACHED:
        for world in one.worlds:
            for clock in one.clocks:
                yield world, one.method, clock, one.of
