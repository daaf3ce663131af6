"""Is a claimed number right? Independent tellings pooled with random effects.

Rule
----
1. What each teller says, and which word of it stands, are tellings by the rule of `utils.checks.tellings`:
   one teller is one witness, however often it speaks; "at least" and "up to" are bounds. A teller of the
   whole is not heard on the part for the same day. A part is completed by the pooled rest of its own day.
2. They are pooled by the rule of `utils.checks.pool`. The drift of the kind of quantity and the shared error
   are learnt from all other quantities of the archive, as of the clock (`utils.checks.learning`).
3. The claim gives a range (`claims`): about (the value, give or take the tolerance), at least, more than, at
   most, less than, between. Or it compares: a share of another quantity, n times another quantity, the
   highest or the lowest since a day. The probability is the share of the answer within the range. For a
   comparison both are pooled apart and drawn against each other, node by node.
4. *Supported*: at least 0.8 within the range. *Refuted*: at least 0.8 on one side of it. Neither, where even
   an answer with its median at the claim would have less than 0.8 within: the evidence is coarser than the
   claim.
5. The claim's own telling is no witness for the claim: the finding says what the others give without it
   where its origin is named (`own_origin`).
6. Two tellers, with a figure or with bounds on both sides among what they say, are the least that can be
   judged.

"The highest since" asks whether the figure for the day is above those for all earlier days from `since` on.
The earlier maximum is that of the answers for the days on which figures are meant, as a pool each.

Assumptions
-----------
Those of `utils.checks.pool`. Two quantities that are compared err together in what all witnesses share; they
are drawn as if they did not, which makes the answer wider, never narrower, for a share and for n times.

Literature
----------
DerSimonian and Laird (1986), Controlled Clinical Trials 7, for random effects; Paule and Mandel (1982),
J. Res. NBS 87, for the between-witness variance (statsmodels' ``combine_effects``, method "iterated");
Higgins, Thompson and Spiegelhalter (2009), JRSS A 172, for what the pooled mean does and does not say.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Identifier, Number
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck, Share, Spread
from ..evidence.schema import Statement
from ..sentences import english
from ..sentences.values import PooledNumber, Reason
from .finding import Alternatives, Answer, Finding, Interval, Rule, of_rows, unused, usable, warring_party
from .method import Listed, Listing, Method
from .pooling import ACCESS_ERROR, AccessError, Observation, own, pool, share_within

if TYPE_CHECKING:
    from ..archive import Archive
    from .pooling import Pooled

__all__ = ["METHOD", "QuantityCheck", "check", "observations"]

ALTERNATIVES: Alternatives = {
    "tolerance": lambda check: [check.tolerance * factor for factor in (0.75, 1.25, 0.5, 1.5)],
    "belligerents": lambda check: [not check.belligerents],
    "only rows that count the whole": lambda check: [{"part": None, "rest": None}] if check.part else [],
    "drift": lambda check: [check.drift * factor for factor in (0.5, 2.0)],
    "shared_error": lambda check: [check.shared_error * factor for factor in (0.5, 2.0)],
    "access_error": lambda check: [
        {access: error * factor for access, error in check.access_error.items()} for factor in (0.5, 2.0)
    ],
}
LEAST_ORIGINS = 2


class QuantityCheck(BuiltCheck):
    """What a claims file says of a claimed number."""

    method: Literal["quantity"]
    value: Annotated[Number, Field(gt=0)] = Field(description="the claimed number")
    tolerance: Share = Field(description="how far the true number may lie from it, as a share")
    on: Day = Field(description="the day for which the number is claimed")
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities that count what the claim counts"
    )
    part: Identifier | None = Field(None, description="a quantity that counts only a part of it")
    rest: Identifier | None = Field(None, description="the quantity that, added to the part, makes the whole")
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    access_error: AccessError = ACCESS_ERROR
    drift: Spread = Field(
        0.03, description="standard deviation on the log scale by which the true number wanders in a day"
    )
    shared_error: Spread = Field(
        0.10,
        description="standard error on the log scale that all witnesses share and more of them do not cure",
    )

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the whole, of the part and of the rest."""
        return tuple(name for name in (*self.counts, self.part, self.rest) if name is not None)

    @model_validator(mode="after")
    def _both_or_none(self) -> QuantityCheck:
        if (self.part is None) != (self.rest is None):
            raise ValueError("part and rest together, or neither")
        return self


def observations(archive: Archive, parameters: QuantityCheck) -> tuple[Observation, ...]:
    """One observation an origin for the claimed day, in order of publication."""
    wholes = archive.about(*parameters.counts)
    parts = archive.about(parameters.part) if parameters.part else ()
    rest = functools.cache(functools.partial(_rest, archive, parameters))
    witnesses = []
    for origin, rows in archive.origins(usable((*wholes, *parts), *_rules(archive, parameters))).items():
        # A row that counts the whole needs no completion, so it speaks before one that counts a part.
        row = min(rows, key=lambda row: (row.quantity == parameters.part, *_distance(row, parameters.on)))
        witness = _observation(archive, origin, row, *own(row, parameters.access_error), parameters.on)
        witnesses.append(
            _completed(witness, rest(row.valid_to, row.middle))
            if row.quantity == parameters.part
            else witness
        )
    return tuple(sorted(witnesses, key=lambda witness: (archive.rows[witness.row].published, witness.row)))


def _rules(archive: Archive, parameters: QuantityCheck) -> tuple[Rule, Rule]:
    """What keeps a sound row from being weighed: no number or range above zero, or its teller."""
    return (
        (Reason.NO_NUMBER, lambda row: row.ends is None or row.ends[0] <= 0),
        warring_party(archive, parameters.belligerents),
    )


def _distance(row: Statement, on: date) -> tuple[int, date, str]:
    return abs((row.middle - on).days), row.published, row.id


def _observation(
    archive: Archive,
    origin: str,
    row: Statement,
    value: float,
    error: float,
    on: date,
) -> Observation:
    return Observation(
        origin=origin,
        party=archive.sources[row.source].party,
        belligerent=archive.is_belligerent(row),
        counted=row.access == "count",
        value=value,
        error=error,
        days=abs((row.middle - on).days),
        row=row.id,
    )


def _rest(
    archive: Archive, parameters: QuantityCheck, until: date, on: date
) -> tuple[Pooled | None, tuple[str, ...]]:
    """What a part that is meant for days up to `until`, with the middle `on`, leaves out: the pooled figures
    and their rows; None where there are none."""
    rest = () if parameters.rest is None else (parameters.rest,)
    rows = [
        row for row in usable(archive.about(*rest), *_rules(archive, parameters)) if row.valid_from <= until
    ]
    told = [
        _observation(archive, origin, nearest, *own(nearest, parameters.access_error), on)
        for origin, group in archive.origins(rows).items()
        for nearest in [min(group, key=lambda other: _distance(other, on))]
    ]
    return pool(told, drift=parameters.drift) if told else None, tuple(one.row for one in told)


def _completed(part: Observation, rest: tuple[Pooled | None, tuple[str, ...]]) -> Observation:
    """A part with the rest of its own day added; standard errors joined by the delta method."""
    pooled, rows = rest
    if pooled is None:
        return part
    total = part.value + pooled.value
    return replace(
        part,
        value=total,
        error=math.hypot(part.value * part.error, pooled.value * pooled.error) / total,
        completed_by=rows,
    )


def check(archive: Archive, claim: Claim, parameters: QuantityCheck) -> Finding:
    """Probability that the claimed number was right on the claimed day, by what the archive shows."""
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def _answer(archive: Archive, parameters: QuantityCheck) -> Answer:
    witnesses = observations(archive, parameters)
    unit = archive.quantities[parameters.counts[0]].unit
    about = archive.about(*parameters.quantities_used())
    used = {name for witness in witnesses for name in (witness.row, *witness.completed_by)}
    evidence = tuple(row.id for row in about if row.id in used)
    values = PooledNumber(
        len(witnesses), parameters.on, unit, claimed=parameters.value, tolerance=parameters.tolerance
    )
    answer = Answer(
        values=values,
        witnesses=witnesses,
        weight=float(len(witnesses)),
        origins=tuple(witness.origin for witness in witnesses),
        outside_origins=sum(not witness.belligerent for witness in witnesses),
        counted_origins=sum(witness.counted for witness in witnesses),
        enough=len(witnesses) >= LEAST_ORIGINS,
        evidence=evidence,
        unused=unused(about, evidence, *_rules(archive, parameters)),
        **of_rows(archive, evidence),
    )
    return _judged(answer, values, witnesses, parameters) if witnesses else answer


def _judged(
    answer: Answer, values: PooledNumber, witnesses: Sequence[Observation], parameters: QuantityCheck
) -> Answer:
    """The answer with what the witnesses, pooled, say of the claimed number."""
    pooled = pool(witnesses, drift=parameters.drift, shared_error=parameters.shared_error)
    low, high = parameters.value * (1 - parameters.tolerance), parameters.value * (1 + parameters.tolerance)
    alone = [witness.interval(parameters.drift) for witness in witnesses]
    ends = pooled.interval
    return replace(
        answer,
        values=replace(values, middle=pooled.value, low=ends[0], high=ends[1]),
        probability=share_within(pooled, parameters.value, parameters.tolerance),
        estimate=pooled.value,
        interval=Interval(*ends, values.unit),
        direction="below" if pooled.value < low else "above" if pooled.value > high else "within",
        opposed=any(low <= a and b <= high for a, b in alone) and any(b < low or high < a for a, b in alone),
    )


def _listing(archive: Archive, parameters: QuantityCheck, finding: Finding) -> Listing:
    """One line a witness, with what it alone says of the claimed day."""
    return Listing(
        title="What each witness says",
        one="One witness an origin",
        note=" The last column is what this witness alone says of the claimed day, with a 90 % interval that "
        "widens with the distance in time.",
        head="Teller",
        day="Meant for",
        figure="Said",
        answer="Counts as, whole force",
        short="Counts as",
        numeric=True,
        lines=tuple(Listed(witness.row, _alone(witness, parameters.drift)) for witness in finding.witnesses),
    )


def _alone(witness: Observation, drift: float) -> str:
    return english.range_of(witness.value, *witness.interval(drift))


METHOD = Method(
    name="quantity",
    title="Quantity: is a claimed number right?",
    rule=__doc__,
    parameters=QuantityCheck,
    check=check,
    alternatives=ALTERNATIVES,
    question=english.quantity_asks,
    sentence=english.quantity,
    strategies=frozenset({"Written Evidence", "Numerical Comparison"}),
    listing=_listing,
)
