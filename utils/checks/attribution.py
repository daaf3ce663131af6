"""Did this speaker say this, and did the relays keep it?

Rule for a figure (`origin` and `value`, with or without `quantities`)
----------------------------------------------------------------------
1. Evidence are the rows of one origin that tell of the figure: outlets that credit the speaker. One speech
   may give several figures, so a row on another quantity is no relay of this one and is left aside, unless it
   was marked garbled. The figure's quantities are those named, else those on which sound rows give the
   claimed value; where no row gives it, every row is heard. Each outlet counts once, with its first such row.
   A row that the curators marked garbled is no evidence that the figure was said as claimed, but it is shown,
   because it tells how the figure changed on the way.
2. A relay is faithful when it gives the claimed figure, with no bound added, in a row marked sound.
3. Relays copy each other. The k-th faithful relay counts as 1/k of a witness, so that n relays weigh as much
   as the harmonic sum of n. Each witness multiplies the odds by the relay factor; the odds start even.
4. Two outlets are the least that can be judged.
5. Whether the figure itself is right is another check: one telling stays one origin, however often it is
   repeated.

Rule for a statement (`sources`, `quantities`, `since`, `until` and `stance`)
-----------------------------------------------------------------------------
1. Evidence are the sound rows of these sources on these quantities that are meant for the days asked about or
   were published in them, and that affirm or deny (`utils.checks.testimony.says`). A row that says what is
   claimed speaks for it, one that says the opposite against it. An opposite that is meant for other days than
   every row for it contradicts none of them: what was said on one day is not unsaid on another. A row that
   the curators marked garbled is no evidence, but it is told: an outlet had the speaker say so, and changed
   the word.
2. Each outlet counts once on either side, and the k-th outlet of a side as 1/k of a witness. Those for it
   multiply the odds by the relay factor, those against divide them; the odds start even.
3. Two outlets are the least that can be judged.

Assumptions
-----------
An outlet that invents an attribution is rare, and rarer still when others print the same one. The relay
factor is a convention; the interval shows what half and twice its value (never below one) make of it.

Literature
----------
Good (1950), Probability and the Weighing of Evidence, for weights that add up on the log-odds scale;
Schlichtkrull, Guo and Vlachos (2023), AVeriTeC, for the attribution of a quote as a claim type of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Finite, Identifier, Number, Text
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck
from ..evidence.schema import Statement
from ..sentences import english
from ..sentences.values import Reason, Relays, Said
from . import relaying, testimony
from .finding import Answer, Finding, direction, of_rows, unused
from .method import Listed, Listing, Method

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHOD", "AttributionCheck", "check"]

ALTERNATIVES = {"relay_factor": lambda check: [2.0, 3.0, 8.0]}
LEAST_OUTLETS = 2
ALTERED = {
    None: "kept",
    "garbled": "meaning changed",
    "figure": "another figure",
    "bound added": "bound added",
    "in doubt": "in doubt",
}


class AttributionCheck(BuiltCheck):
    """What a claims file says of a speaker: a figure (origin and value) or a statement (all the rest)."""

    method: Literal["attribution"]
    speaker: Text = Field(description="who is said to have said it")
    origin: Identifier | None = Field(None, description="the origin that the relays go back to")
    value: Number | None = Field(None, description="the figure that is said to have been said")
    sources: tuple[Identifier, ...] = Field((), description="the tellers who are said to have said so")
    quantities: tuple[Identifier, ...] = Field((), description="quantities that name what was said")
    since: Day | None = Field(None, description="first day of the statement, or for which it is meant")
    until: Day | None = Field(None, description="last day of the statement, or for which it is meant")
    stance: Literal["affirms", "denies"] | None = Field(None, description="which way they are said to speak")
    relay_factor: Annotated[Finite, Field(gt=1, le=1_000)] = Field(
        4.0, description="how many times likelier a relay is if the speaker said it than if not"
    )

    def origins_used(self) -> tuple[str, ...]:
        """The origin that the relays go back to."""
        return () if self.origin is None else (self.origin,)

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities that name what was said."""
        return self.quantities

    def sources_used(self) -> tuple[str, ...]:
        """The tellers who are said to have said so."""
        return self.sources

    @model_validator(mode="after")
    def _one_of_two_kinds(self) -> AttributionCheck:
        figure = [part is not None for part in (self.origin, self.value)]
        statement = [bool(part) for part in (self.sources, self.since, self.until, self.stance)]
        of_figure = all(figure) and not any(statement)
        if not of_figure and not (all(statement) and self.quantities and not any(figure)):
            raise ValueError("either origin and value, or sources, quantities, since, until and stance")
        if self.since and self.until and self.until < self.since:
            raise ValueError("since not after until")
        return self


def check(archive: Archive, claim: Claim, parameters: AttributionCheck) -> Finding:
    """Probability that the speaker said it, by the outlets that had credited it."""
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def _answer(archive: Archive, parameters: AttributionCheck) -> Answer:
    if parameters.origin is None:
        return _of_statement(archive, parameters)
    return _of_figure(archive, parameters, parameters.origin)


def _of_figure(archive: Archive, parameters: AttributionCheck, origin: str) -> Answer:
    rows = relaying.relays(archive, parameters)
    changes = {row.id: relaying.alteration(row, parameters.value) for row in rows}
    kept = [row for row in rows if changes[row.id] is None]
    told = {row.quantity for row in rows}
    doubtful = sum(change == "in doubt" for change in changes.values())
    evidence = tuple(row.id for row in kept)
    share, interval = relaying.chances(parameters.relay_factor, len(kept))
    return Answer(
        values=Relays(parameters.speaker, len(kept), len(rows) - len(kept) - doubtful, doubtful),
        probability=share if kept else None,
        interval=interval if kept else None,
        direction="for" if kept else None,
        witnesses=rows,
        weight=relaying.effective_witnesses(len(kept)),
        tellers=(archive.teller(rows[0]),) if rows else (),
        origins=(origin,) if rows else (),
        # The question is what was printed: the outlets are the witnesses, and outlets are not parties.
        outside_tellers=1 if rows else 0,
        counted_tellers=0,
        outlets=len(kept),
        enough=len(kept) >= LEAST_OUTLETS,
        evidence=evidence,
        unused=unused(
            archive.origin(origin),
            evidence,
            (Reason.NO_NUMBER, lambda row: not row.has_number),
            (Reason.OTHER_FIGURE, lambda row: row.quantity not in told),
            (Reason.NOT_AS_CLAIMED, lambda row: changes.get(row.id) is not None),
            (Reason.OUTLET_HEARD, lambda row: row.id not in changes),
        ),
        # What was said stays said.
        **{**of_rows(archive, evidence), "speaks_until": None},
    )


def _of_statement(archive: Archive, parameters: AttributionCheck) -> Answer:
    told, against = relaying.said(archive, parameters)
    used = {row.id: row for row in (*told, *against)}
    about = archive.about(*parameters.quantities)
    evidence = tuple(row.id for row in about if row.id in used)
    outlets = {row.outlet for row in used.values()}
    share, interval = relaying.chances(parameters.relay_factor, len(told), len(against))
    return Answer(
        values=Said(parameters.speaker, len(told), len(against), len(relaying.garbled(archive, parameters))),
        probability=share if used else None,
        interval=interval if used else None,
        direction=direction(share) if used else None,
        witnesses=(*told, *against),
        weight=relaying.effective_witnesses(len(told)) + relaying.effective_witnesses(len(against)),
        tellers=tuple(dict.fromkeys(archive.teller(row) for row in used.values())),
        origins=tuple(dict.fromkeys(row.origin for row in used.values())),
        # As for a figure: the outlets are the witnesses, and outlets are not parties.
        outside_tellers=1 if used else 0,
        counted_tellers=0,
        outlets=len(outlets),
        enough=len(outlets) >= LEAST_OUTLETS,
        opposed=bool(told and against),
        evidence=evidence,
        unused=unused(
            [row for row in about if row.source in parameters.sources],
            evidence,
            (Reason.OTHER_DAYS, lambda row: not relaying.is_asked(row, parameters)),
            (Reason.NO_STANCE, lambda row: testimony.says(row) is None),
            (Reason.OUTLET_HEARD, lambda row: row.outlet in outlets),
        ),
        **{**of_rows(archive, evidence), "speaks_until": None},
    )


def _says_yes(parameters: AttributionCheck, row: Statement) -> bool:
    return testimony.says(row) is (parameters.stance == "affirms") if parameters.stance else True


def _listing(archive: Archive, parameters: AttributionCheck, finding: Finding) -> Listing | None:
    """One line an outlet that gives the figure; nothing for a statement."""
    if parameters.origin is None:
        return None
    changes = [(row.id, relaying.alteration(row, parameters.value)) for row in finding.witnesses]
    return Listing(
        title="What each relay made of it",
        one="One row an outlet",
        note="",
        head="Outlet",
        day="Published",
        figure="Figure",
        answer="Kept or changed",
        short="Kept or changed",
        numeric=False,
        lines=tuple(Listed(row, ALTERED[change], noted=change is not None) for row, change in changes),
    )


METHOD = Method(
    name="attribution",
    title="Attribution: did the speaker say this?",
    rule=__doc__,
    parameters=AttributionCheck,
    check=check,
    alternatives=ALTERNATIVES,
    outcome=_answer,
    question=english.attribution_asks,
    sentence=english.attribution,
    strategies=frozenset({"Written Evidence"}),
    says_yes=_says_yes,
    listing=_listing,
)
