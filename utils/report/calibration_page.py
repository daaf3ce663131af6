"""What the page "How often is it right?" shows of the worlds whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..calibration import gate, page
from ..calibration.gate import Failure
from ..calibration.measured import Measured
from ..calibration.not_reached import NOT_REACHED
from ..calibration.page import Line
from ..calibration.run import CLOCKS
from ..calibration.score import ALL, DECILES, Score, Share, together
from ..calibration.worlds import WORLDS
from ..checks import METHODS
from ..words import listed, share
from .reliability import CLOCK_WORDS, TICKS, panel

__all__ = ["Miss", "context", "misses", "table"]

# Of a digest, as much as tells one state from another.
SHORT = 12
# What is missed, by whether too little holds or too much.
MISSED = {
    ("supported", False): "too few of the claims called Supported are true",
    ("refuted", True): "too many of the claims called Refuted are true",
    ("coverage", False): "90 % intervals hold the true value too seldom",
    ("coverage", True): "90 % intervals hold the true value too often",
}
COLUMNS = (
    *("world", "method", "clock", "verdicts", "supported", "supported_stated", "supported_true", "refuted"),
    *("refuted_stated", "refuted_true", "intervals", "coverage", "brier", "log_score", "true_claims"),
    *("supported_of_true", "refuted_of_false"),
)


@dataclass(frozen=True)
class Miss:
    """What one method misses in some worlds, in words, why, and the share in each world and on each clock.

    why: None where nobody has said it yet.
    """

    method: str
    what: str
    worlds: tuple[str, ...]
    why: str | None
    shares: tuple[str, ...]


def context(measured: Measured) -> dict[str, object]:
    """The values of the template ``calibration.html`` that are measured in known worlds."""
    scores = measured.scores
    methods = list(dict.fromkeys(score.method for score in scores))
    return {
        "measured": measured,
        "state": measured.engine[:SHORT],
        "gate": gate,
        "worlds": WORLDS,
        "methods": METHODS,
        "clock_words": CLOCK_WORDS,
        "known": {clock: together([one for one in scores if one.clock == clock]) for clock in CLOCKS},
        "panels": [
            panel("All methods together", scores),
            *(panel(name.capitalize(), [one for one in scores if one.method == name]) for name in methods),
        ],
        "axis": [(100 * tick, share(tick)) for tick in TICKS],
        "tenths": _tenths(scores),
        "by_method": _by_name(page.by_method(scores)),
        "by_world": _by_name(page.by_world(scores)),
        "cells": {name: _by_name(page.of_world(scores, name)) for name in _worlds(scores)},
        "misses": misses(scores),
    }


def _worlds(scores: Sequence[Score]) -> list[str]:
    return list(dict.fromkeys(score.world for score in scores))


def _by_name(lines: Sequence[Line]) -> dict[str, dict[str, Line]]:
    """The lines of each name, by clock."""
    found: dict[str, dict[str, Line]] = {}
    for line in lines:
        found.setdefault(line.name, {})[line.clock] = line
    return found


def _tenths(scores: Sequence[Score]) -> list[tuple[str, Mapping[str, Share]]]:
    """Each tenth of the stated probabilities, in words, with its verdicts on each clock."""
    wholes = {clock: together([one for one in scores if one.clock == clock]) for clock in CLOCKS}
    return [
        (
            f"{share(place / DECILES)} to {share((place + 1) / DECILES)}",
            {clock: whole.deciles[place] for clock, whole in wholes.items()},
        )
        for place in range(DECILES)
    ]


def misses(scores: Sequence[Score]) -> list[Miss]:
    """Everything that misses the gate, what has the same reason together."""
    groups: dict[tuple[str, str, str | None], list[Failure]] = {}
    for one in gate.failures(scores):
        what = MISSED[one.part.of, one.low > one.part.most]
        groups.setdefault((one.part.method, what, _why(one)), []).append(one)
    return [
        Miss(
            method="all methods together" if method == ALL else method,
            what=what,
            worlds=tuple(dict.fromkeys(one.part.world for one in group)),
            why=why,
            shares=tuple(map(_in_words, group)),
        )
        for (method, what, why), group in groups.items()
    ]


def _why(failure: Failure) -> str | None:
    world, method, clock, of = failure.cell
    reasons = (
        one.why
        for one in NOT_REACHED
        if (one.method, one.of) == (method, of) and world in one.worlds and clock in one.clocks
    )
    return next(reasons, None)


def _in_words(failure: Failure) -> str:
    part = failure.part
    asked = [
        f"at least {share(part.least)}" if part.least > 0 else "",
        f"at most {share(part.most)}" if part.most < 1 else "",
    ]
    return (
        f"{part.world.replace('_', ' ')}, {CLOCK_WORDS[part.clock]}: {share(part.holding / part.count)} of "
        f"{part.count}; asked is {listed(filter(None, asked))}"
    )


def table(scores: Sequence[Score]) -> list[list[object]]:
    """Every score as a row of a table, the names of the columns first; shares to six decimals."""
    return [list(COLUMNS), *([_cell(value) for value in _row(one)] for one in scores)]


def _row(score: Score) -> list[object]:
    labels = [
        value for part in (score.supported, score.refuted) for value in (part.count, part.stated, part.true)
    ]
    rest = [getattr(score, name) for name in COLUMNS[10:]]
    return [score.world, score.method, score.clock, score.verdicts, *labels, *rest]


def _cell(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value
