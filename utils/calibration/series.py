"""Daily series as a keeper shows them: a pace, noise with or without memory, a lean, late corrections."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy
from numpy.random import Generator

from .case import LAG_DAYS
from .worlds import World

__all__ = ["WEEKLY", "Row", "Span", "lean", "rows", "walk"]

WEEKLY = 10.0  # spread of the weekly changes of a series
START = 5000.0
REGIME_DAYS = 35  # how long a quiet or a wild spell lasts
CORRECTED_AFTER = 45  # days until a first value is corrected

Row = tuple[date, str, date, float]


@dataclass(frozen=True)
class Span:
    """The days of a series, the first and the last among them."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    def place(self, on: date) -> int:
        """How many days after the first a day is."""
        return (on - self.first).days


def lean(world: World, rng: Generator) -> float:
    """By how much a keeper errs every week, in units a week."""
    return float(rng.normal(0, 1)) * WEEKLY * math.hypot(world.party_lean, world.teller_lean)


def walk(world: World, rng: Generator, pace: numpy.ndarray) -> numpy.ndarray:
    """The level on every day, from the pace on every day in units a week."""
    days = len(pace)
    memory = world.memory ** (1 / 7)
    shocks = rng.standard_normal(days) if world.freedom is None else rng.standard_t(world.freedom, days)
    noise = numpy.empty(days)
    before = float(rng.normal()) / math.sqrt(1 - memory**2)
    for place in range(days):
        before = noise[place] = memory * before + shocks[place]
    spells = numpy.exp(rng.normal(0, world.uneven, days // REGIME_DAYS + 1))
    scale = _daily_scale(memory) * numpy.repeat(spells, REGIME_DAYS)[:days]
    return START + numpy.cumsum(pace / 7 + scale * noise)


def _daily_scale(memory: float) -> float:
    """What daily shocks are multiplied by so that weekly changes have their spread."""
    over = sum((7 - abs(apart)) * memory ** abs(apart) for apart in range(-6, 7)) / (1 - memory**2)
    return WEEKLY / math.sqrt(over)


def rows(world: World, rng: Generator, span: Span, place: str, levels: numpy.ndarray) -> list[Row]:
    """The rows of a place; where first words are guesses, a first value is low and the rest comes later."""
    told: list[Row] = []
    short = 0.0
    for after, level in enumerate(levels.tolist()):
        on = span.first + timedelta(days=after)
        public = on + timedelta(days=LAG_DAYS)
        if world.revising and after % REGIME_DAYS == 0:
            short = abs(float(rng.normal(0, WEEKLY))) if rng.random() < world.revising else 0.0
        told.append((on, place, public, round(level - short, 1)))
        if short:
            told.append((on, place, public + timedelta(days=CORRECTED_AFTER), round(short, 1)))
    return told
