"""Read and validate a data folder once; show what was public on a day.

`Archive.as_of` is the only place in the project that filters by date of knowledge. The law it keeps:
adding any row published after a day changes nothing that is computed as of that day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from . import checks  # noqa: F401 - it registers the methods that a claims file may name
from .evidence import folder as folders
from .evidence import own_claims, own_rows, references, tellers
from .evidence.article import Article
from .evidence.cells import as_day
from .evidence.claims import Claim
from .evidence.corrections import Correction
from .evidence.glossary import Term
from .evidence.nearest import Named, require, unknown
from .evidence.problems import DataError
from .evidence.review import Review
from .evidence.schema import Event, Quantity, Source, Statement
from .evidence.vintages import Tables
from .shown import Shown, View, archives

if TYPE_CHECKING:
    import pandas

__all__ = ["DATA", "Archive"]

DATA = Path(__file__).resolve().parent.parent / "data"

Dated = TypeVar("Dated", Statement, Event)


@dataclass(frozen=True, repr=False)
class Archive(Shown):
    """A validated data folder as it stood on a day.

    `statements` and `events` are sorted by the day of publication, then by id. `clock` is the day as of
    which the archive speaks.
    """

    article: Article
    claims: tuple[Claim, ...]
    sources: Mapping[str, Source]
    quantities: Mapping[str, Quantity]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    clock: date
    tables: Tables
    glossary: tuple[Term, ...] = ()
    review: Review | None = None
    corrections: tuple[Correction, ...] = ()

    @classmethod
    def read(cls, folder: Path | str = DATA) -> Archive:
        """The data folder as of its newest row, or of its article where that is newer.

        DataError lists everything that is wrong in it.

        >>> Archive.read().claim("C01").id
        'C01'
        """
        read = folders.read(Path(folder))
        told = [row.published for row in read.statements]
        happened = [event.published for event in read.events]
        return cls(
            article=read.article,
            claims=read.claims.claims,
            sources=Named("source", ((row.id, row) for row in read.sources)),
            quantities=Named("quantity", ((row.id, row) for row in read.quantities)),
            statements=_by_publication(read.statements),
            events=_by_publication(read.events),
            clock=max([read.article.published, *told, *happened]),
            tables=Tables(Path(folder)),
            glossary=read.glossary,
            review=read.review,
            corrections=read.corrections,
        )

    def _view(self) -> View:
        return archives.archive(self)

    def as_of(self, day: date | str) -> Archive:
        """What was public on a day; a later day than the clock shows no more than the archive holds.

        day: a date, a timestamp, or a text as "2024-11-10".

        >>> archive.as_of("2024-11-12").clock
        datetime.date(2024, 11, 12)
        """
        day = as_day(day)
        return replace(
            self,
            statements=_until(self.statements, day),
            events=_until(self.events, day),
            clock=day,
        )

    def with_rows(self, *rows: Statement | Mapping[str, Any], sources: Iterable[Source] = ()) -> Archive:
        """The archive with statements, and sources, of one's own; they keep all rules of a folder.

        rows: statements, or mappings of their fields as columns of `statements.csv`; `own_rows.parsed`
        says what a mapping may leave out. DataError says what is wrong, by the number of the row.

        >>> own = archive.statements[0].model_dump() | {"id": "X1", "origin": "X1", "source": "isw"}
        >>> archive.with_rows(own).statement("X1").source
        'isw'
        """
        own = own_rows.parsed(rows)
        own_sources = ((source.id, source) for source in sources)
        known = Named("source", (*self.sources.items(), *own_sources))
        wrong = list(own_rows.problems(own, self.statements, known, self.quantities, self.clock))
        if wrong:
            raise DataError(wrong)
        return replace(self, statements=_by_publication((*self.statements, *own)), sources=known)

    def with_claims(self, *claims: Claim | Mapping[str, Any]) -> Archive:
        """The archive with claims of one's own, after those of the folder; they keep all rules of a folder.

        claims: records, or mappings as entries of `claims.yaml`; `own_claims.parsed` says what a mapping may
        leave out. DataError says what is wrong, by the number of the claim.

        >>> archive.with_claims(archive.claim("C01").model_copy(update={"id": "X1"})).claims[-1].id
        'X1'
        """
        own = own_claims.parsed(claims)
        known = references.names(
            self.article,
            None,
            self.sources.values(),
            self.quantities.values(),
            self.statements,
            self.events,
            self.tables.declared,
        )
        if wrong := list(own_claims.problems(own, self.claims, known, self.quantities)):
            raise DataError(wrong)
        return replace(self, claims=(*self.claims, *own))

    def without(self, *names: str) -> Archive:
        """The archive without what these ids name: statements, events, or all that a source tells.

        KeyError for an id of none of them.

        >>> {row.source for row in archive.without("isw").statements} & {"isw"}
        set()
        """
        known = {*self.rows, *self.sources}
        for name in names:
            require("statement, event or source", name, known)
        return replace(
            self,
            statements=tuple(row for row in self.statements if not {row.id, row.source} & {*names}),
            events=tuple(event for event in self.events if event.id not in names),
        )

    def table(self, name: str) -> pandas.DataFrame:
        """The rows of a computed table that were public on the archive's clock, days as timestamps.

        KeyError for a table that the folder does not describe, DataError for one that is missing or wrong.

        >>> archive.table("isw_area").about.licence == archive.tables.maker("isw_area").licence
        True
        """
        return self.tables.as_of(name, self.clock)

    def save(self, name: str, path: Path | str) -> Path:
        """Write statements, events, sources, quantities or a computed table with units, source and licence.

        path: ends with .csv, .parquet or .xlsx; `takeaway.saving.save` says what goes wrong.

        >>> import tempfile
        >>> archive.save("isw_area", f"{tempfile.mkdtemp()}/area.csv").name
        'area.csv'
        """
        from .takeaway import saving

        return saving.save(self, name, path)

    def daily(
        self, name: str, value: str, where: Mapping[str, Sequence[str]], by: str | None = None
    ) -> dict[str, pandas.Series]:
        """The sums by day of a column of a computed table, of the rows that were public on the clock.

        where: the values that columns must have. by: a column; each of its values has sums of its own, which
        without it stand under "all".

        >>> by_layer = archive.daily("isw_area", "area_km2", {}, by="layer")
        >>> set(by_layer) == set(archive.table("isw_area").layer)
        True
        """
        return self.tables.daily(name, self.clock, value, where, by)

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
        return tuple(row.id for row in _by_publication(self.statement(name) for name in names))

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
    def _by_quantity(self) -> Mapping[str, list[Statement]]:
        return _grouped(self.statements, attrgetter("quantity"))

    @cached_property
    def _by_origin(self) -> Mapping[str, list[Statement]]:
        return self.origins(self.statements)

    def about(self, *quantities: str) -> tuple[Statement, ...]:
        """Every statement about these quantities, whatever its status, in order of publication.

        KeyError for a quantity that the folder does not describe.

        >>> {row.quantity for row in archive.about("nk_killed", "nk_wounded")} <= {"nk_killed", "nk_wounded"}
        True
        """
        for name in quantities:
            require("quantity", name, self.quantities)
        rows = [row for name in dict.fromkeys(quantities) for row in self._by_quantity.get(name, ())]
        return tuple(rows) if len(quantities) == 1 else _by_publication(rows)

    def evidence(self, *quantities: str) -> tuple[Statement, ...]:
        """The sound statements about these quantities, in order of publication.

        >>> {row.status for row in archive.evidence("nk_killed")}
        {'sound'}
        """
        return tuple(row for row in self.about(*quantities) if row.status == "sound")

    def origin(self, name: str) -> tuple[Statement, ...]:
        """Every statement that goes back to an origin, whatever its status, in order of publication.

        >>> origin = archive.statement("S001").origin
        >>> {row.origin for row in archive.origin(origin)} == {origin}
        True
        """
        return tuple(self._by_origin.get(name, ()))

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

    def frame(self, rows: Iterable[Statement] | None = None) -> pandas.DataFrame:
        """Statements as a table: their own fields, and `party`, `belligerent`, `teller` of the source.

        Days are pandas timestamps, missing numbers NaN. All statements when no rows are given.

        >>> archive.frame(archive.about("nk_killed")).teller.notna().all()
        np.True_
        """
        import pandas

        rows = list(self.statements if rows is None else rows)
        table = pandas.DataFrame([row.model_dump() for row in rows], columns=list(Statement.model_fields))
        for name in ("valid_from", "valid_to", "published"):
            table[name] = pandas.to_datetime(table[name])
        for name in ("value", "low", "high"):
            table[name] = table[name].astype(float)
        sources = [self.sources[row.source] for row in rows]
        return table.assign(
            middle=table.valid_from + (table.valid_to - table.valid_from) / 2,
            party=[source.party for source in sources],
            belligerent=[self.is_belligerent(row) for row in rows],
            teller=[source.name for source in sources],
        )


def _by_publication(rows: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(rows, key=lambda row: (row.published, row.id)))


def _grouped(rows: Iterable[Statement], name: Callable[[Statement], str]) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = defaultdict(list)
    for row in rows:
        groups[name(row)].append(row)
    return dict(groups)


def _until(rows: tuple[Dated, ...], day: date) -> tuple[Dated, ...]:
    return rows[: bisect_right(rows, day, key=attrgetter("published"))]
