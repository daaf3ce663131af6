"""What is told of a claimed number, and of what it is compared with, pooled for the claimed day.

The rule stands in `utils.checks.quantity`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.schema import Access, Statement
from ..evidence.spans import of_another_period
from ..sentences.values import Reason
from . import hearing
from .claimed import Pooling, QuantityCheck
from .finding import Rule, partial_party, usable
from .hearing import Errors, Heard
from .posterior import Posterior
from .scales import Scale
from .tellings import common_scale, meant_for

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Pooled", "answers", "errors", "number", "rules", "witnesses"]


@dataclass(frozen=True)
class Pooled:
    """What is told of a number for a day, and what it says together; None where that gives no answer."""

    on: date
    told: tuple[Heard, ...]
    answer: Posterior | None

    @property
    def tellers(self) -> tuple[str, ...]:
        """Who tells, each once, in the order in which they first spoke."""
        return tuple(dict.fromkeys(one.telling.teller for one in self.told))


def errors(archive: Archive, parameters: Pooling) -> Errors:
    """How far tellers err, as of the archive's clock: stated, or learnt from all other quantities."""
    lesson = hearing.lesson(hearing.Rows(archive), frozenset(parameters.quantities_used()))
    stated = parameters.shared_error
    return Errors(
        access=parameters.access_error,
        drift={kind: drift * parameters.drift_factor for kind, drift in lesson.drift},
        shared=(lesson.shared if stated is None else stated) * parameters.shared_factor,
        lean=lesson.lean * parameters.lean_factor,
        learnt=lesson if stated is None else None,
    )


def rules(archive: Archive, belligerents: bool, on: date | None = None) -> tuple[Rule, ...]:
    """What keeps a sound row from being weighed; on: the day that is asked about, none for any."""
    return (
        (Reason.NO_NUMBER, lambda row: not row.has_number),
        partial_party(archive, belligerents),
        *([(Reason.OTHER_DAYS, lambda row: _is_elsewhen(archive, row, on))] if on else []),
    )


def _is_elsewhen(archive: Archive, row: Statement, on: date) -> bool:
    return of_another_period(row, archive.quantities[row.quantity].kind, on)


def witnesses(archive: Archive, parameters: QuantityCheck) -> tuple[Heard, ...]:
    """What is told of the claimed number, in order of publication."""
    return _claimed(archive, parameters).told


def _weighed(
    archive: Archive, name: str | None, belligerents: bool, own_origin: str | None, on: date
) -> list[Statement]:
    """The rows of a quantity that are weighed for a day, without the claim's own telling; none without a
    quantity."""
    rows = usable(archive.about(name), *rules(archive, belligerents, on)) if name else []
    return [row for row in rows if row.origin != own_origin]


def number(archive: Archive, parameters: Pooling, on: date, claimed: float | None = None) -> Pooled:
    """What is told of a number for a day, in order of publication, and what it says together.

    claimed: what a claim says of it, which has a part in whether it is told on the log scale.
    """
    groups = [
        _weighed(archive, name, parameters.belligerents, parameters.own_origin, on)
        for name in (*parameters.counts, parameters.part)
    ]
    scale = common_scale([row for group in groups for row in group], claimed)
    assumed = errors(archive, parameters)
    heard = [one for rows in groups for one in hearing.heard(archive, rows, on, assumed.access, scale)]
    wholes = [one for one in heard if one.row.quantity != parameters.part]
    # Whoever tells the whole for a day is not heard on its part for the same day.
    of_whole = {(one.telling.teller, one.telling.days) for one in wholes}
    rest = functools.partial(_rest, hearing.Rows(archive), _of_rest(parameters))
    parts = [
        hearing.with_rest(archive, one, rest, assumed, scale)
        for one in heard
        if one.row.quantity == parameters.part and (one.telling.teller, one.telling.days) not in of_whole
    ]
    told = tuple(sorted([*wholes, *parts], key=lambda one: (one.row.published, one.row.id)))
    try:
        return Pooled(on, told, hearing.pooled(archive, told, assumed, scale))
    except ValueError:
        return Pooled(on, told, None)


@dataclass(frozen=True)
class _OfRest:
    """What choices decide about the rest of a part."""

    name: str | None
    belligerents: bool
    own_origin: str | None
    access: tuple[tuple[Access, float], ...]


def _of_rest(parameters: Pooling) -> _OfRest:
    access = tuple(sorted(parameters.access_error.items()))
    return _OfRest(parameters.rest, parameters.belligerents, parameters.own_origin, access)


@functools.lru_cache(4096)
def _rest(known: hearing.Rows, asked: _OfRest, until: date, on: date) -> tuple[tuple[Heard, ...], Scale]:
    """What is told of the rest, by tellings meant for days up to `until`, of the day `on`; and its scale."""
    archive = known.archive
    rows = [
        row
        for row in _weighed(archive, asked.name, asked.belligerents, asked.own_origin, on)
        if row.valid_from <= until
    ]
    scale = common_scale(rows)
    return tuple(hearing.heard(archive, rows, on, dict(asked.access), scale)), scale


def answers(archive: Archive, parameters: QuantityCheck) -> tuple[Pooled, ...]:
    """The claimed number, and for a comparison what it is compared with."""
    first = _claimed(archive, parameters)
    if parameters.of:
        other = parameters.model_copy(
            update={"counts": parameters.of, "part": None, "rest": None, "own_origin": None}
        )
        return first, number(archive, other, parameters.on)
    if parameters.since:
        earlier = [
            number(archive, parameters, day, parameters.value) for day in _earlier_days(archive, parameters)
        ]
        known = [one for one in earlier if one.answer is not None]
        pick = max if parameters.relation == "highest since" else min
        return (first, pick(known, key=_median)) if known else (first,)
    return (first,)


def _claimed(archive: Archive, parameters: QuantityCheck) -> Pooled:
    return number(archive, parameters, parameters.on, parameters.value)


def _median(pooled: Pooled) -> float:
    return 0.0 if pooled.answer is None else pooled.answer.median


def _earlier_days(archive: Archive, parameters: QuantityCheck) -> list[date]:
    """The days before the claimed one for which somebody gives a figure."""
    since = parameters.since or parameters.on
    rows = usable(archive.about(*parameters.counts), *rules(archive, parameters.belligerents))
    days = {meant_for(row, archive.quantities[row.quantity].kind) for row in rows if row.has_point}
    return sorted(day for day in days if since <= day and (parameters.on - day).days >= parameters.gap_days)
