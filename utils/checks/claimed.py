"""What a claims file says of a number: a range of it, its ratio to another number, or that it is a record.

The rule stands in `utils.checks.quantity`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import LONGEST_LAG, Day, Finite, Identifier, Number
from ..evidence.parameters import BuiltCheck, Factor, Share, Spread
from ..words import listed
from .finding import Alternatives
from .tellings import ACCESS_ERROR, AccessError

__all__ = ["ALTERNATIVES", "RELATIONS", "ClaimedNumber", "Pooling", "QuantityCheck", "Range", "Relation"]

Relation = Literal[
    "about",
    "at least",
    "more than",
    "at most",
    "less than",
    "between",
    "share",
    "times",
    "highest since",
    "lowest since",
]
RELATIONS: dict[Relation, tuple[str, ...]] = {
    "about": ("value", "tolerance"),
    "at least": ("value",),
    "more than": ("value",),
    "at most": ("value",),
    "less than": ("value",),
    "between": ("low", "high"),
    "share": ("value", "tolerance", "of"),
    "times": ("value", "tolerance", "of"),
    "highest since": ("since",),
    "lowest since": ("since",),
}


@dataclass(frozen=True)
class Range:
    """From where to where the number is said to lie, in its unit, ends included; an end may be infinite.

    centre: the middle of a range with two ends, None for one with one end.
    """

    low: float
    high: float
    centre: float | None


class ClaimedNumber(BuiltCheck):
    """The parameters of a claimed number; which of them a claim has follows from its relation."""

    relation: Relation = Field(
        "about",
        description="how the claim puts the number: about, at least, more than, at most, less than, between, "
        "share (of another quantity), times (another quantity), highest since, lowest since",
    )
    value: Number | None = Field(None, description="the claimed number; of a share, a fraction")
    tolerance: Share | None = Field(
        None, description="how far the true number may lie from it, as a share of it"
    )
    low: Number | None = Field(None, description="between: the lower end")
    high: Number | None = Field(None, description="between: the upper end")
    of: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = Field(
        None, description="share, times: the quantities of the other number, for the same day"
    )
    since: Day | None = Field(
        None, description="highest since, lowest since: the first of the earlier days that are compared"
    )

    gap_days: Annotated[int, Field(ge=1, le=LONGEST_LAG)] = Field(
        7,
        description="highest since, lowest since: how many days before the claimed one the earlier days end; "
        "tellings of neighbouring days tell of the same number",
    )

    @model_validator(mode="after")
    def _what_the_relation_needs(self) -> ClaimedNumber:
        needed = RELATIONS[self.relation]
        for name in ("value", "tolerance", "low", "high", "of", "since"):
            if name in needed and getattr(self, name) is None:
                raise ValueError(f"{self.relation} needs {listed(needed)}")
            if name not in needed and getattr(self, name) is not None:
                raise ValueError(f"{self.relation} takes {listed(needed)}, and no {name}")
        if self.value == 0 and self.tolerance is not None:
            raise ValueError("a tolerance is a share of the value: for a zero, say at most or between")
        if self.relation in ("share", "times") and (self.value or 0) <= 0:
            raise ValueError(f"{self.relation} needs a value above zero")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low below high")
        return self

    @property
    def claimed(self) -> Range:
        """The range that the claim gives; of a record, every number."""
        value = math.nan if self.value is None else self.value
        if self.low is not None and self.high is not None:
            return Range(self.low, self.high, _middle(self.low, self.high))
        # A number that is told to be zero is neither more nor less than zero.
        if self.relation in ("at least", "more than"):
            least = value if self.relation == "at least" else math.nextafter(value, math.inf)
            return Range(least, math.inf, None)
        if self.relation in ("at most", "less than"):
            most = value if self.relation == "at most" else math.nextafter(value, -math.inf)
            return Range(-math.inf, most, None)
        if self.tolerance is None:
            return Range(-math.inf, math.inf, None)
        away = abs(value) * self.tolerance
        return Range(value - away, value + away, value)


def _middle(low: float, high: float) -> float:
    """The middle of a range: of factors where both ends are above zero."""
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


SHARED = 0.20  # what is stated of the shared error where it is not learnt: utils.checks.learning
ALTERNATIVES: Alternatives = {
    "tolerance": lambda check: (
        [] if check.tolerance is None else [check.tolerance * factor for factor in (0.75, 1.25, 0.5, 1.5)]
    ),
    "belligerents": lambda check: [not check.belligerents],
    "only rows that count the whole": lambda check: [{"part": None, "rest": None}] if check.part else [],
    "own_origin": lambda check: [None] if check.own_origin else [],
    "drift_factor": lambda check: [0.5, 2.0],
    "shared_error": lambda check: [SHARED],
    "shared_factor": lambda check: [0.5, 2.0],
    "lean_factor": lambda check: [0.5, 2.0],
    "access_error": lambda check: [
        {access: error * factor for access, error in check.access_error.items()} for factor in (0.5, 2.0)
    ],
}


class Pooling(BuiltCheck):
    """What is pooled into a number, and how far tellers are taken to err."""

    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities that count what the claim counts"
    )
    part: Identifier | None = Field(None, description="a quantity that counts only a part of it")
    rest: Identifier | None = Field(None, description="the quantity that, added to the part, makes the whole")
    own_origin: Identifier | None = Field(
        None, description="the origin from which the claim has its number: it is no witness for itself"
    )
    belligerents: bool = Field(True, description="whether statements of the interested parties are witnesses")
    access_error: AccessError = ACCESS_ERROR
    shared_error: Spread | None = Field(
        None,
        description="error on the log scale that all witnesses share; without one it is learnt from "
        "all other quantities",
    )
    shared_factor: Factor = Field(1.0, description="by how much more than that they share")
    drift_factor: Annotated[Finite, Field(ge=1e-6, le=100)] = Field(
        1.0, description="by how much faster than learnt the true number wanders"
    )
    lean_factor: Factor = Field(1.0, description="by how much more than learnt a party and a teller may lean")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the whole, the part and the rest."""
        return tuple(name for name in (*self.counts, self.part, self.rest) if name is not None)

    @model_validator(mode="after")
    def _both_or_none(self) -> Pooling:
        if (self.part is None) != (self.rest is None):
            raise ValueError("part and rest together, or neither")
        return self


class QuantityCheck(Pooling, ClaimedNumber):
    """What a claims file says of a claimed number."""

    method: Literal["quantity"]
    on: Day = Field(description="the day for which the number is claimed")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the whole, the part and the rest, and of the number it is compared with."""
        return (*super().quantities_used(), *(self.of or ()))

    def in_one_unit(self) -> tuple[tuple[str, ...], ...]:
        """What is pooled or added; a share is of the same unit, a multiple may be of other things."""
        if self.relation == "share":
            return (self.quantities_used(),)
        return super().quantities_used(), self.of or ()

    def origins_used(self) -> tuple[str, ...]:
        """The origin from which the claim has its number."""
        return () if self.own_origin is None else (self.own_origin,)
