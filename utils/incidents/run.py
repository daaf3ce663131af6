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
from . import correcting, counting, mapping, places, reading, spellings
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
    asked = (*how.asked, *correcting.columns(corrections))
    with connected() as (connection, folder), reading.named(paths, asked):
        raw, broken = reading.read(connection, paths, how, asked, folder / "read", done)
        rows = counting.asked(correcting.corrected(raw, corrections), how)
        when = _kept(connection, spellings.moments_of(rows, how), folder / "moments")
        where = _kept(connection, spellings.places_of(rows), folder / "places")
        tags = _kept(connection, spellings.tags_of(rows, how), folder / "tags")
        wrong = [Wrong(BROKEN, broken, "")] if broken else []
        wrong += [Wrong(*row) for row in _values(counting.reasons(rows, when, where).order_by("reason"))]
        strange = counting.unknown_tags(rows, when, where, tags, how)
        unknown = {tag: int(many) for tag, many in _values(strange.order_by("tag"))}
        read = int(rows.count().execute())
        named = spellings.names(tags, how)
        weights = spellings.weights(sorted(tag for (tag,) in _values(named.select("tag").distinct())))
        bits = _kept(connection, spellings.bits(named.join(weights, "tag"), "cell"), folder / "bits")
        each = counting.events(rows, when, where, bits)
        ((first, last),) = _values(when.agg(first=when.moment.min(), last=when.moment.max()))
        days = spellings.days(when, how, *((first, last) if first == first else NO_DAYS))
        areas = places.located(connection, where, shapes, folder / "areas")
        sums = _kept(connection, counting.counted(each, days, areas), folder / "sums")
        table = counting.by_tag(sums, weights).execute()
    table = table.rename(columns={"day": "date"}).assign(date=lambda frame: frame["date"].astype(str))
    once = int(table.loc[table["tag"] == counting.ANY, "incidents"].sum())
    good = read - sum(one.rows for one in wrong if one.reason != BROKEN)
    return Counts(table, read + broken, good - once, tuple(wrong), unknown)


def _kept(connection: BaseBackend, rows: ir.Table, folder: Path) -> ir.Table:
    """The rows computed once, as several questions are asked of them."""
    if connection.name != "duckdb":
        # Ibis hands its own small tables over when it executes, but not when it caches.
        connection._run_pre_execute_hooks(rows)
        return rows.cache()
    folder.mkdir()
    rows.to_parquet(folder / "rows.parquet")
    return connection.read_parquet(str(folder / "rows.parquet"))


def _values(rows: ir.Table) -> list[tuple[Any, ...]]:
    return list(rows.execute().itertuples(index=False, name=None))
