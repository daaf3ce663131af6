"""A daily series that grew, shrank or turned, or several of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy
from numpy.random import Generator

from ..case import Case, Series, SeriesWent, Teller, day
from ..series import WEEKLY, Row, Span, lean, rows, walk
from ..worlds import AS_ASSUMED, World

__all__ = ["draw"]

KINDS = {"mean": 0.4, "several": 0.2, "turn": 0.2, "either": 0.2}
WEEKS, SIDE_WEEKS = (8, 21), (5, 13)  # of a window, and of each side of a turn
BEFORE, AFTER = (30, 260), 90  # days of a series before the window, and after the article
LAST = (-9, -2)  # the last day asked about, from the article's on
STEEPEST = 4.0  # of a pace, in standard errors of the mean of its weekly changes
LEAST_TURN, SHARPEST_TURN = 1.0, 5.0  # of a turn where the claim names no side
PLACES, LEAST = 4, 2  # how many series, and in how many the claim must hold
FLAT, LEVEL = 0.2, 700.0  # share of series in which nothing ever changes, and their level


@dataclass(frozen=True)
class _Window:
    """The days asked about, and the days from the first on that the table leaves out."""

    since: date
    until: date
    missing: int

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.until - self.since).days

    def leaves_out(self, on: date) -> bool:
        """Whether the table has nothing of a day."""
        return 0 <= (on - self.since).days < self.missing


def draw(world: World, tellers: tuple[Teller, ...], rng: Generator, key: str) -> Case:
    """Whether the claim holds, and so the pace; then the days that come of it."""
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    holds = bool(rng.random() < world.base_rate)
    if kind == "mean":
        return _mean(world, rng, key, holds)
    if kind == "several":
        return _several(world, rng, key, holds)
    return _turn(world, rng, key, holds, either=kind == "either")


def _window(world: World, rng: Generator, weeks: int) -> _Window:
    until = day(rng.integers(*LAST))
    since = until - timedelta(days=7 * weeks)
    covered = float(rng.uniform(world.least_covered, 1.0))
    return _Window(since, until, int((1 - covered) * 7 * weeks))


def _span(rng: Generator, window: _Window) -> Span:
    return Span(window.since - timedelta(days=int(rng.integers(*BEFORE))), day(AFTER))


def _mean(world: World, rng: Generator, key: str, holds: bool) -> Case:
    """One series, and the side of zero on which its mean pace lies."""
    weeks = int(rng.integers(*WEEKS))
    window, direction = _window(world, rng, weeks), _direction(rng)
    pace = _steep(rng, weeks) * (1 if (direction == "up") == holds else -1)
    span = _span(rng, window)
    told = _shown(world, rng, window, span, "all", _paces(rng, window, span, pace, weeks))
    question = SeriesWent(f"{key}_series", direction, window.since, window.until)
    return _case(key, question, holds, told, amount=pace)


def _several(world: World, rng: Generator, key: str, holds: bool) -> Case:
    """Some series, of which some never change, and in how many the pace lies on one side of zero."""
    weeks = int(rng.integers(*WEEKS))
    window, direction = _window(world, rng, weeks), _direction(rng)
    span, side = _span(rng, window), 1 if direction == "up" else -1
    went: numpy.ndarray | None = None
    while went is None or (int((went == side).sum()) >= LEAST) != holds:
        went = rng.choice((-1, 0, 1), size=PLACES, p=((1 - FLAT) / 2, FLAT, (1 - FLAT) / 2))
    told: list[Row] = []
    for place, sign in enumerate(went.tolist(), start=1):
        if sign == 0:
            told += rows(AS_ASSUMED, rng, span, f"place {place}", numpy.full(span.days, LEVEL))
            continue
        paces = _paces(rng, window, span, sign * _steep(rng, weeks), weeks)
        told += _shown(world, rng, window, span, f"place {place}", paces)
    question = SeriesWent(f"{key}_series", direction, window.since, window.until, least=LEAST)
    return _case(key, question, holds, told)


def _turn(world: World, rng: Generator, key: str, holds: bool, *, either: bool) -> Case:
    """One series whose pace is another after a day, or where the claim names no side, may not be."""
    before, after = (int(rng.integers(*SIDE_WEEKS)) for _ in range(2))
    window = _window(world, rng, before + after)
    turn = window.until - timedelta(days=7 * after)
    direction = "either" if either else _direction(rng)
    error = WEEKLY * math.sqrt(1 / before + 1 / after)
    if either:
        turned = float(rng.choice((-1, 1)) * rng.uniform(LEAST_TURN, SHARPEST_TURN)) * error if holds else 0.0
    else:
        turned = float(rng.uniform(0, STEEPEST)) * error * (1 if (direction == "up") == holds else -1)
    span = _span(rng, window)
    paces = numpy.full(span.days, float(rng.normal(0, WEEKLY / 4)))
    paces[span.place(turn) + 1 :] += turned
    told = _shown(world, rng, window, span, "all", paces)
    question = SeriesWent(f"{key}_series", direction, window.since, window.until, turn=turn)
    return _case(key, question, holds, told, amount=turned)


def _direction(rng: Generator) -> Literal["up", "down"]:
    return "up" if rng.random() < 0.5 else "down"


def _steep(rng: Generator, weeks: int) -> float:
    """A pace above zero, in units a week."""
    return float(rng.uniform(0, STEEPEST)) * WEEKLY / math.sqrt(weeks)


def _paces(rng: Generator, window: _Window, span: Span, pace: float, weeks: int) -> numpy.ndarray:
    """The pace of every day: `pace` on the whole of the window, another in the part that nobody shows."""
    paces = numpy.full(span.days, float(rng.normal(0, WEEKLY / 4)))
    start, end = span.place(window.since) + 1, span.place(window.until) + 1
    paces[start:end] = pace
    if window.missing:
        differs = float(rng.normal(0, 2 * WEEKLY / math.sqrt(weeks))) * window.missing / window.days
        paces[start + window.missing : end] += differs
        paces[start : start + window.missing] -= differs * (window.days - window.missing) / window.missing
    return paces


def _shown(
    world: World, rng: Generator, window: _Window, span: Span, place: str, paces: numpy.ndarray
) -> list[Row]:
    levels = walk(world, rng, paces + lean(world, rng))
    return [row for row in rows(world, rng, span, place, levels) if not window.leaves_out(row[0])]


def _case(key: str, question: SeriesWent, holds: bool, told: list[Row], amount: float | None = None) -> Case:
    table = Series(question.table, tuple(sorted(told)))
    return Case(key, "trend", question, holds, amount, tables=(table,))
