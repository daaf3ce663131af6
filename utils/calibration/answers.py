"""How something that happened, or did not, is told with yes and no."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from numpy.random import Generator

from .case import NO_PARTY, WARRING, Matter, Teller, Telling
from .cast import public_day
from .numbers import rounded
from .worlds import LETTER_RATIO, World

__all__ = ["Window", "matter", "right", "tell"]

REPEAT_DAYS = 2  # how many days later a teller speaks again
SEEN = (10, 500)  # where an event is told as a number, how many were seen


@dataclass(frozen=True)
class Window:
    """What is asked: the matter, the days, and the day on which the exception came; None when none came.

    asked: "some" and "none" ask whether something happened, "all" whether something stayed so all the time;
    the exception is then that it ceased.
    """

    matter: str
    since: date
    until: date
    exception: date | None
    asked: Literal["some", "none", "all"] = "some"

    @property
    def days(self) -> int:
        """How many days are asked about."""
        return (self.until - self.since).days + 1


@dataclass(frozen=True)
class _Sight:
    """What one pair of eyes knows of a window: up to which day, and the day of an exception that it saw."""

    covered_to: date
    exception: date | None


def matter(world: World, name: str) -> Matter:
    """What tellers speak of: yes and no, or in a world of bounds the number of those seen."""
    return Matter(name, unit="persons" if world.bounding else None)


def right(world: World, rng: Generator, letter: str) -> bool:
    """Whether a teller of a letter has it right, by what the letter means in this world."""
    ratio = LETTER_RATIO[letter] ** math.exp(rng.normal(0, world.uneven))
    return bool(rng.random() < ratio / (1 + ratio)) and not rng.random() < world.gross


def tell(world: World, rng: Generator, tellers: Sequence[Teller], window: Window) -> list[Telling]:
    """The tellings of these tellers, in the order in which they come to know."""
    reversed_for_all = bool(rng.random() < world.wrong_together)
    suits = dict(zip(WARRING, rng.permutation([True, False]).tolist(), strict=True))
    sights: dict[str, _Sight] = {}
    lines: dict[str, _Sight] = {}
    told: list[Telling] = []
    for teller in tellers:
        if teller.eyes not in sights:
            sights[teller.eyes] = _sight(world, rng, teller, window, reversed_for_all)
        sight = sights[teller.eyes]
        if teller.party in lines and rng.random() < world.party_line:
            sight = lines[teller.party]
        sight = _bent(world, rng, teller, window, sight, suits)
        if teller.party != NO_PARTY:
            lines.setdefault(teller.party, sight)
        denies = (sight.exception is not None) == (window.asked == "all")
        if not (denies and rng.random() < world.silence):
            told += _of_teller(world, rng, teller, window, sight)
    return told


def _sight(world: World, rng: Generator, teller: Teller, window: Window, reversed_for_all: bool) -> _Sight:
    """What a teller makes of the days that it covers."""
    share = float(rng.uniform(world.least_covered, 1.0))
    covered_to = window.since + timedelta(days=math.ceil(share * window.days) - 1)
    came = window.exception is not None and window.exception <= covered_to
    saw = came == (right(world, rng, teller.letter) != reversed_for_all)
    return _with(rng, window, _Sight(covered_to, None), saw)


def _with(rng: Generator, window: Window, sight: _Sight, saw: bool) -> _Sight:
    """The same days with or without the exception: on its own day, else on a day that is made up."""
    if not saw:
        return replace(sight, exception=None)
    if window.exception is not None and window.exception <= sight.covered_to:
        return replace(sight, exception=window.exception)
    room = (sight.covered_to - window.since).days
    return replace(sight, exception=window.since + timedelta(days=int(rng.integers(0, room + 1))))


def _bent(
    world: World, rng: Generator, teller: Teller, window: Window, sight: _Sight, suits: dict[str, bool]
) -> _Sight:
    """The sight, unless the teller says what suits its side or what it is inclined to."""
    if teller.warring and rng.random() < world.party_interest:
        return _with(rng, window, sight, suits[teller.party])
    if rng.random() < world.teller_interest:
        return _with(rng, window, sight, bool(rng.random() < 0.5))
    return sight


def _of_teller(world: World, rng: Generator, teller: Teller, window: Window, sight: _Sight) -> list[Telling]:
    """One teller's tellings: what it saw, the same again for later days, or a guess before."""
    public = public_day(rng, sight.covered_to)
    if world.revising and rng.random() < world.revising:
        guess = _with(rng, window, sight, bool(rng.random() < 0.5))
        if (guess.exception is None) != (sight.exception is None):
            better = public + timedelta(days=int(rng.integers(5, 40)))
            return [
                _telling(world, rng, teller, window, guess, 1, public),
                _telling(world, rng, teller, window, sight, 2, better),
            ]
    return [
        _telling(world, rng, teller, window, sight, place + 1, public + timedelta(days=place * REPEAT_DAYS))
        for place in range(world.tellings)
    ]


def _telling(
    world: World,
    rng: Generator,
    teller: Teller,
    window: Window,
    sight: _Sight,
    place: int,
    public: date,
) -> Telling:
    """A word of the day of the exception, or of all days covered; said again, it is meant for more days."""
    saw = sight.exception is not None
    longer = timedelta(days=(place - 1) * REPEAT_DAYS) if world.tellings > 1 else timedelta(0)
    word = Telling(
        matter=window.matter,
        teller=teller.name,
        origin=f"{window.matter}-{window.since:%m%d}-{teller.name}-{place}",
        outlet=teller.name,
        first=sight.exception or window.since,
        last=(sight.exception or sight.covered_to) + longer,
        public=public,
        access=teller.access,
    )
    affirms = saw != (window.asked == "all")
    if not world.bounding:
        return replace(word, affirms=affirms)
    if not affirms:
        return replace(word, number=0.0)
    return replace(word, at_least=rounded(float(rng.uniform(*SEEN)), 1))
