"""What a table is: its rows and columns, with unit and meaning, where it comes from, under which licence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..evidence import descriptor, dictionary
from ..evidence.nearest import unknown
from ..evidence.schema import Event, Quantity, Record, Source, Statement

if TYPE_CHECKING:
    import pandas

    from ..archive import Archive

__all__ = ["Cell", "Column", "Described", "described", "names"]

Cell = str | int | float | bool | date | None

CURATED: Mapping[str, type[Record]] = {
    "statements": Statement,
    "events": Event,
    "sources": Source,
    "quantities": Quantity,
}


@dataclass(frozen=True)
class Column:
    """A column. kind: date, number, integer, string or boolean. unit, meaning: empty where none is stated."""

    name: str
    kind: str
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Described:
    """A table with all that its file tells.

    missing: how to treat a row that is not there. sources: citations with their licences. licences: under
    which the table may be passed on, as (title, address). as_of: the day as of which it shows what was known.
    """

    name: str
    title: str
    missing: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[str, ...]
    licences: tuple[tuple[str, str], ...]
    as_of: date

    @property
    def facts(self) -> dict[str, str]:
        """What is told of the whole table, by its heading; only what there is."""
        told = {
            "title": self.title,
            "missing rows": self.missing,
            "licence": "\n".join(" ".join(filter(None, one)) for one in self.licences),
            "source": "\n".join(self.sources),
            "known on": self.as_of.isoformat(),
        }
        return {heading: text for heading, text in told.items() if text}


def names(archive: Archive) -> tuple[str, ...]:
    """The names of all tables of an archive: the curated ones, then the computed ones."""
    return (*CURATED, *archive.tables.declared)


def described(archive: Archive, name: str) -> Described:
    """A table of an archive, with the rows that were public on its clock.

    KeyError for an unknown name with the nearest right ones, DataError for a computed table that is wrong.
    """
    import pandas

    if name in CURATED:
        return _curated(archive, name)
    if name not in archive.tables.declared:
        raise KeyError(unknown("table", name, names(archive)))
    table, frame = archive.tables.declared[name], archive.table(name)
    columns = list(_columns(table.model))
    if table.suffix == "geojson":
        frame = pandas.DataFrame(frame.drop(columns="geometry")).assign(geometry=frame.geometry.to_wkt())
        columns.append(Column("geometry", "string", "degrees east and north", "as well-known text"))
    makers = [archive.tables.datasets[dataset] for dataset in table.datasets]
    return Described(
        name=name,
        title=table.title,
        missing=table.missing_day,
        columns=tuple(columns),
        rows=tuple(_rows(frame, columns)),
        sources=tuple(f"{maker.citation} Licence: {maker.licence}." for maker in makers),
        licences=_licences(archive, f"tables/{name}.{table.suffix}"),
        as_of=archive.clock,
    )


def _curated(archive: Archive, name: str) -> Described:
    """A table that people keep; a figure's unit, which is that of its quantity, is a column of statements."""
    rows: dict[str, Sequence[Record]] = {
        "statements": archive.statements,
        "events": archive.events,
        "sources": tuple(archive.sources.values()),
        "quantities": tuple(archive.quantities.values()),
    }
    columns = list(_columns(CURATED[name]))
    cells = [tuple(getattr(row, column.name) for column in columns) for row in rows[name]]
    if name == "statements":
        columns.append(Column("unit", "string", meaning="the unit of value, low and high"))
        units = [archive.quantities[row.quantity].unit for row in archive.statements]
        cells = [(*row, unit) for row, unit in zip(cells, units, strict=True)]
    return Described(
        name=name,
        title=" ".join((CURATED[name].__doc__ or "").split()),
        missing="",
        columns=tuple(columns),
        rows=tuple(cells),
        sources=tuple(filter(None, (archive.article.title, archive.article.made_by))),
        licences=_licences(archive, f"{name}.csv"),
        as_of=archive.clock,
    )


def _columns(model: type[Record]) -> Iterator[Column]:
    for field in dictionary.fields(model):
        yield Column(field["name"], field["type"], field.get("unit", ""), field.get("description", ""))


def _rows(frame: pandas.DataFrame, columns: Iterable[Column]) -> Iterator[tuple[Cell, ...]]:
    """The cells as plain values of Python; what is missing is None, a day a date."""
    import pandas

    of_kind: dict[str, Callable[[Any], Cell]] = {
        "date": pandas.Timestamp.date,
        "integer": int,
        "number": float,
        "boolean": bool,
        "string": str,
    }
    return zip(
        *(
            [None if pandas.isna(cell) else of_kind[column.kind](cell) for cell in frame[column.name]]
            for column in columns
        ),
        strict=True,
    )


def _licences(archive: Archive, path: str) -> tuple[tuple[str, str], ...]:
    """The licences that a folder's descriptor states for a file, or for the whole, as (title, address)."""
    file = archive.tables.folder / descriptor.FILE
    if not file.is_file():
        return ()
    whole: dict[str, Any] = json.loads(file.read_text(encoding="utf-8-sig"))
    own: dict[str, Any] = next((one for one in whole["resources"] if one.get("path") == path), {})
    # Beside the tables' own keys the package is not held to the specification.
    given = own.get("licenses") or whole.get("licenses") or []
    stated = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return tuple(
        (str(one.get("title") or one.get("name") or ""), str(one.get("path") or "")) for one in stated
    )
