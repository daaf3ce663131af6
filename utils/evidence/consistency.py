"""Rules between the statements of a data folder, for mistakes that no row shows by itself.

They are bounds for slips of the pen, wide enough that no sound row comes near them: the widest in this
project's data are told beside each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from ..words import digits
from .problems import Problem
from .schema import Statement

__all__ = ["problems"]

# Of the sound figures here, none is more than 20 times the median of its quantity's others.
MOST_TIMES, LEAST_OTHERS = 100, 3
# Sound rows with the same words of one origin are meant for days at most 168 days apart here.
MOST_DAYS_APART = 270

Lines = list[tuple[int, Statement]]


def problems(statements: Lines) -> Iterator[Problem]:
    """What is wrong between the sound rows; statements: rows with their lines."""
    sound = [(line, row) for line, row in statements if row.status == "sound"]
    yield from _told_twice(sound)
    yield from _days_apart(sound)
    yield from _out_of_scale(sound)


def _said(row: Statement) -> tuple[object, ...]:
    return row.quantity, row.value, row.low, row.high, row.stance


def _told_twice(sound: Lines) -> Iterator[Problem]:
    """One teller who says one thing of the same days has said it once: a repetition is no second witness."""
    origins: dict[tuple[object, ...], str] = {}
    for line, row in sorted(sound, key=lambda numbered: (numbered[1].published, numbered[1].id)):
        origin = origins.setdefault((row.source, row.valid_from, row.valid_to, *_said(row)), row.origin)
        if origin != row.origin:
            expected = f"{origin}, as {row.source} says the same of the same days there"
            yield Problem("statements.csv", line, "origin", row.origin, expected)


def _days_apart(sound: Lines) -> Iterator[Problem]:
    """Relays repeat a telling about the days that it was meant for."""
    same: dict[tuple[object, ...], Lines] = defaultdict(list)
    for line, row in sound:
        same[(row.origin, *_said(row))].append((line, row))
    for rows in same.values():
        for line, row in rows if len(rows) > 1 else ():
            if all(_gap(row, other) > MOST_DAYS_APART for _, other in rows if other is not row):
                expected = f"days within {MOST_DAYS_APART} of another row with these words of this origin"
                yield Problem("statements.csv", line, "valid_from", str(row.valid_from), expected)


def _gap(row: Statement, other: Statement) -> int:
    """Days between two windows; at most zero when they overlap."""
    return max((other.valid_from - row.valid_to).days, (row.valid_from - other.valid_to).days)


def _out_of_scale(sound: Lines) -> Iterator[Problem]:
    """A figure far above all others of its quantity is one in another unit, thousands for instance."""
    of_quantity: dict[str, Lines] = defaultdict(list)
    for line, row in sound:
        if _numbers(row):
            of_quantity[row.quantity].append((line, row))
    for rows in of_quantity.values():
        every = sorted(number for _, row in rows for number in _numbers(row))
        for line, row in rows if len(rows) > LEAST_OTHERS else ():
            others = every.copy()
            for number in _numbers(row):
                del others[bisect_left(others, number)]
            usual, largest = median(others), max(_numbers(row))
            if largest > MOST_TIMES * usual:
                expected = f"no more than {MOST_TIMES} times the usual {digits(usual)}"
                yield Problem("statements.csv", line, "value", digits(largest), expected)


def _numbers(row: Statement) -> list[float]:
    return [number for number in (row.value, row.low, row.high) if number]
