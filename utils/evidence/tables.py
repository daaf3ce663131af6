"""The computed tables of a data folder: where they come from, how to treat what is missing, how to read them.

A data folder describes them in its `datapackage.json` and nowhere else; their row models are built from it.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import ValidationError

from . import descriptor, reading
from .datasets import Datasets, PinnedFile
from .periods import Grain, first_day, last_day
from .problems import Problem, expected
from .schema import Record

if TYPE_CHECKING:
    import geopandas
    import pandas

__all__ = ["Table", "check", "declared", "read_table", "unknown_datasets"]


@dataclass(frozen=True)
class Table:
    """A table of a data folder: its row model, the datasets it is computed from, its sort key.

    missing_day: how a reader should treat a day, month or row that is not there. day: the column with the
    day, month, quarter or year that a row is about; None where it is about none. span: which of them, None
    likewise. last_day: the column with the last of its days, where a row is about several. listed: by column
    the values that may stand there, as text, where the description lists them. maker: the column that says
    whose figure a row is; None where all are the dataset's. Rows of two makers are never added up.
    """

    model: type[Record]
    datasets: tuple[str, ...]
    key: tuple[str, ...]
    missing_day: str
    suffix: Literal["csv", "geojson"] = "csv"
    day: str | None = None
    span: Grain | None = None
    last_day: str | None = None
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    maker: str | None = None

    @property
    def title(self) -> str:
        """The first sentence of the row model, which says what a row is."""
        return " ".join((self.model.__doc__ or "").split())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self.model.model_fields)


def declared(folder: Path, problems: list[Problem]) -> dict[str, Table]:
    """The tables that a data folder describes in its `datapackage.json`, by name."""
    resources = descriptor.read(folder / descriptor.FILE, problems)
    return {resource.name: table for resource, table in zip(resources, _built(resources), strict=True)}


@functools.lru_cache(maxsize=64)
def _built(resources: tuple[descriptor.Resource, ...]) -> tuple[Table, ...]:
    # The same description gives the same row models, by which parsed tables are known again.
    return tuple(
        Table(
            descriptor.row_model(resource),
            resource.datasets,
            resource.table.primaryKey,
            resource.description,
            resource.suffix,
            resource.day,
            resource.span,
            resource.lastDay,
            {one.name: frozenset(map(str, one.constraints.enum or ())) for one in resource.table.fields},
            resource.maker,
        )
        for resource in resources
    )


def read_table(path: Path, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """A table as a data frame with days as timestamps; None and its problems when it is wrong.

    Every row passes its model, no key stands twice, and the rows are in the order of the key. A GeoJSON
    table is a geopandas frame in degrees.
    """
    text = reading.read_text(path, problems)
    if text is None:
        return None
    parse = _parse_geojson if table.suffix == "geojson" else _parse_csv
    frame = parse(path.name, text, table, problems)
    return None if frame is None else frame.copy(deep=False)


@reading.once
def _parse_csv(file: str, text: str, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    import pandas

    read = reading.parse_csv(file, text, table.model, problems, key=table.key)
    keys = [tuple(getattr(row, name) for name in table.key) for _, row in read]
    problems += [
        Problem(file, line, ", ".join(table.key), ", ".join(map(str, own)), "rows sorted by the key")
        for (line, _), before, own in zip(read[1:], keys, keys[1:], strict=False)
        if own < before
    ]
    problems += _of_no_time(file, read, table)
    if problems:
        return None
    frame = pandas.DataFrame({name: [getattr(row, name) for _, row in read] for name in table.columns})
    for name, column in table.model.model_fields.items():
        if _is_day(column.annotation):
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def _of_no_time(file: str, rows: Iterable[tuple[int, Record]], table: Table) -> Iterator[Problem]:
    """Cells of the column with what rows are about that are no day, month, quarter or year."""
    day, span = table.day, table.span
    for line, row in rows if day and span else ():
        value = getattr(row, day or "")
        try:
            ends = (first_day(value, span or "day"), last_day(value, span or "day"))
        except ValueError:
            expected = "a day, a month as YYYY-MM, a quarter as YYYY-Qn or a year"
            yield Problem(file, line, day or "", str(value), expected)
            continue
        # In one table a month has one row: with days of all kinds a month would be told of twice.
        if isinstance(value, date) and value not in ends:
            yield Problem(file, line, day or "", str(value), f"the first or the last day of its {span}")


@reading.once
def _parse_geojson(file: str, text: str, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """Boundaries and their properties; None and its problems when they are wrong."""
    import geopandas

    columns = [*table.model.model_fields, "geometry"]
    try:
        frame = geopandas.read_file(io.StringIO(text))
    except Exception as error:
        problems.append(
            Problem(file, 0, "file", "", f"readable GeoJSON ({' '.join(str(error).split())[:200]})")
        )
        return None
    if sorted(frame.columns) != sorted(columns):
        problems.append(Problem(file, 1, "properties", ", ".join(frame.columns), ", ".join(columns)))
        return None
    rows = list(_features(file, frame, table.model, problems))
    problems += _of_no_time(file, rows, table)
    return None if problems else frame[columns]


def _features(
    file: str, frame: geopandas.GeoDataFrame, model: type[Record], problems: list[Problem]
) -> Iterator[tuple[int, Record]]:
    """The properties of the features, numbered from 1, as rows; those that are wrong go to `problems`."""
    import pandas

    for number, raw in enumerate(frame[list(model.model_fields)].to_dict("records"), 1):
        try:
            filled = {name: None if pandas.isna(value) else value for name, value in raw.items()}
            yield number, model.model_validate(filled)
        except ValidationError as errors:
            for error in errors.errors():
                name = str(error["loc"][0])
                problems.append(Problem(file, number, name, str(raw.get(name)), expected(error)))


def _is_day(annotation: object) -> bool:
    return annotation is date or any(_is_day(part) for part in get_args(annotation))


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong with the pins and the tables of a data folder, if it has any."""
    problems: list[Problem] = []
    tables = declared(folder, problems)
    pinned = _check_pins(folder, problems)
    if pinned is not None:
        problems += unknown_datasets(tables, pinned)
    for name, table in tables.items():
        read_table(folder / "tables" / f"{name}.{table.suffix}", table, problems)
    problems += [
        Problem(path.name, 0, "file", "", f"a description of this table in {descriptor.FILE}")
        for path in sorted((folder / "tables").glob("*"))
        if path.suffix in (".csv", ".geojson") and path.stem not in tables
    ]
    return problems


def unknown_datasets(tables: Mapping[str, Table], known: Collection[str]) -> list[Problem]:
    """Datasets that tables name and that are not among the known ids."""
    return [
        Problem(descriptor.FILE, 1, f"tables/{name}.datasets", dataset, "the id of a known dataset")
        for name, table in tables.items()
        for dataset in table.datasets
        if dataset not in known
    ]


def _check_pins(folder: Path, problems: list[Problem]) -> set[str] | None:
    """The ids of the external datasets of a data folder; None when the file that lists them is wrong."""
    if not reading.is_there(folder / "datasets.yaml"):
        return set()
    datasets, _ = reading.read_yaml(folder / "datasets.yaml", Datasets, problems)
    files = reading.read_csv(folder / "files.csv", PinnedFile, problems)
    if datasets is None:
        return None
    known = {one.id for one in datasets.datasets}
    problems += [
        Problem("files.csv", line, "dataset", file.dataset, "the id of a known dataset")
        for line, file in files
        if file.dataset not in known
    ]
    return known
