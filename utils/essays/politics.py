"""Calls and aid in numbers: who said what first, allocations by side, and the same test on other weeks."""

from __future__ import annotations

from datetime import timedelta

import pandas

from ..archive import Archive
from ..checks import trend
from ..checks.trend import TrendCheck
from ..evidence.schema import Statement

__all__ = ["aid_by_side", "stances", "turns_by_week"]

KINDS = ["military", "financial", "humanitarian"]
# All other donors are Europe as the tracker draws it: the EU's members and institutions, Iceland, Norway,
# Switzerland and the United Kingdom.
OVERSEAS = (
    "Australia",
    "Canada",
    "China",
    "India",
    "Japan",
    "New Zealand",
    "South Korea",
    "Taiwan",
    "Turkiye",
)


def stances(archive: Archive, quantity: str) -> list[tuple[Statement, int]]:
    """One row for every origin on a quantity with a stance, its first, and how many outlets carry the origin;
    in order of publication."""
    groups = archive.origins(row for row in archive.evidence(quantity) if row.stance)
    return [(rows[0], len({row.outlet for row in rows})) for rows in groups.values()]


def aid_by_side(table: pandas.DataFrame) -> pandas.DataFrame:
    """Allocations in billion EUR by month (as the day on which it begins) and side.

    table: the rows of `aid_by_donor`. Index: month, side ("United States", "Europe", "others"); columns:
    military, financial, humanitarian.
    """
    side = table.donor.map(
        lambda donor: donor if donor == "United States" else "others" if donor in OVERSEAS else "Europe"
    )
    month = pandas.to_datetime(table.month)
    return table.groupby([month.rename("month"), side.rename("side")])[KINDS].sum()


def turns_by_week(daily: pandas.Series, parameters: TrendCheck) -> pandas.DataFrame:
    """The difference that the claim's test finds on every seventh day of a series that has a complete window.

    Columns: `day`, `weekly` (units a week) and `apart`: whether the window keeps clear of the claim's day, by
    the rule of `trend.placebos`.
    """
    quiet = timedelta(days=parameters.quiet_days)
    if parameters.turn is None:
        raise ValueError(f"{parameters.key} asks about no turn")
    before = parameters.turn - parameters.since
    after = parameters.until - parameters.turn
    rows = []
    for day in pandas.date_range(daily.index.min() + before, daily.index.max() - after, freq="7D"):
        change = trend.turn(daily, parameters, day.date())
        if change is not None:
            first, last = day.date() - before - quiet, day.date() + after + quiet
            rows.append((day, change.weekly, not first <= parameters.turn <= last))
    return pandas.DataFrame(rows, columns=["day", "weekly", "apart"])
