"""The parameters of every check method, as a claims file gives them.

Standard errors, factors and shares that are conventions have their default here, so that robustness can vary
them in one place.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .schema import Day, Identifier, Number, Record, Text

__all__ = [
    "AttributionCheck",
    "BuiltCheck",
    "OccurrenceCheck",
    "PlannedCheck",
    "QuantityCheck",
    "TrendCheck",
]

Share = Annotated[float, Field(gt=0, lt=1)]
Spread = Annotated[Number, Field(ge=0)]


class BuiltCheck(Record):
    """What the parameters of all methods share."""

    method: str
    name: Identifier | None = Field(None, description="tells checks of one method apart")
    reading: Text | None = Field(
        None, description="the way of reading the claim that the check answers; none: the claim as it stands"
    )

    @property
    def key(self) -> str:
        """The name of the check within its claim; the method where it has none."""
        return self.name or self.method

    def quantities_used(self) -> tuple[str, ...]:
        """Ids of the quantities that the check looks up."""
        return ()

    def origins_used(self) -> tuple[str, ...]:
        """Origins that the check looks up."""
        return ()

    def tables_used(self) -> tuple[str, ...]:
        """Computed tables that the check reads."""
        return ()


class QuantityCheck(BuiltCheck):
    """Parameters of `utils.checks.quantity`."""

    method: Literal["quantity"]
    value: Annotated[Number, Field(gt=0)] = Field(description="the claimed number")
    tolerance: Share = Field(description="how far the true number may lie from it, as a share")
    on: Day = Field(description="the day for which the number is claimed")
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities that count what the claim counts"
    )
    part: Identifier | None = Field(None, description="a quantity that counts only a part of it")
    rest: Identifier | None = Field(None, description="the quantity that, added to the part, makes the whole")
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    access_error: dict[Literal["official", "anonymous", "count", "model"], Spread] = Field(
        default={"official": 0.15, "anonymous": 0.20, "count": 0.10, "model": 0.25},
        description="standard error on the log scale of a figure that states no range, by how it came about",
    )
    drift: Spread = Field(
        0.03, description="standard deviation on the log scale by which the true number wanders in a day"
    )
    shared_error: Spread = Field(
        0.10,
        description="standard error on the log scale that all witnesses share and more of them do not cure",
    )

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the whole, of the part and of the rest."""
        return tuple(name for name in (*self.counts, self.part, self.rest) if name is not None)

    @model_validator(mode="after")
    def _both_or_none(self) -> QuantityCheck:
        if (self.part is None) != (self.rest is None):
            raise ValueError("part and rest together, or neither")
        return self


class AttributionCheck(BuiltCheck):
    """Parameters of `utils.checks.attribution`."""

    method: Literal["attribution"]
    speaker: Text = Field(description="who is said to have said it")
    origin: Identifier = Field(description="the origin that the relays go back to")
    value: Number = Field(description="the figure that is said to have been said")
    relay_factor: Annotated[Number, Field(gt=1)] = Field(
        4.0, description="how many times likelier a relay is if the speaker said it than if not"
    )

    def origins_used(self) -> tuple[str, ...]:
        """The origin that the relays go back to."""
        return (self.origin,)


class OccurrenceCheck(BuiltCheck):
    """Parameters of `utils.checks.occurrence`."""

    method: Literal["occurrence"]
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities whose affirmations say that it happened"
    )
    against: tuple[Identifier, ...] = Field(
        (), description="quantities whose affirmations say that it did not happen"
    )
    since: Day = Field(description="first day for which a statement must be meant")
    until: Day = Field(description="last day for which a statement must be meant")
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    letter_ratio: dict[Literal["A", "B", "C", "D", "E", "F"], Annotated[Number, Field(ge=1)]] = Field(
        default={"A": 9.0, "B": 5.0, "C": 3.0, "D": 1.5, "E": 1.2, "F": 2.0},
        description="how many times likelier a source of this letter says so if it is so than if it is not",
    )
    crowding: Share = Field(
        0.5, description="what a further witness of the same party adds, as a share of the one before"
    )

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for and against."""
        return (*self.counts, *self.against)


class TrendCheck(BuiltCheck):
    """Parameters of `utils.checks.trend`."""

    method: Literal["trend"]
    table: Identifier
    value: Identifier = Field(description="the column whose sum by day is the series")
    where: dict[Identifier, tuple[Text, ...]] = Field({}, description="which rows of the table are summed")
    by: Identifier | None = Field(None, description="a column that splits the rows into series of their own")
    least: Annotated[int, Field(ge=1)] = Field(1, description="in how many series the claim must hold")
    since: Day = Field(description="first day of the window")
    until: Day = Field(description="last day of the window")
    direction: Literal["up", "down"]
    turn: Day | None = Field(
        None, description="a day inside the window: the claim is about the change of the slope there"
    )
    least_weeks: Annotated[int, Field(ge=2)] = Field(
        4, description="with fewer weekly changes (on each side of a turn) there is nothing to judge"
    )
    memory_weeks: Annotated[int, Field(ge=0)] = Field(
        1, description="for how many weeks an error of the changes lasts (lags of the HAC estimator)"
    )

    def tables_used(self) -> tuple[str, ...]:
        """The table of the series."""
        return (self.table,)

    @model_validator(mode="after")
    def _in_order(self) -> TrendCheck:
        if not self.since < self.until or (self.turn and not self.since < self.turn < self.until):
            raise ValueError("since before until, and the turn between them")
        return self


class PlannedCheck(Record):
    """A check that is not built yet: what will be asked, and of which data."""

    method: Literal["occurrence", "trend", "transfer", "balance", "forecast", "independence", "attribution"]
    question: Text
    quantities: tuple[Identifier, ...] = ()
    datasets: tuple[Identifier, ...] = ()
    since: date | None = None
    until: date | None = None
