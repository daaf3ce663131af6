"""From findings to a verdict: one rule, the same for every claim and every party.

The rule for labels was written down before the ledger was first run; how several checks of one claim are
joined was written down before any claim had more than one. The rule for confidence was made stricter after
the first run, because a single commentator from outside the interested parties had made the evidence look
high.

**Each finding** gets a label:

- *Not enough evidence*, when the method's own least evidence is not there; it is silent, and a silent finding
  has no probability;
- *Supported*, when the probability that the claim's condition holds is at least 80 %;
- *Refuted*, when it is at most 20 %; of a number, only when 80 % lie on one side of what is claimed;
- between the two: *Conflicting evidence*, when single witnesses contradict each other on the claim,
  else *Not enough evidence*. Where the evidence on a number is coarser than the claim, it is *Not enough
  evidence* too, and the finding says so.

**A condition** is what the claim needs to be true. Several checks of one condition are lines of evidence; a
silent one is left aside, and so is one that says *Not enough evidence* beside one that says more. Where the
others agree, their label is the condition's; where they differ, it is *Conflicting evidence*. Its probability
is that of the most cautious line that speaks, the one nearest to even odds. Lines that differ have no common
probability.

**A reading** of a claim may have several conditions, which must all hold. Its probability is that of all of
them together: the product of theirs, as if they were independent, with what is possible at least and at most
whatever their dependence (Fréchet's bounds) as its interval. Where one condition is *Refuted* and another
*Supported*, the reading is half true, and like one with a *Conflicting* condition and none *Refuted* it is
*Conflicting evidence*. In every other case its label follows from its probability, as a finding's does: two
conditions of 85 % each make a reading of 72 %, which is not enough. Without a probability of some condition
it is *Refuted* when another one is, with that one's probability as the most that all can have, else *Not
enough evidence*.

**No probability beside a label that it contradicts.** A verdict of *Not enough evidence* or *Conflicting
evidence* has a probability only between the two bounds.

**A claim that can be read in several ways** has a label for each reading. Where the readings have one label,
it is the claim's; where they differ, the claim is *Conflicting evidence*: one answer alone would be cherry-
picked. Then the claim has no probability of its own, only its readings have. A claim with a check that is not
built yet has no verdict; it is *Not yet checked*.

**Likelihood** is the probability in the words of ICD 203: almost no chance (1 to 5 %), very unlikely (5 to
20 %), unlikely (20 to 45 %), roughly even chance (45 to 55 %), likely (55 to 80 %), very likely (80 to
95 %), almost certain (95 to 99 %). A probability beyond 1 or 99 % is shown as those.

**Confidence** speaks of the evidence, not of the claim, and never stands in the same sentence as the
likelihood. It is that of the finding that decides: the one whose probability is the claim's, else the one
that has least behind it.

- *high*: three or more witnesses outside the interested parties, and a count that others can repeat among
  all;
- *moderate*: two or more witnesses, one of them outside the interested parties;
- *low*: all else.

A group of unnamed officials from several states is outside only if none of the states is an interested party.

**Tellers and tellings.** A teller is one who says so for himself; a telling is one first telling of one
teller, however many outlets print it. Both are counted once over all findings of the claim.

**Two clocks**: as of the day of the article, and as of the newest row. Both judge the claim as it was made,
for the day it was made; they differ only in what was known. A quantity has a stated horizon, the days for
which a figure can be taken as what is known now. When every finding's evidence is older than its horizon, the
second verdict is *last known* on the day of the newest evidence, and not today's.

The labels are those of AVeriTeC (Schlichtkrull, Guo and Vlachos 2023); the words of likelihood are those of
Intelligence Community Directive 203 (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from . import joining
from .archive import Archive
from .asking import claim_of, require_archive
from .checks import METHODS, Finding, Interval
from .evidence.claims import Claim
from .evidence.nearest import unknown
from .joining import REFUTE_TO, SUPPORT_FROM, Condition, Reading, label
from .shown import Shown, View, judged
from .words import (
    CONFLICTING,
    LABELS,
    NOT_CHECKED,
    NOT_ENOUGH,
    REFUTED,
    SUPPORTED,
    Label,
    likelihood,
    likelihoods,
    percent,
)

__all__ = [
    "CONFLICTING",
    "LABELS",
    "LIKELIHOODS",
    "NOT_CHECKED",
    "NOT_ENOUGH",
    "REFUTED",
    "REFUTE_TO",
    "SUPPORTED",
    "SUPPORT_FROM",
    "Condition",
    "Ledger",
    "Reading",
    "TwoClocks",
    "Verdict",
    "findings",
    "judge",
    "label",
    "ledger",
    "likelihood",
    "percent",
    "two_clocks",
    "verdict",
]

LIKELIHOODS = likelihoods()


@dataclass(frozen=True, repr=False)
class Verdict(Shown):
    """What is said of a claim as of a day. Fields that need a built check are None before it is built.

    last_known: the day of the newest evidence, when that is too old to tell what is known on `as_of`.
    """

    claim: str
    as_of: date
    label: Label
    probability: float | None
    interval: Interval | None
    likelihood: str | None
    confidence: str | None
    basis: str | None
    tellers: int | None
    tellings: int | None
    last_known: date | None
    reason: str
    evidence: tuple[str, ...]
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...] = ()

    def _view(self) -> View:
        return judged.verdict(self)

    def finding(self, name: str) -> Finding:
        """The finding of the check of this name; KeyError names those there are.

        >>> verdict(archive, "C03").finding("they_were_there").method
        'occurrence'
        """
        for finding in self.findings:
            if finding.name == name:
                return finding
        raise KeyError(unknown(f"check of {self.claim}", name, (one.name for one in self.findings)))

    def reading(self, name: str) -> Verdict:
        """The verdict on one reading alone, by the same rule; KeyError names those there are.

        >>> verdict(archive, "C07").reading("Moscow said so").claim
        'C07'
        """
        found = [finding for finding in self.findings if finding.reading == name]
        if not found:
            named = (one.reading for one in self.readings if one.reading is not None)
            raise KeyError(unknown(f"reading of {self.claim}", name, named))
        return _judged(self.claim, found, self.as_of)


class TwoClocks(Shown, tuple[Verdict, Verdict]):
    """The verdict on the day of the article, and the verdict of today: a pair."""

    @property
    def then(self) -> Verdict:
        """The verdict on the day of the article."""
        return self[0]

    @property
    def today(self) -> Verdict:
        """The verdict of today."""
        return self[1]

    def _view(self) -> View:
        return judged.two(*self)


class Ledger(Shown, tuple[Verdict, ...]):
    """The verdicts on several claims."""

    def _view(self) -> View:
        return judged.board(self)


def findings(archive: Archive, claim: Claim) -> tuple[Finding, ...]:
    """The findings of all built checks of a claim, by what the archive shows.

    >>> [finding.name for finding in findings(archive, archive.claim("C03"))]
    ['nato_said_so', 'they_were_there']
    """
    return tuple(METHODS[check.method].check(archive, claim, check) for check in claim.built)


def judge(claim: Claim, found: Sequence[Finding], as_of: date) -> Verdict:
    """The rule of this module, applied to the findings of one claim.

    >>> claim = archive.claim("C03")
    >>> judge(claim, findings(archive, claim), archive.clock) == verdict(archive, claim)
    True
    """
    if not claim.is_checked:
        return _not_checked(claim, as_of)
    return _judged(claim.id, found, as_of)


def later(verdict: Verdict, found: Sequence[Finding], as_of: date) -> Verdict:
    """The verdict by findings that say on a later day what those of an earlier verdict said."""
    return replace(verdict, as_of=as_of, findings=tuple(found), last_known=joining.last_known(found, as_of))


def _judged(claim: str, found: Sequence[Finding], as_of: date) -> Verdict:
    readings = joining.readings(found)
    same = len({reading.label for reading in readings}) == 1
    weakest = min(readings, key=lambda reading: joining.known(reading.probability))
    probability = weakest.probability if same else None
    decisive = joining.decisive(found, weakest)
    confidence, basis = joining.confidence(decisive)
    return Verdict(
        claim=claim,
        as_of=as_of,
        label=joining.overall(readings),
        probability=probability,
        interval=None if probability is None else joining.interval(weakest, decisive),
        likelihood=None if probability is None else likelihood(probability),
        confidence=confidence,
        basis=basis,
        tellers=len({teller for finding in found for teller in finding.tellers}),
        tellings=len({origin for finding in found for origin in finding.origins}),
        last_known=joining.last_known(found, as_of),
        reason=" ".join(finding.sentence for finding in found),
        evidence=tuple(dict.fromkeys(row for finding in found for row in finding.evidence)),
        findings=tuple(found),
        readings=readings,
    )


def _not_checked(claim: Claim, as_of: date) -> Verdict:
    return Verdict(
        claim=claim.id,
        as_of=as_of,
        label=NOT_CHECKED,
        probability=None,
        interval=None,
        likelihood=None,
        confidence=None,
        basis=None,
        tellers=None,
        tellings=None,
        last_known=None,
        reason="No verdict before every check that the claim needs is built.",
        evidence=(),
        findings=(),
    )


def verdict(archive: Archive, claim: Claim | str) -> Verdict:
    """The verdict on one claim, or on the claim of an id, by what the archive shows.

    >>> verdict(archive, "C01").claim, verdict(archive.as_of("2024-08-01"), "C01").label
    ('C01', 'Not enough evidence')
    """
    claim = claim_of(archive, claim)
    return judge(claim, findings(archive, claim) if claim.is_checked else (), archive.clock)


def ledger(archive: Archive) -> Ledger:
    """The verdicts on all claims, in the order of the claims file.

    >>> len(ledger(archive)) == len(archive.claims)
    True
    """
    require_archive(archive)
    return Ledger(verdict(archive, claim) for claim in archive.claims)


def two_clocks(archive: Archive, claim: Claim | str) -> TwoClocks:
    """The verdict on the day of the article, and the verdict of today.

    >>> pair = two_clocks(archive, "C01")
    >>> pair.then.as_of == archive.article.published, pair.today.as_of == archive.clock
    (True, True)
    """
    claim = claim_of(archive, claim)
    then = archive.on_the_day
    return TwoClocks((verdict(then, claim), verdict(archive, claim)))
