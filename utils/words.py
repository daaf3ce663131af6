"""How values are written: numbers, shares, likelihoods, labels, days, plurals, lists and tellers.

The forms (thousands mark, plural rule, names of months, patterns of lists) are those of the Unicode CLDR, by
Babel. Every room that prints a value takes its words from here, so that one value has one wording.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

__all__ = [
    "CONFLICTING",
    "LABELS",
    "LIKELIHOODS",
    "MONTHS",
    "NOT_CHECKED",
    "NOT_ENOUGH",
    "REFUTED",
    "SUPPORTED",
    "Label",
    "bounded",
    "counted",
    "exact",
    "likelihood",
    "listed",
    "number",
    "percent",
    "plural",
    "rounded",
    "share",
    "span",
    "teller",
    "two_digits",
    "unit",
    "written_day",
]

LOCALE = Locale("en")
MONTHS = tuple(LOCALE.months["format"]["wide"].values())
DAY, SHORT_DAY = "d MMMM y", "d MMM y"

Label = Literal["Supported", "Refuted", "Conflicting evidence", "Not enough evidence", "Not yet checked"]

SUPPORTED: Label = "Supported"
REFUTED: Label = "Refuted"
CONFLICTING: Label = "Conflicting evidence"
NOT_ENOUGH: Label = "Not enough evidence"
NOT_CHECKED: Label = "Not yet checked"
LABELS: tuple[Label, ...] = (SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH, NOT_CHECKED)

# Upper end of each range of ICD 203, and its words.
LIKELIHOODS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)


@functools.cache
def written_day(day: date, *, short: bool = False) -> str:
    """A day in words, as "12 November 2024", or short as "12 Nov 2024"."""
    # A time is written as its day; Babel would move it to UTC.
    return format_date(date(day.year, day.month, day.day), SHORT_DAY if short else DAY, locale=LOCALE)


def number(value: float, places: int = 0) -> str:
    """A finite number with thousands separators and so many decimal places; ValueError for another."""
    if not math.isfinite(value):
        raise ValueError(f"a finite number, not {value}")
    text = format_decimal(Decimal(float(value)), f"#,##0.{'0' * places}", locale=LOCALE)
    # What rounds to nothing has no sign.
    return text if re.search("[1-9]", text) else text.removeprefix("-")


def exact(value: float) -> str:
    """A finite number as it was given, to ten significant digits at most; ValueError for another."""
    if not math.isfinite(value):
        raise ValueError(f"a finite number, not {value}")
    digits = Decimal(f"{value + 0:.10g}")
    return format_decimal(digits, "#,##0.###", locale=LOCALE, decimal_quantization=False)


def rounded(*numbers: float) -> list[str]:
    """The numbers of one sentence in words, all to the same place.

    That is the thousands; where the largest is below ten thousand, its second digit.
    """
    place = min(3, two_digits(*numbers))
    return [number(round(one, -place), max(0, -place)) for one in numbers]


def two_digits(*numbers: float) -> int:
    """The power of ten of the second digit of the largest number, whatever its sign; 0 for nothing."""
    largest = max(map(abs, numbers))
    return math.floor(math.log10(largest)) - 1 if largest else 0


def span(low: float, high: float, of: str = "") -> str:
    """Two ends of a range and their unit, both to the second digit of the larger."""
    place = two_digits(low, high)
    ends = [number(round(end, -place), max(0, -place)) for end in (low, high)]
    return f"{ends[0]} to {ends[1]} {unit(of)}".strip()


def bounded(value: float | None, low: float | None, high: float | None) -> str:
    """A figure with its bounds: "50,000", "at least 50,000", "10,000 to 12,000"; empty without any.

    A value that is also its own bound is named once, as the bound.
    """
    ends = [] if low is None else [f"at least {exact(low)}"]
    ends += [] if high is None else [f"at most {exact(high)}"]
    if value is None or value in (low, high):
        if low is None or high is None:
            return "".join(ends)
        if value is None:
            return f"{exact(low)} to {exact(high)}"
        if low == high:
            return exact(value)
        own, other = ends if value == low else reversed(ends)
        return f"{own} ({other})"
    return exact(value) + (f" ({', '.join(ends)})" if ends else "")


def unit(text: str) -> str:
    """A unit, or a text that names one, as it is printed."""
    return re.sub(r"\bkm2\b", "km²", text)


def percent(probability: float) -> str:
    """A probability from 0 to 1 in whole per cent; beyond 1 or 99 it says so, as none is told as certain."""
    return _per_cent(probability, certain=False)


def share(value: float) -> str:
    """A share of things from 0 to 1 in whole per cent; only none of them is 0 % and only all are 100 %."""
    return _per_cent(value, certain=True)


def _per_cent(value: float, *, certain: bool) -> str:
    if not 0 <= value <= 1:
        raise ValueError(f"a share or probability from 0 to 1, not {value}")
    if value < 0.01 and not (certain and value == 0):
        return "less than 1 %"
    if value > 0.99 and not (certain and value == 1):
        return "more than 99 %"
    return f"{number(value * 100)} %"


def likelihood(probability: float) -> str:
    """The words of ICD 203 for a probability from 0 to 1; ValueError outside it.

    The ranges of the directive share their ends. A probability on such an end takes the words nearer to
    certainty: 0.80 is very likely and 0.20 is very unlikely, as in the rule for labels.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability from 0 to 1, not {probability}")
    for end, words in LIKELIHOODS:
        if probability < end or (probability == end and end < 0.5) or end == 1:
            return words
    raise AssertionError("unreachable: the last range ends at 1")


def plural(many: int, one: str, other: str | None = None) -> str:
    """The form that goes with so many: "origin" with 1, else `other` or "origins"."""
    forms: Mapping[str, str] = {"one": one, "other": other or f"{one}s"}
    return forms[LOCALE.plural_form(many)]


def counted(many: int, one: str, other: str | None = None) -> str:
    """So many of a thing: "1 origin", "7 origins"."""
    return f"{number(many)} {plural(many, one, other)}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names in a row, with a word before the last: "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def teller(name: str) -> str:
    """The name of a teller without office and explanation: what stands before a comma or a bracket."""
    return re.split(r",| \(", name)[0]
