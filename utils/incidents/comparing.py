"""What came before a day and what after, in counts and as shares of all that was reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis

from .counting import ANY

if TYPE_CHECKING:
    import pandas

__all__ = ["before_and_after"]


def before_and_after(table: pandas.DataFrame, day: date, days: int) -> pandas.DataFrame:
    """By area and tag, the events of so many days before a day, and of as many from it on.

    table: counts, as `run.count` gives them. A share is of all events, of any tag and area, of the same
    days; NaN where there are none. Reporting changes, so that shares tell more than counts.
    """
    rows = ibis.memtable(table)
    at = rows.date.cast("date")
    since, until = day - timedelta(days=days), day + timedelta(days=days)
    near = rows.filter((at >= ibis.date(since.isoformat())) & (at < ibis.date(until.isoformat())))
    is_after = near.date.cast("date") >= ibis.date(day.isoformat())
    near = near.mutate(before=ibis.ifelse(is_after, 0, near.incidents))
    near = near.mutate(after=near.incidents - near.before)
    every = near.filter(near.tag == ANY)
    sums = near.group_by("area", "tag").agg(before=near.before.sum(), after=near.after.sum())
    all_before, all_after = (every[name].sum().as_scalar() for name in ("before", "after"))
    shares = sums.mutate(
        share_before=sums.before / all_before.nullif(0), share_after=sums.after / all_after.nullif(0)
    )
    compared: pandas.DataFrame = shares.order_by("area", "tag").execute()
    return compared
