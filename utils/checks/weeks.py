"""Changes of a series from week to week, or from month to month where a table has a row for each month.

The rule stands in `utils.checks.trend`, which asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..evidence.periods import MONTHS, number

if TYPE_CHECKING:
    import numpy
    import pandas

    from ..archive import Archive

__all__ = [
    "ROUNDING",
    "WEEK",
    "Step",
    "StepChanges",
    "exact",
    "share_so_far",
    "step_of",
    "weekly",
]

EPOCH = 1970  # from whose beginning numpy counts months
ROUNDING = 1e-9  # share of the largest level below which a change is one of the arithmetic


@dataclass(frozen=True)
class Step:
    """The time from one reading of a series to the next, on a grid of cells without a gap.

    cells: how many there are in it; a week has seven days. months: of how many months a cell is, none where
    it is a day.
    """

    name: str
    cells: int
    months: int | None = None

    def opened(self, day: date) -> int:
        """The first cell that ends on a day or after it."""
        import numpy

        if self.months is None:
            return int(numpy.datetime64(day, "D").astype(int))
        return number(day, self.months)

    def closed(self, day: date) -> int:
        """The last cell that has ended with a day; a month is known at its end."""
        return self.opened(day) if self.months is None else number(day + timedelta(days=1), self.months) - 1

    def cells_of(self, series: pandas.Series) -> numpy.ndarray:
        """The cells of a series by its days, which are the last ones of their periods."""
        days = series.index.values
        if self.months is None:
            return days.astype("datetime64[D]").astype(int)
        return (days.astype("datetime64[M]").astype(int) + 12 * EPOCH) // self.months


WEEK = Step("week", 7)


def step_of(archive: Archive, table: str) -> Step:
    """The step of a table's series: a week where its rows are about days, otherwise what they are about."""
    span = archive.tables.span(table)
    return Step(span, 1, MONTHS[span]) if span in MONTHS else WEEK


def weekly(daily: pandas.Series, since: date, until: date, anchor: date) -> pandas.Series:
    """Changes from week to week inside the window, by the day on which the week ends, in units a week.

    Weeks end on the anchor and on every seventh day before and after it. A change needs both its weeks.
    """
    import pandas

    ends = (WEEK.opened(since), WEEK.closed(until), WEEK.closed(anchor))
    days, changes = StepChanges.of(daily, WEEK).between(*ends)
    return pandas.Series(changes, index=pandas.DatetimeIndex(days.astype("datetime64[D]")))


@dataclass(frozen=True, eq=False)
class StepChanges:
    """The change of a series over the step that ends with each cell, missing where one of its ends is.

    first, last: the first and the last cell of which the series tells. over: the changes from the first cell
    on, and for as long after the last as its value is the newest of a step.
    """

    step: Step
    first: int
    last: int
    over: numpy.ndarray

    @classmethod
    def of(cls, series: pandas.Series, step: Step = WEEK) -> StepChanges:
        """From a series by its days; what is none of the arithmetic's is measured by its largest level."""
        import numpy

        told = step.cells_of(series)
        if not len(told):
            return cls(step, 0, -1, numpy.empty(0))
        first, last = int(told[0]), int(told[-1])
        level = _levels(series, told, numpy.arange(first, last + step.cells), step)
        over = numpy.full(len(level), numpy.nan)
        over[step.cells :] = exact(level[step.cells :] - level[: -step.cells], level)
        return cls(step, first, last, over)

    def between(self, since: int, until: int, anchor: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        """The cells with which steps end, counted both ways from the anchor, and the changes over them.

        since, until: the cells in which the first step begins, at the earliest, and the last ends.
        """
        import numpy

        size, end = self.step.cells, self.first + len(self.over) - 1
        back, ahead = (anchor - max(since, self.first)) // size, (min(until, end) - anchor) // size
        ends = anchor + size * numpy.arange(1 - back, ahead + 1)
        changes = self.over[ends - self.first]
        both = ~numpy.isnan(changes)
        return ends[both], changes[both]


def _levels(series: pandas.Series, told: numpy.ndarray, cells: numpy.ndarray, step: Step) -> numpy.ndarray:
    """The level in some cells: the newest value of a step up to each; missing without one."""
    import numpy

    places = told.searchsorted(cells, side="right") - 1
    known = cells - told[places] < step.cells
    return numpy.where(known, numpy.asarray(series.values, dtype=float)[places], numpy.nan)


def exact(changes: numpy.ndarray, levels: numpy.ndarray) -> numpy.ndarray:
    """Changes without those that only the adding up of parts has made."""
    import numpy

    largest = numpy.abs(levels[~numpy.isnan(levels)]).max(initial=0.0)
    return numpy.where(numpy.abs(changes) <= ROUNDING * largest, 0.0, changes)


def share_so_far(part: pandas.Series, whole: pandas.Series, step: Step = WEEK) -> pandas.Series:
    """The running sum of a part's share in the whole, so that a step adds its mean share in per cent.

    Days are those of the whole; a day on which the part has no row adds nothing.
    """
    return (100 / step.cells * part.reindex(whole.index, fill_value=0.0) / whole).cumsum()
