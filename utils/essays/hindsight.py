"""Who was close? Each teller's figures against what others said later of the same days.

Rule
----
1. A figure is a sound row with a number on an observed quantity, the first of its origin for its days. A row
   that gives only "at least" or "at most" is no figure: it cannot be wrong in the other direction.
2. Its measure is pooled from what other tellers published later: figures of the same quantity, of other
   origins, whose first and last days each lie within `near_days` of its own. A figure for one day is not held
   against one for a span of days. One observation an origin, the nearest in time, with the errors and the
   drift of `utils.checks.quantity`. With fewer than `least_others` such origins the figure is not graded.
3. The error is the natural logarithm of figure over measure: 0.69 is twice as much, -0.69 half as much.
   A teller or a party with fewer than `least` graded figures is not summed up.
4. The sum has the median error as a factor (which way the teller leans), the median distance as a factor
   (how far, whichever way), and the share of figures within a fifth.

Assumptions
-----------
Those who speak later know more. That need not be so: later tellers may repeat earlier ones, so that who was
copied looks right, and most of them speak for a party of the war themselves. `other_party` asks only tellers
of another party, which cures the one and not the other. Quantities that move fast punish whoever spoke first.
With few figures a teller the sums describe this collection and predict nothing.

Literature
----------
Tetlock (2005), Expert Political Judgment, for holding tellers to what came; Hyndman and Koehler (2006),
International Journal of Forecasting 22, for errors that do not depend on the unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..archive import Archive
from ..checks import learning
from ..checks.pooling import ACCESS_ERROR, Observation, own, pool
from ..evidence.schema import Statement

if TYPE_CHECKING:
    import pandas

__all__ = ["Graded", "figures_told", "graded", "sums"]

DRIFT = learning.DRIFT["stock"]
NEAR_DAYS = 30
LEAST_OTHERS = 2
LEAST = 3
CLOSE = 0.2


@dataclass(frozen=True)
class Graded:
    """A figure and its measure, in the unit of the quantity.

    row, source, party: the figure's row and who told it. later: the pooled measure. error: natural logarithm
    of value over later. rows: the rows behind the measure, in order of publication.
    """

    row: str
    source: str
    party: str
    quantity: str
    value: float
    later: float
    error: float
    rows: tuple[str, ...]


def figures_told(archive: Archive) -> tuple[Statement, ...]:
    """Every figure that could be graded, in order of publication: the first of its origin for its days."""
    firsts: dict[tuple[object, ...], Statement] = {}
    for row in archive.statements:
        if row.status == "sound" and _is_figure(archive, row):
            firsts.setdefault((row.quantity, row.origin, row.valid_from, row.valid_to), row)
    return tuple(firsts.values())


def _is_figure(archive: Archive, row: Statement) -> bool:
    """A positive number on an observed quantity, with both bounds or none."""
    one_sided = (row.low is None) != (row.high is None)
    observed = archive.quantities[row.quantity].tense == "observed"
    return observed and not one_sided and row.ends is not None and row.ends[0] > 0


def graded(
    archive: Archive,
    *,
    near_days: int = NEAR_DAYS,
    least_others: int = LEAST_OTHERS,
    other_party: bool = False,
) -> tuple[Graded, ...]:
    """Every figure that later ones can be held against, by what the archive shows, in order of publication.

    near_days: how far the days of the others may lie from its own. least_others: how many other origins it
    takes. other_party: whether only tellers of another party count; a teller of no party is always another.
    """
    told = figures_told(archive)
    found = []
    for row in told:
        others = [
            other
            for other in told
            if other.published > row.published
            and _is_other(archive, row, other, other_party)
            and _same_days(row, other, near_days)
        ]
        origins = archive.origins(others)
        if len(origins) >= least_others:
            found.append(_grade(archive, row, list(origins.values())))
    return tuple(found)


def _is_other(archive: Archive, row: Statement, other: Statement, other_party: bool) -> bool:
    if other.quantity != row.quantity or other.source == row.source or other.origin == row.origin:
        return False
    party = archive.sources[row.source].party
    return not other_party or party == "none" or archive.sources[other.source].party != party


def _same_days(row: Statement, other: Statement, near_days: int) -> bool:
    near = (
        abs((other.valid_from - row.valid_from).days) <= near_days
        and abs((other.valid_to - row.valid_to).days) <= near_days
    )
    return near and (row.valid_from == row.valid_to) == (other.valid_from == other.valid_to)


def _grade(archive: Archive, row: Statement, origins: Iterable[Sequence[Statement]]) -> Graded:
    nearest = [min(rows, key=lambda other: abs((other.middle - row.middle).days)) for rows in origins]
    value = own(row, ACCESS_ERROR)[0]
    later = pool([_observation(archive, row, other) for other in nearest], drift=DRIFT).value
    return Graded(
        row=row.id,
        source=row.source,
        party=archive.sources[row.source].party,
        quantity=row.quantity,
        value=value,
        later=later,
        error=math.log(value / later),
        rows=tuple(other.id for other in nearest),
    )


def _observation(archive: Archive, row: Statement, other: Statement) -> Observation:
    value, error = own(other, ACCESS_ERROR)
    return Observation(
        origin=other.origin,
        party=archive.sources[other.source].party,
        belligerent=archive.is_belligerent(other),
        counted=other.access == "count",
        value=value,
        error=error,
        days=abs((other.middle - row.middle).days),
        row=other.id,
    )


def sums(archive: Archive, found: Sequence[Graded], by: str, *, least: int = LEAST) -> pandas.DataFrame:
    """The errors of each teller or party with at least `least` graded figures, the nearest first.

    by: "source" or "party". Columns: `by`, a name; figures; leans (median factor, above one is more than was
    said later); distance (median factor, never below one); close (share within a fifth).
    """
    import pandas

    named = archive.sources if by == "source" else archive.article.parties
    frame = pandas.DataFrame([(getattr(one, by), one.error) for one in found], columns=[by, "error"])
    rows = [
        {
            by: named[str(key)].name,
            "figures": len(errors),
            "leans": math.exp(errors.median()),
            "distance": math.exp(errors.abs().median()),
            "close": float(((errors.map(math.exp) - 1).abs() <= CLOSE).mean()),
        }
        for key, errors in frame.groupby(by).error
        if len(errors) >= least
    ]
    table = pandas.DataFrame(rows, columns=[by, "figures", "leans", "distance", "close"])
    return table.sort_values(["distance", by], ignore_index=True)
