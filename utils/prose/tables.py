"""Tables with captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from .. import words as wording
from ..shown.markup import START
from ..words import written_day
from .page import Rows, cite, display

if TYPE_CHECKING:
    import pandas

__all__ = ["table"]

NUMBER = ' class="number"'


def table(frame: pandas.DataFrame, *, caption: str, rows: Rows) -> None:
    """Show a table with its caption; `rows` are the rows of the archive that it rests on.

    Numbers get thousands separators, days are written out, addresses become links, empty cells stay empty.
    Column names are the headings, with spaces for underscores.

    >>> import pandas
    >>> table(pandas.DataFrame({"how_many": [1200]}), caption="Persons", rows=["S001"])
    Persons
    How many
       1,200
    """
    cite(rows)
    names = [str(name).replace("_", " ") for name in frame.columns]
    columns = [
        _Column(name[0].upper() + name[1:], list(frame.iloc[:, place])) for place, name in enumerate(names)
    ]
    display(_plain(caption, columns, len(frame)), _table(caption, columns, len(frame)))


@dataclass(frozen=True)
class _Column:
    """A column by its heading and its values."""

    heading: str
    values: list[Any]

    @cached_property
    def cells(self) -> list[str]:
        """Its values as they are printed."""
        return [_cell(value) for value in self.values]

    @cached_property
    def is_text(self) -> bool:
        """Whether it holds words and no number."""
        told = [_is_words(value) for value in self.values if not _is_missing(value)]
        return bool(told) and all(told)

    @cached_property
    def lines(self) -> list[str]:
        """Heading and cells in equally many letters, numbers at the end of the space."""
        every = [" ".join(cell.splitlines()) for cell in (self.heading, *self.cells)]
        width = max(map(len, every))
        return [cell.ljust(width) if self.is_text else cell.rjust(width) for cell in every]


def _plain(caption: str, columns: Sequence[_Column], many: int) -> str:
    if not many:
        return f"{caption}\nNo rows."
    lines = zip(*(column.lines for column in columns), strict=True)
    return "\n".join([caption, *("  ".join(line).rstrip() for line in lines)])


def _table(caption: str, columns: Sequence[_Column], many: int) -> str:
    head = "".join(
        f'<th scope="col"{START if column.is_text else ""}>{escape(column.heading)}</th>'
        for column in columns
    )
    rows = zip(*(_marked(column) for column in columns), strict=True)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    body = body if many else f'<tr><td colspan="{len(columns)}">No rows.</td></tr>'
    return (
        f'<div class="table-wrapper"><table class="data"><caption{START}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _marked(column: _Column) -> list[str]:
    """The cells of a column as HTML; JupyterLab must be told of each that it begins where reading does."""
    return [
        f"<td{START if column.is_text or _is_words(value) else NUMBER}>{_markup(cell)}</td>"
        for value, cell in zip(column.values, column.cells, strict=True)
    ]


def _is_words(value: object) -> bool:
    return isinstance(value, str | date | bool)


def _is_missing(value: object) -> bool:
    return value is None or value != value


def _cell(value: Any) -> str:
    if _is_missing(value):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return wording.choice(value)
    if isinstance(value, date):
        return written_day(value, short=True)
    return wording.exact(value)


def _markup(text: str) -> str:
    """A cell as HTML; an address becomes a link that shows its host."""
    if host := re.fullmatch(r"https?://([^/\s]+)\S*", text):
        return f'<a href="{escape(text)}">{escape(host[1])}</a>'
    return escape(text)
