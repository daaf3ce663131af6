"""Days, months, quarters and years as what the rows of a table are about.

A table says in `datapackage.json` which of them its rows are about: by a column of days, of months as
2024-11, of quarters as 2024-Q4 or of years, or by days with a `grain`, as statistics date a month by its
first or its last day. What is told of a period is known at its end at the earliest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from .cells import as_day

if TYPE_CHECKING:
    import pandas

__all__ = [
    "MONTHS",
    "Grain",
    "first_day",
    "last_day",
    "last_days",
    "number",
    "of_pattern",
    "shifted",
    "whole",
]

Grain = Literal["day", "month", "quarter", "year"]
# How many months there are in each grain that has some.
MONTHS = {"month": 1, "quarter": 3, "year": 12}
EXAMPLES: dict[Grain, tuple[str, str]] = {"month": ("2024-11", "2024-13"), "quarter": ("2024-Q4", "2024-Q5")}


def of_pattern(pattern: str) -> Grain | None:
    """The grain of texts that a pattern takes, as it tells real from impossible ones; None without one."""
    for grain, (real, impossible) in EXAMPLES.items():
        if re.search(pattern, real) and not re.search(pattern, impossible):
            return grain
    return None


def number(day: date, months: int) -> int:
    """The number of a day's period of so many months, counted without a gap."""
    return (day.year * 12 + day.month - 1) // months


def first_day(about: date | str | int, grain: Grain) -> date:
    """The first day of what a row is about; ValueError where that is none.

    >>> first_day("2024-Q4", "quarter")
    datetime.date(2024, 10, 1)
    """
    if isinstance(about, int):
        day = as_day(f"{about:04d}-01-01")
    elif isinstance(about, str):
        year, _, part = about.partition("-")
        day = as_day(f"{year}-{3 * int(part[1:]) - 2:02d}-01" if part[:1] == "Q" else f"{about}-01")
    else:
        day = as_day(about)
    return day if grain == "day" else _from(number(day, MONTHS[grain]), MONTHS[grain])


def last_day(about: date | str | int, grain: Grain) -> date:
    """The last day of what a row is about; ValueError where that is none.

    >>> last_day(2024, "year")
    datetime.date(2024, 12, 31)
    """
    first = first_day(about, grain)
    if grain == "day":
        return first
    return _from(number(first, MONTHS[grain]) + 1, MONTHS[grain]) - timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The same day some months later; the last of a month stays the last of its month.

    >>> shifted(date(2024, 12, 31), 2)
    datetime.date(2025, 2, 28)
    """
    first = _from(number(day, 1) + months, 1)
    last = last_day(first, "month")
    return last if day == last_day(day, "month") else min(last, first + timedelta(days=day.day - 1))


def _from(period: int, months: int) -> date:
    return date(period * months // 12, period * months % 12 + 1, 1)


def whole(first: date, last: date) -> Grain | None:
    """What two days are the first and the last of: a month, a quarter or a year; None where of none of them.

    >>> whole(date(2024, 4, 1), date(2024, 6, 30))
    'quarter'
    """
    grains: tuple[Grain, ...] = ("month", "quarter", "year")
    return next(
        (one for one in grains if first_day(first, one) == first and last_day(first, one) == last), None
    )


def last_days(about: pandas.Series | pandas.Index | Sequence[object], grain: Grain) -> pandas.DatetimeIndex:
    """The last days of what the rows of a sound table are about."""
    import pandas

    values = pandas.Series(about)
    known = {value: last_day(_plain(value), grain) for value in values.unique()}
    return pandas.DatetimeIndex(pandas.to_datetime(values.map(known)))


def _plain(value: object) -> date | str | int:
    return value if isinstance(value, (date, str)) else int(str(value))
