"""A computed table with what a reader must know of it: units, who made it, on what terms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy
import pandas
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from ..words import counted, number, unit, written_day
from .markup import markup
from .records import told
from .showing import Shown
from .view import Listing, View

__all__ = ["About", "Frame", "as_shown"]

ENDS, COLUMNS = 4, 12  # rows of either end, and columns from the left


@dataclass(frozen=True)
class About:
    """What stands with a table: its name, what a row is, the day as of which it speaks, units by column, who
    made it, its licence, and what a row that is missing means."""

    name: str
    title: str
    as_of: date
    units: Mapping[str, str]
    source: str | None
    licence: str | None
    missing: str


class Frame(Shown, pandas.DataFrame):
    """A table of an archive; what is computed from it is an ordinary data frame."""

    _metadata = ["about"]  # noqa: RUF012 - pandas asks for a list
    about: About

    @classmethod
    def of(cls, frame: pandas.DataFrame, about: About) -> Frame:
        """The same rows with what stands with them."""
        made = cls(frame)
        made.about = about
        return made

    @property
    def _constructor(self) -> type[pandas.DataFrame]:
        return pandas.DataFrame

    def __dir__(self) -> list[str]:
        return list(pandas.DataFrame.__dir__(self))

    def _view(self) -> View:
        return _view_of(self, self.about)


def as_shown(boundaries: pandas.DataFrame, about: About) -> pandas.DataFrame:
    """The same table with boundaries, which a notebook shows as any other table.

    geopandas gives what it computes the class of what it is computed from, so that a class of our own would
    go on; what stands in the object itself does not.
    """
    object.__setattr__(boundaries, "_repr_html_", lambda: markup(_view_of(boundaries, about)))
    return boundaries


def _view_of(frame: pandas.DataFrame, about: About) -> View:
    """A table as it shows itself."""
    whole = pandas.DataFrame(frame)
    return View.of(
        f"Table {about.name} as of {written_day(about.as_of)}: {counted(len(whole), 'row')}",
        [
            ("a row is", about.title),
            ("source", about.source),
            ("licence", about.licence),
            ("if one is missing", about.missing),
        ],
        _listings(whole, about.units),
    )


def _listings(whole: pandas.DataFrame, units: Mapping[str, str]) -> list[Listing]:
    """All rows of a short table, of a long one the first and the last."""
    if len(whole) <= 2 * ENDS:
        return [_listing("Rows", whole, units)]
    return [
        _listing("First rows", whole.head(ENDS), units),
        _listing("Last rows", whole.tail(ENDS), units),
    ]


def _listing(caption: str, rows: pandas.DataFrame, units: Mapping[str, str]) -> Listing:
    shown = rows.iloc[:, :COLUMNS]
    headings = [_heading(str(name), units) for name in shown.columns]
    numbers = [
        heading
        for heading, kind in zip(headings, shown.dtypes, strict=True)
        if is_numeric_dtype(kind) and not is_bool_dtype(kind)
    ]
    cells = [[_cell(value) for value in row] for row in shown.itertuples(index=False, name=None)]
    if len(rows.columns) > COLUMNS:
        headings.append(f"{number(len(rows.columns) - COLUMNS)} more columns")
        cells = [[*row, None] for row in cells]
    return Listing.of(caption, headings, cells, numbers=numbers)


def _heading(name: str, units: Mapping[str, str]) -> str:
    """The name of a column with its unit, where the name does not say it already."""
    of = unit(units.get(name, name))
    said = of == name or unit(name.replace("_", " ")).endswith(f" {of}")
    return name if said else f"{name} ({of})"


def _cell(value: object) -> str | None:
    if value is None or value != value:
        return None
    if isinstance(value, date):
        return written_day(value, short=True)
    if isinstance(value, bool | str):
        return told(value)
    if shape := getattr(value, "geom_type", None):
        return str(shape)
    if isinstance(value, int | float | numpy.number) and math.isfinite(value):
        # A year is no figure: no mark between its thousands.
        return f"{value:.10g}"
    return str(value)
