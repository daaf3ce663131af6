"""The computed tables of a data folder as they were public on a day.

Only here are their rows filtered by the day of knowledge; `utils.archive` holds the clock.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..shown import Shown, View, archives
from . import choices, descriptor, reading
from .datasets import Dataset, Datasets
from .nearest import Named, require
from .periods import Grain, last_days
from .problems import DataError, Problem
from .tables import Table, declared, read_table, unknown_datasets

if TYPE_CHECKING:
    import numpy
    import pandas

    from ..shown.frames import About

__all__ = ["Tables", "sums"]


def sums(
    frame: pandas.DataFrame,
    value: str,
    where: Mapping[str, Sequence[str]],
    by: str | None,
    index: Sequence[str],
) -> dict[str, pandas.Series]:
    """Sums of a column over the chosen rows by `index`, for each value of `by`; without it, under "all"."""
    rows = choices.chosen(frame, where)
    groups = rows.groupby(by) if by else [("all", rows)]
    return {str(label): group.groupby(list(index))[value].sum() for label, group in groups}


class Tables(Shown):
    """The computed tables of one data folder, read and validated when first asked for.

    A row is public on its `published` day; without one, `publication_lag_days` of its slowest dataset after
    the day that the row is about, by the column that the table's description names: the end of a month,
    quarter or year, and of a stay the first of its days. A table that is about no day is public at all times.

    since: the moment, in seconds of the epoch, after which its files are read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.since = folder, time.time()
        self._frames: dict[str, tuple[pandas.DataFrame, pandas.Series, timedelta]] = {}
        self._seen: dict[str, tuple[date, pandas.DataFrame]] = {}
        self._sums: dict[tuple[object, ...], dict[str, _Sum]] = {}

    def _view(self) -> View:
        return archives.tables(self)

    @cached_property
    def datasets(self) -> Mapping[str, Dataset]:
        """The external datasets by id; none in a folder that has no datasets file."""
        path = self.folder / "datasets.yaml"
        if not reading.is_there(path):
            return {}
        every = reading.load_yaml(path, Datasets).datasets
        return Named("dataset", ((one.id, one) for one in every))

    @cached_property
    def declared(self) -> Mapping[str, Table]:
        """The tables that the folder describes, by name; DataError when a description is wrong."""
        problems: list[Problem] = []
        found = declared(self.folder, problems)
        problems += unknown_datasets(found, self.datasets)
        if problems:
            raise DataError(problems)
        return Named("table", found.items())

    def files(self) -> list[Path]:
        """The files that all of this is read from, those of the descriptions first."""
        described = [self.folder / name for name in (descriptor.FILE, "datasets.yaml")]
        return [
            *(path for path in described if path.is_file()),
            *(self._table_path(name) for name in self.declared),
        ]

    def knows(self, name: str) -> bool:
        """Whether the folder describes a table of this name."""
        return name in self.declared

    def maker(self, name: str) -> Dataset | None:
        """The dataset that a table's facts come from, the first that it names; None where none is named."""
        return next((self.datasets[key] for key in self.declared[name].datasets), None)

    def origin(self, name: str) -> str:
        """Who made what a table was computed from; the table itself where nobody is named."""
        maker = self.maker(name)
        return maker.maker if maker else f"the table {name}"

    def by_maker(self, name: str) -> str | None:
        """The column that says whose figure a row is; None where all rows are of one maker."""
        return self.declared[name].maker

    def span(self, name: str) -> Grain | None:
        """The time that a row is about: a day, month, quarter or year; None where it is about none."""
        return self.declared[name].span

    def unit(self, name: str, column: str) -> str:
        """The unit of a column; the column's own name where it states none."""
        extra = self.declared[name].model.model_fields[column].json_schema_extra
        unit = extra.get("unit") if isinstance(extra, dict) else None
        return unit if isinstance(unit, str) else column

    def days_of_news(self, name: str, since: date | None = None, until: date | None = None) -> set[date]:
        """The days on which something about the days from `since` to `until` (none: all) became public.

        With them the first on which a later day did: it tells that the table goes on.
        """
        import pandas

        frame, published, lag = self._frame(name)
        table = self.declared[name]
        if table.day is None:
            return set(published.dt.date)
        about = _ends(frame, table)
        if table.last_day:
            # A stay is seen to last one day longer with every new map.
            about = pandas.Series(pandas.date_range(about.min(), frame[table.last_day].max()))
            published = about + lag
        after = about > pandas.Timestamp(until or date.max)
        asked = ~after & (about >= pandas.Timestamp(since or date.min))
        return {*published[asked].dt.date, *published[after].sort_values()[:1].dt.date}

    def as_of(self, name: str, day: date) -> pandas.DataFrame:
        """The rows of a table that were public on a day.

        KeyError for a table that the folder does not describe, DataError for one that is missing or wrong.
        """
        import pandas

        require("table", name, self.declared)
        # Many checks ask for the same day one after another.
        last = self._seen.get(name)
        if last is None or last[0] != day:
            frame, published, lag = self._frame(name)
            seen = frame[published <= pandas.Timestamp(day)].reset_index(drop=True)
            if until := self.declared[name].last_day:
                # A stay that goes on was known only up to the newest map of the day.
                newest = pandas.Timestamp(day) - lag
                seen[until] = seen[until].mask(seen[until] > newest, newest)
            last = self._seen[name] = (day, seen)
        seen, about = last[1].copy(deep=False), self._about(name, day)
        from ..shown.frames import Frame, as_shown

        return as_shown(seen, about) if "geometry" in seen else Frame.of(seen, about)

    def whole(self, name: str) -> pandas.DataFrame:
        """All rows of a table, whenever they were published."""
        return self._frame(name)[0]

    def _about(self, name: str, day: date) -> About:
        """What stands with a table."""
        from ..shown.frames import About

        table, maker = self.declared[name], self.maker(name)
        return About(
            name=name,
            title=table.title,
            as_of=day,
            units={column: self.unit(name, column) for column in table.columns},
            source=maker.maker if maker else None,
            licence=maker.licence if maker else None,
            missing=table.missing_day,
        )

    def daily(
        self, name: str, day: date, value: str, where: Mapping[str, Sequence[str]], by: str | None = None
    ) -> dict[str, pandas.Series]:
        """The `sums` by the last day of what rows are about, over those that were public on a day.

        KeyError for a table or a column that there is not, DataError for a value that no row has. They are
        formed once by the day of publication, so that asking for another day costs no new sum.
        """

        key = (name, value, tuple((column, tuple(values)) for column, values in where.items()), by)
        if key not in self._sums:
            require("table", name, self.declared)
            for column in (value, *where, *([by] if by else ())):
                require(f"column of {name}", column, self.declared[name].columns)
            frame, published, _ = self._frame(name)
            table = self.declared[name]
            if problems := choices.of_table(self._table_path(name), table, frame, where):
                raise DataError(problems)
            if table.day is None:
                raise ValueError(f"{name}: its description names no day")
            # Grouped by the day of publication first, they stand in its order.
            told = frame.assign(published=published, **{table.day: _ends(frame, table)})
            made = sums(told, value, where, by, ("published", table.day))
            self._sums[key] = {label: _Sum.of(one) for label, one in made.items()}
        public = {label: one.until(day) for label, one in self._sums[key].items()}
        return {label: one for label, one in public.items() if len(one) or by is None}

    def _frame(self, name: str) -> tuple[pandas.DataFrame, pandas.Series, timedelta]:
        if name not in self._frames:
            self._frames[name] = self._read(name)
        return self._frames[name]

    def _table_path(self, name: str) -> Path:
        return self.folder / "tables" / f"{name}.{self.declared[name].suffix}"

    def _read(self, name: str) -> tuple[pandas.DataFrame, pandas.Series, timedelta]:
        table = self.declared[name]
        problems: list[Problem] = []
        frame = read_table(self._table_path(name), table, problems)
        if frame is None:
            raise DataError(problems)
        lags = [self.datasets[key].publication_lag_days for key in table.datasets]
        lag = timedelta(days=max(lags, default=0))
        return frame, _published(frame, table, lag), lag


def _published(frame: pandas.DataFrame, table: Table, lag: timedelta) -> pandas.Series:
    """The day on which each row could be known."""
    import pandas

    if "published" in frame:
        return frame["published"]
    if table.day is None:
        return pandas.Series(pandas.Timestamp.min, index=frame.index)
    return _ends(frame, table) + lag


def _ends(frame: pandas.DataFrame, table: Table) -> pandas.Series:
    """The last day of what each row is about, of a stay its first; for a table that names a day."""
    import pandas

    about = frame[table.day]
    if table.span in (None, "day"):
        return about
    return pandas.Series(last_days(about, table.span), index=frame.index)


@dataclass(frozen=True, eq=False)
class _Sum:
    """A series with the days on which its values became public, in whose order they stand.

    in_order: whether each day has one value, and they became public in the order of the days.
    """

    series: pandas.Series
    published: numpy.ndarray
    in_order: bool

    @classmethod
    def of(cls, made: pandas.Series) -> _Sum:
        """From sums by the day of publication and the day that they are about."""
        series = made.droplevel("published")
        in_order = series.index.is_monotonic_increasing and series.index.is_unique
        return cls(series, made.index.get_level_values("published").values, in_order)

    def until(self, day: date) -> pandas.Series:
        """What was public on a day; one sum a day, where parts became public on several days or late."""
        import numpy

        shown = self.series.iloc[: self.published.searchsorted(numpy.datetime64(day), side="right")]
        return shown if self.in_order else shown.groupby(level=0).sum()
