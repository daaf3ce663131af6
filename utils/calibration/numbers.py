"""How a true number is told: who sees it, with which errors, how it is rounded, bounded and revised."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy
from numpy.random import Generator

from .case import NO_PARTY, Teller, Telling
from .cast import public_day
from .worlds import ACCESS_ERROR, World

__all__ = ["Asked", "path", "rounded", "shifted", "tell"]

Z90 = 1.6448536269514722  # half-width of a 90 % interval in standard deviations
RANGED = 0.3  # share of figures that come with a 90 % range
RANGE_ERROR = (0.05, 0.25)  # standard errors that ranges state
DIGITS, RANGED_DIGITS = (1, 2, 2, 3), (2, 3)  # significant digits of a figure, and of one with a range
FARTHEST = math.log(8)  # nobody prints a figure further from the truth
NEAR_DAYS = 10  # how far from the day asked about a figure may be meant
LOW_BOUNDS = 0.7  # of bounds, the share of "more than"
REPEAT_DAYS = 5  # how many days later a teller speaks again


@dataclass(frozen=True)
class Asked:
    """What is asked: the matter, the day, and how many days a figure covers."""

    matter: str
    on: date
    days: int = 1


def rounded(number: float, digits: int) -> float:
    """A number above zero with so many significant digits, whole and at least one."""
    places = digits - 1 - math.floor(math.log10(number))
    return float(max(1, round(number, min(0, places))))


def path(world: World, rng: Generator, level: float, days: int) -> Callable[[int], float]:
    """A number that is `level` on a day and wanders, and in some worlds rises or falls, around it.

    The answer takes days after that day, at most `days` before or after it.
    """
    slope = world.ramp * float(rng.choice((-1, 1)))
    ahead, back = (numpy.cumsum(rng.normal(0, world.wander, days)) for _ in range(2))
    logs = numpy.concatenate([back[::-1], [0.0], ahead]) + slope * numpy.arange(-days, days + 1)
    levels = level * numpy.exp(logs)
    return lambda after: float(levels[after + days])


def shifted(world: World, rng: Generator, scale: float) -> float:
    """One error of this standard deviation; with heavy tails, of this scale."""
    drawn = rng.standard_normal() if world.freedom is None else rng.standard_t(world.freedom)
    return scale * float(drawn)


@dataclass(frozen=True)
class _Sight:
    """What one pair of eyes makes of a number, on the log scale: its error in this matter, and the error that
    its figures state; None where they state no range."""

    off: float
    stated: float | None


def tell(
    world: World,
    rng: Generator,
    tellers: Sequence[Teller],
    asked: Asked,
    truth: Callable[[int], float],
    contradicts: Callable[[float], bool] = lambda number: False,
) -> list[Telling]:
    """The tellings of a number by these tellers; `contradicts` says which figures contradict the claim.

    truth: the number so many days after the day that is asked about.
    """
    together = float(rng.normal(0, world.shared_error))
    parties = sorted({teller.party for teller in tellers} - {NO_PARTY})
    of_party = {party: float(rng.normal(0, world.party_lean)) for party in parties}
    sights: dict[str, _Sight] = {}
    told: list[Telling] = []
    for teller in tellers:
        if teller.eyes not in sights:
            sights[teller.eyes] = _sight(world, rng, teller)
        sight = sights[teller.eyes]
        off = sight.off + together + of_party.get(teller.party, 0.0)
        tellings = _of_teller(world, rng, teller, asked, truth, replace(sight, off=off))
        hidden = any(contradicts(one.number) for one in tellings if one.number is not None)
        if not (hidden and rng.random() < world.silence):
            told += tellings
    return told


def _sight(world: World, rng: Generator, teller: Teller) -> _Sight:
    error = float(rng.uniform(*RANGE_ERROR))
    stated = error if rng.random() < RANGED else None
    scale = ACCESS_ERROR[teller.access] if stated is None else stated
    true_scale = scale * math.exp(rng.normal(0, world.uneven))
    return _Sight(shifted(world, rng, true_scale) + float(rng.normal(0, world.teller_lean)), stated)


def _of_teller(
    world: World,
    rng: Generator,
    teller: Teller,
    asked: Asked,
    truth: Callable[[int], float],
    sight: _Sight,
) -> list[Telling]:
    """One teller's tellings: what it saw, the same again for later days, or a low guess before."""
    after = int(rng.integers(-NEAR_DAYS, NEAR_DAYS + 1))
    public = public_day(rng, asked.on + timedelta(days=after + asked.days - 1))

    def telling(place: int, on: int, later: int, short: float = 0.0) -> Telling:
        off = min(FARTHEST, max(-FARTHEST, sight.off - short))
        blank = _blank(asked, teller, place, on, public + timedelta(days=later))
        return _shaped(world, rng, blank, truth(on) * math.exp(off), sight.stated)

    if world.revising and rng.random() < world.revising:
        first = telling(1, after, 0, abs(float(rng.normal(0, world.first_short))))
        second = telling(2, after, int(rng.integers(3, 40)))
        return [first] if _words(first) == _words(second) else [first, second]
    every = [again * REPEAT_DAYS for again in range(world.tellings)]
    return [telling(place + 1, after + later, later) for place, later in enumerate(every)]


def _blank(asked: Asked, teller: Teller, place: int, on: int, public: date) -> Telling:
    first = asked.on + timedelta(days=on)
    return Telling(
        matter=asked.matter,
        teller=teller.name,
        origin=f"{asked.matter}-{teller.name}-{place}",
        outlet=teller.name,
        first=first,
        last=first + timedelta(days=asked.days - 1),
        public=public,
        access=teller.access,
    )


def _words(one: Telling) -> tuple[float | None, ...]:
    return one.number, one.at_least, one.at_most


def _shaped(world: World, rng: Generator, blank: Telling, number: float, stated: float | None) -> Telling:
    """A number as it is printed: rounded, with its range, or as a bound."""
    figure = rounded(number, int(rng.choice(DIGITS if stated is None else RANGED_DIGITS)))
    if rng.random() < world.bounding:
        if rng.random() < LOW_BOUNDS:
            return replace(blank, at_least=rounded(number * float(rng.uniform(0.7, 1.0)), 2))
        return replace(blank, at_most=rounded(number * float(rng.uniform(1.0, 1.4)), 2))
    if stated is None:
        return replace(blank, number=figure)
    low, high = (rounded(number * math.exp(sign * Z90 * stated), 3) for sign in (-1, 1))
    # A figure rounded so hard that it leaves its own range is told without one.
    if not low <= figure <= high:
        return replace(blank, number=figure)
    return replace(blank, number=figure, at_least=low, at_most=high)
