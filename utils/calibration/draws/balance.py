"""A force that is said to have grown: recruits in, losses out, and what was needed."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta

from numpy.random import Generator

from ..case import Case, CouldGrow, Matter, Teller, Telling, day
from ..cast import chosen, relayed
from ..numbers import Asked, tell
from ..worlds import World

__all__ = ["draw"]

DAYS, FIGURE_DAYS = (45, 121), 14  # of the window, and of a figure
LAST = (-9, -2)  # the last day of the window, from the article's on
RECRUITS, PER_RECRUIT = (300, 3000), (0.5, 1.5)  # a day; and losses for each of them
FOR_GOOD, FOR_GOOD_WIDTH = (0.35, 0.65), 0.2  # where the range of the share begins, and its width
LEAST_NEEDED, NEED_WIDTH = 100, 0.2  # persons; width of what is said to have been needed, as a share of it
FARTHEST, ERROR = 3.0, 0.2  # how far the truth lies from even, in such errors of both sides


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """The true rates and what was needed, so that there is a surplus or none; then who tells of the rates."""
    sign = 1 if rng.random() < world.base_rate else -1
    until = day(rng.integers(*LAST))
    days = int(rng.integers(*DAYS))
    needed = 0.0
    while needed < LEAST_NEEDED:
        recruits = math.exp(rng.uniform(math.log(RECRUITS[0]), math.log(RECRUITS[1])))
        losses = recruits * float(rng.uniform(*PER_RECRUIT))
        least_lost = round(float(rng.uniform(*FOR_GOOD)), 3)
        lost = least_lost + float(rng.uniform(0, FOR_GOOD_WIDTH))
        spread = days * ERROR * math.hypot(recruits, losses * lost)
        surplus = sign * float(rng.uniform(0, FARTHEST)) * spread
        needed = (recruits - losses * lost) * days - surplus
    least_needed = round(needed * float(rng.uniform(1 - NEED_WIDTH, 1)))
    question = CouldGrow(
        recruits=f"{key}-recruits",
        losses=f"{key}-losses",
        lost_for_good=(least_lost, round(least_lost + FOR_GOOD_WIDTH, 3)),
        needed=(least_needed, least_needed + round(NEED_WIDTH * needed)),
        since=until - timedelta(days=days),
        until=until,
    )
    told: list[Telling] = []
    for name, rate in ((question.recruits, recruits), (question.losses, losses)):
        middle = until - timedelta(days=int(rng.integers(20, days - 20)))
        asked = Asked(name, middle, FIGURE_DAYS)
        told += tell(world, rng, chosen(rng, tellers, 2, 5), asked, _steady(rate))
    return Case(
        name=key,
        method="balance",
        question=question,
        holds=surplus >= 0,
        amount=surplus,
        matters=tuple(
            Matter(name, unit="persons", adds_up=True) for name in (question.recruits, question.losses)
        ),
        tellers=tellers,
        tellings=tuple(relayed(rng, told)),
    )


def _steady(rate: float) -> Callable[[int], float]:
    """A number that is the same on every day."""
    return lambda after: rate
