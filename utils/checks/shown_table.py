"""The days on which a computed table shows that something was so, and those on which it was not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from ..evidence.choices import chosen
from ..evidence.periods import Grain, first_day, last_day
from .witness_check import WitnessCheck

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["newest_shown", "shown_days", "union"]


def union(days: Iterable[int]) -> int:
    """The days of any, as bits."""
    return reduce(or_, days, 0)


def shown_days(archive: Archive, parameters: WitnessCheck) -> dict[bool, list[int]]:
    """The days asked about on which it was so by the table that is shown, and those on which it was not, as
    bits; none without a table."""
    sides: dict[bool, list[int]] = {True: [], False: []}
    shown = parameters.shown
    if shown is None:
        return sides
    if shown.day == "date":
        sums = archive.daily(shown.table, shown.value, shown.where)["all"]
    else:
        frame = chosen(archive.table(shown.table), shown.where)
        sums = frame.groupby(shown.day)[shown.value].sum()
    grain = archive.tables.span(shown.table) if shown.day == "date" else None
    for time, total in zip(sums.index.to_list(), sums.to_list(), strict=True):
        since, until = _span(time, grain)
        if parameters.since <= since and until <= parameters.until:
            sides[(total > 0) != shown.zero].append(parameters.bits(since, until))
    return sides


def _span(time: int | str | date, grain: Grain | None) -> tuple[date, date]:
    """The first and the last day of a day, month, quarter or year; grain: of what a day stands for."""
    if isinstance(time, str):
        grain = "quarter" if "Q" in time else "month"
    elif isinstance(time, int):
        grain = "year"
    return first_day(time, grain or "day"), last_day(time, grain or "day")


def newest_shown(archive: Archive, parameters: WitnessCheck) -> date | None:
    """The last day asked about of which the table that is shown tells; None without one."""
    days = union(bits for side in shown_days(archive, parameters).values() for bits in side)
    return parameters.since + timedelta(days=days.bit_length() - 1) if days else None
