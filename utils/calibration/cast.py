"""Who can tell of an article: two warring parties, a neighbour, a league, and bodies without a side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from numpy.random import Generator

from ..evidence.schema import Access
from .case import LAG_DAYS, NO_PARTY, Teller, Telling, day
from .worlds import World

__all__ = ["OUTLETS", "PARTIES", "cast", "chosen", "public_day", "relayed"]

# How many tellers each party has.
PARTIES = {"north": 3, "south": 3, "coast": 2, "league": 2, NO_PARTY: 4}
LETTERS = {"A": 0.10, "B": 0.30, "C": 0.30, "D": 0.15, "E": 0.05, "F": 0.10}
OFFICIALS: dict[Access, float] = {"official": 0.5, "anonymous": 0.2, "count": 0.15, "model": 0.15}
OBSERVERS: dict[Access, float] = {"official": 0.1, "anonymous": 0.1, "count": 0.5, "model": 0.3}
OUTLETS = tuple(f"Outlet {letter}" for letter in "ABCDEFGH")
TOLD_BY_THEN = 0.6  # share of what is ever told that is public on the day of the article
LATEST = 150  # days after the article on which the last word is public
RELAYED = 0.3
Name = TypeVar("Name", bound=str)


def cast(world: World, rng: Generator, key: str) -> tuple[Teller, ...]:
    """The tellers of one article; where there is copying, some know by another what they tell."""
    tellers: list[Teller] = []
    for party, count in PARTIES.items():
        ways = OBSERVERS if party == NO_PARTY else OFFICIALS
        for place in range(count):
            name = f"{key}-{party}-{place + 1}"
            letter, access = _one(rng, LETTERS), _one(rng, ways)
            tellers.append(Teller(name, party, letter, access, eyes=name))
    copied = [bool(rng.random() < world.copying) for _ in tellers]
    known = [bool(rng.random() < world.copying_known) for _ in tellers]
    first_hand = [teller.name for teller, copies in zip(tellers, copied, strict=True) if not copies]
    return tuple(
        replace(teller, eyes=str(rng.choice(first_hand)), derived_known=told)
        if copies and first_hand
        else teller
        for teller, copies, told in zip(tellers, copied, known, strict=True)
    )


def _one(rng: Generator, shares: Mapping[Name, float]) -> Name:
    return list(shares)[int(rng.choice(len(shares), p=list(shares.values())))]


def chosen(rng: Generator, tellers: tuple[Teller, ...], least: int, most: int) -> list[Teller]:
    """Between so many tellers, at random, in the order in which they come to know."""
    places = rng.choice(len(tellers), size=int(rng.integers(least, most + 1)), replace=False)
    return [tellers[place] for place in places]


def public_day(rng: Generator, earliest: date) -> date:
    """A day not before `earliest`, as a rule by the article's, else some time after it."""
    room = (day(0) - earliest).days
    if room >= 0 and rng.random() < TOLD_BY_THEN:
        return earliest + timedelta(days=int(rng.integers(0, room + 1)))
    return max(earliest, day(1)) + timedelta(days=int(rng.integers(0, LATEST - LAG_DAYS)))


def relayed(rng: Generator, tellings: list[Telling]) -> list[Telling]:
    """The tellings, and those that another outlet has passed on under the name of their teller."""
    told = []
    for one in tellings:
        told.append(one)
        if rng.random() < RELAYED:
            later = one.public + timedelta(days=int(rng.integers(0, 4)))
            told.append(replace(one, outlet=str(rng.choice(OUTLETS)), public=later))
    return told
