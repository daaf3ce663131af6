"""Rules between the statements of a data folder, for mistakes that no row shows by itself.

They are bounds for slips of the pen, wide enough that no sound row comes near them: the widest in this
project's data are told beside each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..words import digits
from .problems import Problem
from .schema import Quantity, Statement

__all__ = ["problems"]

# Of the sound figures here, none is more than 20 times the median of its quantity's others.
MOST_TIMES, LEAST_OTHERS = 100, 3
# A running total begins small: the first of one here is a 162nd of the usual. A slip of thousands is seen.
BEGIN_SMALL, LEAST_OF_TOTALS = ("total", "ramp"), 1_000
# Sound rows with the same words of one origin are meant for days at most 168 days apart here.
MOST_DAYS_APART = 270

Lines = list[tuple[int, Statement]]


def problems(
    statements: Sequence[tuple[int, Statement]], quantities: Mapping[str, Quantity]
) -> Iterator[Problem]:
    """What is wrong between the sound rows; statements: rows with their lines, quantities: by id."""
    sound = [(line, row) for line, row in statements if row.status == "sound"]
    yield from _told_twice(sound)
    yield from _days_apart(sound)
    yield from _out_of_scale(sound, quantities)


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
        rows.sort(key=lambda numbered: (numbered[1].valid_from, numbered[1].valid_to))
        last = date.min
        for place, (line, row) in enumerate(rows):
            # Of those before, one that lasts longest is nearest; of those after, the one that begins next.
            after = rows[place + 1][1].valid_from if place + 1 < len(rows) else date.max
            gap = min((row.valid_from - last).days, (after - row.valid_to).days)
            last = max(last, row.valid_to)
            if len(rows) > 1 and gap > MOST_DAYS_APART:
                expected = f"days within {MOST_DAYS_APART} of another row with these words of this origin"
                yield Problem("statements.csv", line, "valid_from", str(row.valid_from), expected)


def _out_of_scale(sound: Lines, quantities: Mapping[str, Quantity]) -> Iterator[Problem]:
    """A figure far from all others of its quantity is one in another unit, thousands for instance."""
    of_quantity: dict[str, Lines] = defaultdict(list)
    for line, row in sound:
        if _numbers(row):
            of_quantity[row.quantity].append((line, row))
    for name, rows in of_quantity.items():
        begins_small = name not in quantities or quantities[name].kind in BEGIN_SMALL
        fewest_times = LEAST_OF_TOTALS if begins_small else MOST_TIMES
        every = sorted(number for _, row in rows for number in _numbers(row))
        for line, row in rows if len(rows) > LEAST_OTHERS else ():
            usual, own = _median_without(every, _numbers(row)), _numbers(row)
            if max(own) > MOST_TIMES * usual:
                expected = f"no more than {MOST_TIMES} times the usual {digits(usual)}"
                yield Problem("statements.csv", line, "value", digits(max(own)), expected)
            elif max(own) * fewest_times <= usual:
                expected = f"more than the usual {digits(usual)} divided by {fewest_times}"
                yield Problem("statements.csv", line, "value", digits(max(own)), expected)


def _median_without(every: Sequence[float], left_out: Sequence[float]) -> float:
    """The median of sorted numbers but for some of them, found without a copy."""
    places = sorted(bisect_left(every, number) for number in left_out)
    for position in range(1, len(places)):
        # Equal numbers stand side by side; each that is left out is another of them.
        places[position] = max(places[position], places[position - 1] + 1)

    def at(rank: int) -> float:
        for place in places:
            rank += place <= rank
        return every[rank]

    count = len(every) - len(places)
    return (at((count - 1) // 2) + at(count // 2)) / 2


def _numbers(row: Statement) -> list[float]:
    """The sizes of its numbers; none of them is a size where it is zero."""
    return [abs(number) for number in (row.value, row.low, row.high) if number]
