"""The tables that a data folder describes in its `datapackage.json`, and row models built from them.

The file is a Frictionless Data Package, version 1: every table is a resource with a path under `tables/` and
a Table Schema. Of the specification, a field's name, type and constraints count, and the primary key, which
is the order of the rows. `description` says how a reader should treat a day, month or row that is not there.
These properties are ours: a field's `unit`; `datasets`, the ids in `datasets.yaml` of what the resource was
computed from, first the one whose facts it holds; `day`, the field with the day, month, quarter or year that
a row is about; `grain` (month, quarter or year) where that is a field of days, each the first or the last of
its period; `lastDay` where a row is about all days up to another; `maker`, the field that says whose figure a
row is, by the id of a source or by a name, each a teller of its own; and `properties`, the Table Schema of
the properties of a GeoJSON table's features, for which the specification has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, create_model
from pydantic.config import JsonDict

from . import plain_json
from .cells import Identifier
from .fields import Described, Schema
from .periods import Grain
from .problems import Problem, expected
from .reading import is_there, once, read_text
from .schema import Record

__all__ = ["FILE", "Resource", "read", "row_model"]

FILE = "datapackage.json"
# The day on which a row became known, which is not what it is about.
PUBLISHED = "published"
TIMES = (
    "a field of days (type date), of months (type yearmonth, 2024-11), of quarters (type string with the "
    "pattern ^[0-9]{4}-Q[1-4]$, 2024-Q4) or of years (type year)"
)


class Resource(Described):
    """A table of a data folder; a GeoJSON table has a schema of its features' properties."""

    path: Annotated[str, Field(pattern=r"^tables/[A-Za-z0-9_]+\.(csv|geojson)$")]
    title: str = ""
    description: str = ""
    datasets: tuple[Identifier, ...] = ()
    day: str | None = None
    grain: Literal["month", "quarter", "year"] | None = None
    lastDay: str | None = None
    maker: str | None = None
    csv: Schema | None = Field(None, alias="schema")
    geojson: Schema | None = Field(None, alias="properties")

    @property
    def suffix(self) -> Literal["csv", "geojson"]:
        """What the name of its file ends with."""
        return "geojson" if self.path.endswith(".geojson") else "csv"

    @property
    def given(self) -> Schema | None:
        """The schema that goes with its kind of file; None where it has none, which is a problem of it."""
        return self.geojson if self.suffix == "geojson" else self.csv

    @property
    def table(self) -> Schema:
        """The schema of a resource that is sound; ValueError where it has none."""
        if self.given is None:
            raise ValueError(f"{self.path} has no Table Schema")
        return self.given

    @property
    def span(self) -> Grain | None:
        """The time that a row of a sound resource is about; None where it is about none."""
        own = {column.name: column.grain for column in self.table.fields}
        return self.grain or (own[self.day] if self.day else None)

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
    yield from _wrong_maker(resource, resource.given)


def _wrong_days(resource: Resource, schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Rules for the days that rows are about and were known on, as (field, value, expected)."""
    for column in schema.fields:
        if column.name == PUBLISHED and column.type != "date":
            yield PUBLISHED, column.type, "a field of days"
        filled = column.constraints.required or column.name in schema.primaryKey
        if column.name in (PUBLISHED, resource.day) and not filled:
            yield f"{column.name}.constraints", "", "required: true, lest rows be known on no day"
    of_time = {column.name: column.grain for column in schema.fields if column.grain}
    if resource.day is None and (named := ", ".join(sorted(of_time.keys() - {PUBLISHED}))):
        # Without one its rows would be public at all times.
        yield "day", "", f"the field with what a row is about, which may be {named}"
    elif resource.day is not None and resource.day not in of_time:
        yield "day", resource.day, TIMES
    elif resource.lastDay is not None:
        for key, name in (("day", resource.day), ("lastDay", resource.lastDay)):
            if of_time.get(name or "") != "day":
                yield key, name or "", "a field of days, as a row is about all days up to another"
    if resource.grain and (of_time.get(resource.day or "") != "day" or resource.lastDay):
        yield "grain", resource.grain, "no grain, which is for one field of days: others say it by their type"


def _wrong_maker(resource: Resource, schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Rules for the field that says whose figure a row is, as (field, value, expected)."""
    if resource.maker is None:
        return
    column = next((one for one in schema.fields if one.name == resource.maker), None)
    if column is None or column.type != "string" or column.grain:
        yield "maker", resource.maker, "a field of names (type string)"
    elif not (column.constraints.required or column.name in schema.primaryKey):
        yield f"{column.name}.constraints", "", "required: true, lest a row be nobody's figure"


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
