"""How numbers, days and addresses would be right that a person wrote another way; empty where none can tell.

Each answer goes on from a message that has said what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..words import digits, listed

__all__ = ["meant_address", "meant_days", "meant_number", "meant_share"]

NOTHING = {"n/a", "na", "none", "null", "nil", "-", "–", "—", "?", "unknown", "k.a.", "tbd", ".", "..."}
FORMULA = re.compile(r"#(ref|value|name|div/0|n/a|num|null|bezug|wert)[!?]?", re.IGNORECASE)
WORDS = {"thousand": 3, "k": 3, "million": 6, "millions": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9}
PLAIN = r"[0-9]+(?:\.[0-9]+)?"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The first letters of German months where they are others.
OTHER_MONTHS = {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
IN_WORDS = (
    (r"(\d{1,2})\.? (\w{3})\w*\.?,? (\d{4})", "dmy"),
    (r"(\w{3})\w*\.? (\d{1,2}),? (\d{4})", "mdy"),
)
# Excel counts days from here; the numbers stand for the years 1954 to 2119.
SERIAL_ZERO, SERIAL = date(1899, 12, 30), range(20_000, 80_001)
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)


def meant_number(value: str) -> str:
    """How a number would be right that has a sign, a word or a range in its cell.

    >>> meant_number("45%")
    ', as 45; what it is counted in stands in the unit of its quantity'
    """
    text = value.strip()
    if FORMULA.fullmatch(text):
        return ", and no error of a formula: paste the values themselves"
    if text.lower() in NOTHING:
        return ", or an empty cell where there is none"
    if of_range := re.fullmatch(rf"({PLAIN})\s*(?:-|–|to|bis)\s*({PLAIN})", text):
        return f", as low {of_range[1]} and high {of_range[2]} with an empty value"
    if about := re.fullmatch(rf"(?:~|≈|<|>|ca\.?|about|over|up to|≤|≥)\s*({PLAIN})", text):
        return f", as {about[1]}; how exact it is say low and high"
    words = re.fullmatch(rf"({PLAIN})\s*([a-z]+)", text, re.IGNORECASE)
    if words and (power := WORDS.get(words[2].lower())):
        return f", as {round(float(words[1]) * 10**power)}"
    if unit := re.fullmatch(rf"(?:[$€£¥]|[A-Z]{{3}} ?)?({PLAIN})\s*[^0-9.,]*", text):
        return f", as {unit[1]}; what it is counted in stands in the unit of its quantity"
    return ""


def meant_share(value: str) -> str:
    """How a choice would be right that is a number, and was written in per cent or as a cell is.

    >>> meant_share("20 %")
    ', as 0.2'
    """
    if percent := re.fullmatch(rf"({PLAIN})\s*(?:%|per cent|percent)", value.strip()):
        return f", as {digits(float(percent[1]) / 100)}"
    return meant_number(value).partition(";")[0]


def meant_days(value: str) -> str:
    """How a day would be right that is written in another order, in words, with a time or as Excel counts.

    >>> meant_days("1/2/2030")
    ', as 2030-01-02 or 2030-02-01'
    """
    text = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*Z?$", "", value.strip())
    if re.fullmatch(r"\d{4}(-\d{1,2})?", text):
        return "; the day is missing: write the first or the last of that time, as the column wants it"
    days = sorted({day.isoformat() for day in _days(text)})
    return f", as {listed(days, 'or')}" if days else ""


def _days(text: str) -> Iterator[date]:
    """The days that a text may mean."""
    if re.fullmatch(r"\d{5}", text) and int(text) in SERIAL:
        yield SERIAL_ZERO + timedelta(days=int(text))
    for pattern, order in (
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", ("ymd",)),
        (r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", ("dmy",)),
        (r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", ("dmy", "mdy")),
    ):
        if found := re.fullmatch(pattern, text):
            for each in order:
                parts = dict(zip(each, map(int, found.groups()), strict=True))
                yield from _existing(parts["y"], parts["m"], parts["d"])
    for named, keys in (
        (r"(\d{1,2})\.? (\w{3})\w*\.?,? (\d{4})", "dmy"),
        (r"(\w{3})\w*\.? (\d{1,2}),? (\d{4})", "mdy"),
    ):
        if spoken := re.fullmatch(named, text):
            told = dict(zip(keys, spoken.groups(), strict=True))
            month = told["m"].lower()
            number = OTHER_MONTHS.get(month) or (MONTHS.index(month) + 1 if month in MONTHS else 0)
            yield from _existing(int(told["y"]), number, int(told["d"]))


def _existing(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def meant_address(value: str) -> str:
    """How an address would be right that begins with its host."""
    text = value.strip()
    return f", as https://{text}" if HOST.fullmatch(text) else ""
