"""What outlets have a speaker say: whose rows they are, what each made of it, and what they weigh together.

`attribution` has the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from ..evidence.schema import Statement
from . import testimony
from .finding import Interval

if TYPE_CHECKING:
    from ..archive import Archive
    from .attribution import AttributionCheck

__all__ = [
    "alteration",
    "chances",
    "effective_witnesses",
    "first_rows",
    "garbled",
    "is_asked",
    "relays",
    "said",
]


def first_rows(archive: Archive, origin: str) -> tuple[Statement, ...]:
    """Every outlet's first row that gives an origin's figure, in order of publication.

    A row without a number tells of something else in the same report.
    """
    rows = archive.origin(origin)
    return _first_of_outlet(row for row in rows if row.has_number)


def relays(archive: Archive, parameters: AttributionCheck) -> tuple[Statement, ...]:
    """Every outlet's first row that tells of the claimed figure of an origin, in order of publication."""
    rows = [row for row in archive.origin(parameters.origin or "") if row.has_number]
    own = {*parameters.quantities} or {
        row.quantity for row in rows if row.status == "sound" and row.value == parameters.value
    }
    return _first_of_outlet(row for row in rows if _tells_of(row, own))


def _tells_of(row: Statement, quantities: Collection[str]) -> bool:
    """Whether a row gives a figure of these quantities, or changed what was said; of none, every row does."""
    return not quantities or row.quantity in quantities or row.status == "garbled"


def _first_of_outlet(rows: Iterable[Statement]) -> tuple[Statement, ...]:
    firsts: dict[str, Statement] = {}
    for row in rows:
        firsts.setdefault(row.outlet, row)
    return tuple(firsts.values())


def said(
    archive: Archive, parameters: AttributionCheck
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The first row of every outlet that has the speakers say so, and of every one that has them say the
    opposite of the same days, each in order of publication."""
    rows = [row for row in archive.evidence(*parameters.quantities) if is_asked(row, parameters)]
    asked = parameters.stance == "affirms"
    told = [row for row in rows if testimony.says(row) is asked]
    against = [
        row
        for row in rows
        if testimony.says(row) is (not asked) and (not told or any(_same_days(row, other) for other in told))
    ]
    return _first_of_outlet(told), _first_of_outlet(against)


def garbled(archive: Archive, parameters: AttributionCheck) -> tuple[Statement, ...]:
    """The first row of every outlet that has the speakers say so by changing what they said."""
    return _first_of_outlet(
        row
        for row in archive.about(*parameters.quantities)
        if row.status == "garbled"
        and is_asked(row, parameters)
        and testimony.says(row) is (parameters.stance == "affirms")
    )


def _same_days(row: Statement, other: Statement) -> bool:
    return row.valid_from <= other.valid_to and other.valid_from <= row.valid_to


def is_asked(row: Statement, parameters: AttributionCheck) -> bool:
    """Whether the row is told of one of the speakers and of, or in, the days asked about."""
    since, until = parameters.since, parameters.until
    if since is None or until is None:
        return False
    meant = row.valid_from <= until and row.valid_to >= since
    return row.source in parameters.sources and (meant or since <= row.published <= until)


def alteration(row: Statement, value: float | None) -> str | None:
    """How a relay changed the figure: "garbled", "figure", "bound added"; "in doubt"; None if it kept it."""
    if row.status == "garbled":
        return "garbled"
    if row.status != "sound":
        return "in doubt"
    if row.value is not None and row.value != value:
        return "figure"
    if row.value is None or row.low is not None or row.high is not None:
        return "bound added"
    return None


def effective_witnesses(relays: int) -> float:
    """Harmonic sum of the number of relays: what that many relays of one telling weigh."""
    return sum(1 / place for place in range(1, relays + 1))


def chances(factor: float, relays: int, against: int = 0) -> tuple[float, Interval]:
    """The probability by the relay factor, and what half and twice the factor make of it."""
    share, *ends = (_probability(relays, one, against) for one in (factor, max(1.0, factor / 2), factor * 2))
    return share, Interval(min(ends), max(ends), "probability")


def _probability(relays: int, factor: float, against: int = 0) -> float:
    return float(1 / (1 + factor ** (effective_witnesses(against) - effective_witnesses(relays))))
