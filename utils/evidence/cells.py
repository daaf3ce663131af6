"""What a cell may hold: days, names, texts, addresses, file names, and numbers in one spelling.

A CSV cell is text until the model of its row has read it. Ids become names of files and anchors of pages, so
that each is one that every system takes.
"""

from __future__ import annotations

import contextlib
import decimal
import functools
import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from ..words import listed
from .spelling import meant_address, meant_days, meant_number

__all__ = [
    "COUNTABLE",
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONGEST_LAG",
    "LONGEST_NAME",
    "SHORT_NAME",
    "THOUSANDS",
    "Address",
    "Contact",
    "Day",
    "Days",
    "FileName",
    "Finite",
    "Identifier",
    "Name",
    "Number",
    "Site",
    "Text",
    "as_day",
    "require_digits",
    "require_one_spelling",
    "whole_address",
    "within",
]


# Years that pandas and Python both know, and that a lag does not lead out of.
FIRST_YEAR, LAST_YEAR = 1700, 2199
# Longest of the days between two days: fifty years.
LONGEST_LAG = 18_262
LONGEST_NAME, LONGEST_FILE_NAME, LONGEST_ADDRESS = 100, 240, 2_000
# More digits than these are none that anybody counted, and no float keeps them.
MOST_DIGITS = 18
# What Windows takes for a device, whatever follows after a point.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def _day(value: object) -> object:
    # pydantic would also take a Unix time; a year, a month and a day are what the tables hold.
    if isinstance(value, str):
        return _read_day(value)
    if not isinstance(value, date):
        raise ValueError("a day as YYYY-MM-DD")
    return value


@functools.cache
def _read_day(value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(f"a day as YYYY-MM-DD{meant_days(value)}")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day that exists, as YYYY-MM-DD") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a day of the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def as_day(value: date | str) -> date:
    """A day given as a date, a timestamp or a text; ValueError for another text, TypeError for what is none.

    >>> as_day("2024-11-10")
    datetime.date(2024, 11, 10)
    """
    if isinstance(value, datetime):
        if value != value:  # a missing timestamp
            raise ValueError(f"{value!r} is no day; the day is missing")
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no day; a date, a timestamp, or a text as '2024-11-10'")
    try:
        return _read_day(value.strip())
    except ValueError as error:
        raise ValueError(f"{value!r} is no day, expected {error}") from None


def _address(value: object) -> object:
    if not isinstance(value, str) or not value:
        return value
    if len(value) > LONGEST_ADDRESS:
        raise ValueError(f"an address of at most {LONGEST_ADDRESS} signs")
    if not re.fullmatch(r"https?://[^\s\"'<>@/?#\\]+([/?#][^\s\"'<>]*)?", value):
        raise ValueError(f"an http or https address{meant_address(value)}")
    return value


def _contact(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(
        r"[^\s\"'<>@:/?]+@[^\s\"'<>@:/?]+\.[^\s\"'<>@:/?.]+|https?://[^\s\"'<>]+", value
    ):
        raise ValueError("a mail address, or an http or https address")
    return value


def _site(value: object) -> object:
    return whole_address(value) if isinstance(value, str) else value


def whole_address(value: str) -> str:
    """The address of a site without its last slash; ValueError for one that is not whole."""
    if not re.fullmatch(r"https?://[^\s/\"'<>?#]+(/[^\s\"'<>?#]*)?", value):
        raise ValueError("a whole http or https address, without ? and #")
    return value.rstrip("/")


WHOLE, DECIMAL = re.compile(r"-?[0-9]+"), re.compile(r"-?[0-9]+\.[0-9]+")
# Groups of three digits with a mark between them; a point is such a mark to half of the world.
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[., _'’\u00a0\u2009\u202f][0-9]{3})+")


def require_digits(value: str, kind: type) -> None:
    """ValueError for a number that is not written in digits, with a point at most where it may have one."""
    if WHOLE.fullmatch(value) or (kind is float and DECIMAL.fullmatch(value)):
        if len(value) > MOST_DIGITS + 2:
            raise ValueError(f"a number of at most {MOST_DIGITS} digits")
        return
    if value.strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise ValueError("a finite number")
    if kind is int:
        raise ValueError(f"a whole number in digits{_suggested(value, WHOLE) or meant_number(value)}")
    meant = _suggested(value) or meant_number(value)
    raise ValueError(f"a number in digits with at most one decimal point{meant}")


def require_one_spelling(value: str) -> None:
    """ValueError for a decimal that ends in a zero, lest a thousands mark pass for a decimal point."""
    if DECIMAL.fullmatch(value) and value.endswith("0"):
        raise ValueError(f"a number without a zero at the end of its decimals{_suggested(value)}")


def _countable(value: float) -> float:
    if value and not 10**-MOST_DIGITS <= abs(value) <= 10**MOST_DIGITS:
        raise ValueError(f"a number of at most {MOST_DIGITS} digits before and after its point")
    return value


def _suggested(value: str, spelling: re.Pattern[str] = re.compile(".*")) -> str:
    """How a number that is refused would be right, where that can be told."""
    text, ways = value.strip(), []
    if len(text) > 2 * MOST_DIGITS:
        return ""
    if THOUSANDS.fullmatch(text):
        ways.append(re.sub("[^-0-9]", "", text))
    if not ways or text.count(".") == 1:
        with contextlib.suppress(decimal.InvalidOperation):
            number = decimal.Decimal(text.replace(",", "."))
            ways += [f"{number.normalize():f}"] if abs(number.adjusted()) <= MOST_DIGITS else []
    ways = [way for way in ways if spelling.fullmatch(way)]
    return f", as {listed(ways, 'or')}" if ways else ""


def within(folder: Path, name: str) -> Path:
    """A file of a folder by a name that comes from data; ValueError for one that leads out of it."""
    path = folder / name
    if not Path(os.path.normpath(path)).is_relative_to(os.path.normpath(folder)):
        raise ValueError(f"{name!r} leads out of {folder}")
    return path


def _relative(value: str) -> str:
    parts = value.split("/")
    if any(part in ("", ".", "..") for part in parts) or not value.isprintable() or set(value) & set("\\:"):
        raise ValueError("a plain relative path of a file, without '..', a drive or a control character")
    if any(
        part.endswith((".", " ")) or RESERVED.fullmatch(part) or set(part) & set('<>"|?*') for part in parts
    ):
        raise ValueError("a file name that every system takes")
    if len(value) > LONGEST_FILE_NAME or max(map(len, parts)) > LONGEST_NAME:
        raise ValueError(f"a path of at most {LONGEST_FILE_NAME} signs, {LONGEST_NAME} between two slashes")
    return value


def _unreserved(value: str) -> str:
    if RESERVED.fullmatch(value) or value.endswith("."):
        raise ValueError("a name that every system takes for a file's: no device's, and no point at its end")
    if len(value) > LONGEST_NAME:
        raise ValueError(f"a name of at most {LONGEST_NAME} signs")
    return value


Day = Annotated[date, BeforeValidator(_day)]


# A number of days from one day to another.
Days = Annotated[int, Field(ge=0, le=LONGEST_LAG)]


SHORT_NAME = r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$"


Identifier = Annotated[str, Field(pattern=SHORT_NAME)]


# An identifier where it is given; where it is only named, it has to be one of those that are given.
Name = Annotated[Identifier, AfterValidator(_unreserved)]


Text = Annotated[str, Field(min_length=1)]


Finite = Annotated[float, Field(allow_inf_nan=False)]
# A cell of a table has digits to count; YAML takes a number of any size. Other limits stand before it, as
# those after a function are lost to the schema.
COUNTABLE = AfterValidator(_countable)
Number = Annotated[Finite, COUNTABLE]


FileName = Annotated[Text, AfterValidator(_relative)]


# The address keeps its percent-encoding: it is a key to the page as it was read.
Address = Annotated[str, BeforeValidator(_address)]
Contact = Annotated[str, BeforeValidator(_contact)]
# The whole address of a site, without its last slash.
Site = Annotated[str, BeforeValidator(_site)]
