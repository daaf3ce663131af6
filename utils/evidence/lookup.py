"""The rows of a data folder by what they are asked for: id, quantity, origin, teller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from . import tellers
from .article import Article
from .claims import Claim
from .nearest import Named, require, unknown
from .parameters import BuiltCheck
from .schema import Event, Quantity, Source, Statement

if TYPE_CHECKING:
    from ..shown.frames import Frame

__all__ = ["Dated", "Lookup", "by_publication"]

Dated = TypeVar("Dated", Statement, Event)


@dataclass(frozen=True, repr=False)
class Lookup:
    """The rows, claims and tellers of a folder as of a day, and what they are looked up by.

    `statements` and `events` are sorted by the day of publication, then by id. `clock` is the day.
    """

    article: Article
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]
    quantities: Mapping[str, Quantity]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    clock: date

    @property
    def vintage(self) -> date | None:
        """The newest day of publication in the archive; None when it is empty."""
        return max((row.published for row in self._dated), default=None)

    @cached_property
    def _dated(self) -> tuple[Statement | Event, ...]:
        return (*self.statements, *self.events)

    @cached_property
    def rows(self) -> Mapping[str, Statement | Event]:
        """Every statement and event by its id."""
        return Named("statement or event", ((row.id, row) for row in self._dated))

    @cached_property
    def _statement_of(self) -> Mapping[str, Statement]:
        return {row.id: row for row in self.statements}

    def statement(self, name: str) -> Statement:
        """The statement of this id; KeyError where there is none, as for an event's.

        >>> archive.statement("S001").id
        'S001'
        """
        require("statement", name, self._statement_of)
        return self._statement_of[name]

    def in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of statements, sorted by the day of publication, then by id."""
        return tuple(row.id for row in by_publication(self.statement(name) for name in names))

    def claim(self, name: str) -> Claim:
        """The claim of this id; KeyError names the nearest, or those there are.

        >>> archive.claim("C01").kind
        'quantity'
        """
        for claim in self.claims:
            if claim.id == name:
                return claim
        raise KeyError(unknown("claim", name, (claim.id for claim in self.claims)))

    @cached_property
    def by_quantity(self) -> Mapping[str, list[Statement]]:
        """The statements by the quantity that they are about, each in order of publication."""
        return _grouped(self.statements, attrgetter("quantity"))

    @cached_property
    def by_origin(self) -> Mapping[str, list[Statement]]:
        """The statements by the origin that they go back to, each in order of publication."""
        return self.origins(self.statements)

    @cached_property
    def _named_origins(self) -> frozenset[str]:
        checks = (check for claim in self.claims for check in claim.checks if isinstance(check, BuiltCheck))
        return frozenset(name for check in checks for name in check.origins_used())

    def about(self, *quantities: str) -> tuple[Statement, ...]:
        """Every statement about these quantities, whatever its status, in order of publication.

        KeyError for a quantity that the folder does not describe.

        >>> {row.quantity for row in archive.about("nk_killed", "nk_wounded")} <= {"nk_killed", "nk_wounded"}
        True
        """
        for name in quantities:
            require("quantity", name, self.quantities)
        rows = [row for name in dict.fromkeys(quantities) for row in self.by_quantity.get(name, ())]
        return tuple(rows) if len(quantities) == 1 else by_publication(rows)

    def evidence(self, *quantities: str) -> tuple[Statement, ...]:
        """The sound statements about these quantities, in order of publication.

        >>> {row.status for row in archive.evidence("nk_killed")}
        {'sound'}
        """
        return tuple(row for row in self.about(*quantities) if row.status == "sound")

    def origin(self, name: str) -> tuple[Statement, ...]:
        """Every statement that goes back to an origin, whatever its status, in order of publication.

        KeyError for an origin of none of them, but where a claim names it: then nothing of it was public yet.

        >>> origin = archive.statement("S001").origin
        >>> {row.origin for row in archive.origin(origin)} == {origin}
        True
        """
        if name not in self._named_origins:
            require("origin", name, self.by_origin)
        return tuple(self.by_origin.get(name, ()))

    def origins(self, rows: Iterable[Statement]) -> dict[str, list[Statement]]:
        """The rows by origin; origins and rows in the order of the rows.

        >>> rows = archive.about("nk_killed")
        >>> sum(map(len, archive.origins(rows).values())) == len(rows)
        True
        """
        return _grouped(rows, attrgetter("origin"))

    def is_belligerent(self, row: Statement) -> bool:
        """Whether the teller, one of a mixed group, or one on whom it rests, is a partial party."""
        return self.is_of_a_belligerent(row.source)

    def is_of_a_belligerent(self, name: str) -> bool:
        """Whether the source of this name, one of its group, or one on whom it rests, is a partial party."""
        return any(
            self.article.parties[party].partial
            for rested_on in tellers.chain(self.sources, name)
            for party in (self.sources[rested_on].party, self.sources[rested_on].co_party)
            if party is not None
        )

    def teller(self, row: Statement) -> str:
        """The source that is heard in a row: who said it, or for whom he speaks.

        >>> archive.teller(archive.statement("S001")) in archive.sources
        True
        """
        return tellers.voice(self.sources, row.source)

    def ground(self, name: str) -> str:
        """The source on whom all that a source tells rests in the end: together they are one witness.

        >>> archive.ground("isw")
        'isw'
        """
        return tellers.ground(self.sources, name)

    def frame(self, rows: Iterable[Statement] | None = None) -> Frame:
        """Statements as a table: their own fields, and `party`, `belligerent`, `teller` of the source.

        Days are pandas timestamps, missing numbers NaN. All statements when no rows are given.

        >>> archive.frame(archive.about("nk_killed")).teller.notna().all()
        np.True_
        """
        import pandas

        from ..shown.frames import About, Frame

        rows = list(self.statements if rows is None else rows)
        table = pandas.DataFrame([row.model_dump() for row in rows], columns=list(Statement.model_fields))
        for name in ("valid_from", "valid_to", "published"):
            table[name] = pandas.to_datetime(table[name])
        for name in ("value", "low", "high"):
            table[name] = table[name].astype(float)
        sources = [self.sources[row.source] for row in rows]
        told = table.assign(
            middle=table.valid_from + (table.valid_to - table.valid_from) / 2,
            party=[source.party for source in sources],
            belligerent=[self.is_belligerent(row) for row in rows],
            teller=[source.name for source in sources],
        )
        about = About(
            name="statements",
            title="what a source told, once for each page that was read",
            as_of=self.clock,
            units={},
            source=None,
            licence=None,
            missing="nobody is known to have told it by then",
        )
        return Frame.of(told, about)


def by_publication(rows: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(rows, key=lambda row: (row.published, row.id)))


def _grouped(rows: Iterable[Statement], name: Callable[[Statement], str]) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    return dict(groups)
