"""What the parameters of all checks share, and the registry of those that each method has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from .cells import COUNTABLE, Day, Finite, Identifier, Text
from .nearest import meant
from .schema import Record

__all__ = [
    "MODELS",
    "BuiltCheck",
    "Factor",
    "Fraction",
    "PlannedCheck",
    "Share",
    "Spread",
    "model_of",
]

Share = Annotated[Finite, Field(gt=0, lt=1), COUNTABLE]
# On the log scale; the greatest is a factor of 148 either way.
Spread = Annotated[Finite, Field(ge=0, le=5), COUNTABLE]
# Of an error that has been learnt.
Factor = Annotated[Finite, Field(ge=1e-6, le=10)]
Fraction = Annotated[Finite, Field(ge=0, le=1)]


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
    def proposition(self) -> str | None:
        """What its probability is of, in words; None for the claim itself."""
        return self.condition or self.reading

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """First and last day of its tables that a finding can depend on; None where nothing bounds."""
        return None, None

    def quantities_used(self) -> tuple[str, ...]:
        """Ids of the quantities that the check looks up."""
        return ()

    def in_one_unit(self) -> tuple[tuple[str, ...], ...]:
        """Groups of quantities whose numbers it pools or adds: each group needs one unit."""
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

    def tables_by_day(self) -> tuple[str, ...]:
        """Those of its tables of which it takes the sums of days, so that their rows must be of days."""
        return ()

    def tables_by_time(self) -> tuple[str, ...]:
        """Those of which it takes the sums of days, months, quarters or years, so that their rows must be of
        some."""
        return ()

    def columns_used(self) -> frozenset[str]:
        """Columns that the check reads in each of its tables."""
        return frozenset()

    def apart_by(self) -> str | None:
        """The column by whose values rows are judged apart; None where all chosen ones are taken together."""
        return None

    def values_used(self) -> Mapping[str, tuple[str, ...]]:
        """By column, the values by which it chooses rows of its tables; each must stand in one."""
        return {}


class PlannedCheck(Record):
    """A check that is not built yet: what will be asked, and of which data."""

    method: str
    question: Text
    quantities: tuple[Identifier, ...] = ()
    datasets: tuple[Identifier, ...] = ()
    since: Day | None = None
    until: Day | None = None

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
        raise ValueError(f"the name of a method, one of {', '.join(sorted(MODELS))}{meant(name, MODELS)}")
    return MODELS[name]
