"""Where the numbers of a sentence come from, folded away below it: HTML that needs no script and no style."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .. import words as wording
from ..archive import Archive
from ..evidence.schema import Event, Statement
from ..shown import archives
from .bound import Bound

__all__ = ["SHOWN", "folded"]

SHOWN = 8  # rows of a number; the others are counted


def folded(archive: Archive, bounds: Sequence[Bound]) -> str:
    """The numbers of a sentence, each with its unit, its rounding and its rows; nothing for no number.

    Numbers on the same rows share one list of them.
    """
    together: dict[tuple[str, ...], dict[str, None]] = {}
    for bound in bounds:
        together.setdefault(bound.rows, {})[_number(bound)] = None
    if not together:
        return ""
    cards = "".join(_card(archive, rows, list(numbers)) for rows, numbers in together.items())
    return (
        f"<details><summary>Where the numbers come from</summary>{cards}{_terms(archive, together)}</details>"
    )


def _number(bound: Bound) -> str:
    """A number with its unit, where the number does not say it, and its rounding."""
    of = wording.unit(bound.unit)
    said = bound.unit in ("words", "day", "share", "probability") or not of or of in bound.text
    about = bound.rounding if said else f"{of}, {bound.rounding}"
    return f"<strong>{escape(bound.text)}</strong> ({escape(about)})"


def _card(archive: Archive, rows: Sequence[str], numbers: Sequence[str]) -> str:
    if not rows:
        return f"<p>{'; '.join(numbers)}: set by the claims file or the calendar.</p>"
    lines = [_row(archive, name) for name in rows[:SHOWN]]
    if left := len(rows) - SHOWN:
        lines += [escape(wording.more(left))] if left > 0 else []
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<p>{'; '.join(numbers)}:</p><ul>{items}</ul>"


def _row(archive: Archive, name: str) -> str:
    """A row by its teller, day and figure, and a table by its maker; its name leads to the source's page."""
    row = archive.rows.get(name)
    if isinstance(row, Statement):
        teller = wording.teller(archive.sources[row.source].name)
        told = (teller, wording.written_day(row.published, short=True), archives.figure(archive, row))
        return f"{_link(name, row.url)} {escape(', '.join(filter(None, told)))}"
    if isinstance(row, Event):
        told = (row.source, wording.written_day(row.published, short=True), row.title)
        return f"{_link(name, row.url)} {escape(', '.join(told))}"
    maker = archive.tables.maker(name)
    if maker is None:
        return f"{escape(name)}, a table by hand"
    address = f"https://github.com/{maker.repository}"
    return f"{_link(name, address)}, a table from {escape(maker.title)} ({escape(maker.licence)})"


def _link(name: str, address: str | None) -> str:
    return f'<a href="{escape(address)}">{escape(name)}</a>' if address else escape(name)


def _terms(archive: Archive, together: dict[tuple[str, ...], dict[str, None]]) -> str:
    """The licence of the rows; nothing where no row is shown or nobody has named one."""
    licence = archive.article.licence
    if licence is None or not any(name in archive.rows for rows in together for name in rows[:SHOWN]):
        return ""
    return f"<p>Licence of the rows: {escape(licence.name)}</p>"
