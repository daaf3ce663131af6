"""Phrases that questions and answers share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ...words import number, unit, written_day

if TYPE_CHECKING:
    from ...archive import Archive

__all__ = ["PERSONS", "came_in", "how_many", "labels_of", "window"]

PERSONS = "persons"  # of whom one says "those who"; of anything else its own unit is told


def window(since: date, until: date) -> str:
    """From a day to another, or on the one."""
    if since == until:
        return f"on {written_day(since)}"
    return f"from {written_day(since)} to {written_day(until)}"


def labels_of(archive: Archive, quantities: Iterable[str]) -> str:
    """The labels of quantities, by their names."""
    return "; ".join(archive.quantities[name].label for name in quantities)


def how_many(many: int) -> str:
    """How many of some; none of them is a word."""
    return number(many) if many else "none"


def came_in(of: str) -> str:
    """Who or what came in, by what is counted."""
    return "those who came" if of == PERSONS else f"the {unit(of)} that came"
