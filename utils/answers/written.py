"""The answer to a claim on a clock, and the guard of those that people have written.

A written answer says for which label, firmness and labels of parts it was written. Where the verdict is
another one it is not shown, a computed one stands in its place, and `faults` says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..evidence.claims import Claim, WrittenAnswer
from ..joining import Reading
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import Label, Told
from .computed import computed
from .labels import firm, of_reading, told
from .places import filled

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Answered", "answer", "both", "faults", "in_words", "since_then"]

Both = Mapping[str, Sequence[Verdict]]
Leaning = Mapping[str, Sequence[Robustness]]


@dataclass(frozen=True)
class Answered:
    """What readers are told of a claim on a clock.

    readings: the label of each reading, where there are several, with its firmness. firm: None where it was
    not computed. written: whether people wrote the text.
    """

    claim: str
    text: str
    label: Told
    firm: bool | None
    written: bool
    readings: tuple[tuple[str, Told, bool | None], ...] = ()

    @property
    def label_in_words(self) -> str:
        """The label, and that it is not firm where it is not."""
        return in_words(self.label, self.firm)


def in_words(label: Told, is_firm: bool | None) -> str:
    """A label with its firmness: "Supported", "Supported, not firm"."""
    return f"{label}, not firm" if is_firm is False else label


def answer(archive: Archive, claim: Claim, verdict: Verdict, leaning: Robustness | None = None) -> Answered:
    """The answer of a verdict. archive: the whole one, whose day of the article and newest row are the clocks
    for which people write."""
    label, is_firm = told(verdict), None if leaning is None else firm(leaning.share)
    own = _written(archive, claim, verdict)
    fits = own is not None and not list(_misfits(own, claim, verdict, is_firm))
    text = filled(own.text, claim, verdict) if own is not None and fits else computed(archive, verdict)
    return Answered(claim.id, text, label, is_firm, fits, tuple(_readings(verdict, leaning)))


def both(archive: Archive, verdicts: Both, leaning: Leaning) -> dict[str, tuple[Answered, Answered]]:
    """The answers to every claim on both clocks."""
    found = {}
    for claim in archive.claims:
        then, now = verdicts[claim.id]
        old, new = leaning.get(claim.id, (None, None))
        found[claim.id] = (answer(archive, claim, then, old), answer(archive, claim, now, new))
    return found


def _readings(verdict: Verdict, leaning: Robustness | None) -> Iterator[tuple[str, Told, bool | None]]:
    if len(verdict.readings) < 2:
        return
    shares = {one.reading: one.share for one in leaning.readings} if leaning else {}
    for reading in verdict.readings:
        share = shares.get(reading.reading)
        yield str(reading.reading), of_reading(reading), None if share is None else firm(share)


def since_then(claim: Claim) -> str | None:
    """What became of the matter after the days of the claim, as a clause; None where nothing is told."""
    return claim.answer.since_then.text if claim.answer and claim.answer.since_then else None


def _written(archive: Archive, claim: Claim, verdict: Verdict) -> WrittenAnswer | None:
    if claim.answer is None:
        return None
    if verdict.as_of == archive.article.published:
        return claim.answer.on_the_day
    return claim.answer.today if verdict.as_of == archive.clock else None


def _misfits(
    own: WrittenAnswer, claim: Claim, verdict: Verdict, is_firm: bool | None
) -> Iterator[tuple[str, str]]:
    """For what the text was written and what is now so, where they differ."""
    label = told(verdict)
    if own.label != label or (is_firm is not None and own.firm != is_firm):
        yield in_words(own.label, own.firm), in_words(label, is_firm)
    labels = _parts(verdict.readings)
    for name, written_for in own.parts.items():
        if labels.get(name) != written_for:
            yield f"“{name}” {written_for}", f"“{name}” {labels.get(name, 'nothing')}"
    try:
        filled(own.text, claim, verdict)
    except ValueError as error:
        yield own.text, f"a text without this: {error}"


def _parts(readings: Sequence[Reading]) -> dict[str, Label]:
    """The labels of readings and conditions by their words."""
    named = {one.condition: one.label for reading in readings for one in reading.conditions if one.condition}
    return {**named, **{one.reading: one.label for one in readings if one.reading}}


def faults(archive: Archive, verdicts: Both, leaning: Leaning) -> Iterator[tuple[str, str, str]]:
    """What no longer fits of the written answers: where it stands, what for, what is now so."""
    for claim in archive.claims:
        if claim.answer is None:
            continue
        shares = leaning.get(claim.id, (None, None))
        for name, verdict, share in zip(("on_the_day", "today"), verdicts[claim.id], shares, strict=True):
            own = getattr(claim.answer, name)
            is_firm = None if share is None else firm(share.share)
            for was, now in _misfits(own, claim, verdict, is_firm):
                yield f"{claim.id}.answer.{name}", was, now
        since = claim.answer.since_then
        for row in since.rows if since else ():
            if row not in archive.rows:
                yield f"{claim.id}.answer.since_then.rows", row, "no row of this id"
