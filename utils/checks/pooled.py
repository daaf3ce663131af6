"""What is told of a claimed number, and of what it is compared with, pooled for the claimed day.

The rule stands in `utils.checks.quantity`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.schema import Access, Statement
from ..sentences.values import Reason
from . import hearing
from .claimed import QuantityCheck
from .finding import Rule, usable, warring_party
from .hearing import Errors, Heard
from .posterior import Posterior
from .scales import Scale
from .tellings import common_scale, meant_for

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Pooled", "answers", "errors", "rules", "with_own", "witnesses"]


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


def errors(archive: Archive, parameters: QuantityCheck) -> Errors:
    """How far tellers err, as of the archive's clock."""
    return hearing.errors(
        archive,
        frozenset(parameters.quantities_used()),
        parameters.access_error,
        shared=parameters.shared_error,
        drift_factor=parameters.drift_factor,
        shared_factor=parameters.shared_factor,
        lean_factor=parameters.lean_factor,
    )


def rules(archive: Archive, parameters: QuantityCheck) -> tuple[Rule, ...]:
    """What keeps a sound row from being weighed."""
    return (
        (Reason.NO_NUMBER, _has_none),
        warring_party(archive, parameters.belligerents),
    )


def witnesses(archive: Archive, parameters: QuantityCheck) -> tuple[Heard, ...]:
    """What is told of the claimed number, in order of publication."""
    return _pooled(archive, parameters, parameters.on).told


def _pooled(archive: Archive, parameters: QuantityCheck, on: date) -> Pooled:
    """What is told of the claim's number for a day, without the claim's own telling."""
    told, scale = _told(archive, parameters, on)
    others = [one for one in told if one.row.origin != parameters.own_origin]
    return _answered(archive, on, others, errors(archive, parameters), scale)


def _told(archive: Archive, parameters: QuantityCheck, on: date) -> tuple[list[Heard], Scale]:
    """What is told of the claim's number for a day, by the claim's own telling too, and the scale for it."""
    kept_out = rules(archive, parameters)
    groups = [
        [row for row in rows if (row.origin == parameters.own_origin) is own]
        for name in (*parameters.counts, parameters.part)
        for rows in [usable(archive.about(name), *kept_out) if name else []]
        for own in (False, True)
    ]
    scale = common_scale([row for group in groups for row in group], parameters.value)
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
    return [*wholes, *parts], scale


@dataclass(frozen=True)
class _OfRest:
    """What choices decide about the rest of a part."""

    name: str | None
    belligerents: bool
    own_origin: str | None
    access: tuple[tuple[Access, float], ...]


def _of_rest(parameters: QuantityCheck) -> _OfRest:
    access = tuple(sorted(parameters.access_error.items()))
    return _OfRest(parameters.rest, parameters.belligerents, parameters.own_origin, access)


@functools.lru_cache(4096)
def _rest(known: hearing.Rows, asked: _OfRest, until: date, on: date) -> tuple[tuple[Heard, ...], Scale]:
    """What is told of the rest, by tellings meant for days up to `until`, of the day `on`; and its scale."""
    archive = known.archive
    kept_out = ((Reason.NO_NUMBER, _has_none), warring_party(archive, asked.belligerents))
    rows = [
        row
        for row in (usable(archive.about(asked.name), *kept_out) if asked.name else [])
        if row.valid_from <= until and row.origin != asked.own_origin
    ]
    scale = common_scale(rows)
    return tuple(hearing.heard(archive, rows, on, dict(asked.access), scale)), scale


def _has_none(row: Statement) -> bool:
    return not row.has_number


def _answered(archive: Archive, on: date, told: Sequence[Heard], assumed: Errors, scale: Scale) -> Pooled:
    ordered = tuple(sorted(told, key=lambda one: (one.row.published, one.row.id)))
    try:
        return Pooled(on, ordered, hearing.pooled(archive, ordered, assumed, scale))
    except ValueError:
        return Pooled(on, ordered, None)


def answers(archive: Archive, parameters: QuantityCheck) -> tuple[Pooled, ...]:
    """The claimed number, and for a comparison what it is compared with."""
    first = _pooled(archive, parameters, parameters.on)
    if parameters.of:
        other = parameters.model_copy(
            update={"counts": parameters.of, "part": None, "rest": None, "value": None, "own_origin": None}
        )
        return first, _pooled(archive, other, parameters.on)
    if parameters.since:
        earlier = [_pooled(archive, parameters, day) for day in _earlier_days(archive, parameters)]
        known = [one for one in earlier if one.answer is not None]
        pick = max if parameters.relation == "highest since" else min
        return (first, pick(known, key=_median)) if known else (first,)
    return (first,)


def _median(pooled: Pooled) -> float:
    return 0.0 if pooled.answer is None else pooled.answer.median


def _earlier_days(archive: Archive, parameters: QuantityCheck) -> list[date]:
    """The days before the claimed one for which somebody gives a figure."""
    since = parameters.since or parameters.on
    rows = usable(archive.about(*parameters.counts), *rules(archive, parameters))
    days = {meant_for(row, archive.quantities[row.quantity].kind) for row in rows if row.has_point}
    return sorted(day for day in days if since <= day and (parameters.on - day).days >= parameters.gap_days)


def with_own(archive: Archive, parameters: QuantityCheck) -> float | None:
    """The probability when the claim's own telling is heard as well; None where it is not named."""
    if parameters.own_origin is None:
        return None
    told, scale = _told(archive, parameters, parameters.on)
    answer = _answered(archive, parameters.on, told, errors(archive, parameters), scale).answer
    claimed = parameters.claimed
    return None if answer is None else answer.within(claimed.low, claimed.high)
