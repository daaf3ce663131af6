"""Read and validate a data folder once; show what was public on a day.

`Archive.as_of` is the only place in the project that filters by date of knowledge. The law it keeps:
adding any row published after a day changes nothing that is computed as of that day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import checks  # noqa: F401 - it registers the methods that a claims file may name
from .evidence import folder as folders
from .evidence import own_claims, own_rows, references
from .evidence.cells import as_day
from .evidence.claims import Claim
from .evidence.corrections import Correction
from .evidence.glossary import Term
from .evidence.lookup import Dated, Lookup, by_publication
from .evidence.nearest import Named, require
from .evidence.problems import DataError
from .evidence.review import Review
from .evidence.schema import Source, Statement
from .evidence.vintages import Tables
from .shown import Shown, View, archives

if TYPE_CHECKING:
    import pandas

__all__ = ["DATA", "Archive"]

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, repr=False)
class Archive(Lookup, Shown):
    """A validated data folder as it stood on a day.

    `statements` and `events` are sorted by the day of publication, then by id. `clock` is the day as of
    which the archive speaks.
    """

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
            statements=by_publication(read.statements),
            events=by_publication(read.events),
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

    @cached_property
    def on_the_day(self) -> Archive:
        """What was public on the day of the article.

        >>> archive.on_the_day.clock == archive.article.published
        True
        """
        return self.as_of(self.article.published)

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
        return replace(self, statements=by_publication((*self.statements, *own)), sources=known)

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
        if wrong := list(own_claims.problems(own, self.claims, known, self.quantities, self.tables)):
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

    def without_origin(self, name: str) -> Archive:
        """The archive without all that goes back to an origin; KeyError for an origin of no statement.

        >>> origin = archive.statements[0].origin
        >>> {row.origin for row in archive.without_origin(origin).statements} & {origin}
        set()
        """
        require("origin", name, self.by_origin)
        left = replace(self, statements=tuple(row for row in self.statements if row.origin != name))
        # So many origins are left out, one after the other, that to sort all rows anew each time would count.
        gone = self.by_origin[name]
        told = {
            quantity: [row for row in self.by_quantity[quantity] if row.origin != name]
            for quantity in {row.quantity for row in gone}
        }
        vars(left)["by_quantity"] = {**self.by_quantity, **told}
        vars(left)["by_origin"] = {origin: rows for origin, rows in self.by_origin.items() if origin != name}
        return left

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


def _until(rows: tuple[Dated, ...], day: date) -> tuple[Dated, ...]:
    return rows[: bisect_right(rows, day, key=attrgetter("published"))]
