"""Is it true that something cannot be verified independently? Who else had published a checkable figure?

Rule
----
1. A check is a teller outside the interested parties with a sound row that gives a figure on the claim's
   quantities, meant for the days asked about, and known in a way that others can repeat (`access`).
2. It must have been public by the day of which the claim speaks: `by`, or else the day of the article. That
   holds on both clocks: what somebody published later about the earlier day verifies it today and did not
   verify it then. The second clock can still add a figure of that day which was found later.
3. An origin belongs to the teller who told it first, and a relay is none. A teller whose figures rest on
   another's map, count or files is no check of its own: it counts as the one on whom it rests in the end, and
   as an interested party where that one is. A teller counts once, however often it publishes. These are k.
4. Each further figure may only repeat what the others rest on. With the probability `shared_share` that one
   figure is no check of its own, that none of them is one has the probability shared_share^k. That is the
   probability that the claim holds. It is one when there is no such figure.
5. It can be judged as soon as anybody, an interested party too, has published on the claim's quantities by
   that day. Before that there is no probability.

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
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Identifier
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck, Share
from ..evidence.schema import Access, Statement
from ..evidence.tellers import steps
from ..sentences import english
from ..sentences.values import Checkable, Reason
from .finding import (
    Alternatives,
    Answer,
    Finding,
    Interval,
    Rule,
    direction,
    partial_party,
    speaks_until,
    unused,
    usable,
)
from .method import Method

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHOD", "IndependenceCheck", "check", "checkable", "unverified"]

ALTERNATIVES: Alternatives = {
    "shared_share": lambda check: [0.25, 0.75],
    "access": lambda check: [("count", "model"), ("count", "model", "official", "anonymous")],
    "belligerents": lambda check: [not check.belligerents],
}


class IndependenceCheck(BuiltCheck):
    """What a claims file says of something that is said to be unverified."""

    method: Literal["independence"]
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities of figures by which the claim could be checked"
    )
    since: Day = Field(description="first day for which a figure must be meant")
    until: Day = Field(description="last day for which a figure must be meant")
    by: Day | None = Field(
        None, description="the day by which a figure must have been public; that of the article if none"
    )
    access: Annotated[tuple[Access, ...], Field(min_length=1)] = Field(
        ("count",), description="ways of knowing that others can check"
    )
    shared_share: Share = Field(
        0.5, description="how likely a further figure only repeats what the others rest on"
    )
    belligerents: bool = Field(False, description="whether figures of the interested parties are a check")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the figures."""
        return self.counts

    @model_validator(mode="after")
    def _since_not_after_until(self) -> IndependenceCheck:
        if self.until < self.since:
            raise ValueError("since not after until")
        return self


def checkable(archive: Archive, parameters: IndependenceCheck) -> tuple[Statement, ...]:
    """The first figure of every teller that is a check, in order of publication.

    Of tellers who rest on one of them, the figure of that one speaks where there is one.
    """
    firsts: dict[str, Statement] = {}
    heard = usable(archive.about(*parameters.counts), *_rules(archive, parameters))
    own = [rows[0] for rows in archive.origins(heard).values()]
    for row in sorted(own, key=lambda row: steps(archive.sources, row.source)):
        firsts.setdefault(archive.ground(row.source), row)
    return tuple(row for row in own if firsts[archive.ground(row.source)] is row)


def _by(archive: Archive, parameters: IndependenceCheck) -> date:
    """The day by which a figure must have been public."""
    return parameters.by or archive.article.published


def _rules(archive: Archive, parameters: IndependenceCheck) -> tuple[Rule, ...]:
    """What keeps a sound row from being a check."""
    by = _by(archive, parameters)
    return (
        (
            Reason.OTHER_DAYS,
            lambda row: row.valid_from > parameters.until or row.valid_to < parameters.since,
        ),
        (Reason.LATER, lambda row: row.published > by),
        (Reason.OTHER_ACCESS, lambda row: row.access not in parameters.access),
        (Reason.NO_NUMBER, lambda row: not row.has_number),
        partial_party(archive, parameters.belligerents),
    )


def unverified(figures: int, *, shared_share: float, power: float = 1.0) -> float:
    """Probability that none of so many figures is a check of its own; the share is raised to `power`."""
    return float(shared_share ** (figures * power))


def check(archive: Archive, claim: Claim, parameters: IndependenceCheck) -> Finding:
    """Probability that it could not be verified independently, by the figures that the archive shows."""
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def _answer(archive: Archive, parameters: IndependenceCheck) -> Answer:
    figures, by = checkable(archive, parameters), _by(archive, parameters)
    about = archive.about(*parameters.counts)
    enough = any(row.published <= by for row in about)
    share, low, high = (
        unverified(len(figures), shared_share=parameters.shared_share, power=power)
        for power in (1.0, 0.5, 2.0)
    )
    evidence = tuple(row.id for row in figures)
    tellers = {row.source for row in figures}
    grounds = {archive.ground(name) for name in tellers}
    return Answer(
        values=_values(archive, parameters, figures),
        probability=share if enough else None,
        interval=Interval(min(low, high), max(low, high), "probability") if enough else None,
        direction=direction(share) if enough else None,
        witnesses=figures,
        weight=float(len(figures)),
        tellers=tuple(archive.ground(row.source) for row in figures),
        origins=tuple(row.origin for row in figures),
        outside_tellers=sum(not archive.is_belligerent(row) for row in figures),
        counted_tellers=sum(row.access == "count" for row in figures),
        enough=enough,
        evidence=evidence,
        unused=unused(
            about,
            evidence,
            *_rules(archive, parameters),
            (Reason.TELLER_HEARD, lambda row: row.source in tellers),
            (
                Reason.DERIVED,
                lambda row: archive.ground(row.source) in grounds,
            ),
        ),
        newest=max((row.published for row in figures), default=None),
        # What was public by a day that is over stays so.
        speaks_until=speaks_until(archive, figures) if archive.clock < by else None,
    )


def _values(archive: Archive, parameters: IndependenceCheck, figures: Sequence[Statement]) -> Checkable:
    """Who had published them, and how they knew."""
    sources = {name: archive.sources[name] for name in (row.source for row in figures)}
    parties = dict.fromkeys(archive.article.parties[source.party].name for source in sources.values())
    return Checkable(
        anybody=parameters.belligerents,
        by=_by(archive, parameters),
        tellers=tuple(source.name for source in sources.values()),
        parties=tuple(parties),
        access=tuple(dict.fromkeys(row.access for row in figures)),
        partial=archive.article.partial_words,
    )


METHOD = Method(
    name="independence",
    title="Independence: who else had counted?",
    rule=__doc__,
    parameters=IndependenceCheck,
    check=check,
    alternatives=ALTERNATIVES,
    outcome=_answer,
    question=english.independence_asks,
    sentence=english.independence,
    strategies=frozenset({"Written Evidence"}),
    own_days=lambda archive, parameters: (_by(archive, parameters),),
)
