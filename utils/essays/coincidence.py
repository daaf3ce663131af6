"""How often two figures agree by chance.

Rule
----
Agreement is judged against chance: of two figures that lie close to each other, how often are they equal when
they count the same thing, and how often when they count different things, so that neither can copy the other?

Assumptions
-----------
Pairs share their figures, so their shares are told without an error.

Literature
----------
Preece (1981), The Statistician 30, for digits in reported numbers.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from ..archive import Archive
from ..evidence.schema import Statement
from .echo import Agreement

if TYPE_CHECKING:
    import pandas

__all__ = ["coincidences", "significant_digits"]


def significant_digits(value: float) -> int:
    """How many digits of a number are not mere zeros at its ends: 1 for 50,000, 2 for 11,000, 4 for 1,271."""
    mantissa = f"{abs(value):.12e}".partition("e")[0]
    return max(1, len(mantissa.replace(".", "").rstrip("0")))


def coincidences(
    archive: Archive, *, closeness: float = 1.25, unit: str = "persons", without: Agreement | None = None
) -> pandas.DataFrame:
    """How often two figures that lie close to each other are equal, by the digits of the earlier one.

    Pairs of sound figures of different origins in one unit, the larger at most `closeness` times the smaller.
    without: a number of a quantity to leave out, since one that many tell makes most of the equal pairs.
    Columns: `digits` (1, 2, 3 for three and more), `about` ("the same thing", "different things"), `pairs`,
    `equal`, and `share` from 0 to 1.
    """
    import pandas

    left_out = without and (without.quantity, without.value)
    firsts: dict[tuple[object, ...], tuple[Statement, float]] = {}
    for row in archive.statements:
        is_asked = row.status == "sound" and archive.quantities[row.quantity].unit == unit
        if is_asked and row.value and (row.quantity, row.value) != left_out:
            firsts.setdefault((row.origin, row.quantity, row.value), (row, row.value))
    pairs: Counter[tuple[int, str]] = Counter()
    equal: Counter[tuple[int, str]] = Counter()
    for (one, value), (later, other) in combinations(firsts.values(), 2):
        small, large = sorted((value, other))
        if one.origin == later.origin or large > closeness * small:
            continue
        about = "the same thing" if one.quantity == later.quantity else "different things"
        place = min(3, significant_digits(value)), about
        pairs[place] += 1
        equal[place] += value == other
    rows = [(digits, about, many, equal[digits, about]) for (digits, about), many in sorted(pairs.items())]
    table = pandas.DataFrame(rows, columns=["digits", "about", "pairs", "equal"])
    return table.assign(share=table.equal / table.pairs)
