"""What the page "How often is it right?" shows: a line for each world, method or both, on each clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..words import from_to, number, share
from .gate import band, failures
from .score import ALL, Score, Share, together
from .worlds import WORLDS

__all__ = ["Called", "Line", "by_method", "by_world", "of_world"]


@dataclass(frozen=True)
class Called:
    """Of the claims with one label: how many, and in words what was stated and how many of them are true.

    range: what the true share is an estimate of, a 99 % interval. All words are empty without any.
    """

    count: int
    stated: str
    true: str
    range: str


@dataclass(frozen=True)
class Line:
    """A line of the page; whatever is a number there is in words, and empty where there is none.

    name: of the world or the method. story: what a world is like; empty for a method. found: of the true
    claims, the share called Supported. failed: what fails the gate there.
    """

    name: str
    story: str
    clock: str
    verdicts: int
    supported: Called
    refuted: Called
    covered: str
    brier: str
    log_score: str
    found: str
    failed: tuple[str, ...]


def by_world(scores: Sequence[Score]) -> list[Line]:
    """A line for each world on each clock, all methods together, in the order of the scores."""
    return _lines(scores, lambda score: score.world)


def by_method(scores: Sequence[Score]) -> list[Line]:
    """A line for each method on each clock, all worlds together, in the order of the scores."""
    return _lines(scores, lambda score: score.method)


def of_world(scores: Sequence[Score], world: str) -> list[Line]:
    """A line for each method on each clock of one world, in the order of the scores."""
    return by_method([score for score in scores if score.world == world])


def _lines(scores: Sequence[Score], name_of: Callable[[Score], str]) -> list[Line]:
    failed = failures(scores)
    lines = []
    for name in dict.fromkeys(map(name_of, scores)):
        group = [score for score in scores if name_of(score) == name]
        for clock in dict.fromkeys(score.clock for score in group):
            own = tuple(str(one) for one in failed if name in one.cell[:2] and one.part.clock == clock)
            lines.append(_line(name, clock, [score for score in group if score.clock == clock], own))
    return lines


def _line(name: str, clock: str, group: Sequence[Score], failed: tuple[str, ...]) -> Line:
    whole = together(group, world=ALL, method=ALL, clock=clock)
    return Line(
        name=name,
        story=WORLDS[name].story if name in WORLDS else "",
        clock=clock,
        verdicts=whole.verdicts,
        supported=_called(whole.supported),
        refuted=_called(whole.refuted),
        covered=_share(whole.coverage),
        brier=_number(whole.brier),
        log_score=_number(whole.log_score),
        found=_share(whole.supported_of_true),
        failed=failed,
    )


def _called(group: Share) -> Called:
    if group.true is None:
        return Called(0, "", "", "")
    low, high = band(group.holding, group.count)
    return Called(group.count, _share(group.stated), share(group.true), from_to(share(low), share(high)))


def _share(value: float | None) -> str:
    return "" if value is None else share(value)


def _number(value: float | None) -> str:
    return "" if value is None else number(value, 2)
