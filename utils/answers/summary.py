"""What the article said and what is true of it: written by people and guarded, else computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..verdicts import Verdict
from ..words import TOLD, counted, listed, number, plural
from .labels import told
from .places import filled_by_claim

if TYPE_CHECKING:
    from ..archive import Archive
    from ..evidence.claims import Claim

__all__ = ["summary", "summary_faults"]

Both = Mapping[str, Sequence[Verdict]]


def summary(archive: Archive, both: Both) -> str:
    """The article in about three sentences, by what is known today."""
    own = archive.article.answer
    if own is not None and not list(summary_faults(archive, both)):
        return filled_by_claim(own.text, _by_claim(archive, both))
    return _computed(archive, both)


def summary_faults(archive: Archive, both: Both) -> Iterator[tuple[str, str, str]]:
    """What no longer fits of the written text: where it stands, for what it was written, what is now so."""
    own = archive.article.answer
    if own is None:
        return
    for name, label in own.written_for.items():
        now = told(both[name][1]) if name in both else "no such claim"
        if now != label:
            yield "answer", f"{name} {label}", f"{name} {now}"
    try:
        filled_by_claim(own.text, _by_claim(archive, both))
    except ValueError as error:
        yield "answer.text", own.text, str(error)


def _by_claim(archive: Archive, both: Both) -> dict[str, tuple[Claim, Verdict]]:
    return {claim.id: (claim, both[claim.id][1]) for claim in archive.claims if claim.id in both}


def _computed(archive: Archive, both: Both) -> str:
    noun = archive.article.noun
    labels = [told(pair[1]) for pair in both.values()]
    parts = [
        f"{number(labels.count(kind))} {_is(labels.count(kind), kind)}" for kind in TOLD if kind in labels
    ]
    moved = sum(told(then) != told(now) for then, now in both.values())
    since = (
        f"No label has changed since the day of the {noun}."
        if not moved
        else f"Since the day of the {noun} {counted(moved, 'label')} {plural(moved, 'has', 'have')} changed."
    )
    made = f"The {noun} makes {counted(len(labels), 'claim')} that are asked about here."
    return f"{made} By what is known today {listed(parts)}. {since}"


def _is(many: int, kind: str) -> str:
    verb = plural(many, "is", "are")
    return {
        "Depends on the reading": plural(many, "depends on the reading", "depend on the reading"),
        "Not enough evidence": f"{verb} not proven either way",
    }.get(kind, f"{verb} {kind.lower()}")
