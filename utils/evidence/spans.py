"""Over which month, quarter or year a statement counts, and which days it says nothing of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from .lookup import Lookup
from .periods import MONTHS, Grain, first_day, last_day, whole

__all__ = ["of_another_period", "period"]

# Kinds of quantity of which each period has a number of its own. What is there on some days wanders on to
# others, and a total adds up.
APART = ("rate", "share", "other")


class Meant(Protocol):
    """The days for which a statement is meant."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date: ...


def of_another_period(row: Meant, kind: str, on: date) -> bool:
    """Whether a row tells of a whole month, quarter or year that a day is no part of."""
    apart = kind in APART and whole(row.valid_from, row.valid_to) is not None
    return apart and not row.valid_from <= on <= row.valid_to


def period(archive: Lookup, quantities: Iterable[str], on: date) -> Grain | None:
    """The month, quarter or year around a day over which what is told of it is counted; None for the day."""
    told = (row for row in archive.evidence(*quantities) if row.has_number)
    rows = [row for row in told if row.valid_from <= on <= row.valid_to]
    if any(archive.quantities[row.quantity].kind not in APART for row in rows):
        return None
    known = {grain for row in rows if (grain := whole(row.valid_from, row.valid_to)) is not None}
    longest = max(known, key=lambda grain: MONTHS[grain], default=None)
    if longest is None:
        return None
    first, last = first_day(on, longest), last_day(on, longest)
    return longest if all(first <= row.valid_from and row.valid_to <= last for row in rows) else None
