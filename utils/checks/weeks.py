"""Weekly changes of a daily series, and their mean with an error that allows for autocorrelation.

The rule stands in `utils.checks.trend`, which asks for it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    import pandas

__all__ = ["Change", "changes_by_week", "fit", "over_a_week", "weekly"]


@dataclass(frozen=True)
class Change:
    """A mean weekly change, or a difference of two, in units a week; standard error; degrees of freedom."""

    weekly: float
    error: float
    freedom: int

    @property
    def share_up(self) -> float:
        """Probability that it is above zero."""
        from scipy.special import stdtr

        if self.error == 0:
            return 0.5 if self.weekly == 0 else float(self.weekly > 0)
        return float(stdtr(self.freedom, self.weekly / self.error))

    @property
    def half_width(self) -> float:
        """Half of the 90 % interval, in units a week."""
        from scipy.special import stdtrit

        return self.error * float(stdtrit(self.freedom, 0.95))


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
    changes = numpy.diff(_levels(daily, ends))
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


def fit(changes: numpy.ndarray, columns: Sequence[numpy.ndarray], memory_weeks: int) -> Change:
    """Least squares of the changes on a constant and the columns; the last coefficient with its HAC error."""
    return _fit_once(tuple(changes.tolist()), tuple(tuple(one.tolist()) for one in columns), memory_weeks)


@functools.lru_cache(4096)
def _fit_once(
    changes: tuple[float, ...], columns: tuple[tuple[float, ...], ...], memory_weeks: int
) -> Change:
    # Day after day the same weeks are fitted, once all days of a window are known.
    import numpy
    from statsmodels.regression.linear_model import OLS

    design = numpy.column_stack([numpy.ones(len(changes)), *columns])
    result = OLS(numpy.array(changes), design).fit(
        cov_type="HAC", cov_kwds={"maxlags": memory_weeks, "use_correction": True}, use_t=True
    )
    return Change(float(result.params[-1]), float(result.bse[-1]), int(result.df_resid))


def over_a_week(daily: pandas.Series) -> tuple[numpy.datetime64, numpy.ndarray]:
    """The first day of a series, and the change over the week that ends on each day from it to the last."""
    import numpy

    first, last = daily.index.to_numpy()[[0, -1]].astype("datetime64[D]")
    level = _levels(daily, numpy.arange(first, last + 1))
    change = numpy.full(len(level), numpy.nan)
    change[7:] = level[7:] - level[:-7]
    return first, change
