"""The columns of a table as `datapackage.json` describes them: a Table Schema's fields and their constraints.

`utils.evidence.descriptor` reads them and says which of a field's properties count.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import SchemaError

from .cells import FIRST_YEAR, LAST_YEAR, Day, Finite
from .periods import Grain, of_pattern
from .problems import expected
from .schema import Record

__all__ = ["Column", "Described", "Schema"]

KINDS: dict[str, Any] = {
    "date": Day,
    "yearmonth": Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")],
    "year": Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)],
    "number": Finite,
    "integer": int,
    "string": str,
    "boolean": bool,
}
LIMITS = {
    "minimum": "ge",
    "maximum": "le",
    "pattern": "pattern",
    "minLength": "min_length",
    "maxLength": "max_length",
}
LEAST_OF_YEARS = 1000
OF_TEXT = {"pattern", "minLength", "maxLength"}
OF_ORDER = {"minimum", "maximum"}
OF_TYPE: dict[str, Grain] = {"date": "day", "yearmonth": "month", "year": "year"}


def _no_attribute(name: str) -> str:
    # The columns become fields of a model, which has attributes of its own.
    if hasattr(Record, name) or name.startswith("model_"):
        raise ValueError("another name, as models have an attribute of this one")
    return name


class Described(BaseModel):
    """A part of the descriptor; what the specification has beyond our fields is left aside."""

    model_config = ConfigDict(frozen=True)


class _Constraints(Described):
    """What a cell must be. A constraint that would not be kept is refused rather than left aside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    required: bool = False
    minimum: Any = None
    maximum: Any = None
    enum: Annotated[tuple[Any, ...], Field(min_length=1)] | None = None
    pattern: str | None = None
    minLength: int | None = None
    maxLength: int | None = None


class Column(Described):
    """A field of a Table Schema."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$"), AfterValidator(_no_attribute)]
    type: Literal["date", "yearmonth", "year", "number", "integer", "string", "boolean"]
    description: str | None = None
    unit: str | None = None
    constraints: _Constraints = _Constraints()

    @model_validator(mode="after")
    def _constraints_fit(self) -> Column:
        none = OF_ORDER | OF_TEXT
        other = {"string": OF_ORDER, "boolean": none, "yearmonth": none}.get(self.type, OF_TEXT)
        if wrong := self.constraints.model_fields_set & other:
            raise ValueError(f"no {', '.join(sorted(wrong))} for a {self.type}")
        try:
            TypeAdapter(self.kind)
            # Python's expressions say whether a column is of months, those of pydantic what a cell may be.
            re.compile(self.constraints.pattern or "")
        except ValidationError as errors:
            raise ValueError(f"limits of the type {self.type}: {expected(errors.errors()[0])}") from None
        except (SchemaError, re.error, OverflowError, RecursionError):
            raise ValueError("a pattern that is a regular expression") from None
        return self

    @property
    def grain(self) -> Grain | None:
        """Of what its cells are: days, months as 2024-11, quarters as 2024-Q4 or years; None for others."""
        limits = self.constraints
        if self.type == "string":
            return of_pattern(limits.pattern) if limits.pattern else None
        # A field of years says so by its minimum; what years there are is said of all days.
        if self.type == "integer" and limits.minimum is not None and int(limits.minimum) >= LEAST_OF_YEARS:
            return "year"
        return OF_TYPE.get(self.type)

    @property
    def kind(self) -> Any:
        """The type of a cell that is not empty."""
        # Nobody counts half a person; a mean has a unit of its own.
        kind = int if self.type == "number" and self.unit == "persons" else KINDS[self.type]
        value_of = TypeAdapter(kind).validate_python
        limits = {name: getattr(self.constraints, name) for name in LIMITS}
        bounds = {
            LIMITS[name]: value_of(limit) if name in OF_ORDER else limit
            for name, limit in limits.items()
            if limit is not None
        }
        kind = Annotated[kind, Field(**bounds)]
        allowed = self.constraints.enum
        return kind if allowed is None else Annotated[kind, _one_of([value_of(value) for value in allowed])]


def _one_of(allowed: list[Any]) -> AfterValidator:
    def checked(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(map(str, allowed))}")
        return value

    return AfterValidator(checked)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Schema(Described):
    """A Table Schema; a table without a key has no order, and a key has to be there."""

    fields: Annotated[tuple[Column, ...], Field(min_length=1)]
    primaryKey: Annotated[tuple[str, ...], BeforeValidator(_as_list), Field(min_length=1)]
    missingValues: tuple[Literal[""], ...] = ("",)
