"""Weekly changes of a daily series.

The rule stands in `utils.checks.trend`, which asks for it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    import pandas

__all__ = ["ROUNDING", "changes_by_week", "exact", "over_a_week", "share_so_far", "weekly"]

ROUNDING = 1e-9  # share of the largest level below which a change is one of the arithmetic


def weekly(daily: pandas.Series, since: date, until: date, anchor: date) -> pandas.Series:
    """Changes from week to week inside the window, by the day on which the week ends, in units a week.

    Weeks end on the anchor and on every seventh day before and after it. A change needs both its weeks.
    """
    import pandas

    ends, changes = changes_by_week(daily, since, until, anchor)
    return pandas.Series(changes, index=pandas.DatetimeIndex(ends))


def changes_by_week(
    daily: pandas.Series, since: date, until: date, anchor: date
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The days and the changes of `weekly`."""
    import numpy

    back, ahead = (anchor - since).days // 7, (until - anchor).days // 7
    ends = numpy.datetime64(anchor, "D") + 7 * numpy.arange(-back, ahead + 1)
    levels = _levels(daily, ends)
    changes = exact(numpy.diff(levels), levels)
    both = ~numpy.isnan(changes)
    return ends[1:][both], changes[both]


def _levels(daily: pandas.Series, days: numpy.ndarray) -> numpy.ndarray:
    """The level on some days: the newest value of a day and the six before it; missing without one."""
    import numpy

    told = daily.index.to_numpy()
    places = told.searchsorted(days, side="right") - 1
    known = places >= 0
    known[known] = days[known] - told[places[known]] < numpy.timedelta64(7, "D")
    levels = numpy.full(len(days), numpy.nan)
    levels[known] = daily.to_numpy(float)[places[known]]
    return levels


def exact(changes: numpy.ndarray, levels: numpy.ndarray) -> numpy.ndarray:
    """Changes without those that only the adding up of parts has made."""
    import numpy

    largest = numpy.abs(levels[~numpy.isnan(levels)]).max(initial=0.0)
    return numpy.where(numpy.abs(changes) <= ROUNDING * largest, 0.0, changes)


def over_a_week(daily: pandas.Series) -> tuple[numpy.datetime64, numpy.ndarray]:
    """The first day of a series, and the change over the week that ends on each day from it to the last."""
    import numpy

    first, last = daily.index.to_numpy()[[0, -1]].astype("datetime64[D]")
    level = _levels(daily, numpy.arange(first, last + 1))
    change = numpy.full(len(level), numpy.nan)
    change[7:] = exact(level[7:] - level[:-7], level)
    return first, change


def share_so_far(part: pandas.Series, whole: pandas.Series) -> pandas.Series:
    """The running sum of a part's share in the whole by day, so that a week adds its mean share in per cent.

    Days are those of the whole; a day on which the part has no row adds nothing.
    """
    return (100 / 7 * part.reindex(whole.index, fill_value=0.0) / whole).cumsum()
