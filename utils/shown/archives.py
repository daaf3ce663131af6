"""What an archive shows: as of when it speaks, how much it holds, who tells it, and what is new in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..words import bounded, counted, in_unit, number, written_day
from .view import Listing, View

if TYPE_CHECKING:
    from ..archive import Archive
    from ..evidence.schema import Statement
    from ..evidence.vintages import Tables

__all__ = ["archive", "figure", "tables"]

NEWEST = 5


def archive(shown: Archive) -> View:
    """The archive in short."""
    many = (counted(len(shown.claims), "claim"), counted(len(shown.statements), "statement"))
    return View.of(
        f"Archive as of {written_day(shown.clock)}: {', '.join(many)}, {counted(len(shown.events), 'event')}",
        [
            ("article", shown.article.title),
            ("article's day", written_day(shown.article.published)),
            ("newest row", None if shown.vintage is None else written_day(shown.vintage)),
            ("also", f"{counted(len(shown.sources), 'source')}, {_quantities(shown)}"),
            ("tables", ", ".join(shown.tables.declared)),
        ],
        [_sides(shown), _newest(shown)],
    )


def _quantities(shown: Archive) -> str:
    return counted(len(shown.quantities), "quantity", "quantities")


def _sides(shown: Archive) -> Listing:
    """The parties whose side tells most, the tellers of unknown sources under none."""
    told = Counter(
        source.party if (source := shown.sources.get(row.source)) else None for row in shown.statements
    )
    parties = shown.article.parties
    rows = [
        (parties[party].name if party in parties else party or "unknown", number(many))
        for party, many in told.most_common()
    ]
    return Listing.of("Sides, by statements", ("side", "statements"), rows, most=6, numbers=["statements"])


def _newest(shown: Archive) -> Listing:
    rows = [
        (row.id, written_day(row.published, short=True), row.source, _label(shown, row), figure(shown, row))
        for row in reversed(shown.statements[-NEWEST:])
    ]
    return Listing.of("Newest statements", ("row", "published", "source", "of", "says"), rows)


def _label(shown: Archive, row: Statement) -> str:
    quantity = shown.quantities.get(row.quantity)
    return row.quantity if quantity is None else quantity.label


def figure(shown: Archive, row: Statement) -> str:
    """What a statement says: its figure in its unit, else how it stands to what it is about."""
    told = bounded(row.value, row.low, row.high)
    quantity = shown.quantities.get(row.quantity)
    return in_unit(told, quantity.unit if quantity else "") if told else row.stance or ""


def tables(shown: Tables) -> View:
    """The tables of a folder: what a row of each is, who made it and on what terms."""
    makers = {name: shown.maker(name) for name in shown.declared}
    rows = [
        (name, table.title, maker and maker.maker, maker and maker.licence)
        for (name, table), maker in zip(shown.declared.items(), makers.values(), strict=True)
    ]
    return View.of(
        f"{counted(len(rows), 'table')} of the archive",
        [("to read one", "archive.table(name)")] if rows else [],
        [Listing.of("Tables", ("name", "a row is", "source", "licence"), rows, most=20)],
    )
