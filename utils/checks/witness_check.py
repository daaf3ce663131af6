"""What the methods ask that weigh witnesses: of what, on which days, and how much each witness counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Finite, Identifier, Text
from ..evidence.parameters import BuiltCheck, Share
from ..evidence.schema import Record
from .finding import Alternatives

__all__ = ["ALTERNATIVES", "Shown", "WitnessCheck"]

Ratio = Annotated[Finite, Field(ge=1, le=10_000)]
Power = Annotated[Finite, Field(ge=0, le=10)]

ALTERNATIVES: Alternatives = {
    "letter_ratio": lambda check: [
        dict.fromkeys(check.letter_ratio, 3.0),  # all letters alike
        *({letter: ratio**power for letter, ratio in check.letter_ratio.items()} for power in (0.5, 2.0)),
    ],
    "crowding": lambda check: [0.25, 0.75],
    "belligerents": lambda check: [not check.belligerents],
    "prior": lambda check: [1 / 3, 2 / 3],
    "days": lambda check: ["all" if check.days == "some" else "some"],
    "standing": lambda check: [dict.fromkeys(check.standing, 1.0)],
}


class Shown(Record):
    """A computed table that shows by a column's sum, above zero or zero, that something was so on a day."""

    table: Identifier
    value: Identifier = Field(description="the column whose sum by day is above zero where it was so")
    where: dict[Identifier, tuple[Text, ...]] = Field({}, description="which rows of the table are summed")
    day: Identifier = Field("date", description="the column of the days, months, quarters or years")
    zero: bool = Field(False, description="whether it was so where the sum is zero, instead of above it")
    source: Identifier = Field(description="the teller whose letter and party the table has")


class WitnessCheck(BuiltCheck):
    """What the methods share that weigh witnesses for and against something on certain days."""

    says: Text = Field(description="what the witnesses for it say, as a clause that goes on from 'say that'")
    denial: Text | None = Field(
        None, description="what those against it say, as such a clause; without one they deny it"
    )
    counts: tuple[Identifier, ...] = Field((), description="quantities whose affirmations say that it was so")
    against: tuple[Identifier, ...] = Field(
        (), description="quantities whose affirmations say that it was not so"
    )
    since: Day = Field(description="first day asked about")
    until: Day = Field(description="last day asked about")
    days: Literal["some", "all"] = Field(
        "some", description="whether it is said to have been so on some of these days or on all of them"
    )
    belligerents: bool = Field(True, description="whether statements of the interested parties are witnesses")
    letter_ratio: dict[Literal["A", "B", "C", "D", "E", "F"], Ratio] = Field(
        default={"A": 9.0, "B": 5.0, "C": 3.0, "D": 1.5, "E": 1.2, "F": 1.8},
        description="how many times likelier a source of this letter says so if it is so than if it is not",
    )
    standing: dict[Literal["principal", "observer", "told"], Power] = Field(
        default={"principal": 1.5, "observer": 1.0, "told": 0.5},
        description="the power to which the ratio is raised, by how the teller stands to what is told",
    )
    crowding: Share = Field(
        0.5, description="what a further witness of the same party adds, as a share of the one before"
    )
    prior: Share = Field(0.5, description="probability that it was so, before anybody is heard")
    shown: Shown | None = Field(None, description="a computed table that is a witness as well")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for and against."""
        return (*self.counts, *self.against)

    @property
    def proposition(self) -> str:
        """What the witnesses for it say."""
        return self.says

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days asked about."""
        return self.since, self.until

    @property
    def length(self) -> int:
        """How many days are asked about."""
        return (self.until - self.since).days + 1

    def bits(self, since: date, until: date) -> int:
        """Those of some days that are asked about, a bit each, the lowest for the first day asked about."""
        first = max(0, (since - self.since).days)
        last = min(self.length, (until - self.since).days + 1)
        return (1 << last) - (1 << first) if first < last else 0

    def sources_used(self) -> tuple[str, ...]:
        """The teller of the table."""
        return (self.shown.source,) if self.shown else ()

    def tables_used(self) -> tuple[str, ...]:
        """The table that is a witness."""
        return (self.shown.table,) if self.shown else ()

    def columns_used(self) -> frozenset[str]:
        """The days, the column that is summed and those that choose its rows."""
        return frozenset({self.shown.day, self.shown.value, *self.shown.where}) if self.shown else frozenset()

    def values_used(self) -> Mapping[str, tuple[str, ...]]:
        """Those of the rows that are summed."""
        return self.shown.where if self.shown else {}

    @model_validator(mode="after")
    def _something_on_some_day(self) -> WitnessCheck:
        if not (self.counts or self.against or self.shown):
            raise ValueError("a quantity in counts or in against, or a table that is shown")
        if self.until < self.since:
            raise ValueError("since not after until")
        return self
