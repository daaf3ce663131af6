"""Who was close? Each teller's figures against what others said later of the same days.

Rule
----
1. Figures and what they are held against are those of the track record (`utils.checks.track_record`): the
   first figure of its origin for its days, and the pool of what other tellers published later of days near
   its own. A bound is not graded.
2. The error is the natural logarithm of figure over measure: 0.69 is twice as much, -0.69 half as much.
   A teller or a party with fewer than `least` graded figures is not summed up.
3. The sum has the median error as a factor (which way the teller leans), the median distance as a factor
   (how far, whichever way), and the share of figures within a fifth.

Assumptions
-----------
Those who speak later know more. That need not be so: later tellers may repeat earlier ones, so that who was
copied looks right, and most of them speak for a party of the war themselves. `of_other_parties` asks only
for tellers of another party, which cures the one and not the other. Quantities that move fast punish whoever
spoke first. With few figures a teller the sums describe this collection and predict nothing.

Literature
----------
Tetlock (2005), Expert Political Judgment, for holding tellers to what came; Hyndman and Koehler (2006),
International Journal of Forecasting 22, for errors that do not depend on the unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..archive import Archive
from ..checks.track_record import Record

if TYPE_CHECKING:
    import pandas

__all__ = ["error", "of_other_parties", "party", "sums"]

LEAST = 3
CLOSE = 0.2
NO_PARTY = "none"


def error(record: Record) -> float:
    """The natural logarithm of a figure over what came later."""
    return math.log(record.told / record.later)


def party(archive: Archive, row: str) -> str:
    """The party of the teller of a row."""
    return archive.sources[archive.statement(row).source].party


def of_other_parties(archive: Archive, found: Sequence[Record]) -> tuple[Record, ...]:
    """The records against which a teller of another party speaks; one of no party is always another."""
    return tuple(one for one in found if any(_is_other(archive, one.row, other) for other in one.rows))


def _is_other(archive: Archive, row: str, other: str) -> bool:
    own = party(archive, row)
    return own == NO_PARTY or party(archive, other) != own


def sums(archive: Archive, found: Sequence[Record], by: str, *, least: int = LEAST) -> pandas.DataFrame:
    """The errors of each teller or party with at least `least` graded figures, the nearest first.

    by: "source" or "party". Columns: `by`, a name; figures; leans (median factor, above one is more than was
    said later); distance (median factor, never below one); close (share within a fifth).
    """
    import pandas

    named = archive.sources if by == "source" else archive.article.parties
    keys = [archive.statement(one.row).source if by == "source" else party(archive, one.row) for one in found]
    frame = pandas.DataFrame({by: keys, "error": [error(one) for one in found]})
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
