"""Numbers, figures with their bounds, ranges and units in words."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from babel import Locale
from babel.numbers import format_decimal

from . import spoken
from .days import written_day

__all__ = [
    "bounded",
    "choice",
    "digits",
    "exact",
    "from_to",
    "give_or_take",
    "in_unit",
    "number",
    "open_end",
    "rounded",
    "signed",
    "span",
    "two_digits",
    "unit",
]


LONGEST = 400  # digits of a float, and places beyond them
FURTHER = 3  # places beyond those of a number, for it to be seen on its side of another


def number(value: float, places: int = 0) -> str:
    """A finite number with thousands separators and so many decimal places; ValueError for another."""
    text = _formed(Decimal(_finite(value)), f"#,##0.{'0' * places}")
    # What rounds to nothing has no sign.
    return text if re.search("[1-9]", text) else text.removeprefix("-")


def signed(value: float, places: int = 0) -> str:
    """A finite number as `number`, with a plus where it is above nothing: a change or a surplus."""
    text = number(value, places)
    return f"+{text}" if value > 0 and re.search("[1-9]", text) else text


def exact(value: float, figures: int = 10) -> str:
    """A finite number as it was given, to so many significant digits at most; ValueError for another."""
    return _formed(Decimal(f"{_finite(value) + 0:.{figures}g}"), "#,##0.###", whole=True)


def digits(value: float) -> str:
    """A finite number as a data file takes it, in digits alone, to ten significant ones at most."""
    return f"{Decimal(f'{_finite(value) + 0:.10g}'):f}"


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"a finite number, not {value}")
    return float(value)


def _formed(value: Decimal, pattern: str, *, whole: bool = False) -> str:
    """A number in the marks of the language; `whole` keeps all its decimal places."""
    return _of_language(value, pattern, spoken.LANGUAGE.locale, whole)


# The same few numbers are said on each day of a history.
@functools.lru_cache(8192)
def _of_language(value: Decimal, pattern: str, locale: Locale, whole: bool) -> str:
    # With the usual 28 digits a longer number could not be rounded to its places.
    with localcontext(prec=LONGEST):
        return format_decimal(value, pattern, locale=locale, decimal_quantization=not whole)


def rounded(*numbers: float, against: Sequence[float] = ()) -> list[str]:
    """The numbers of one sentence in words, all to the same place.

    That is the thousands; where the largest is below ten thousand, its second digit. What would become
    nothing, and is not, keeps its first digit. against: numbers that are printed whole beside them; to be
    seen on its side of each of these, a number may take them all to a further place.
    """
    first = min(3, two_digits(*numbers))
    places = range(first, first - FURTHER - 1, -1)
    true = (place for place in places if all(_on_its_side(one, place, against) for one in numbers))
    place = next(true, first)
    return [_at(one, place) for one in numbers]


def _on_its_side(value: float, place: int, against: Sequence[float]) -> bool:
    near = round(value, -place)
    return all((value < mark, value > mark) == (near < mark, near > mark) for mark in against)


def _at(value: float, place: int) -> str:
    """A number rounded to a power of ten, to its own first digit where it would become nothing."""
    near = round(value, -place)
    return number(near, max(0, -place)) if near or not value else exact(value, 1)


def two_digits(*numbers: float) -> int:
    """The power of ten of the second digit of the largest number, whatever its sign; 0 for nothing."""
    largest = max(map(abs, numbers))
    return math.floor(math.log10(largest)) - 1 if largest else 0


def span(low: float, high: float, of: str = "") -> str:
    """Two ends of a range and their unit, both to the second digit of the larger."""
    place = two_digits(low, high)
    ends = [number(round(end, -place), max(0, -place)) for end in (low, high)]
    return in_unit(from_to(*ends), of)


def from_to(low: str, high: str) -> str:
    """Two ends of a range that are words already."""
    return spoken.LANGUAGE.span.format(low, high)


def give_or_take(value: float, half_width: float) -> str:
    """A change with half of its interval, as "+31 (±12)"."""
    return f"{signed(value)} (±{number(half_width)})"


def bounded(value: float | None, low: float | None, high: float | None) -> str:
    """A figure with its bounds: "50,000", "at least 50,000", "10,000 to 12,000"; empty without any.

    A value that is also its own bound is named once, as the bound.
    """
    ends = [] if low is None else [spoken.LANGUAGE.at_least.format(exact(low))]
    ends += [] if high is None else [_up_to(high)]
    if value is None or value in (low, high):
        if low is None or high is None:
            return "".join(ends)
        if low == high:
            return exact(low)
        if value is None:
            return _ends(low, high)
        own, other = ends if value == low else reversed(ends)
        return f"{own} ({other})"
    if low is not None and high is not None:
        own, *_ = alike(value, low, high)
        return f"{own} ({_ends(low, high, beside=value)})"
    return exact(value) + (f" ({', '.join(ends)})" if ends else "")


def _ends(low: float, high: float, *, beside: float | None = None) -> str:
    """The ends of a range as they were given, with as many decimal places each, and as the figure beside."""
    least, most = alike(*(one for one in (low, high, beside) if one is not None))[:2]
    return from_to(least, _below(high) or most)


def alike(*numbers: float) -> list[str]:
    """Numbers as they were given, all with as many decimal places as the one that has most."""
    places = max(-min(0, int(_given(one).as_tuple().exponent)) for one in numbers)
    return [number(float(_given(one)), places) for one in numbers]


def _given(value: float) -> Decimal:
    return Decimal(f"{_finite(value) + 0:.10g}")


def _up_to(high: float) -> str:
    """An upper bound; one that is one short of a round number is told as that number."""
    return _below(high) or spoken.LANGUAGE.at_most.format(exact(high))


def _below(high: float) -> str | None:
    """What a bound of 9,999 means that was read from a word such as "thousands": less than 10,000."""
    short = high >= 999 and float(high).is_integer() and (high + 1) % 1000 == 0
    return spoken.LANGUAGE.less_than.format(exact(high + 1)) if short else None


def open_end(low: float | None, high: float | None) -> str:
    """Which bound a figure has, where its number stands elsewhere: "at least", "at most"; empty for none."""
    phrase = "{}" if low == high else spoken.LANGUAGE.at_most if low is None else spoken.LANGUAGE.at_least
    return phrase.format("").strip()


def unit(text: str) -> str:
    """A unit, or a text that names one, as it is printed."""
    return re.sub(r"(?<![a-z0-9])km2\b", "km²", text)


def in_unit(words: str, of: str) -> str:
    """A number in words and its unit; what has none, as "none" in a table of quantities, goes without."""
    return words if of in ("", "none") else f"{words} {unit(of)}"


def choice(value: object) -> str:
    """A choice of a check in words: numbers and days as anywhere, switches, and lists of these."""
    language = spoken.LANGUAGE
    if value is None or value == () or value == {}:
        return language.nothing
    if isinstance(value, bool):
        return language.yes if value else language.no
    if isinstance(value, date):
        return written_day(value)
    if isinstance(value, int | float):
        return exact(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {choice(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(choice, value))
    return str(value)
