"""A figure that a speaker is said to have given, or a speech."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from numpy.random import Generator

from ..case import WARRING, Case, GaveFigure, Matter, Spoke, Teller, Telling, day
from ..cast import OUTLETS, public_day
from ..numbers import rounded
from ..worlds import World

__all__ = ["draw"]

FIGURES = 0.5  # share of the claims that are about a figure
FAITHFUL = 0.8  # an outlet that heard for itself has it right: four times likelier than wrong
OTHER = (0.5, 0.8, 1.25, 2.0)  # how the other figure compares with the claimed one
PRINTING = (1, 7)  # how many outlets print
SPOKEN = (-40, -4)  # the day of the speech, from the article's on
AROUND = (0, 15)  # how many days before and after it are asked about


@dataclass(frozen=True)
class Printed:
    """What one outlet printed on a day, and whether it is what the claim says."""

    outlet: str
    public: date
    claimed: bool


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """What the speaker said, then which outlets print it, and which print something else.

    An outlet hears for itself or copies one before it; the k-th hears for itself in one of k cases.
    """
    holds = bool(rng.random() < world.base_rate)
    speaker = tellers[int(rng.integers(len(tellers)))]
    said_on = day(rng.integers(*SPOKEN))
    printed = _printed(world, rng, said_on, holds)
    if rng.random() < FIGURES:
        return _figure(world, rng, key, speaker, said_on, holds, printed)
    return _speech(rng, key, speaker, said_on, holds, printed)


def _printed(world: World, rng: Generator, said_on: date, holds: bool) -> list[Printed]:
    """What outlets print, in the order in which they hear it; at least one prints."""
    order = rng.permutation(len(OUTLETS)).tolist()[: int(rng.integers(*PRINTING))]
    contrary = bool(rng.random() < world.wrong_together)
    suits = dict(zip(WARRING, rng.permutation([True, False]).tolist(), strict=True))
    days = sorted(public_day(rng, said_on) for _ in order)
    heard: list[bool] = []
    printed: list[Printed] = []
    for place, (number, public) in enumerate(zip(order, days, strict=True), start=1):
        if place > 1 and (rng.random() >= 1 / place or rng.random() < world.copying):
            claimed = heard[int(rng.integers(len(heard)))]
        else:
            faithful = bool(rng.random() < FAITHFUL) and not rng.random() < world.gross
            claimed = holds == (faithful != contrary)
        # The first two outlets stand on the side of a warring party each.
        if number < len(WARRING) and rng.random() < world.party_interest:
            claimed = suits[WARRING[number]]
        heard.append(claimed)
        unseen = place == len(order) and not printed
        if claimed or unseen or not rng.random() < world.silence:
            printed += _of_outlet(world, rng, Printed(OUTLETS[number], public, claimed))
    return printed


def _of_outlet(world: World, rng: Generator, printed: Printed) -> list[Printed]:
    """What one outlet prints; where first words are guesses, the correction too."""
    if not (world.revising and rng.random() < world.revising):
        return [printed]
    guess = replace(printed, claimed=bool(rng.random() < 0.5))
    if guess == printed:
        return [printed]
    return [guess, replace(printed, public=printed.public + timedelta(days=int(rng.integers(1, 30))))]


def _figure(
    world: World,
    rng: Generator,
    key: str,
    speaker: Teller,
    said_on: date,
    holds: bool,
    printed: list[Printed],
) -> Case:
    """The speaker gave this very figure; the other thing is another figure, or in a world of bounds "more
    than" this one."""
    value = rounded(math.exp(rng.uniform(math.log(200), math.log(100_000))), 2)
    number, bound = rounded(value * float(rng.choice(OTHER)), 2), rng.random() < world.bounding
    name = f"{key}-figure"
    told: list[Telling] = []
    for one in printed:
        blank = _telling(name, speaker, said_on, one)
        if bound and not one.claimed:
            told.append(replace(blank, at_least=value))
        else:
            told.append(replace(blank, number=value if one.claimed else number))
    return Case(
        name=key,
        method="attribution",
        question=GaveFigure(speaker.name, f"{name}-speech", value),
        holds=holds,
        matters=(Matter(name, unit="persons"),),
        tellers=(speaker,),
        tellings=tuple(told),
    )


def _speech(
    rng: Generator, key: str, speaker: Teller, said_on: date, holds: bool, printed: list[Printed]
) -> Case:
    """The speaker affirmed, or denied; the other thing is the opposite of the same day."""
    affirmed = bool(rng.random() < 0.5)
    since = said_on - timedelta(days=int(rng.integers(*AROUND)))
    until = min(said_on + timedelta(days=int(rng.integers(*AROUND))), day(-1))
    name = f"{key}-speech"
    told = [
        replace(_telling(name, speaker, said_on, one), affirms=affirmed == one.claimed) for one in printed
    ]
    return Case(
        name=key,
        method="attribution",
        question=Spoke(speaker.name, name, affirmed, since, until),
        holds=holds,
        matters=(Matter(name),),
        tellers=(speaker,),
        tellings=tuple(told),
    )


def _telling(matter: str, speaker: Teller, said_on: date, printed: Printed) -> Telling:
    """What an outlet has the speaker say, but for what it is."""
    return Telling(
        matter=matter,
        teller=speaker.name,
        origin=f"{matter}-speech",
        outlet=printed.outlet,
        first=said_on,
        last=said_on,
        public=printed.public,
    )
