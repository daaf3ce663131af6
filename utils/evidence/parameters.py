"""The parameters of every check method, as a claims file gives them.

Standard errors, factors and shares that are conventions have their default here, so that robustness can vary
them in one place.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from .cells import Day, Identifier, Number, Text
from .schema import Access, Record

__all__ = [
    "MODELS",
    "AttributionCheck",
    "BalanceCheck",
    "BuiltCheck",
    "ForecastCheck",
    "IndependenceCheck",
    "OccurrenceCheck",
    "PlannedCheck",
    "QuantityCheck",
    "TransferCheck",
    "TrendCheck",
    "WitnessCheck",
    "model_of",
]

Share = Annotated[float, Field(gt=0, lt=1)]
Spread = Annotated[Number, Field(ge=0)]
Fraction = Annotated[Number, Field(ge=0, le=1)]
DaysCovered = Annotated[Number, Field(gt=0)] | Literal["own days"]
AccessError = Annotated[
    dict[Access, Spread],
    Field(
        description="standard error on the log scale of a figure that states no range, by how it came about"
    ),
]
ACCESS_ERROR: dict[Access, float] = {"official": 0.15, "anonymous": 0.20, "count": 0.10, "model": 0.25}


class BuiltCheck(Record):
    """What the parameters of all methods share."""

    method: str
    name: Identifier | None = Field(None, description="tells checks of one method apart")
    reading: Text | None = Field(
        None, description="the way of reading the claim that the check answers; none: the claim as it stands"
    )
    condition: Text | None = Field(
        None, description="which of the claim's conditions it tests; none: the claim has only one"
    )
    asked: Text | None = Field(
        None,
        description="the question in words, for exports; none: built from the parameters. For occurrence, "
        "forecast and attribution one that takes yes or no for an answer",
    )

    @property
    def key(self) -> str:
        """The name of the check within its claim; the method where it has none."""
        return self.name or self.method

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """First and last day of its tables that a finding can depend on; None where nothing bounds."""
        return None, None

    def quantities_used(self) -> tuple[str, ...]:
        """Ids of the quantities that the check looks up."""
        return ()

    def origins_used(self) -> tuple[str, ...]:
        """Origins that the check looks up."""
        return ()

    def sources_used(self) -> tuple[str, ...]:
        """Ids of the sources that the check asks for by name."""
        return ()

    def tables_used(self) -> tuple[str, ...]:
        """Computed tables that the check reads."""
        return ()

    def columns_used(self) -> frozenset[str]:
        """Columns that the check reads in each of its tables."""
        return frozenset()


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
    access_error: AccessError = ACCESS_ERROR
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
    """Parameters of `utils.checks.attribution`: a figure (origin and value) or a statement (all the rest)."""

    method: Literal["attribution"]
    speaker: Text = Field(description="who is said to have said it")
    origin: Identifier | None = Field(None, description="the origin that the relays go back to")
    value: Number | None = Field(None, description="the figure that is said to have been said")
    sources: tuple[Identifier, ...] = Field((), description="the tellers who are said to have said so")
    quantities: tuple[Identifier, ...] = Field((), description="quantities that name what was said")
    since: Day | None = Field(None, description="first day of the statement, or for which it is meant")
    until: Day | None = Field(None, description="last day of the statement, or for which it is meant")
    stance: Literal["affirms", "denies"] | None = Field(None, description="which way they are said to speak")
    relay_factor: Annotated[Number, Field(gt=1)] = Field(
        4.0, description="how many times likelier a relay is if the speaker said it than if not"
    )

    def origins_used(self) -> tuple[str, ...]:
        """The origin that the relays go back to."""
        return () if self.origin is None else (self.origin,)

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities that name what was said."""
        return self.quantities

    def sources_used(self) -> tuple[str, ...]:
        """The tellers who are said to have said so."""
        return self.sources

    @model_validator(mode="after")
    def _one_of_two_kinds(self) -> AttributionCheck:
        figure = [part is not None for part in (self.origin, self.value)]
        statement = [
            bool(part) for part in (self.sources, self.quantities, self.since, self.until, self.stance)
        ]
        if not (all(figure) and not any(statement)) and not (all(statement) and not any(figure)):
            raise ValueError("either origin and value, or sources, quantities, since, until and stance")
        if self.since and self.until and self.until < self.since:
            raise ValueError("since not after until")
        return self


class Shown(Record):
    """A computed table that shows by a column's sum above zero that something was so on a day."""

    table: Identifier
    value: Identifier = Field(description="the column whose sum by day is above zero where it was so")
    where: dict[Identifier, tuple[Text, ...]] = Field({}, description="which rows of the table are summed")
    source: Identifier = Field(description="the teller whose letter and party the table has")


class WitnessCheck(BuiltCheck):
    """What the methods share that weigh witnesses for and against something on certain days."""

    counts: tuple[Identifier, ...] = Field(
        (), description="quantities whose affirmations say that it happened"
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
    shown: Shown | None = Field(None, description="a computed table that is a witness as well")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for and against."""
        return (*self.counts, *self.against)

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days asked about."""
        return self.since, self.until

    def sources_used(self) -> tuple[str, ...]:
        """The teller of the table."""
        return (self.shown.source,) if self.shown else ()

    def tables_used(self) -> tuple[str, ...]:
        """The table that is a witness."""
        return (self.shown.table,) if self.shown else ()

    def columns_used(self) -> frozenset[str]:
        """The days, the column that is summed and those that choose its rows."""
        return frozenset({"date", self.shown.value, *self.shown.where}) if self.shown else frozenset()

    @model_validator(mode="after")
    def _something_on_some_day(self) -> WitnessCheck:
        if not (self.counts or self.against or self.shown):
            raise ValueError("a quantity in counts or in against, or a table that is shown")
        if self.until < self.since:
            raise ValueError("since not after until")
        return self


class OccurrenceCheck(WitnessCheck):
    """Parameters of `utils.checks.occurrence`."""

    method: Literal["occurrence"]


class ForecastCheck(WitnessCheck):
    """Parameters of `utils.checks.forecast`; `since` and `until` are the window of the claim."""

    method: Literal["forecast"]
    said: tuple[Identifier, ...] = Field(
        (), description="quantities of forecasts whose affirmations are earlier forecasts of the same kind"
    )
    least_window_days: Annotated[int, Field(ge=1)] = Field(
        1, description="an earlier forecast for fewer days is judged over this many, from its first day on"
    )
    settle_days: Annotated[int, Field(ge=0)] = Field(
        14, description="days after the end of a window before what happened in it is judged"
    )
    silence_denies: bool = Field(
        False, description="whether an earlier forecast that nobody speaks of afterwards counts as missed"
    )

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for, against and of the earlier forecasts."""
        return (*super().quantities_used(), *self.said)


class IndependenceCheck(BuiltCheck):
    """Parameters of `utils.checks.independence`."""

    method: Literal["independence"]
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities of figures by which the claim could be checked"
    )
    since: Day = Field(description="first day for which a figure must be meant")
    until: Day = Field(description="last day for which a figure must be meant")
    access: Annotated[tuple[Access, ...], Field(min_length=1)] = Field(
        ("count",), description="ways of knowing that others can check"
    )
    shared_share: Share = Field(
        0.5, description="how likely a further figure only repeats what the others rest on"
    )
    belligerents: bool = Field(False, description="whether figures of the warring parties are a check")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the figures."""
        return self.counts

    @model_validator(mode="after")
    def _since_not_after_until(self) -> IndependenceCheck:
        if self.until < self.since:
            raise ValueError("since not after until")
        return self


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
    direction: Literal["up", "down", "either"]
    turn: Day | None = Field(
        None, description="a day inside the window: the claim is about the change of the slope there"
    )
    least_weeks: Annotated[int, Field(ge=2)] = Field(
        4, description="with fewer weekly changes (on each side of a turn) there is nothing to judge"
    )
    memory_weeks: Annotated[int, Field(ge=0)] = Field(
        1, description="for how many weeks an error of the changes lasts (lags of the HAC estimator)"
    )
    quiet_days: Annotated[int, Field(ge=0)] = Field(
        0, description="how far from the turn the windows of the placebos must keep"
    )

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The window and the week before it; all days when a turn is held against the others."""
        return (None, None) if self.turn else (self.since - timedelta(days=7), self.until)

    def tables_used(self) -> tuple[str, ...]:
        """The table of the series."""
        return (self.table,)

    def columns_used(self) -> frozenset[str]:
        """The days, the value, and the columns that choose and split the rows."""
        return frozenset(("date", self.value, *self.where, *([self.by] if self.by else [])))

    @model_validator(mode="after")
    def _in_order(self) -> TrendCheck:
        if not self.since < self.until or (self.turn and not self.since < self.turn < self.until):
            raise ValueError("since before until, and the turn between them")
        return self


class TransferCheck(BuiltCheck):
    """Parameters of `utils.checks.transfer`."""

    method: Literal["transfer"]
    table: Identifier = Field(
        description="the stays: columns unit, first_seen, last_seen and that of the place"
    )
    place: Identifier = Field("oblast", description="the column that holds the place of a stay")
    asks: Literal["none_moved", "not_thinned"] = Field(
        description="none_moved: no unit went from the sources to `to`; not_thinned: `main` lost no unit net"
    )
    before: Day = Field(description="the first of the two days that are compared")
    on: Day = Field(description="the second of them")
    to: Text | None = Field(None, description="the place whose units are asked where they stood before")
    sources: tuple[Text, ...] = Field((), description="places that a unit may have come from")
    main: tuple[Text, ...] = Field((), description="places that are asked whether they were thinned")
    slack_days: Annotated[int, Field(ge=0)] = Field(
        7,
        description="how far from a day a stay may lie to place a unit that no stay places on the day itself",
    )
    wrong_share: Share = Field(0.05, description="share of icons that are misplaced or misnamed")
    new_icons: bool = Field(
        False, description="whether icons that the map shows on one of the days only count as moves of `main`"
    )

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days around the second day; before them no unit can be placed on both."""
        slack = timedelta(days=self.slack_days)
        return self.on - slack, self.on + slack

    def tables_used(self) -> tuple[str, ...]:
        """The table of the stays."""
        return (self.table,)

    def columns_used(self) -> frozenset[str]:
        """The unit, its place and the days of the stay."""
        return frozenset(("unit", self.place, "first_seen", "last_seen"))

    @model_validator(mode="after")
    def _can_be_asked(self) -> TransferCheck:
        if not self.before < self.on:
            raise ValueError("before earlier than on")
        if self.asks == "none_moved" and (not self.to or not self.sources or self.to in self.sources):
            raise ValueError("to, and sources that it is not one of, to ask whether none moved")
        if self.asks == "not_thinned" and not self.main:
            raise ValueError("main, to ask whether it was not thinned")
        return self


class BalanceCheck(BuiltCheck):
    """Parameters of `utils.checks.balance`."""

    method: Literal["balance"]
    recruits: Annotated[dict[Identifier, DaysCovered], Field(min_length=1)] = Field(
        description="quantities that count who came in, each with the days that its figure covers, or with "
        "'own days', those for which a row is meant"
    )
    losses: Annotated[dict[Identifier, DaysCovered], Field(min_length=1)] = Field(
        description="quantities that count casualties, each with the days that its figure covers"
    )
    lost_for_good: tuple[Fraction, Fraction] = Field(
        description="lowest and highest share of casualties that do not come back within the window"
    )
    needed: tuple[Spread, Spread] = Field(description="least and most persons that the growth took")
    since: Day = Field(description="first day of the window")
    until: Day = Field(description="last day of the window")
    near_days: Annotated[int, Field(ge=0)] = Field(
        30, description="how far outside the window a figure's days may lie to speak for it"
    )
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    access_error: AccessError = ACCESS_ERROR
    draws: Annotated[int, Field(ge=1000)] = Field(20_000, description="how often the balance is drawn")
    seed: Annotated[int, Field(ge=0)] = Field(20241112, description="where the random numbers start")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of both sides."""
        return (*self.recruits, *self.losses)

    @model_validator(mode="after")
    def _in_order(self) -> BalanceCheck:
        if not self.since < self.until:
            raise ValueError("since before until")
        for name in ("lost_for_good", "needed"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(f"{name} from low to high")
        if both := set(self.recruits) & set(self.losses):
            raise ValueError(f"{', '.join(sorted(both))} on one side only")
        return self


class PlannedCheck(Record):
    """A check that is not built yet: what will be asked, and of which data."""

    method: str
    question: Text
    quantities: tuple[Identifier, ...] = ()
    datasets: tuple[Identifier, ...] = ()
    since: date | None = None
    until: date | None = None

    @field_validator("method")
    @classmethod
    def _is_one(cls, name: str) -> str:
        model_of(name)
        return name


# The parameters of each method by its name. `utils.checks.register` fills it: this room knows no method.
MODELS: dict[str, type[BuiltCheck]] = {}


def model_of(name: object) -> type[BuiltCheck]:
    """The parameters of the method of this name; ValueError names the methods that there are."""
    if not isinstance(name, str) or name not in MODELS:
        raise ValueError(f"the name of a method, one of {', '.join(sorted(MODELS))}")
    return MODELS[name]
