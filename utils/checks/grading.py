"""Figures and what others said later of the same days: what there is to learn from.

The rule stands in `utils.checks.learning`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.schema import Access, Statement
from .pool import LEAN, pool
from .tellings import ACCESS_ERROR, Telling, from_start, is_bound, meant_for, spoken, starts, telling

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Figure", "Graded", "by_quantity", "figures", "graded", "tellings"]

NEAR_DAYS = 10


@dataclass(frozen=True)
class Figure:
    """A sound figure or bound on an observed quantity; source: on whom its teller rests."""

    id: str
    quantity: str
    kind: str
    source: str
    party: str
    origin: str
    value: float | None
    low: float | None
    high: float | None
    valid_from: date
    valid_to: date
    published: date
    access: Access

    def __hash__(self) -> int:
        # What is learnt is remembered by hundreds of figures; to hash all fields of each would cost more.
        return hash(self.id)


@dataclass(frozen=True)
class Graded:
    """A figure, the pool on the day it became public, and the measure: what others published later.

    before: the tellings of the pool, the figure among them. later: those of the measure. measure: its median,
    in the unit of the quantity. own: its standard error on the log scale. distance: natural logarithm of the
    measure over the pool's median. spread: the pool's own standard error on the log scale.
    """

    figure: Figure
    before: tuple[Telling, ...]
    later: tuple[Telling, ...]
    measure: float
    own: float
    distance: float
    spread: float


def figures(archive: Archive, rows: Iterable[Statement] | None = None) -> tuple[Figure, ...]:
    """All that can be learnt from some rows of an archive, or from all, in order of publication."""
    firsts: dict[tuple[str, str, date, date], Figure] = {}
    for row in archive.statements if rows is None else rows:
        numbers = [number for number in (row.value, row.low, row.high) if number is not None]
        observed = archive.quantities[row.quantity].tense == "observed"
        if row.status == "sound" and observed and numbers and min(numbers) > 0:
            place = (row.quantity, row.origin, row.valid_from, row.valid_to)
            if place not in firsts:
                firsts[place] = Figure(
                    id=row.id,
                    quantity=row.quantity,
                    kind=archive.quantities[row.quantity].kind,
                    source=archive.ground(row.source),
                    party=archive.sources[row.source].party,
                    origin=row.origin,
                    value=row.value,
                    low=row.low,
                    high=row.high,
                    valid_from=row.valid_from,
                    valid_to=row.valid_to,
                    published=row.published,
                    access=row.access,
                )
    return tuple(firsts.values())


def by_quantity(told: Iterable[Figure]) -> dict[str, tuple[Figure, ...]]:
    """The figures of each quantity, in their order."""
    groups: dict[str, list[Figure]] = {}
    for one in told:
        groups.setdefault(one.quantity, []).append(one)
    return {name: tuple(group) for name, group in groups.items()}


def tellings(rows: Iterable[Figure], on: date, start: date | None) -> tuple[Telling, ...]:
    """Figures on one quantity as tellings for a day, of the total from a start, in order of publication."""
    said = (from_start(_telling(row, teller, on), row, start) for row, teller in spoken(rows, _itself))
    return tuple(one for one in said if one is not None)


def _itself(source: str) -> str:
    """The source of a figure is the one on whom it rests already."""
    return source


@functools.lru_cache(65536)
def _telling(row: Figure, teller: str, on: date) -> Telling:
    return telling(row, teller, row.party, (meant_for(row, row.kind) - on).days, ACCESS_ERROR)


@functools.lru_cache(4096)
def graded(group: tuple[Figure, ...], drift: float, lean: float = LEAN) -> tuple[Graded, ...]:
    """The figures on one quantity that later ones can be held against, in order of publication."""
    pairs = ((one, _measure(group, one)) for one in group if not is_bound(one))
    found = (_grade(group, one, rows, drift, lean) for one, rows in pairs if rows)
    return tuple(one for one in found if one is not None)


def _measure(group: Iterable[Figure], one: Figure) -> list[Figure]:
    """What other tellers published later of days near those of a figure, the nearest of each origin."""
    near: dict[str, Figure] = {}
    for other in group:
        if (
            other.published > one.published
            and not is_bound(other)
            and other.source != one.source
            and other.origin != one.origin
            and abs((other.valid_from - one.valid_from).days) <= NEAR_DAYS
            and abs((other.valid_to - one.valid_to).days) <= NEAR_DAYS
            and (other.valid_from == other.valid_to) == (one.valid_from == one.valid_to)
        ):
            known = near.setdefault(other.origin, other)
            if _apart(other, one) < _apart(known, one):
                near[other.origin] = other
    return list(near.values())


def _apart(one: Figure, other: Figure) -> int:
    return abs((meant_for(one, one.kind) - meant_for(other, other.kind)).days)


def _grade(
    group: Iterable[Figure], one: Figure, rows: Iterable[Figure], drift: float, lean: float
) -> Graded | None:
    """None for a figure that its teller replaced on the same day, or without a figure in the measure."""
    on, start = meant_for(one, one.kind), _start(group, one)
    later = tuple(told for told in tellings(rows, on, start) if told.value is not None)
    judges = {told.teller for told in later}
    before = tellings([row for row in group if row.published <= one.published], on, start)
    before = tuple(told for told in before if told.teller not in judges)
    if not later or all(told.row != one.id for told in before):
        return None
    measure, answer = (pool(said, drift=drift, shared=0.0, lean=lean) for said in (later, before))
    return Graded(
        figure=one,
        before=before,
        later=later,
        measure=measure.median,
        own=measure.error,
        distance=math.log(measure.median / answer.median),
        spread=answer.error,
    )


def _start(group: Iterable[Figure], one: Figure) -> date | None:
    """The start of the total that a figure counts: its own, or for a single day the earliest."""
    spans = one.kind == "total" and one.valid_from < one.valid_to
    return one.valid_from if spans else starts(group, one.kind)[0]
