"""What an archive tells of a number, as tellings for one day, with what was learnt from its other quantities.

The rule stands in `utils.checks.quantity`, `utils.checks.tellings` and `utils.checks.learning`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.schema import Access, Statement
from .grading import figures
from .learning import Learnt, learnt
from .pool import pool
from .scales import Scale
from .tellings import Telling, completed, from_start, meant_for, spoken, starts, telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..archive import Archive
    from .posterior import Posterior

__all__ = ["Errors", "Heard", "Rest", "Rows", "errors", "heard", "pooled", "with_rest"]


@dataclass(frozen=True)
class Errors:
    """How far numbers wander and tellers err.

    access: of a figure without a range, by how it came about. drift: by kind of quantity, for one day.
    shared: scale of what all witnesses share. lean: scale of what parties and tellers lean by. learnt: from
    what drift and shared error were learnt; None where the latter was stated.
    """

    access: Mapping[Access, float]
    drift: Mapping[str, float]
    shared: float
    lean: float
    learnt: Learnt | None = None


@dataclass(frozen=True)
class Heard:
    """A telling with its row; completed_by: the rows of the rest that was added to a part."""

    telling: Telling
    row: Statement
    completed_by: tuple[str, ...] = ()


# What is told of the rest by tellings meant for days up to the first day, of the second, and its scale.
Rest = Callable[[date, date], tuple[tuple[Heard, ...], Scale]]


def errors(
    archive: Archive,
    without: Collection[str],
    access: Mapping[Access, float],
    *,
    shared: float | None,
    drift_factor: float,
    shared_factor: float,
    lean_factor: float,
) -> Errors:
    """The errors as of the archive's clock, learnt from all quantities but those named.

    shared: a stated shared error in place of the learnt one.
    """
    lesson = _lesson(Rows(archive), frozenset(without))
    return Errors(
        access=access,
        drift={kind: drift * drift_factor for kind, drift in lesson.drift},
        shared=(lesson.shared if shared is None else shared) * shared_factor,
        lean=lesson.lean * lean_factor,
        learnt=lesson if shared is None else None,
    )


class Rows:
    """An archive that is the same as another where both hold the same objects of all that is learnt from.

    Choices of a check are tried on one archive by the hundred; to compare all rows costs more than to learn.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.parts = (archive.statements, archive.sources, archive.quantities)

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.parts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and all(map(operator.is_, self.parts, other.parts))


@functools.lru_cache(16)
def _lesson(rows: Rows, without: frozenset[str]) -> Learnt:
    return learnt(figures(rows.archive), without)


def heard(
    archive: Archive,
    rows: Sequence[Statement],
    on: date,
    access: Mapping[Access, float],
    scale: Scale,
    start: date | None = None,
) -> list[Heard]:
    """What the rows of one quantity tell of a day, in order of publication; start: of a total."""
    if not rows:
        return []
    kind = archive.quantities[rows[0].quantity].kind
    start = start if start or kind != "total" else starts(rows, kind)[0]
    told = []
    for row, teller in spoken(rows, archive.ground):
        party = archive.sources[row.source].party
        said = telling(row, teller, party, (meant_for(row, kind) - on).days, access, scale)
        if (said_of_total := from_start(said, row, start)) is not None:
            told.append(Heard(said_of_total, row))
    return told


def with_rest(archive: Archive, part: Heard, rest: Rest, errors: Errors, scale: Scale) -> Heard:
    """A part completed by what is told of the rest on its own day, where anything is."""
    kind = archive.quantities[part.row.quantity].kind
    told, own_scale = rest(part.row.valid_to, meant_for(part.row, kind))
    try:
        answer = pooled(archive, told, errors, own_scale, shared=0.0)
    except ValueError:
        return part
    names = tuple(one.row.id for one in told)
    return replace(part, telling=completed(part.telling, answer, scale), completed_by=names)


def pooled(
    archive: Archive, told: Sequence[Heard], errors: Errors, scale: Scale, shared: float | None = None
) -> Posterior:
    """The answer of tellings of one matter; ValueError where they have no figure and no bounds on both sides.

    The drift is that of the kind of the first telling's quantity.
    """
    kind = archive.quantities[told[0].row.quantity].kind if told else "other"
    return pool(
        [one.telling for one in told],
        drift=errors.drift[kind],
        shared=errors.shared if shared is None else shared,
        lean=errors.lean,
        scale=scale,
    )
