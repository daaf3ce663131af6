"""All of it in order: files to counts, with what was wrong and what was said twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir
from ibis.backends import BaseBackend
from shapely.geometry.base import BaseGeometry

from ..evidence.datasets import Correction
from ..words import counted
from . import correcting, counting, mapping, places, reading
from .engine import connected

if TYPE_CHECKING:
    import pandas

__all__ = ["BROKEN", "Counts", "Wrong", "count"]

# Where there is no event, no day is asked for.
NO_DAYS = (datetime(2000, 1, 1), datetime(2000, 1, 1))
BROKEN = "a line that cannot be split into cells"


@dataclass(frozen=True)
class Wrong:
    """Rows that could not be counted. example: the first value of them; empty where none can be shown."""

    reason: str
    rows: int
    example: str

    def __str__(self) -> str:
        shown = f" ({self.example.strip()!r})" if self.example.strip() else ""
        return f"{self.reason}{shown} in {counted(self.rows, 'row')}"


@dataclass(frozen=True)
class Counts:
    """What the files hold.

    table: `date`, `area`, `tag` and `incidents`, sorted by the first three; days as YYYY-MM-DD. read: rows
    read. repeated: rows that say again what another said. unknown: tags that the mapping does not know, with
    how many reports have them; those count under `any` alone.
    """

    table: pandas.DataFrame
    read: int
    repeated: int
    wrong: tuple[Wrong, ...]
    unknown: Mapping[str, int]

    @property
    def counted(self) -> int:
        """How many events are counted."""
        return self.read - self.repeated - sum(one.rows for one in self.wrong)


def count(
    paths: Sequence[Path],
    how: mapping.Mapping,
    shapes: Mapping[str, BaseGeometry],
    *,
    done: Callable[[Path], None] = lambda path: None,
    corrections: Sequence[Correction] = (),
) -> Counts:
    """Count the events of files by day, area and tag.

    done: called with each file when it is read. corrections: known errors of the raw rows. UnreadableError
    names a file that cannot be read; CorrectionOutdated, when a known error is not there any more.
    """
    with connected() as (connection, folder):
        asked = (*how.asked, *correcting.columns(corrections))
        raw, broken = reading.read(connection, paths, how, asked, folder / "read", done)
        mended = correcting.corrected(raw, corrections)
        when = _kept(connection, counting.moments_of(mended, how), folder / "moments")
        ((first, last),) = _values(when.agg(first=when.moment.min(), last=when.moment.max()))
        when = counting.dated(when, how, *((first, last) if first == first else NO_DAYS))
        where = _kept(connection, counting.places_of(mended, how), folder / "spellings")
        where = places.located(connection, where, shapes, folder / "places")
        rows = counting.checked(mended, when, where, how)
        wrong = [Wrong(BROKEN, broken, "")] if broken else []
        wrong += [Wrong(*row) for row in _values(counting.reasons(rows).order_by("reason"))]
        read = int(mended.count().execute())
        whole = counting.events(rows)
        each = counting.tagged(whole, how)
        table = counting.counts(whole, each, how).execute()
        unknown = {tag: int(rows) for tag, rows in _values(counting.unknown_tags(each, how).order_by("tag"))}
    table = table.rename(columns={"day": "date"}).assign(date=lambda frame: frame["date"].astype(str))
    once = int(table.loc[table["tag"] == counting.ANY, "incidents"].sum())
    good = read - sum(one.rows for one in wrong if one.reason != BROKEN)
    return Counts(table, read + broken, good - once, tuple(wrong), unknown)


def _kept(connection: BaseBackend, rows: ir.Table, folder: Path) -> ir.Table:
    """The rows computed once, as several questions are asked of them."""
    if connection.name != "duckdb":
        return rows.cache()
    folder.mkdir()
    rows.to_parquet(folder / "rows.parquet")
    return connection.read_parquet(str(folder / "rows.parquet"))


def _values(rows: ir.Table) -> list[tuple[Any, ...]]:
    return list(rows.execute().itertuples(index=False, name=None))
