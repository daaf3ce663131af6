"""Tables with captions."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from .. import words as wording
from ..shown.markup import START
from ..words import written_day
from .page import Rows, cite, display

if TYPE_CHECKING:
    import pandas

__all__ = ["table"]


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
    cells = frame.map(_cell).set_axis([name[0].upper() + name[1:] for name in names], axis="columns")
    head = "".join(
        f'<th scope="col"{_heading(frame.iloc[:, place])}>{escape(str(name))}</th>'
        for place, name in enumerate(cells.columns)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{_align(raw)}>{_markup(text)}</td>" for raw, text in zip(raws, texts, strict=True))
        + "</tr>"
        for raws, texts in zip(frame.itertuples(index=False), cells.itertuples(index=False), strict=True)
    )
    plain = f"{caption}\n{cells.to_string(index=False)}" if len(cells) else f"{caption}\nNo rows."
    body = body or f'<tr><td colspan="{len(cells.columns)}">No rows.</td></tr>'
    display(
        plain,
        f'<div class="table-wrapper"><table class="data"><caption{START}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>",
    )


def _cell(value: Any) -> str:
    if value is None or value != value:
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


def _heading(column: pandas.Series[Any]) -> str:
    """The side of a heading: where the words of its column begin."""
    return START if any(_align(value) == START for value in column) else ""


def _align(value: object) -> str:
    """The side of a cell: words begin where reading does, which JupyterLab must be told cell by cell."""
    return START if isinstance(value, str | date | bool) else ' class="number"'
