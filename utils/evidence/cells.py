"""What a cell may hold: days, names, texts, addresses, file names, and numbers in one spelling.

A CSV cell is text until the model of its row has read it.
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

__all__ = [
    "SHORT_NAME",
    "THOUSANDS",
    "Address",
    "Contact",
    "Day",
    "FileName",
    "Identifier",
    "Number",
    "Site",
    "Text",
    "as_day",
    "require_digits",
    "require_one_spelling",
    "whole_address",
    "within",
]


def _day(value: object) -> object:
    # pydantic would also take a Unix time; a year, a month and a day are what the tables hold.
    return _read_day(value) if isinstance(value, str) else value


@functools.cache
def _read_day(value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day that exists, as YYYY-MM-DD") from None


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


def _address(value: str) -> str:
    if value and not re.match(r"https?://[^\s\"'<>]+$", value):
        raise ValueError("an http or https address")
    return value


def _contact(value: str) -> str:
    if not re.fullmatch(r"[^\s\"'<>@:/?]+@[^\s\"'<>@:/?]+\.[^\s\"'<>@:/?.]+|https?://[^\s\"'<>]+", value):
        raise ValueError("a mail address, or an http or https address")
    return value


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
        return
    if value.strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise ValueError("a finite number")
    if kind is int:
        raise ValueError(f"a whole number in digits{_suggested(value, WHOLE)}")
    raise ValueError(f"a number in digits with at most one decimal point{_suggested(value)}")


def require_one_spelling(value: str) -> None:
    """ValueError for a decimal that ends in a zero, lest a thousands mark pass for a decimal point."""
    if DECIMAL.fullmatch(value) and value.endswith("0"):
        raise ValueError(f"a number without a zero at the end of its decimals{_suggested(value)}")


def _suggested(value: str, spelling: re.Pattern[str] = re.compile(".*")) -> str:
    """How a number that is refused would be right, where that can be told."""
    text, ways = value.strip(), []
    if THOUSANDS.fullmatch(text):
        ways.append(re.sub("[^-0-9]", "", text))
    if not ways or text.count(".") == 1:
        with contextlib.suppress(decimal.InvalidOperation):
            number = decimal.Decimal(text.replace(",", "."))
            ways += [f"{number.normalize():f}"] if number.is_finite() else []
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
    return value


Day = Annotated[date, BeforeValidator(_day)]


SHORT_NAME = r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$"


Identifier = Annotated[str, Field(pattern=SHORT_NAME)]


Text = Annotated[str, Field(min_length=1)]


Number = Annotated[float, Field(allow_inf_nan=False)]


FileName = Annotated[Text, AfterValidator(_relative)]


# The address keeps its percent-encoding: it is a key to the page as it was read.
Address = Annotated[str, BeforeValidator(_address)]
Contact = Annotated[str, BeforeValidator(_contact)]
# The whole address of a site, without its last slash.
Site = Annotated[str, BeforeValidator(whole_address)]
