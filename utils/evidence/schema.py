"""What a row of the curated tables of a data folder must look like: frozen pydantic models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ..shown import Shown, View, records
from ..words import bounded, digits, written_day
from .cells import LONGEST_LAG, Address, Day, Identifier, Name, Number, Text, require_one_spelling

__all__ = [
    "Access",
    "Event",
    "Quantity",
    "Record",
    "Row",
    "Source",
    "Statement",
]

# How a figure came about: on the record, unnamed, counted, modelled.
Access = Literal["official", "anonymous", "count", "model"]


class Record(Shown, BaseModel):
    """What every part of a data folder shares: known fields only, never changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def _view(self) -> View:
        return records.record(self)


# Units of what may lie below zero: degrees, a currency by its three letters, points of an index or a share.
SIGNED_UNIT = re.compile(r"none|°[CF]|[A-Z]{3}|[€$£¥]|(percentage )?points?")
SIGNED_WORD = re.compile(
    r"\b(anomal(y|ies)|balance|change|deficit|deviation|difference|growth|net|surplus)\b", re.IGNORECASE
)
SIGNED_IF = (
    "what may fall below zero says so by its unit (°C, °F, a currency as EUR, percentage points) or in its "
    "unit or label by a word (change, difference, balance, net, growth, anomaly, deviation)"
)


class Row(Record):
    """A row of a CSV table; empty cells of optional fields are None."""

    id: Name = Field(description="a short name that no other row has")


class Source(Row):
    """The first teller of a figure: a person in office, a body, a group of unnamed officials, a count."""

    name: Text = Field(description="the person in office, the body, or the group of unnamed officials")
    party: Identifier = Field(description="whose side the teller is on; a party of article.yaml")
    co_party: Identifier | None = Field(description="second party of a mixed group of tellers")
    derived_from: Identifier | None = Field(
        None,
        description="the source on whose map, count or files this one works; it is no second witness of that",
    )
    speaks_for: Identifier | None = Field(
        None,
        description="the source whose spokesman or organ this is: of both, the later word holds",
    )
    kind: Literal[
        "government",
        "military",
        "intelligence",
        "unnamed_officials",
        "alliance",
        "institute",
        "monitor",
        "press",
        "expert",
        "ngo",
    ] = Field(description="what the teller is")
    reliability: Literal["A", "B", "C", "D", "E", "F"] = Field(
        description="Admiralty letter; F means that it cannot be judged, not that it is the worst"
    )
    reason: Text = Field(description="why this letter, with the rows that show it")


class Quantity(Row):
    """What a number counts; half of all disputes are about that."""

    unit: Text = Field(description="what one of it is; none for what only happens or not")
    tense: Literal["observed", "planned", "forecast"] = Field(
        description="observed: cannot be published before it was true"
    )
    kind: Literal["stock", "ramp", "total", "rate", "share", "other"] = Field(
        description="how the number behaves in time. stock: what is there on a day and comes and goes; ramp: "
        "the same where there was none before the events told of; total: adds up from a stated day and never "
        "falls; rate: counted over a stated window, or for each day or month; share: a part of another "
        "quantity; other: a single event, a plan, a forecast, a peak, or nothing that is counted"
    )
    horizon_days: Annotated[int, Field(ge=1, le=LONGEST_LAG)] | None = Field(
        description="days after its publication for which a figure still speaks for the present: 90 for "
        "what is in a place or under way, and for a pace; 180 for running totals, the whole of something, "
        "what it is used for, plans and forecasts; 730 for what a yearbook counts once a year; empty for a "
        "quote, a single event, a peak or a past period, which is over and does not age"
    )
    label: Text = Field(description="the name that readers see")
    definition: Text = Field(description="what counts and what does not")

    @property
    def may_be_negative(self) -> bool:
        """Whether its numbers may lie below zero, by its unit or by a word of its unit or label."""
        if self.kind == "share" or self.unit == "fraction":
            return False
        head = re.split(r"/| a | per ", self.unit)[0]
        return bool(SIGNED_UNIT.fullmatch(head) or SIGNED_WORD.search(f"{self.unit} {self.label}"))


class Statement(Row):
    """One published figure, bound, affirmation or denial."""

    quantity: Identifier = Field(description="what is counted; an id of quantities.csv")
    value: Number | None = Field(description="the figure, in the unit of the quantity")
    low: Number | None = Field(description="the lower end of its range, or the bound of an at least")
    high: Number | None = Field(description="the upper end of its range, or the bound of an at most")
    valid_from: Day = Field(description="first day for which the statement is meant")
    valid_to: Day = Field(description="last day for which the statement is meant")
    published: Day = Field(description="first day on which it could be known from this address")
    dating: Literal["day", "about"] = Field(description="whether the day of publication is exact")
    source: Identifier = Field(description="who said it first, not who printed it; an id of sources.csv")
    outlet: Text = Field(description="who printed it, with the relays in between")
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = Field(
        None, description="the language of the page, by its two letters of ISO 639"
    )
    origin: Name = Field(description="shared by all rows that go back to the same first telling")
    access: Access = Field(description="how the figure came about: on the record, unnamed, counted, modelled")
    standing: Literal["principal", "told"] | None = Field(
        None,
        description="principal: speaks of what he himself did or decided; told: passes on what another told "
        "him; empty for one who observed or counted, or whose standing is not known",
    )
    stance: Literal["affirms", "denies", "unconfirmed"] | None = Field(
        description="for rows that give no number; unconfirmed is not a denial"
    )
    status: Literal["sound", "garbled", "unseen", "doubtful"] = Field(
        description="only sound rows are evidence; garbled: a relay changed figure or meaning"
    )
    note: str | None = Field(description="what a reader must know, in own words")
    url: Address | None = Field(description="the page on which it was read")
    read: Day | None = Field(
        None, description="the last day on which the page, or an excerpt of it, was read there"
    )
    archived: Address | None = Field(
        None, description="a copy of the page in a public archive, where one is known"
    )

    @field_validator("value", "low", "high", mode="before")
    @classmethod
    def _spelled_in_one_way(cls, value: object) -> object:
        if isinstance(value, str):
            require_one_spelling(value)
        return value

    @property
    def has_number(self) -> bool:
        """Whether the row gives any number, be it one bound."""
        return (self.value, self.low, self.high) != (None, None, None)

    @property
    def has_point(self) -> bool:
        """Whether the row gives a number or both ends of a range, not only one bound."""
        return self.ends is not None

    @property
    def ends(self) -> tuple[float, float] | None:
        """The number twice, or the ends of a range without one; None for a row that gives only one bound."""
        low = self.low if self.value is None else self.value
        high = self.high if self.value is None else self.value
        return None if low is None or high is None else (low, high)

    @property
    def middle(self) -> date:
        """The middle of the days for which the statement is meant."""
        return self.valid_from + (self.valid_to - self.valid_from) / 2

    def _view(self) -> View:
        said = bounded(self.value, self.low, self.high) or self.stance or "nothing"
        return records.record(self, f"Statement {self.id}, {self.source} on {self.quantity}: {said}")

    def problems(self, quantity: Quantity | None) -> Iterator[tuple[str, object, str]]:
        """Rules between the fields of the row and its quantity, as (field, value, expected)."""
        value, low, high = self.value, self.low, self.high
        if not self.has_number and self.stance is None:
            yield "value", "", "a number, a bound or a stance"
        if low is not None and value is not None and low > value:
            yield "low", digits(low), f"at most the value {digits(value)}"
        if high is not None and value is not None and value > high:
            yield "high", digits(high), f"at least the value {digits(value)}"
        if low is not None and high is not None and low > high:
            yield "low", digits(low), f"at most the high bound {digits(high)}"
        if self.read is not None and self.read < self.published:
            yield "read", self.read, f"a day not before it was published, {self.published}"
        if self.valid_from > self.valid_to:
            yield "valid_to", self.valid_to, f"a day not before valid_from {self.valid_from}"
        if quantity is None:
            return
        if quantity.tense == "observed":
            for field in ("valid_from", "valid_to"):
                if (day := getattr(self, field)) > self.published:
                    yield (
                        "published",
                        self.published,
                        f"a day not before {field} {day}, as it is a count of the past",
                    )
        if not quantity.may_be_negative:
            for field in ("value", "low", "high"):
                if (number := getattr(self, field)) is not None and number < 0:
                    yield field, digits(number), f"no negative number of {quantity.unit}; {SIGNED_IF}"
        yield from self._of_unit(quantity.unit)

    def _of_unit(self, unit: str) -> Iterator[tuple[str, object, str]]:
        """Rules that follow from what is counted."""
        for field in ("value", "low", "high"):
            number = getattr(self, field)
            if number is not None and unit == "none":
                yield field, digits(number), "a stance and no number, as the quantity counts nothing"
            if number is not None and unit == "persons" and number % 1:
                yield field, digits(number), "a whole number of persons"
            if number is not None and unit == "fraction" and number > 1:
                yield field, digits(number), "a share from 0 to 1"


class Event(Row):
    """Something that happened, with the page that tells of it."""

    date: Day = Field(description="the day on which it happened")
    published: Day = Field(description="first day on which the cited page could be read")
    title: Text = Field(description="what happened, in own words")
    source: Text = Field(description="who says so")
    url: Address | None = Field(description="the page that tells of it")
    claims: str | None = Field(description="ids of the claims it bears on, separated by spaces")
    status: Literal["sound", "unseen", "doubtful"] = Field(
        description="unseen: the page was not seen; doubtful: the page is weak, or the day uncertain"
    )

    def _view(self) -> View:
        return records.record(self, f"Event {self.id} of {written_day(self.date)}: {self.title}")

    def problems(self) -> Iterator[tuple[str, object, str]]:
        """Rules between the fields of the row, as (field, value, expected)."""
        if self.published < self.date:
            yield "published", self.published, f"a day not before the event {self.date}"
