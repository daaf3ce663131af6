"""The tables that a data folder describes in its `datapackage.json`, and row models built from them.

The file is a Frictionless Data Package, version 1: every table is a resource with a path under `tables/` and
a Table Schema. Of the specification, a field's name, type and constraints count, and the primary key, which
is the order of the rows. `description` says how a reader should treat a day, month or row that is not there.
These properties are ours: a field's `unit`; `datasets`, the ids in `datasets.yaml` of what the resource was
computed from, first the one whose facts it holds; `day`, the field with the day, month or year that a row is
about, and `lastDay` where a row is about all days up to another; and `properties`, the Table Schema of the
properties of a GeoJSON table's features, for which the specification has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import SchemaError

from . import plain_json
from .cells import Day, Identifier, Number
from .problems import Problem, expected
from .reading import is_there, once, read_text
from .schema import Record

__all__ = ["FILE", "Resource", "read", "row_model"]

FILE = "datapackage.json"
KINDS: dict[str, Any] = {"date": Day, "number": Number, "integer": int, "string": str, "boolean": bool}
LIMITS = {
    "minimum": "ge",
    "maximum": "le",
    "pattern": "pattern",
    "minLength": "min_length",
    "maxLength": "max_length",
}
LEAST_OF_YEARS = 1000
OF_TEXT = {"pattern", "minLength", "maxLength"}
# The day on which a row became known, which is not what it is about.
PUBLISHED = "published"
OF_ORDER = {"minimum", "maximum"}


def _no_attribute(name: str) -> str:
    # The columns become fields of a model, which has attributes of its own.
    if hasattr(Record, name) or name.startswith("model_"):
        raise ValueError("another name, as models have an attribute of this one")
    return name


class _Described(BaseModel):
    """A part of the descriptor; what the specification has beyond our fields is left aside."""

    model_config = ConfigDict(frozen=True)


class _Constraints(_Described):
    """What a cell must be. A constraint that would not be kept is refused rather than left aside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    required: bool = False
    minimum: Any = None
    maximum: Any = None
    enum: Annotated[tuple[Any, ...], Field(min_length=1)] | None = None
    pattern: str | None = None
    minLength: int | None = None
    maxLength: int | None = None


class _Column(_Described):
    """A field of a Table Schema."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$"), AfterValidator(_no_attribute)]
    type: Literal["date", "number", "integer", "string", "boolean"]
    description: str | None = None
    unit: str | None = None
    constraints: _Constraints = _Constraints()

    @model_validator(mode="after")
    def _constraints_fit(self) -> _Column:
        other = {"string": OF_ORDER, "boolean": OF_ORDER | OF_TEXT}.get(self.type, OF_TEXT)
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
    def is_of_time(self) -> bool:
        """Whether its cells are days, months as 2024-11, or years."""
        limits = self.constraints
        if self.type == "string" and limits.pattern:
            return bool(re.search(limits.pattern, "2024-11")) and not re.search(limits.pattern, "2024-13")
        if self.type == "integer" and limits.minimum is not None:
            # A field of years says so by its minimum; what years there are is said of all days.
            return int(limits.minimum) >= LEAST_OF_YEARS
        return self.type == "date"

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


class _Schema(_Described):
    """A Table Schema; a table without a key has no order, and a key has to be there."""

    fields: Annotated[tuple[_Column, ...], Field(min_length=1)]
    primaryKey: Annotated[tuple[str, ...], BeforeValidator(_as_list), Field(min_length=1)]
    missingValues: tuple[Literal[""], ...] = ("",)


class Resource(_Described):
    """A table of a data folder; a GeoJSON table has a schema of its features' properties."""

    path: Annotated[str, Field(pattern=r"^tables/[A-Za-z0-9_]+\.(csv|geojson)$")]
    title: str = ""
    description: str = ""
    datasets: tuple[Identifier, ...] = ()
    day: str | None = None
    lastDay: str | None = None
    csv: _Schema | None = Field(None, alias="schema")
    geojson: _Schema | None = Field(None, alias="properties")

    @property
    def suffix(self) -> Literal["csv", "geojson"]:
        """What the name of its file ends with."""
        return "geojson" if self.path.endswith(".geojson") else "csv"

    @property
    def given(self) -> _Schema | None:
        """The schema that goes with its kind of file; None where it has none, which is a problem of it."""
        return self.geojson if self.suffix == "geojson" else self.csv

    @property
    def table(self) -> _Schema:
        """The schema of a resource that is sound; ValueError where it has none."""
        if self.given is None:
            raise ValueError(f"{self.path} has no Table Schema")
        return self.given

    @property
    def name(self) -> str:
        """The table's name, by which claims ask for it: that of its file."""
        return Path(self.path).stem

    @property
    def columns(self) -> frozenset[str]:
        """The names of its columns."""
        return frozenset(column.name for column in self.given.fields) if self.given else frozenset()


def read(path: Path, problems: list[Problem]) -> tuple[Resource, ...]:
    """The tables that a descriptor describes, none where there is no descriptor; problems as for any file."""
    text = read_text(path, problems) if is_there(path) else None
    return () if text is None else _parse(path.name, text, problems)


@once
def _parse(file: str, content: str, problems: list[Problem]) -> tuple[Resource, ...]:
    whole = plain_json.parse(file, content, problems)
    if whole is None:
        return ()
    resources = whole.get("resources") if isinstance(whole, dict) else None
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        problems.append(Problem(file, 1, "resources", "", "a Data Package with a list of resources"))
        return ()
    found: dict[str, Resource] = {}
    for raw in resources:
        if not str(raw.get("path", "")).startswith("tables/"):
            continue
        if (text := plain_json.hides(raw)) is not None:
            problems.append(Problem(file, 1, str(raw["path"]), text, "text without signs that are not seen"))
            continue
        try:
            resource = Resource.model_validate(raw)
        except ValidationError as errors:
            problems += [_problem(file, raw["path"], error) for error in errors.errors()]
            continue
        wrong = list(_wrong(resource, found))
        problems += [Problem(file, 1, f"{resource.path}.{field}", *rest) for field, *rest in wrong]
        if not wrong:
            found[resource.name] = resource
    return tuple(found.values())


def _problem(file: str, resource: str, error: Any) -> Problem:
    field = ".".join(map(str, (resource, *error["loc"])))
    value = "" if error["type"] in ("missing", "extra_forbidden", "value_error") else str(error["input"])
    return Problem(file, 1, field, value, expected(error))


def _wrong(resource: Resource, found: dict[str, Resource]) -> Iterator[tuple[str, str, str]]:
    """Rules between the parts of a resource, as (field, value, expected)."""
    if resource.name in found:
        yield "path", resource.path, "a table of its own"
    if resource.given is None:
        if resource.suffix == "csv":
            yield "schema", "", "a Table Schema"
        else:
            yield "properties", "", "a CSV table, or a Table Schema of the features' properties"
        return
    names = [column.name for column in resource.given.fields]
    for name in sorted(resource.columns):
        if names.count(name) > 1:
            yield "schema.fields", name, "this field once"
    for name in resource.given.primaryKey:
        if name not in names:
            yield "schema.primaryKey", name, "the name of a field"
    yield from _wrong_days(resource, resource.given)


def _wrong_days(resource: Resource, schema: _Schema) -> Iterator[tuple[str, str, str]]:
    """Rules for the days that rows are about and were known on, as (field, value, expected)."""
    for column in schema.fields:
        if column.name == PUBLISHED and column.type != "date":
            yield PUBLISHED, column.type, "a field of days"
        filled = column.constraints.required or column.name in schema.primaryKey
        if column.name in (PUBLISHED, resource.day) and not filled:
            yield f"{column.name}.constraints", "", "required: true, lest rows be known on no day"
    of_time = {column.name: column.type for column in schema.fields if column.is_of_time}
    if resource.day is None and (named := ", ".join(sorted(of_time.keys() - {PUBLISHED}))):
        # Without one its rows would be public at all times.
        yield "day", "", f"the field with what a row is about, which may be {named}"
    elif resource.day is not None and resource.day not in of_time:
        yield "day", resource.day, "a field of days, of months by its pattern or of years by its minimum"
    elif resource.lastDay is not None:
        for key, name in (("day", resource.day), ("lastDay", resource.lastDay)):
            if of_time.get(name or "") != "date":
                yield key, name or "", "a field of days, as a row is about all days up to another"


def row_model(resource: Resource) -> type[Record]:
    """The row model of a described table, with the same checks as a written one."""
    columns: dict[str, Any] = {}
    for column in resource.table.fields:
        kind = column.kind
        if not column.constraints.required and column.name not in resource.table.primaryKey:
            kind = kind | None
        extra: JsonDict | None = {"unit": column.unit} if column.unit else None
        columns[column.name] = (kind, Field(description=column.description, json_schema_extra=extra))
    return create_model(resource.name, __base__=Record, __doc__=resource.title, **columns)
