"""The series whose way a claim is about: its parameters, and how it is read from a table.

The rule stands in `utils.checks.trend`, which asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Days, Finite, Identifier, Text
from ..evidence.choices import named
from ..evidence.parameters import BuiltCheck, Share
from ..evidence.periods import shifted
from ..sentences.values import Sums
from .finding import Alternatives
from .weeks import share_so_far, step_of

if TYPE_CHECKING:
    import pandas

    from ..archive import Archive

__all__ = ["ALTERNATIVES", "TrendCheck", "in_archive", "series"]

ALTERNATIVES: Alternatives = {
    "since": lambda check: [check.since + timedelta(days=days) for days in (-7, 7, -14)],
    "until": lambda check: [check.until + timedelta(days=days) for days in (-7, 7, 14)],
    "memory": lambda check: [0.5, 0.8],
    "quiet_days": lambda check: [28, 56] if check.turn else [],
    "smallest": lambda check: [0.05, 0.2] if check.direction == "either" else [],
    "breadth": lambda check: [2.0, 5.0] if check.direction == "either" else [],
    "least": lambda check: [],
    "may_leave_no_trace": lambda check: [False] if check.may_leave_no_trace else [],
    "maker": lambda check: [],
}


def in_archive(archive: Archive, check: TrendCheck) -> Mapping[str, Sequence[object]]:
    """What may be chosen otherwise by what the table holds: whole steps, in how many of its series the claim
    must hold, and whose figures are taken."""
    return {
        **whole_steps(archive, check),
        "least": _one_more(archive, check),
        "maker": other_makers(archive, check),
    }


def _one_more(archive: Archive, check: TrendCheck) -> list[int]:
    """One series more than the claim must hold in, where there are so many."""
    if check.by is None:
        return []
    series = named(archive.table(check.table), check.by, check.where)
    return [check.least + 1] if len(series) > check.least else []


def other_makers(archive: Archive, check: TrendCheck) -> list[dict[str, object]]:
    """The check without each maker of its rows in turn, where it judges makers apart; else that of each other
    maker in the place of its own."""
    column = archive.tables.by_maker(check.table)
    if column is None:
        return []
    every = named(archive.table(check.table), column, {})
    own = [one for one in every if one in check.where.get(column, every)]
    if check.by == column:
        least = min(check.least, len(own) - 1)
        left = [tuple(other for other in own if other != one) for one in own if len(own) > 1]
        return [{"where": {**check.where, column: names}, "least": least} for names in left]
    return [{"where": {**check.where, column: (one,)}} for one in every if one not in own]


def whole_steps(archive: Archive, check: TrendCheck) -> Mapping[str, Sequence[object]]:
    """Windows that begin and end some whole months, quarters or years of the table beside the claim's own."""
    months = step_of(archive, check.table).months
    if months is None:
        return {}
    return {
        "since": [shifted(check.since, steps * months) for steps in (-1, 1, -2)],
        "until": [shifted(check.until, steps * months) for steps in (-1, 1, 2)],
    }


class TrendCheck(BuiltCheck):
    """What a claims file says of the way of a series."""

    method: Literal["trend"]
    table: Identifier
    value: Identifier = Field(description="the column whose sum by day, month, quarter or year is the series")
    measured: Text | None = Field(None, description="what the series is, as a noun; none: the column's name")
    where: dict[Identifier, tuple[Text, ...]] = Field({}, description="which rows of the table are summed")
    by: Identifier | None = Field(None, description="a column that splits the rows into series of their own")
    least: Annotated[int, Field(ge=1)] = Field(1, description="in how many series the claim must hold")
    sums: Sums = Field(
        "levels",
        description="what a day's sum is: levels (what stands, as an area), amounts (what came on that day) "
        "or shares (what came, of what came in the rows of `among`)",
    )
    among: dict[Identifier, tuple[Text, ...]] = Field(
        {}, description="shares: which rows of the table are the whole"
    )
    since: Day = Field(description="first day of the window")
    until: Day = Field(description="last day of the window")
    direction: Literal["up", "down", "either"]
    turn: Day | None = Field(
        None, description="a day inside the window: the claim is about the change of the slope there"
    )
    least_weeks: Annotated[int, Field(ge=2)] = Field(
        4, description="with fewer weekly changes (on each side of a turn) there is nothing to judge"
    )
    memory: Annotated[Finite, Field(ge=0, le=0.95)] = Field(
        0.95, description="how much of a week's change may hang on that of the week before (correlation)"
    )
    quiet_days: Days = Field(0, description="how far from the turn the windows of the placebos must keep")
    smallest: Share = Field(
        0.1, description="share of the typical weekly change that is no change where no side is named"
    )

    breadth: Annotated[Finite, Field(ge=1)] = Field(
        3.0, description="how many errors wide a change lies where no side is named and there was one"
    )
    may_leave_no_trace: bool = Field(
        False, description="whether what is asked may be so though the series did not go that way"
    )

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """All days to the end of the window, and those after it when a turn is held against the others."""
        return None, None if self.turn else self.until

    @property
    def wider(self) -> tuple[str, ...]:
        """Of the rows among which shares are, what tells them from the rows whose share it is."""
        wide = [names for column, names in self.among.items() if names != self.where.get(column)]
        return tuple(name for names in wide for name in names)

    def tables_used(self) -> tuple[str, ...]:
        """The table of the series."""
        return (self.table,)

    def tables_by_time(self) -> tuple[str, ...]:
        """The table of the series."""
        return (self.table,)

    def columns_used(self) -> frozenset[str]:
        """The value, and the columns that choose and split the rows."""
        return frozenset((self.value, *self.where, *self.among, *([self.by] if self.by else [])))

    def apart_by(self) -> str | None:
        """The column that splits the rows into series."""
        return self.by

    def values_used(self) -> Mapping[str, tuple[str, ...]]:
        """Those of the rows that are summed, and of the rows among which shares are."""
        columns = (*self.where, *self.among)
        return {column: self.where.get(column, ()) + self.among.get(column, ()) for column in columns}

    @model_validator(mode="after")
    def _in_order(self) -> TrendCheck:
        if not self.since < self.until or (self.turn and not self.since < self.turn < self.until):
            raise ValueError("since before until, and the turn between them")
        if self.sums != "levels" and self.turn is None:
            raise ValueError(f"{self.sums} with a turn: what comes by the day always adds up")
        if bool(self.among) != (self.sums == "shares"):
            raise ValueError("shares, and only shares, with the rows among which they are")
        return self


def series(archive: Archive, parameters: TrendCheck) -> dict[str, pandas.Series]:
    """The series that the claim names, over all days that the archive shows, by the value of `by`."""
    sums = archive.daily(parameters.table, parameters.value, parameters.where, parameters.by)
    if parameters.sums == "levels":
        return sums
    if parameters.sums == "amounts":
        return {name: daily.cumsum() for name, daily in sums.items()}
    step = step_of(archive, parameters.table)
    whole = archive.daily(parameters.table, parameters.value, parameters.among)["all"]
    return {name: share_so_far(daily, whole, step) for name, daily in sums.items()}
