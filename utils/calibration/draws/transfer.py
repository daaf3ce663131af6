"""Units that moved from place to place, or did not, as icons of one map show them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from numpy.random import Generator

from ..case import Case, NoneMoved, NotThinned, Stays, Teller, day
from ..worlds import World

__all__ = ["draw"]

ASKED_MOVED = 0.5  # share of the claims that ask whether none moved
ON, DAYS = (-12, -4), (60, 120)  # the second day, from the article's on, and days between the two
WRONG, GROSSLY_WRONG = 0.05, 0.30  # share of icons in a wrong place, as a rule and at worst
PLACES = ("goal", "east", "west", "rear")
SOURCES = ("east", "west")
THERE, ELSEWHERE = (8, 26), 20  # units in the goal on the second day, and in other places
MAIN, TURNOVER, NET = (
    (15, 41),
    2.0,
    (1, 9),
)  # units of the main place, those that change it anyway, net change
SEEN_BEFORE, SEEN_AFTER = (5, 30), (20, 60)  # how many days before and after a unit is shown
QUIET = 12  # days after the first day and before the second in which no unit moves

Stay = tuple[str, str, date, date]


@dataclass(frozen=True)
class _Unit:
    """Where a unit stood on the first and on the second day."""

    before: str
    on: str


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """Whether the claim holds, and so which units moved; then what the map shows of it."""
    holds = bool(rng.random() < world.base_rate)
    on = day(rng.integers(*ON))
    before = on - timedelta(days=int(rng.integers(*DAYS)))
    table = f"{key}_stays"
    if rng.random() < ASKED_MOVED:
        units, amount = _into_goal(rng, holds)
        question: NoneMoved | NotThinned = NoneMoved(table, before, on, "goal", SOURCES)
    else:
        units, amount = _of_main(rng, holds)
        question = NotThinned(table, before, on, "goal")
    stays = _map(world, rng, units, before, on)
    return Case(key, "transfer", question, holds, amount, tables=(Stays(table, tuple(sorted(stays))),))


def _into_goal(rng: Generator, none: bool) -> tuple[list[_Unit], float]:
    """Units in the goal, and the share of them that came from the sources; none, or one to half of them."""
    there = int(rng.integers(*THERE))
    moved = 0 if none else int(rng.integers(1, there // 2 + 1))
    came = [str(rng.choice(SOURCES)) for _ in range(moved)]
    stayed = ["goal" if rng.random() < 0.5 else "rear" for _ in range(there - moved)]
    others = [str(rng.choice(SOURCES)) for _ in range(ELSEWHERE)]
    units = [_Unit(place, "goal") for place in (*came, *stayed)] + [_Unit(place, place) for place in others]
    return units, moved / there


def _of_main(rng: Generator, kept: bool) -> tuple[list[_Unit], float]:
    """Units of the main place, here called the goal, and the net number that came."""
    size = int(rng.integers(*MAIN))
    change = int(rng.integers(*NET)) - (1 if kept else 0)
    both = min(int(rng.poisson(TURNOVER)), size - NET[1])
    arrivals, departures = (both + change, both) if kept else (both, both + change)
    away = PLACES[1:]
    units = [_Unit("goal", "goal")] * (size - departures)
    units += [_Unit("goal", str(rng.choice(away))) for _ in range(departures)]
    units += [_Unit(str(rng.choice(away)), "goal") for _ in range(arrivals)]
    units += [_Unit(place, place) for place in rng.choice(away, ELSEWHERE).tolist()]
    return units, float(arrivals - departures)


def _map(world: World, rng: Generator, units: Sequence[_Unit], before: date, on: date) -> list[Stay]:
    """The stays that a map shows of the units."""
    is_of_a_side = bool(rng.random() < 0.5)
    hiding = world.party_interest if is_of_a_side else world.teller_interest
    wrong = [_wrong_share(world, rng) for _ in range(2)]
    covered = float(rng.uniform(world.least_covered, 1.0))
    stays: list[Stay] = []
    for number, unit in enumerate(units, start=1):
        first = unit.on if rng.random() < hiding else unit.before
        shown = [_icon(rng, place, share) for place, share in zip((first, unit.on), wrong, strict=True)]
        stays += _stays(rng, f"Unit {number:02}", shown, (before, on), seen_before=rng.random() < covered)
    return stays


def _wrong_share(world: World, rng: Generator) -> float:
    """Share of the icons of one day that stand in a wrong place."""
    if rng.random() < world.gross:
        return GROSSLY_WRONG
    return min(GROSSLY_WRONG, WRONG * math.exp(rng.normal(0, world.uneven)))


def _icon(rng: Generator, place: str, wrong: float) -> str:
    """The place in which the map shows a unit that stands in this one."""
    if rng.random() >= wrong:
        return place
    return str(rng.choice([other for other in PLACES if other != place]))


def _stays(
    rng: Generator, unit: str, shown: Sequence[str], days: tuple[date, date], *, seen_before: bool
) -> list[Stay]:
    """One stay, or two where the place changed; only the second where the unit was not seen before."""
    first = days[0] - timedelta(days=int(rng.integers(*SEEN_BEFORE)))
    last = days[1] + timedelta(days=int(rng.integers(*SEEN_AFTER)))
    moved = days[0] + timedelta(days=int(rng.integers(QUIET, (days[1] - days[0]).days - QUIET)))
    if not seen_before:
        return [(unit, shown[1], moved, last)]
    if shown[0] == shown[1]:
        return [(unit, shown[0], first, last)]
    return [(unit, shown[0], first, moved), (unit, shown[1], moved + timedelta(days=1), last)]
