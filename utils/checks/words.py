"""Words that the questions of several methods share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ..words import written_day

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["labels", "window"]


def window(since: date, until: date) -> str:
    """First and last day in words."""
    return f"from {written_day(since)} to {written_day(until)}"


def labels(archive: Archive, quantities: Iterable[str]) -> str:
    """The labels of quantities."""
    return "; ".join(archive.quantities[name].label for name in quantities)
