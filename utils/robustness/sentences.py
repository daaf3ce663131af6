"""The change that flips a label, in words that a reader can follow without the code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..archive import Archive
from ..words import choice, exact, teller, written_day
from .flips import Flip

__all__ = ["change", "in_words"]


def in_words(archive: Archive, flip: Flip | None) -> str:
    """What would have to be chosen otherwise, and the label that it gives; a sentence."""
    if flip is None:
        return "No single change flips it."
    return f"{change(archive, flip)}: {flip.label}."


def change(archive: Archive, flip: Flip) -> str:
    """What would have to be chosen otherwise, as the beginning of a sentence."""
    if flip.choice == "without origin":
        row = archive.origin(str(flip.new))[0]
        who = teller(archive.sources[row.source].name, within=True)
        return f"Without the telling of {who} of {written_day(row.published, short=True)}"
    if flip.choice == "without check":
        return f"Without the check {_plain(str(flip.new))}"
    if flip.choice == "warring parties in all checks":
        return "With the warring parties left out where they are heard, in all checks"
    where = f" in the check {_plain(flip.check)}"
    if flip.choice == "belligerents":
        return f"With the warring parties {'heard' if flip.new else 'left out'}{where}"
    if isinstance(flip.old, Mapping):
        return f"With {_plain(flip.choice)}{where}"
    return f"With {_plain(flip.choice)} of {_value(flip.new)} instead of {_value(flip.old)}{where}"


def _plain(name: str | None) -> str:
    return (name or "").replace("_", " ")


def _value(value: object) -> str:
    if isinstance(value, date):
        return written_day(value, short=True)
    return exact(value, 2) if isinstance(value, float) else choice(value)
