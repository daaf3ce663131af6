"""What an archive tells of a number, as tellings for one day, with what was learnt from its other quantities.

The rule stands in `utils.checks.quantity`, `utils.checks.tellings` and `utils.checks.learning`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.schema import Access, Statement
from .grading import Figure, figures
from .learning import Learnt, learnt_of
from .pool import pool
from .scales import Scale
from .tellings import Telling, completed, from_start, meant_for, spoken, starts, telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..archive import Archive
    from .posterior import Posterior

__all__ = ["Errors", "Heard", "Rest", "Rows", "heard", "lesson", "pooled", "with_rest"]


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


class Rows:
    """An archive that is the same as another where both hold the same objects of all that is learnt from.

    Choices of a check are tried on one archive by the hundred, and few rows are new from one day to the next:
    to compare all that rows say costs more than to learn.
    """

    def __init__(self, archive: Archive, quantity: str | None = None) -> None:
        """quantity: the one alone that is learnt from."""
        self.archive = archive
        self.rows = archive.statements if quantity is None else archive.by_quantity[quantity]
        self._known_by = (archive.sources, archive.quantities)

    def __hash__(self) -> int:
        return hash((*map(id, self._known_by), len(self.rows), *map(id, self.rows[-1:])))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Rows)
            and len(self.rows) == len(other.rows)
            and all(map(operator.is_, self._known_by, other._known_by))
            and all(map(operator.is_, self.rows, other.rows))
        )


@functools.lru_cache(16)
def lesson(rows: Rows, without: frozenset[str]) -> Learnt:
    """What the archive teaches of errors, as of its clock, from all quantities but those named."""
    others = (name for name in rows.archive.by_quantity if name not in without)
    told = [group for name in others if (group := _figures(Rows(rows.archive, name)))]
    return learnt_of(tuple(sorted(told, key=lambda group: (group[0].published, group[0].id))))


@functools.lru_cache(1024)
def _figures(rows: Rows) -> tuple[Figure, ...]:
    """What can be learnt from the rows of one quantity; they are the same where an origin of another goes."""
    return figures(rows.archive, rows.rows)


def heard(
    archive: Archive,
    rows: Sequence[Statement],
    on: date,
    access: Mapping[Access, float],
    scale: Scale,
) -> list[Heard]:
    """What the rows of one quantity tell of a day, in order of publication; totals from the first start."""
    if not rows:
        return []
    kind = archive.quantities[rows[0].quantity].kind
    start = starts(rows, kind)[0]
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
