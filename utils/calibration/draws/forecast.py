"""Something foreseen for the days after the article, and what became of earlier forecasts of the kind."""

from __future__ import annotations

from datetime import date, timedelta

from numpy.random import Generator

from ..answers import Window, matter, tell
from ..case import Case, Matter, Teller, Telling, WillCome, day
from ..cast import chosen, relayed
from ..worlds import World

__all__ = ["draw"]

EARLIER = (2, 8)  # how many forecasts there were before
DAYS = (5, 15)  # how many days a forecast names
GAP = (3, 12)  # days between two windows
SETTLED_BEFORE = 20  # the last earlier window is over so many days before the article
KINDS_SPREAD = 1.0  # a and b of the Beta distribution of the share that comes true add up to this


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """How often forecasts of this kind come true, then which did, then who foresaw and who tells of it.

    In the first world the share is drawn of Jeffreys' distribution, on which the record's rule rests.
    """
    share = float(rng.beta(KINDS_SPREAD * world.base_rate, KINDS_SPREAD * (1 - world.base_rate)))
    came, foreseen = f"{key}-came", f"{key}-foreseen"
    told: list[Telling] = []
    until = day(-SETTLED_BEFORE)
    for number in range(int(rng.integers(*EARLIER))):
        window = _window(rng, came, until, share)
        told += _foretold(world, rng, tellers, foreseen, window, number)
        # What came of it is told soon after, as a rule.
        told += tell(world, rng, chosen(rng, tellers, 2, 5), window)
        until = window.since - timedelta(days=int(rng.integers(*GAP)))
    first = day(rng.integers(1, 4))
    days = timedelta(days=int(rng.integers(*DAYS)) - 1)
    own = _window(rng, came, first + days, share, first)
    told += tell(world, rng, chosen(rng, tellers, 2, 7), own)
    return Case(
        name=key,
        method="forecast",
        question=WillCome(came, foreseen, own.since, own.until),
        holds=own.exception is not None,
        matters=(matter(world, came), Matter(foreseen, foreseen=True)),
        tellers=tellers,
        tellings=tuple(relayed(rng, told)),
    )


def _window(rng: Generator, came: str, until: date, share: float, since: date | None = None) -> Window:
    """The days of a forecast, and the day on which it came true, if it did."""
    since = since or until - timedelta(days=int(rng.integers(*DAYS)) - 1)
    when = since + timedelta(days=int(rng.integers(0, (until - since).days + 1)))
    return Window(came, since, until, when if rng.random() < share else None)


def _foretold(
    world: World, rng: Generator, tellers: tuple[Teller, ...], foreseen: str, window: Window, number: int
) -> list[Telling]:
    """The forecast of one teller, and of those who only repeat it."""
    first, *others = chosen(rng, tellers, 4, 4)
    repeating = [teller for teller in others if rng.random() < world.copying]
    public = window.since - timedelta(days=int(rng.integers(1, 10)))
    told = []
    for place, teller in enumerate([first, *repeating]):
        # Where the curators know that it is a repetition, it stands under its first teller.
        known = place > 0 and rng.random() < world.copying_known
        speaker = first.name if known else teller.name
        told.append(
            Telling(
                matter=foreseen,
                teller=speaker,
                origin=f"{foreseen}-{number}-{speaker}",
                outlet=teller.name,
                first=window.since,
                last=window.until,
                public=public + timedelta(days=place),
                affirms=True,
            )
        )
    return told
