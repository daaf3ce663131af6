"""Is it true that something cannot be verified independently? Who else had published a checkable figure?

Rule
----
1. A check is a teller outside the warring parties with a sound row that gives a figure on the claim's
   quantities, meant for the days asked about, and known in a way that others can repeat (`access`).
2. A teller counts once, however often it publishes, and so does an origin, however many tellers repeat it.
   These are k.
3. Each further figure may only repeat what the others rest on. With the probability `shared_share` that one
   figure is no check of its own, that none of them is one has the probability shared_share^k. That is the
   probability that the claim holds. It is one when there is no such figure.
4. It can be judged as soon as anybody, a warring party too, has published on the claim's quantities.

Assumptions
-----------
`shared_share` is a convention, and so is that figures share their ground independently of each other: two
maps drawn from the same footage do not become independent as their number grows. The interval shows what the
square root and the square of the share make of the result. A figure is counted because others can repeat it,
not because somebody did; whether the figures agree is asked elsewhere.

Literature
----------
Pearl (1988), Probabilistic Reasoning in Intelligent Systems, for the product of independent failures ("noisy
or"); OHCHR and Human Rights Center, UC Berkeley (2020), Berkeley Protocol on Digital Open Source
Investigations, for what makes a finding one that others can check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..evidence.claims import Claim
from ..evidence.parameters import IndependenceCheck
from ..evidence.schema import Statement
from ..words import counted
from .finding import Finding, Interval, found
from .method import Method
from .words import labels, window

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHOD", "check", "checkable", "unverified"]

ALTERNATIVES = {
    "shared_share": lambda check: [0.25, 0.75],
    "access": lambda check: [("count", "model"), ("count", "model", "official", "anonymous")],
    "belligerents": lambda check: [not check.belligerents],
}


def checkable(archive: Archive, parameters: IndependenceCheck) -> tuple[Statement, ...]:
    """The first figure of every teller that is a check, in order of publication."""
    firsts: dict[str, Statement] = {}
    for rows in archive.origins(_usable(archive, parameters)).values():
        firsts.setdefault(rows[0].source, rows[0])
    return tuple(firsts.values())


def _usable(archive: Archive, parameters: IndependenceCheck) -> list[Statement]:
    return [
        row
        for row in archive.evidence(*parameters.counts)
        if row.valid_from <= parameters.until
        and row.valid_to >= parameters.since
        and row.access in parameters.access
        and any(end is not None for end in (row.value, row.low, row.high))
        and (parameters.belligerents or not archive.is_belligerent(row))
    ]


def unverified(figures: int, *, shared_share: float, power: float = 1.0) -> float:
    """Probability that none of so many figures is a check of its own; the share is raised to `power`."""
    return shared_share ** (figures * power)


def check(archive: Archive, claim: Claim, parameters: IndependenceCheck) -> Finding:
    """Probability that it could not be verified independently, by the figures that the archive shows."""
    figures = checkable(archive, parameters)
    considered = tuple(row.id for row in archive.about(*parameters.counts))
    share = unverified(len(figures), shared_share=parameters.shared_share) if considered else None
    ends = sorted(
        unverified(len(figures), shared_share=parameters.shared_share, power=power) for power in (0.5, 2.0)
    )
    return found(
        archive,
        claim,
        parameters,
        ALTERNATIVES,
        probability=share,
        estimate=None,
        interval=Interval(*ends, "probability") if considered else None,
        direction=None if share is None else "for" if share > 0.5 else "against",
        origins=tuple(row.origin for row in figures),
        witnesses=float(len(figures)),
        outside_origins=sum(not archive.is_belligerent(row) for row in figures),
        counted_origins=sum(row.access == "count" for row in figures),
        enough=bool(considered),
        opposed=False,
        evidence=tuple(row.id for row in figures),
        considered=considered,
        sentence=_sentence(archive, parameters, figures),
    )


def _sentence(archive: Archive, parameters: IndependenceCheck, figures: Sequence[Statement]) -> str:
    who = "" if parameters.belligerents else " outside the warring parties"
    if not figures:
        return f"Nobody{who} had published a figure that others can check."
    parties = dict.fromkeys(
        archive.article.parties[archive.sources[row.source].party].name for row in figures
    )
    tellers = ", ".join(archive.sources[row.source].name for row in figures)
    return (
        f"{counted(len(figures), 'teller')}{who} had published a figure that others "
        f"can check: {tellers}. Parties: {', '.join(parties)}. Known by: "
        f"{', '.join(dict.fromkeys(row.access for row in figures))}."
    )


def _question(parameters: IndependenceCheck, archive: Archive) -> str:
    who = "Who" if parameters.belligerents else "Who outside the warring parties"
    asked = f"meant for a day {window(parameters.since, parameters.until)}"
    return (
        f"{who} had published a figure that others can check, {asked}: {labels(archive, parameters.counts)}?"
    )


METHOD = Method(
    name="independence",
    title="Independence: who else had counted?",
    rule=__doc__,
    parameters=IndependenceCheck,
    check=check,
    alternatives=ALTERNATIVES,
    question=_question,
    strategies=frozenset({"Written Evidence"}),
)
