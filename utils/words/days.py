"""Days and months in words."""

from __future__ import annotations

import functools
from datetime import date

from babel import Locale
from babel.dates import format_date

from . import spoken

__all__ = [
    "day_and_month",
    "day_pattern",
    "month",
    "month_and_year",
    "months",
    "whole_month",
    "written_day",
    "written_period",
]


def written_day(day: date, *, short: bool = False) -> str:
    """A day in words, as "12 November 2024", or short as "12 Nov 2024"."""
    language = spoken.LANGUAGE
    return _written(day, language.short_day if short else language.day, language.locale)


def day_and_month(day: date) -> str:
    """A day of a year that is known, as "12 Nov"."""
    return _written(day, spoken.LANGUAGE.day_and_month, spoken.LANGUAGE.locale)


def month_and_year(day: date) -> str:
    """The month of a day, as "Nov 2024"."""
    return _written(day, spoken.LANGUAGE.month_and_year, spoken.LANGUAGE.locale)


def whole_month(day: date) -> str:
    """The month of a day, as "November 2024"."""
    return _written(day, spoken.LANGUAGE.whole_month, spoken.LANGUAGE.locale)


def written_period(day: date, grain: str | None) -> str:
    """The month, quarter or year of a day, as "November 2024", "Q4 2024" and "2024"; without one the day."""
    if grain == "month":
        return whole_month(day)
    pattern = {"quarter": "QQQ y", "year": "y"}.get(grain or "")
    return _written(day, pattern, spoken.LANGUAGE.locale) if pattern else written_day(day)


def month(day: date) -> str:
    """The month of a day in a year that is known, as "Nov"."""
    return _written(day, spoken.LANGUAGE.month, spoken.LANGUAGE.locale)


def months() -> tuple[str, ...]:
    """The whole names of the twelve months."""
    return tuple(spoken.LANGUAGE.locale.months["format"]["wide"].values())


def day_pattern() -> str:
    """How a day is written, as CLDR has it: "d MMMM y"; for the script of the board."""
    return spoken.LANGUAGE.day


@functools.cache
def _written(day: date, pattern: str, locale: Locale) -> str:
    # A time is written as its day; Babel would move it to UTC.
    return format_date(date(day.year, day.month, day.day), pattern, locale=locale)
