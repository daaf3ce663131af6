"""The change that flips a label, in words that a reader can follow without the code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..archive import Archive
from ..asking import question
from ..evidence.parameters import BuiltCheck
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
        return f"Without the answer to {_asked(archive, flip.claim, str(flip.new))}"
    partial = archive.article.partial_party
    if flip.choice == "interested parties in all checks":
        return f"With the {partial.many} left out where they are heard, in all checks"
    where = f", when it is asked {_asked(archive, flip.claim, flip.check)}"
    if flip.choice == "belligerents":
        return f"With the {partial.many} {'heard' if flip.new else 'left out'}{where}"
    if flip.choice == "maker":
        return f"With the figures of other makers of the table{where}"
    what = _described(archive, flip)
    if isinstance(flip.old, Mapping):
        return f"With another choice of “{what}”{where}"
    new, old = _apart(flip.new, flip.old)
    return f"With {new} instead of {old} for “{what}”{where}"


def _check(archive: Archive, claim: str, key: str | None) -> BuiltCheck | None:
    """A check of a claim; None where the archive does not hold the claim, as an analyst's own."""
    held = (check for one in archive.claims if one.id == claim for check in one.built)
    return next((check for check in held if check.key == key), None)


def _asked(archive: Archive, claim: str, key: str | None) -> str:
    """What a check asks, in marks of quotation; its name in words where only that is known."""
    check = _check(archive, claim, key)
    return f"“{question(check, archive) if check else (key or '').replace('_', ' ')}”"


def _described(archive: Archive, flip: Flip) -> str:
    """What is chosen, in the words of the method; else the name of the choice in words."""
    check = _check(archive, flip.claim, flip.check)
    field = type(check).model_fields.get(flip.choice) if check else None
    if field is not None and field.description:
        return archive.article.partial_party.tell(field.description.replace("`", ""))
    return flip.choice.replace("_", " ")


def _apart(new: object, old: object) -> tuple[str, str]:
    """Two values of a choice, numbers with as many digits as tell them apart."""
    told = [(_value(new, figures), _value(old, figures)) for figures in range(2, 11)]
    return next((pair for pair in told if pair[0] != pair[1]), told[-1])


def _value(value: object, figures: int) -> str:
    if isinstance(value, date):
        return written_day(value, short=True)
    return exact(value, figures) if isinstance(value, float) else choice(value)
