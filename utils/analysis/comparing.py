"""What moved between two archives, and which rows moved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .. import verdicts
from ..answers import told
from ..archive import Archive
from ..asking import claim_of, require_archive
from ..evidence.claims import Claim
from ..shown import Shown, View
from ..shown.asked import comparison
from ..verdicts import Verdict
from ..words import foremost, listed, percent

__all__ = ["Comparison", "Moved", "compare"]

SHOWN = 8  # rows behind a move, before the rest is counted


@dataclass(frozen=True)
class Moved:
    """A claim on which two archives do not say the same.

    rows: ids of the evidence that one of them rests on and the other does not. checks: names of the checks
    whose sentence is another one.
    """

    before: Verdict
    after: Verdict
    rows: tuple[str, ...]
    checks: tuple[str, ...]

    @property
    def claim(self) -> str:
        """The id of the claim."""
        return self.after.claim

    @property
    def became(self) -> str:
        """What is said afterwards: label and probability, where they are others."""
        after = _said(self.after)
        return after if after != _said(self.before) else "the same, in other words"

    def __str__(self) -> str:
        because = f"; because of {listed(self.rows)}" if self.rows else ""
        return f"{self.claim}: {_said(self.before)} → {self.became}{because}"


def _said(verdict: Verdict) -> str:
    chance = "" if verdict.probability is None else f" ({percent(verdict.probability)})"
    return told(verdict) + chance


@dataclass(frozen=True, repr=False)
class Comparison(Shown):
    """What moved, claim by claim; claims: how many were compared."""

    claims: int
    moved: tuple[Moved, ...]

    def _view(self) -> View:
        rows = [(one.claim, _said(one.before), one.became, foremost(one.rows, SHOWN)) for one in self.moved]
        return comparison(self.claims, rows)


def compare(
    before: Archive, after: Archive, claims: Iterable[Claim | str] | Claim | str | None = None
) -> Comparison:
    """The claims whose label, probability or sentences differ between two archives, each on its own clock.

    claims: those asked of both, for example with other parameters, or their ids, or one alone; None for the
    claims that each has itself, by their ids. The article's own day is compared by
    `compare(before.as_of(day), after.as_of(day))`.

    >>> compare(archive.as_of("2024-11-12"), archive, "C04").moved[0].rows
    ('S040',)
    >>> claim = archive.claim("C01")
    >>> compare(archive, archive, [claim])
    <0 claims of 1 moved>
    """
    require_archive(before)
    require_archive(after)
    if claims is None:
        others = {claim.id: claim for claim in after.claims}
        pairs = [(claim, others[claim.id]) for claim in before.claims if claim.id in others]
    else:
        asked = [claims] if isinstance(claims, Claim | str) else claims
        pairs = [(claim_of(before, claim), claim_of(after, claim)) for claim in asked]
    both = [
        _moved(verdicts.verdict(before, first), verdicts.verdict(after, second)) for first, second in pairs
    ]
    return Comparison(len(pairs), tuple(one for one in both if one is not None))


def _moved(before: Verdict, after: Verdict) -> Moved | None:
    said = {finding.name: finding.sentence for finding in before.findings}
    checks = tuple(one.name for one in after.findings if said.get(one.name) != one.sentence)
    if (before.label, before.probability) == (after.label, after.probability) and not checks:
        return None
    rows = sorted(set(before.evidence) ^ set(after.evidence))
    return Moved(before, after, tuple(rows), checks)
