"""How much the labels of a claim lean on choices: the share of worlds that keep them, and what flips them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .. import collector
from ..archive import Archive
from ..asking import claim_of, require_archive
from ..checks import Finding
from ..evidence.claims import Claim
from ..evidence.nearest import Named
from ..shown import Shown, View, leaning
from ..verdicts import Verdict
from ..words import Label
from .choices import Base, World, worlds_of
from .flips import Flip, nearest_flip

__all__ = ["Robustness", "ledger", "robustness", "two_clocks"]


@dataclass(frozen=True, repr=False)
class Robustness(Shown):
    """How much a label leans on choices; `flips` from the smallest to the largest.

    reading: the reading whose label it is, None for that of the claim. readings: the same for each reading of
    a claim that has several.
    """

    claim: str
    reading: str | None
    as_of: date
    label: Label
    worlds: int
    kept: int
    flips: tuple[Flip, ...]
    readings: tuple[Robustness, ...] = ()

    def _view(self) -> View:
        return leaning.robustness(self)

    @property
    def share(self) -> float:
        """Share of the worlds that keep the label, from 0 to 1; 1 when there is no other world."""
        return self.kept / self.worlds if self.worlds else 1.0

    @property
    def smallest(self) -> Flip | None:
        """The smallest single change that flips the label; None when none does."""
        return self.flips[0] if self.flips else None


def robustness(archive: Archive, claim: Claim | str, found: Sequence[Finding] = ()) -> Robustness:
    """How much the labels of a claim, or of that of an id, and of its readings lean on choices, by what the
    archive shows.

    found: its findings, where they are there already.

    >>> leaning = robustness(archive, "C15")
    >>> 0 <= leaning.share <= 1, leaning.claim
    (True, 'C15')
    """
    base = Base(archive, claim_of(archive, claim), found)
    tried = worlds_of(base)
    readings = [reading for reading in base.labels if reading is not None]
    if len(readings) < 2:
        return _of_label(base, tried, None)
    return replace(
        _of_label(base, tried, None), readings=tuple(_of_label(base, tried, reading) for reading in readings)
    )


def _of_label(base: Base, tried: Sequence[World], reading: str | None) -> Robustness:
    """The robustness of one label, by the worlds tried."""
    label = base.labels[reading]
    single: dict[tuple[object, ...], Flip] = {}
    for world in tried:
        if len(world.what) == 1 and world.labels[reading] != label:
            flip = nearest_flip(base, world, reading)
            place = (flip.check, flip.choice) if flip.check else (flip.choice, flip.new)
            if place not in single or flip.size < single[place].size:
                single[place] = flip
    return Robustness(
        claim=base.claim.id,
        reading=reading,
        as_of=base.archive.clock,
        label=label,
        worlds=len(tried),
        kept=sum(world.labels[reading] == label for world in tried),
        flips=tuple(sorted(single.values(), key=lambda flip: (flip.size, flip.check or "", flip.choice))),
    )


def two_clocks(
    archive: Archive, claim: Claim | str, both: Sequence[Verdict] = ()
) -> tuple[Robustness, Robustness]:
    """The robustness on the day of the article, and that of today; both: the verdicts, where they are there.

    >>> [leaning.as_of.isoformat() for leaning in two_clocks(archive.as_of("2024-12-01"), "C15")]
    ['2024-11-12', '2024-12-01']
    """
    claim = claim_of(archive, claim)
    then, today = (verdict.findings for verdict in both) if both else ((), ())
    return robustness(archive.on_the_day, claim, then), robustness(archive, claim, today)


def ledger(archive: Archive) -> dict[str, Robustness]:
    """The robustness of every claim that has a verdict, by claim.

    >>> few = replace(archive, claims=archive.claims[14:15])
    >>> ledger(few)["C15"].claim
    'C15'
    """
    require_archive(archive)
    with collector.still():
        checked = (claim for claim in archive.claims if claim.is_checked)
        return Named("claim", ((claim.id, robustness(archive, claim)) for claim in checked))
