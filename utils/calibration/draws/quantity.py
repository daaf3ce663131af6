"""A number that an article states."""

from __future__ import annotations

import math

from numpy.random import Generator

from ..case import Case, HowMany, Matter, Teller, day
from ..cast import chosen, relayed
from ..numbers import Asked, path, rounded, tell
from ..worlds import World

__all__ = ["draw"]

SMALLEST, LARGEST = 500, 100_000
TOLERANCES = (0.15, 0.20, 0.25, 0.30, 0.40)
ON = -6  # the day for which the number is claimed, from the article's on
FARTHEST_DAY = 30


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """The truth, then what the article makes of it, then who tells of it.

    A true figure lies anywhere within the tolerance, a wrong one as far beyond it on either side, evenly on
    the log scale: half true, they are spread evenly around the truth.
    """
    truth = math.exp(rng.uniform(math.log(SMALLEST), math.log(LARGEST)))
    tolerance = float(rng.choice(TOLERANCES))
    low, high = math.log1p(-tolerance), math.log1p(tolerance)
    off = float(rng.uniform(low, high))
    if rng.random() >= world.base_rate:
        beyond = float(rng.uniform(0, (high - low) / 2))
        off = high + beyond if rng.random() < 0.5 else low - beyond
    value = rounded(truth / math.exp(off), 2)
    question = HowMany(f"{key}-number", value, tolerance, day(ON))

    def inside(number: float) -> bool:
        return value * (1 - tolerance) <= number <= value * (1 + tolerance)

    told = tell(
        world,
        rng,
        chosen(rng, tellers, 2, 7),
        Asked(question.matter, question.on),
        path(world, rng, truth, FARTHEST_DAY),
        contradicts=lambda number: not inside(number),
    )
    return Case(
        name=key,
        method="quantity",
        question=question,
        holds=inside(truth),
        amount=truth,
        matters=(Matter(question.matter, unit="persons"),),
        tellers=tellers,
        tellings=tuple(relayed(rng, told)),
    )
