"""Something that happened, or did not, or stayed so all the time."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from numpy.random import Generator

from ..answers import Window, matter, tell
from ..case import Case, Happened, Teller, day
from ..cast import chosen, relayed
from ..worlds import World

__all__ = ["draw"]

ASKED: dict[Literal["some", "none", "all"], float] = {"some": 0.5, "none": 0.25, "all": 0.25}
DAYS = (5, 60)
LAST = (-12, -3)  # the last day asked about, from the article's on


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """Whether the claim holds, and so whether the exception came, then who tells of it."""
    holds = bool(rng.random() < world.base_rate)
    asked = list(ASKED)[int(rng.choice(len(ASKED), p=list(ASKED.values())))]
    until = day(rng.integers(*LAST))
    since = until - timedelta(days=int(rng.integers(*DAYS)) - 1)
    came = holds == (asked == "some")
    when = since + timedelta(days=int(rng.integers(0, (until - since).days + 1)))
    name = f"{key}-event"
    window = Window(name, since, until, when if came else None, asked)
    told = tell(world, rng, chosen(rng, tellers, 2, 7), window)
    return Case(
        name=key,
        method="occurrence",
        question=Happened(name, asked, since, until),
        holds=holds,
        matters=(matter(world, name),),
        tellers=tellers,
        tellings=tuple(relayed(rng, told)),
    )
