"""Rows of an archive as tellings for the pool.

Rule
----
1. Rows that go back to one origin and are meant for the same days are one telling, that of the first of them;
   its teller is the first teller of the origin. A later day's word of the same teller for the same days
   replaces the earlier one, but no bound replaces a figure.
2. A row with a range is a figure in its middle (or at its value) and its range a 90 % interval. A row with a
   number and no range has the error of its access. A stated number has its rounding as well.
3. A row with one bound, or whose number is that bound, is a bound. It has the error of its access.
4. A telling is meant for the middle of its days, and of a running total for the last of them. What is counted
   over a whole month, quarter or year (a rate, a share, or what is of no other kind) tells of that period
   alone: it is no witness for a day outside it. Totals from one start are compared. What was counted from a
   later start is a lower bound of the total, from an earlier start an upper bound, for whichever of these it
   can be. A total told for a single day is taken to be from the start that is asked about.
5. A figure that counts only a part is completed by the pooled rest; so is a bound.

Changed after the first look
----------------------------
Rule 4 on totals from other starts is new (`utils.checks.learning` says why). In rule 1 any later word
replaced the earlier one, also a vaguer one of the same day: "tens of thousands" took the place of 50,000. In
rule 4 a whole period's figure was heard of other periods: the cooler year before spoke against a warm one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

from pydantic import Field

from ..evidence.parameters import Spread
from ..evidence.schema import Access
from .scales import LOG, Z90, Scale, rounding_step, scale_of

if TYPE_CHECKING:
    from .posterior import Posterior

__all__ = [
    "ACCESS_ERROR",
    "AccessError",
    "Telling",
    "Told",
    "common_scale",
    "completed",
    "from_start",
    "is_bound",
    "meant_for",
    "spoken",
    "starts",
    "telling",
]


AccessError = Annotated[
    dict[Access, Spread],
    Field(
        description="standard error on the log scale of a figure that states no range, by how it came about"
    ),
]
ACCESS_ERROR: dict[Access, float] = {"official": 0.15, "anonymous": 0.20, "count": 0.10, "model": 0.25}


@dataclass(frozen=True)
class Telling:
    """What one teller says of a number, once: a figure or one bound, in the unit of the quantity.

    error: standard error on the scale of what the teller knows, the same in all that the teller says.
    rounding: standard error on the scale that rounding leaves in this figure alone.
    days: whole days from the claimed day to the one that it is meant for, negative before it.
    """

    row: str
    teller: str
    party: str
    value: float | None
    at_least: float | None
    at_most: float | None
    error: float
    rounding: float
    days: int

    def __hash__(self) -> int:
        # A pool is remembered by its tellings; to hash all fields of each would cost more.
        return hash((self.row, self.days, self.error))

    def __post_init__(self) -> None:
        if sum(number is not None for number in (self.value, self.at_least, self.at_most)) != 1:
            raise ValueError(f"{self.row}: a value or one bound, and not more")
        if not (self.error >= 0 and self.rounding >= 0):
            raise ValueError(f"{self.row}: no negative error")

    @property
    def number(self) -> float:
        """The figure or the bound."""
        return next(one for one in (self.value, self.at_least, self.at_most) if one is not None)

    def ends(self, scale: Scale) -> tuple[float, float]:
        """The 90 % interval of what is said, in the unit of the quantity; infinite beyond a bound."""
        place, reach = scale.of(self.number), Z90 * math.hypot(self.error, self.rounding)
        low = -math.inf if self.at_most is not None else scale.back(place - reach)
        high = math.inf if self.at_least is not None else scale.back(place + reach)
        return low, high


class Told(Protocol):
    """The fields of a statement that a telling is made of."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date: ...
    @property
    def published(self) -> date: ...
    @property
    def access(self) -> Access: ...


Row = TypeVar("Row", bound=Told)


def spoken(rows: Iterable[Row], ground: Callable[[str], str]) -> list[tuple[Row, str]]:
    """The rows of one quantity that stand, each with its teller; all in order of publication.

    A row without a number or a bound says nothing here. ground: on whom a source rests, who is its teller.
    """
    tellers: dict[str, str] = {}
    first: dict[tuple[str, date, date], Row] = {}
    for row in rows:
        if row.value is not None or row.low is not None or row.high is not None:
            tellers.setdefault(row.origin, ground(row.source))
            first.setdefault((row.origin, row.valid_from, row.valid_to), row)
    words: dict[tuple[str, date, date], list[Row]] = defaultdict(list)
    for row in first.values():
        words[tellers[row.origin], row.valid_from, row.valid_to].append(row)
    return [
        (row, tellers[row.origin])
        for row in first.values()
        if not any(
            _replaces(other, row) for other in words[tellers[row.origin], row.valid_from, row.valid_to]
        )
    ]


def _replaces(other: Told, row: Told) -> bool:
    return other.published > row.published and (is_bound(row) or not is_bound(other))


def is_bound(row: Told) -> bool:
    """Whether a row gives one end and no figure of its own."""
    return (row.low is None) != (row.high is None) and row.value in (None, row.low, row.high)


def meant_for(row: Told, kind: str) -> date:
    """The day for which a row of a quantity of this kind speaks."""
    return row.valid_to if kind == "total" else row.valid_from + (row.valid_to - row.valid_from) / 2


def starts(rows: Iterable[Told], kind: str) -> tuple[date | None, ...]:
    """The starts from which the totals of the rows are counted, in order; None alone for other kinds."""
    if kind != "total":
        return (None,)
    found = sorted({row.valid_from for row in rows if row.valid_from < row.valid_to})
    return tuple(found) or (None,)


def common_scale(rows: Iterable[Told], claimed: float | None = None) -> Scale:
    """The scale for all that the rows say and the claimed number."""
    numbers = (number for row in rows for number in (row.value, row.low, row.high) if number is not None)
    return scale_of(numbers, claimed)


def telling(
    row: Told,
    teller: str,
    party: str,
    days: int,
    access_error: Mapping[Access, float],
    scale: Scale = LOG,
) -> Telling:
    """One row as a telling; see the module for what is a figure and what a bound."""
    value, at_least, at_most = row.value, row.low, row.high
    error = access_error[row.access]
    if at_least is not None and at_most is not None:
        if at_least < at_most:
            low, high = scale.of(at_least), scale.of(at_most)
            error = (high - low) / (2 * Z90)
            value = scale.back((low + high) / 2) if value is None else value
        value = at_least if value is None else value
        at_least = at_most = None
    elif value is not None and value in (at_least, at_most):
        value = None
    elif value is not None:
        at_least = at_most = None
    rounding = 0.0
    if row.value is not None and value is not None:
        rounding = scale.share(rounding_step(value) / math.sqrt(12), value)
    return Telling(row.id, teller, party, value, at_least, at_most, error, rounding, days)


def completed(part: Telling, rest: Posterior, scale: Scale = LOG) -> Telling:
    """A telling of a part with the pooled rest of its own day added; errors joined by the delta method."""
    added, error = rest.median, rest.error
    total = part.number + added
    own = _size(part.error, part.number, scale)
    joined = math.hypot(own, _size(error, added, rest.scale))
    return replace(
        part,
        value=None if part.value is None else total,
        at_least=None if part.at_least is None else total,
        at_most=None if part.at_most is None else total,
        error=scale.share(joined, total),
        rounding=scale.share(_size(part.rounding, part.number, scale), total),
    )


def _size(error: float, number: float, scale: Scale) -> float:
    """A small distance on the scale, in the number's own unit."""
    return error * (number if scale.unit is None else math.hypot(number, scale.unit))


def from_start(said: Telling, row: Told, start: date | None) -> Telling | None:
    """A telling of a row as one of the total from a start; None where it says nothing of that total."""
    if start is None or row.valid_from in (start, row.valid_to):
        return said
    if row.valid_from > start:
        return replace(said, value=None, at_least=said.number, at_most=None) if said.at_most is None else None
    return replace(said, value=None, at_least=None, at_most=said.number) if said.at_least is None else None
