"""What a robustness shows: how many other choices keep the label, and the nearest that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import number, share, written_day
from .records import told
from .view import Listing, View

if TYPE_CHECKING:
    from ..robustness import Robustness

__all__ = ["robustness"]


def robustness(shown: Robustness) -> View:
    """The robustness in short."""
    of = shown.claim if shown.reading is None else f"{shown.claim}, read as “{shown.reading}”"
    flips = [
        (flip.check, flip.choice.replace("_", " "), told(flip.old), told(flip.new), flip.label)
        for flip in shown.flips
    ]
    readings = [(one.reading, one.label, share(one.share)) for one in shown.readings]
    return View.of(
        f"Robustness of {of} as of {written_day(shown.as_of)}: {shown.label}, "
        f"kept by {share(shown.share)} of other choices",
        [("other choices", f"{number(shown.kept)} of {number(shown.worlds)} keep the label")],
        [
            Listing.of("Readings", ("read as", "label", "kept by"), readings, numbers=["kept by"]),
            Listing.of(
                "Single changes that flip it, the smallest first",
                ("check", "choice", "from", "to", "label"),
                flips,
            ),
        ],
    )
