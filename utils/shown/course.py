"""What a history shows: the first and the last verdict of its days, and every change of the label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..words import counted, foremost, written_day
from .judged import said
from .view import Listing, View

if TYPE_CHECKING:
    from ..history import Change
    from ..verdicts import Verdict

__all__ = ["history"]

ROWS = 6


def history(days: Sequence[Verdict], changes: Sequence[Change]) -> View:
    """The history in short; changes: those of its label, the last of them are shown first."""
    if not days:
        return View.of("History without a day")
    first, last = days[0], days[-1]
    rows = [
        (
            written_day(one.day, short=True),
            one.before,
            one.after,
            foremost(one.checks, 3),
            foremost(one.rows, ROWS),
        )
        for one in reversed(changes)
    ]
    return View.of(
        f"History of {last.claim}, {written_day(first.as_of)} to {written_day(last.as_of)}: "
        f"{counted(len(changes), 'change')} of the label",
        [
            ("first day", said(first)),
            ("last day", said(last)),
            ("days", counted(len(days), "verdict")),
        ],
        [Listing.of("Changes, the last first", ("day", "from", "to", "checks", "evidence"), rows, most=12)],
    )
