"""A number of which an article says that nobody outside can check it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy
from numpy.random import Generator

from ..case import Case, Matter, Teller, Telling, Unverifiable, day
from ..cast import LATEST, chosen
from ..numbers import Asked, tell
from ..worlds import World

__all__ = ["draw"]

FIGURES = (0.33, 0.20, 0.19, 0.16, 0.12)  # shares of articles with none, one, ... checkable figures outside
OWN = 0.5  # that a figure is a check of its own, and not drawn of what the others rest on
LATE = 0.3  # of the other outsiders, the share that publishes a figure after the article
ON, AROUND = -20, 12  # the days asked about, from the article's on: a middle, and how many on either side
LEVEL = 1000.0


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """Whether anybody outside has a check of its own, then how many figures there are by the article's day.

    Where others are copied, a figure is a check of its own more rarely. Figures published later are none that
    the article could have known.
    """
    holds = bool(rng.random() < world.base_rate)
    none_own = (1 - OWN * (1 - world.copying)) ** numpy.arange(len(FIGURES))
    weights = numpy.array(FIGURES) * (none_own if holds else 1 - none_own)
    count = int(rng.choice(len(FIGURES), p=weights / weights.sum()))
    name = f"{key}-check"
    outside = tuple(
        replace(teller, eyes=teller.name, access="count") for teller in tellers if not teller.warring
    )
    order = chosen(rng, outside, len(outside), len(outside))
    late = [teller for teller in order[count:] if rng.random() < LATE]
    warring = chosen(rng, tuple(teller for teller in tellers if teller.warring), 1, 2)
    told: list[Telling] = []
    for group, by_then in ((order[:count], True), (late, False), (warring, True)):
        for one in tell(world, rng, group, Asked(name, day(ON)), lambda after: LEVEL):
            told.append(replace(one, public=_public(rng, one.last, by_then)))
    return Case(
        name=key,
        method="independence",
        question=Unverifiable(name, day(ON - AROUND), day(ON + AROUND)),
        holds=holds,
        matters=(Matter(name, unit="persons"),),
        tellers=tellers,
        tellings=tuple(told),
    )


def _public(rng: Generator, last: date, by_then: bool) -> date:
    """A day by the article's, or one after it."""
    if by_then:
        return last + timedelta(days=int(rng.integers(0, (day(0) - last).days + 1)))
    return day(rng.integers(1, LATEST))
