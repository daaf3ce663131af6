"""What the answers to an analyst's questions show: what moved, why a row counts, what a number is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import counted, foremost, number
from .view import Listing, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..analysis import Use
    from ..analysis.pooling import PooledQuantity

__all__ = ["comparison", "pooled", "use"]

MOST = 8


def comparison(claims: int, only: Sequence[str], rows: Sequence[tuple[str, ...]]) -> View:
    """What moved of so many claims: of each its id, what was said and is, and the rows because of which.

    only: which claims one of the two alone has, in words.
    """
    return View.of(
        "; ".join([f"{counted(len(rows), 'claim')} of {number(claims)} moved", *only]),
        [],
        [Listing.of("Moved", ("claim", "from", "to", "because of"), rows, most=20)],
    )


def use(shown: Use) -> View:
    """What each check does with the row."""
    verb = "is evidence" if shown.used else "is no evidence"
    rows = Listing.of("What the checks do with it", ("check", "because"), shown.checks)
    return View.of(f"{shown.row} {verb} on {shown.claim}", [], [rows])


def pooled(shown: PooledQuantity, told: str) -> View:
    """The number with its tellers and rows; told: the number in words."""
    return View.of(
        told,
        [("tellers", foremost(shown.tellers, MOST)), ("rows", foremost(shown.rows, 2 * MOST))],
    )
