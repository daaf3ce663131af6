"""References between the files of a data folder that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from .article import Article
from .claims import Claim, Claims
from .nearest import meant
from .parameters import BuiltCheck, PlannedCheck
from .problems import Problem
from .reading import Place
from .schema import Event, Quantity, Row, Source, Statement
from .tables import Table

__all__ = ["Names", "names", "of_article", "of_claims", "of_events", "of_sources", "of_statements"]

MOST_HINTS = 20

AnyRow = TypeVar("AnyRow", bound=Row)
# Rows with their lines in the file.
Lines = Sequence[tuple[int, AnyRow]]


@dataclass(frozen=True)
class Names:
    """What a folder names, by kind: sources, quantities, parties, claims, origins and events, and its tables.

    A file that could not be read at all has been reported; it names nothing, and references into it are not
    reported, lest one missing file hide the other problems under hundreds of lines.
    """

    by_kind: Mapping[str, frozenset[str]]
    tables: Mapping[str, Table]
    # How often each kind was missed; to look for what was meant takes a time that grows with what there is.
    missed: Counter[str] = field(default_factory=Counter)

    def missing(self, file: str, line: int, cell: str, kind: str, name: str | None) -> Iterator[Problem]:
        """The problem with a name of this kind; nothing where it is known, or where none is given."""
        known = self.by_kind[kind]
        if name is not None and known and name not in known:
            self.missed[kind] += 1
            hint = meant(name, known) if self.missed[kind] <= MOST_HINTS else ""
            yield Problem(file, line, cell, name, f"the id of a known {kind}{hint}")


def names(
    article: Article | None,
    claims: Claims | None,
    sources: Iterable[Source],
    quantities: Iterable[Quantity],
    statements: Iterable[Statement],
    events: Iterable[Event],
    tables: Mapping[str, Table],
) -> Names:
    """The names that the files of a folder give."""
    return Names(
        {
            "source": frozenset(row.id for row in sources),
            "quantity": frozenset(row.id for row in quantities),
            "party": frozenset(article.parties) if article else frozenset(),
            "claim": frozenset(claim.id for claim in claims.claims) if claims else frozenset(),
            "origin": frozenset(row.origin for row in statements),
            "event": frozenset(row.id for row in events),
        },
        tables,
    )


def of_article(known: Names, article: Article | None, lines: Mapping[Place, int]) -> Iterator[Problem]:
    """Marked events that are unknown."""
    for place, mark in enumerate(article.marks if article else ()):
        yield from known.missing("article.yaml", lines["marks", place], "marks", "event", mark.event)


def of_sources(known: Names, sources: Lines[Source]) -> Iterator[Problem]:
    """Sources of unknown parties."""
    for line, source in sources:
        yield from known.missing("sources.csv", line, "party", "party", source.party)
        yield from known.missing("sources.csv", line, "co_party", "party", source.co_party)


def of_statements(known: Names, statements: Lines[Statement]) -> Iterator[Problem]:
    """Statements of unknown quantities or sources."""
    for line, row in statements:
        yield from known.missing("statements.csv", line, "quantity", "quantity", row.quantity)
        yield from known.missing("statements.csv", line, "source", "source", row.source)


def of_events(known: Names, events: Lines[Event]) -> Iterator[Problem]:
    """Events that bear on unknown claims."""
    for line, event in events:
        for name in (event.claims or "").split():
            yield from known.missing("events.csv", line, "claims", "claim", name)


def of_claims(known: Names, claims: Claims | None, lines: Mapping[Place, int]) -> Iterator[Problem]:
    """Claims with the id of another one, and checks that ask for what is not there."""
    every = claims.claims if claims else ()
    first: dict[str, int] = {}
    for position, claim in enumerate(every):
        line = lines["claims", position, "id"]
        if first.setdefault(claim.id.casefold(), position) < position:
            yield Problem("claims.yaml", line, "id", claim.id, "an id of its own")
        for number, check in enumerate(claim.checks):
            yield from _of_check(known, claim, check, lines["claims", position, "checks", number])


def _of_check(known: Names, claim: Claim, check: BuiltCheck | PlannedCheck, line: int) -> Iterator[Problem]:
    field = f"{claim.id}.{check.method}"
    if isinstance(check, PlannedCheck):
        asked = {"quantity": check.quantities}
    else:
        asked = {
            "quantity": check.quantities_used(),
            "origin": check.origins_used(),
            "source": check.sources_used(),
        }
        yield from _of_tables(known, check, field, line)
    for kind, every in asked.items():
        for name in every:
            yield from known.missing("claims.yaml", line, field, kind, name)


def _of_tables(known: Names, check: BuiltCheck, field: str, line: int) -> Iterator[Problem]:
    for name in check.tables_used():
        if name not in known.tables:
            expected = f"the name of a known table{meant(name, known.tables)}"
            yield Problem("claims.yaml", line, field, name, expected)
            continue
        span = known.tables[name].span
        if name in check.tables_by_day() and span != "day":
            told = f"{name} has a row for each {span}" if span else f"the description of {name} names no day"
            yield Problem("claims.yaml", line, field, name, f"a table with a row for each day, and {told}")
        if name in check.tables_by_time() and not span:
            told = "its description names in `day` the column with the days, months, quarters or years"
            yield Problem("claims.yaml", line, field, name, f"a table over time; {told}")
        columns = set(known.tables[name].columns)
        for column in sorted(check.columns_used() - columns):
            expected = f"a column of the table {name}{meant(column, columns)}"
            yield Problem("claims.yaml", line, field, column, expected)
