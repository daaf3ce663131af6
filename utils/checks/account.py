"""What is to balance: the parameters of a claimed growth.

The rule stands in `utils.checks.balance`, which asks for it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import COUNTABLE, LONGEST_LAG, Day, Days, Finite, Identifier
from ..evidence.parameters import BuiltCheck, Fraction, Spread
from ..evidence.schema import Record
from .finding import Alternatives
from .tellings import ACCESS_ERROR, AccessError

__all__ = ["ALTERNATIVES", "BalanceCheck", "Daily"]

ALTERNATIVES: Alternatives = {
    "lost_for_good": lambda check: [
        tuple(round(end + step, 6) for end in check.lost_for_good) for step in (-0.1, 0.1)
    ],
    "needed": lambda check: [tuple(end * factor for end in check.needed) for factor in (0.8, 1.2)],
    "near_days": lambda check: [0, 60, 120],
    "belligerents": lambda check: [not check.belligerents],
    "access_error": lambda check: [
        {access: error * factor for access, error in check.access_error.items()} for factor in (0.5, 2.0)
    ],
    "shared_error": lambda check: [0.08, 0.25],
    "lean": lambda check: [0.08, 0.25],
    "daily": lambda check: [None] if check.daily else [],
}
Persons = Annotated[Finite, Field(ge=0), COUNTABLE]
DaysCovered = Annotated[Finite, Field(ge=0.01, le=LONGEST_LAG)] | Literal["own days"]


class Daily(Record):
    """A computed table in which one teller counts losses by the day."""

    table: Identifier
    value: Identifier = Field(description="the column of the losses, in persons a day")
    source: Identifier = Field(description="the teller who counts")


class BalanceCheck(BuiltCheck):
    """What a claims file says of a growth that is said to have needed nothing from elsewhere."""

    method: Literal["balance"]
    recruits: Annotated[dict[Identifier, DaysCovered], Field(min_length=1)] = Field(
        description="quantities that count who came in, each with the days that its figure covers, or with "
        "'own days', those for which a row is meant"
    )
    losses: Annotated[dict[Identifier, DaysCovered], Field(min_length=1)] = Field(
        description="quantities that count what was lost, each with the days that its figure covers"
    )
    lost_for_good: tuple[Fraction, Fraction] = Field(
        description="lowest and highest share of the losses that do not come back within the window"
    )
    needed: tuple[Persons, Persons] = Field(description="least and most that the growth took")
    since: Day = Field(description="first day of the window")
    until: Day = Field(description="last day of the window")
    near_days: Days = Field(
        30, description="how far outside the window a figure's days may lie to speak for it"
    )
    belligerents: bool = Field(True, description="whether statements of the interested parties are witnesses")
    access_error: AccessError = ACCESS_ERROR
    shared_error: Spread = Field(
        0.12, description="standard deviation, on the log scale, of what all who tell of one side get wrong"
    )
    lean: Annotated[Finite, Field(gt=0, le=5), COUNTABLE] = Field(
        0.12, description="scale of how far parties and tellers lean, on the log scale"
    )
    daily: Daily | None = Field(None, description="the daily count of losses by one of their tellers")
    draws: Annotated[int, Field(ge=1000, le=1_000_000)] = Field(
        20_000, description="how often the balance is drawn"
    )
    seed: Annotated[int, Field(ge=0)] = Field(20241112, description="where the random numbers start")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of both sides."""
        return (*self.recruits, *self.losses)

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days of the window, over which a daily count is taken."""
        return self.since, self.until

    def sources_used(self) -> tuple[str, ...]:
        """The teller of the daily count."""
        return (self.daily.source,) if self.daily else ()

    def tables_used(self) -> tuple[str, ...]:
        """The table of the daily count."""
        return (self.daily.table,) if self.daily else ()

    def tables_by_day(self) -> tuple[str, ...]:
        """The table of the daily count."""
        return self.tables_used()

    def columns_used(self) -> frozenset[str]:
        """What came on the days of the daily count."""
        return frozenset((self.daily.value,)) if self.daily else frozenset()

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
