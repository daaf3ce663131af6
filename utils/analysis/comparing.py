"""What moved between two archives, and which rows moved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .. import verdicts
from ..answers import of_reading, told
from ..archive import Archive
from ..evidence.claims import Claim
from ..verdicts import Verdict
from ..words import counted, foremost, listed, percent

__all__ = ["Comparison", "Moved", "compare", "moved"]

MOST_ROWS = 12


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

    def __str__(self) -> str:
        moved = f"{self.claim}: {_said(self.before)}"
        if _said(self.after) != _said(self.before):
            moved += f" → {_said(self.after)}"
        else:
            moved += ", in other words"
        return moved + (f"; because of {foremost(self.rows, MOST_ROWS)}" if self.rows else "")


def _said(verdict: Verdict) -> str:
    chance = "" if verdict.probability is None else f" ({percent(verdict.probability)})"
    return told(verdict) + chance


@dataclass(frozen=True)
class Comparison:
    """What moved, claim by claim.

    claims: how many were compared. gone, new: ids of the claims that only the first or only the second has.
    """

    claims: int
    moved: tuple[Moved, ...]
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{counted(len(self.moved), 'claim')} of {self.claims} moved"
        alone = [("first", self.gone), ("second", self.new)]
        only = [f"only the {which} has {listed(names)}" for which, names in alone if names]
        return "\n".join(["; ".join([head, *only]), *map(str, self.moved)])

    __repr__ = __str__


def compare(before: Archive, after: Archive, claims: Iterable[Claim] | None = None) -> Comparison:
    """The claims whose label, probability or sentences differ between two archives, each on its own clock.

    claims: those asked of both, for example with other parameters; None for the claims that each has itself,
    by their ids. The article's own day is compared by `compare(before.as_of(day), after.as_of(day))`.
    """
    given = None if claims is None else tuple(claims)
    first, second = (
        {claim.id: claim for claim in (archive.claims if given is None else given)}
        for archive in (before, after)
    )
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
