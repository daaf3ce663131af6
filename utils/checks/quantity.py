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

"The highest since" asks whether the figure for the day is above those for all days from `since` to
`gap_days` before it. The earlier maximum is the highest of the answers for the days for which figures are
meant, one pool each; what all witnesses share is the same in both and falls out.

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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Identifier, Number
from ..evidence.claims import Claim
from ..evidence.parameters import Spread
from ..evidence.schema import Statement
from ..sentences import english
from ..sentences.values import PooledNumber, Reason
from . import hearing
from .claimed import ClaimedNumber
from .finding import Alternatives, Answer, Finding, Interval, Rule, of_rows, unused, usable, warring_party
from .hearing import Errors, Heard
from .method import Listed, Listing, Method
from .pooling import ACCESS_ERROR, AccessError
from .posterior import Posterior, greater, judged, ratio
from .scales import Scale
from .tellings import common_scale, meant_for

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHOD", "Pooled", "QuantityCheck", "answers", "check", "errors", "witnesses"]

LEAST_TELLERS = 2
SHARED = 0.20  # what is stated of the shared error where it is not learnt: utils.checks.learning
ALTERNATIVES: Alternatives = {
    "tolerance": lambda check: (
        [] if check.tolerance is None else [check.tolerance * factor for factor in (0.75, 1.25, 0.5, 1.5)]
    ),
    "belligerents": lambda check: [not check.belligerents],
    "only rows that count the whole": lambda check: [{"part": None, "rest": None}] if check.part else [],
    "own_origin": lambda check: [None] if check.own_origin else [],
    "drift_factor": lambda check: [0.5, 2.0],
    "shared_error": lambda check: [SHARED],
    "shared_factor": lambda check: [0.5, 2.0],
    "lean_factor": lambda check: [0.5, 2.0],
    "access_error": lambda check: [
        {access: error * factor for access, error in check.access_error.items()} for factor in (0.5, 2.0)
    ],
}


class QuantityCheck(ClaimedNumber):
    """What a claims file says of a claimed number."""

    method: Literal["quantity"]
    on: Day = Field(description="the day for which the number is claimed")
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities that count what the claim counts"
    )
    part: Identifier | None = Field(None, description="a quantity that counts only a part of it")
    rest: Identifier | None = Field(None, description="the quantity that, added to the part, makes the whole")
    own_origin: Identifier | None = Field(
        None, description="the origin from which the claim has its number: it is no witness for itself"
    )
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    access_error: AccessError = ACCESS_ERROR
    shared_error: Spread | None = Field(
        None,
        description="error on the log scale that all witnesses share; without one it is learnt from "
        "all other quantities",
    )
    shared_factor: Annotated[Number, Field(gt=0)] = Field(
        1.0, description="by how much more than that they share"
    )
    drift_factor: Annotated[Number, Field(gt=0)] = Field(
        1.0, description="by how much faster than learnt the true number wanders"
    )
    lean_factor: Annotated[Number, Field(gt=0)] = Field(
        1.0, description="by how much more than learnt a party and a teller may lean"
    )

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities of the whole, the part and the rest, and of the number it is compared with."""
        own = (*self.counts, self.part, self.rest, *(self.of or ()))
        return tuple(name for name in own if name is not None)

    def in_one_unit(self) -> tuple[tuple[str, ...], ...]:
        """What is pooled or added; a share is of the same unit, a multiple may be of other things."""
        if self.relation == "share":
            return (self.quantities_used(),)
        own = (*self.counts, self.part, self.rest)
        return tuple(name for name in own if name is not None), self.of or ()

    def origins_used(self) -> tuple[str, ...]:
        """The origin from which the claim has its number."""
        return () if self.own_origin is None else (self.own_origin,)

    @model_validator(mode="after")
    def _both_or_none(self) -> QuantityCheck:
        if (self.part is None) != (self.rest is None):
            raise ValueError("part and rest together, or neither")
        return self


@dataclass(frozen=True)
class Pooled:
    """What is told of a number for a day, and what it says together; None where that gives no answer."""

    on: date
    told: tuple[Heard, ...]
    answer: Posterior | None

    @property
    def tellers(self) -> tuple[str, ...]:
        """Who tells, each once, in the order in which they first spoke."""
        return tuple(dict.fromkeys(one.telling.teller for one in self.told))


def errors(archive: Archive, parameters: QuantityCheck) -> Errors:
    """How far tellers err, as of the archive's clock."""
    return hearing.errors(
        archive,
        frozenset(parameters.quantities_used()),
        parameters.access_error,
        shared=parameters.shared_error,
        drift_factor=parameters.drift_factor,
        shared_factor=parameters.shared_factor,
        lean_factor=parameters.lean_factor,
    )


def _rules(archive: Archive, parameters: QuantityCheck) -> tuple[Rule, ...]:
    """What keeps a sound row from being weighed."""
    return (
        (Reason.NO_NUMBER, lambda row: not row.has_number),
        warring_party(archive, parameters.belligerents),
    )


def witnesses(archive: Archive, parameters: QuantityCheck, own: bool = False) -> tuple[Heard, ...]:
    """What is told of the claimed number, in order of publication; own: with the claim's own telling."""
    return _pooled(archive, parameters, parameters.on, own).told


def _pooled(archive: Archive, parameters: QuantityCheck, on: date, own: bool = False) -> Pooled:
    """What is told of the claim's number for a day."""
    rules = _rules(archive, parameters)
    left_out = None if own else parameters.own_origin

    def rows(name: str | None) -> list[Statement]:
        told = usable(archive.about(name), *rules) if name else []
        return [row for row in told if row.origin != left_out]

    wholes, parts, rest = (
        [rows(name) for name in parameters.counts],
        rows(parameters.part),
        rows(parameters.rest),
    )
    every = [row for group in (*wholes, parts) for row in group]
    scale = common_scale(every, parameters.value)
    assumed = errors(archive, parameters)
    told = [one for group in wholes for one in hearing.heard(archive, group, on, assumed.access, scale)]
    # Whoever tells the whole for a day is not heard on its part for the same day.
    of_whole = {(one.telling.teller, one.telling.days) for one in told}
    of_part = [
        one
        for one in hearing.heard(archive, parts, on, assumed.access, scale)
        if (one.telling.teller, one.telling.days) not in of_whole
    ]
    told += hearing.with_rest(archive, of_part, rest, assumed, scale)
    return _answered(archive, on, told, assumed, scale)


def _answered(archive: Archive, on: date, told: Sequence[Heard], assumed: Errors, scale: Scale) -> Pooled:
    ordered = tuple(sorted(told, key=lambda one: (one.row.published, one.row.id)))
    try:
        return Pooled(on, ordered, hearing.pooled(archive, ordered, assumed, scale))
    except ValueError:
        return Pooled(on, ordered, None)


def answers(archive: Archive, parameters: QuantityCheck) -> tuple[Pooled, ...]:
    """The claimed number, and for a comparison what it is compared with."""
    first = _pooled(archive, parameters, parameters.on)
    if parameters.of:
        other = parameters.model_copy(
            update={"counts": parameters.of, "part": None, "rest": None, "value": None, "own_origin": None}
        )
        return first, _pooled(archive, other, parameters.on)
    if parameters.since:
        earlier = [_pooled(archive, parameters, day) for day in _earlier_days(archive, parameters)]
        known = [one for one in earlier if one.answer is not None]
        pick = max if parameters.relation == "highest since" else min
        return (first, pick(known, key=_median)) if known else (first,)
    return (first,)


def _median(pooled: Pooled) -> float:
    return 0.0 if pooled.answer is None else pooled.answer.median


def _earlier_days(archive: Archive, parameters: QuantityCheck) -> list[date]:
    """The days before the claimed one for which somebody gives a figure."""
    since = parameters.since or parameters.on
    rows = usable(archive.about(*parameters.counts), *_rules(archive, parameters))
    days = {meant_for(row, archive.quantities[row.quantity].kind) for row in rows if row.has_point}
    return sorted(day for day in days if since <= day and (parameters.on - day).days >= parameters.gap_days)


def check(archive: Archive, claim: Claim, parameters: QuantityCheck) -> Finding:
    """Probability that the claimed number was right on the claimed day, by what the archive shows."""
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def _answer(archive: Archive, parameters: QuantityCheck) -> Answer:
    pooled = answers(archive, parameters)
    told = {one.row.id: one for part in pooled for one in part.told}
    tellers = tuple(dict.fromkeys(teller for part in pooled for teller in part.tellers))
    about = archive.about(*parameters.quantities_used())
    used = {name for one in told.values() for name in (one.row.id, *one.completed_by)}
    evidence = tuple(row.id for row in about if row.id in used)
    outside = {one.telling.teller for one in told.values() if not archive.is_belligerent(one.row)}
    counted = {one.telling.teller for one in told.values() if one.row.access == "count"}
    answer = Answer(
        values=_values(archive, parameters, pooled),
        witnesses=pooled[0].told,
        weight=float(len(tellers)),
        tellers=tellers,
        origins=tuple(dict.fromkeys(one.row.origin for one in told.values())),
        outside_tellers=len(outside),
        counted_tellers=len(counted),
        enough=False,
        evidence=evidence,
        unused=unused(
            about,
            evidence,
            *_rules(archive, parameters),
            (Reason.OWN, lambda row: row.origin == parameters.own_origin),
            (Reason.TELLER_HEARD, lambda row: archive.ground(row.source) in tellers),
        ),
        **of_rows(archive, evidence),
    )
    if len(pooled[0].tellers) < LEAST_TELLERS or any(part.answer is None for part in pooled):
        return answer
    return (
        _record(answer, parameters, pooled)
        if parameters.since
        else _judged(archive, answer, parameters, pooled)
    )


def _values(archive: Archive, parameters: QuantityCheck, pooled: Sequence[Pooled]) -> PooledNumber:
    first = pooled[0]
    return PooledNumber(
        label=archive.quantities[parameters.counts[0]].label,
        tellers=len(first.tellers),
        tellings=len({one.row.origin for one in first.told}),
        on=parameters.on,
        unit=archive.quantities[parameters.counts[0]].unit,
        relation=parameters.relation,
        claimed=parameters.value,
        tolerance=parameters.tolerance,
        ends=None if parameters.low is None or parameters.high is None else (parameters.low, parameters.high),
        other=archive.quantities[parameters.of[0]].label if parameters.of else None,
        since=parameters.since,
    )


def _compared(pooled: Sequence[Pooled]) -> Posterior | None:
    """The answer that is held against the claimed range: the number, or its ratio to the other one."""
    first, *other = (part.answer for part in pooled)
    if first is None or not other:
        return first
    if other[0] is None or first.scale.unit is not None or other[0].scale.unit is not None:
        return None
    return ratio(first, other[0])


def _judged(archive: Archive, answer: Answer, parameters: QuantityCheck, pooled: Sequence[Pooled]) -> Answer:
    """The answer with what the tellings, pooled, say of the claimed range."""
    compared = _compared(pooled)
    if compared is None:
        return answer
    claimed, values = parameters.claimed, answer.values
    assert isinstance(values, PooledNumber)
    judgement = judged(compared, claimed.low, claimed.high, claimed.centre)
    low, high = compared.interval()
    median = compared.median
    values = replace(
        values,
        middle=median,
        low=low,
        high=high,
        coarser=judgement == "coarser",
        with_own=_with_own(archive, parameters),
    )
    alone = [one.telling.ends(compared.scale) for one in pooled[0].told] if parameters.of is None else []
    return replace(
        answer,
        values=values,
        probability=compared.within(claimed.low, claimed.high),
        judgement=judgement,
        estimate=median,
        interval=Interval(low, high, _unit(parameters, values.unit)),
        direction="below" if median < claimed.low else "above" if median > claimed.high else "within",
        enough=True,
        opposed=_opposed(alone, claimed.low, claimed.high),
    )


def _unit(parameters: QuantityCheck, unit: str) -> str:
    """The unit of what is held against the claim."""
    return {"share": "fraction", "times": "times"}.get(parameters.relation, unit)


def _opposed(alone: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    """Whether one telling by itself lies within the claimed range and another one outside it."""
    inside = any(low <= first and last <= high for first, last in alone)
    return inside and any(last < low or high < first for first, last in alone)


def _with_own(archive: Archive, parameters: QuantityCheck) -> float | None:
    """The probability when the claim's own telling is heard as well; None where it is not named."""
    if parameters.own_origin is None:
        return None
    answer = _pooled(archive, parameters, parameters.on, own=True).answer
    claimed = parameters.claimed
    return None if answer is None else answer.within(claimed.low, claimed.high)


def _record(answer: Answer, parameters: QuantityCheck, pooled: Sequence[Pooled]) -> Answer:
    """The answer with how likely the number is above, or below, all earlier ones."""
    if len(pooled) < 2 or pooled[0].answer is None or pooled[1].answer is None:
        return answer
    now, then = pooled[0].answer, pooled[1].answer
    share = greater(now, then) if parameters.relation == "highest since" else greater(then, now)
    low, high = now.interval()
    values = answer.values
    assert isinstance(values, PooledNumber)
    return replace(
        answer,
        values=replace(
            values, middle=now.median, low=low, high=high, earlier=then.median, earlier_on=pooled[1].on
        ),
        probability=share,
        estimate=now.median,
        interval=Interval(low, high, values.unit),
        direction="within" if share > 0.5 else "below" if parameters.relation == "highest since" else "above",
        enough=True,
    )


def _days_of_learning(archive: Archive, parameters: QuantityCheck) -> set[date]:
    """The days on which a figure became public from which errors are learnt."""
    if parameters.shared_error is not None and not archive.statements:
        return set()
    return {row.published for row in archive.statements if row.has_number and row.status == "sound"}


def _listing(archive: Archive, parameters: QuantityCheck, finding: Finding) -> Listing:
    """One line a telling, with what it alone says of the claimed day."""
    assumed = errors(archive, parameters)

    @functools.cache
    def alone(one: Heard) -> str:
        scale = common_scale([one.row])
        answer = hearing.pooled(archive, [one], assumed, scale)
        return english.range_of(answer.median, *answer.interval())

    return Listing(
        title="What each telling says",
        one="One line a telling",
        note=" The last column is what this telling alone says of the claimed day, with a 90 % interval that "
        "widens with the distance in time. A bound alone says nothing exact.",
        head="Teller",
        day="Meant for",
        figure="Said",
        answer="Counts as",
        short="Counts as",
        numeric=True,
        lines=tuple(
            Listed(one.row.id, "a bound" if one.telling.value is None else alone(one))
            for one in finding.witnesses
        ),
    )


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
    own_days=_days_of_learning,
)
