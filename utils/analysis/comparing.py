"""What moved between two archives, and which rows moved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .. import verdicts
from ..answers import of_reading, told
from ..archive import Archive
from ..asking import claim_of, require_archive
from ..evidence.claims import Claim
from ..shown import Shown, View
from ..shown.asked import comparison
from ..verdicts import Verdict
from ..words import foremost, listed, percent

__all__ = ["Comparison", "Moved", "compare", "moved"]

SHOWN = 8  # rows behind a move, before the rest is counted


@dataclass(frozen=True)
class Moved:
    """A claim on which two archives do not say the same.

    rows: ids of the evidence that only one of them rests on, or that says something else in each. checks:
    names of the checks whose sentence is another one, or that only one of them has.
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
        because = f"; because of {foremost(self.rows, SHOWN)}" if self.rows else ""
        return f"{self.claim}: {_said(self.before)} → {self.became}{because}"


def _said(verdict: Verdict) -> str:
    chance = "" if verdict.probability is None else f" ({percent(verdict.probability)})"
    return told(verdict) + chance


@dataclass(frozen=True, repr=False)
class Comparison(Shown):
    """What moved, claim by claim.

    claims: how many were compared. gone, new: ids of the claims that only the first or only the second has.
    """

    claims: int
    moved: tuple[Moved, ...]
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def _view(self) -> View:
        rows = [(one.claim, _said(one.before), one.became, foremost(one.rows, SHOWN)) for one in self.moved]
        alone = (("first", self.gone), ("second", self.new))
        only = [f"only the {which} has {listed(names)}" for which, names in alone if names]
        return comparison(self.claims, only, rows)


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
    if claims is not None and not isinstance(claims, Claim | str):
        claims = tuple(claims)
    first, second = (_asked(archive, claims) for archive in (before, after))
    shared = [name for name in first if name in second]
    found = []
    for name in shared:
        one = moved(verdicts.verdict(before, first[name]), verdicts.verdict(after, second[name]))
        if one is not None:
            found.append(replace(one, rows=_rows(before, after, one)))
    return Comparison(
        len(shared),
        tuple(found),
        gone=tuple(name for name in first if name not in second),
        new=tuple(name for name in second if name not in first),
    )


def _asked(archive: Archive, claims: Iterable[Claim | str] | Claim | str | None) -> dict[str, Claim]:
    """The claims asked of an archive, by id; all of its own for None."""
    given = [claims] if isinstance(claims, Claim | str) else archive.claims if claims is None else claims
    return {claim.id: claim for claim in (claim_of(archive, one) for one in given)}


def moved(before: Verdict, after: Verdict) -> Moved | None:
    """What differs between two verdicts on a claim; None where nothing does."""
    said, says = ({finding.name: finding.sentence for finding in one.findings} for one in (before, after))
    checks = tuple(name for name in dict.fromkeys((*says, *said)) if said.get(name) != says.get(name))
    if (_told(before), before.probability) == (_told(after), after.probability) and not checks:
        return None
    return Moved(before, after, tuple(sorted({*before.evidence} ^ {*after.evidence})), checks)


def _told(verdict: Verdict) -> tuple[str, ...]:
    """The labels of a claim and of its readings."""
    return told(verdict), verdict.label, *(of_reading(one) for one in verdict.readings)


def _rows(before: Archive, after: Archive, one: Moved) -> tuple[str, ...]:
    """The evidence that only one of them rests on, or that does not say the same in both."""
    names = {*before.rows.keys(), *after.rows.keys()} & {*one.before.evidence, *one.after.evidence}
    changed = {name for name in names if before.rows.get(name) != after.rows.get(name)}
    return tuple(sorted({*one.rows} | changed))
