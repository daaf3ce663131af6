"""What a row or a part of a data folder shows: its fields, but for those that are empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import BaseModel

from ..words import choice, exact, foremost, written_day
from .showing import Shown
from .text import line
from .view import View

__all__ = ["record", "told"]

NAMES = ("id", "term", "name", "title", "method")
SHOWN = 5


def record(part: BaseModel, title: str | None = None) -> View:
    """The fields of a part; its kind and name are the title where it has none of its own."""
    return View.of(title or _named(part), _facts(part))


def _named(part: BaseModel) -> str:
    names = [str(name) for name in (getattr(part, field, None) for field in NAMES) if isinstance(name, str)]
    return " ".join([type(part).__name__, *names[:1]])


def _facts(part: BaseModel) -> Iterator[tuple[str, object]]:
    for name in type(part).model_fields:
        value = getattr(part, name, None)
        if value not in (None, (), {}, ""):
            yield name.replace("_", " "), told(value)


def told(value: object) -> str:
    """A value of a field in words: of what shows itself its line, of many the first.

    >>> told((date(2024, 11, 12), True, 0.5))
    '12 November 2024, yes, 0.5'
    """
    if isinstance(value, Shown):
        return line(value._view())
    if isinstance(value, date):
        return written_day(value)
    if isinstance(value, float):
        return exact(value, 4) if value - value == 0 else str(value)
    if isinstance(value, Mapping):
        return foremost([f"{name}: {told(each)}" for name, each in value.items()], SHOWN, "; ")
    if isinstance(value, list | tuple):
        return foremost([told(each) for each in value], SHOWN)
    return choice(value)
