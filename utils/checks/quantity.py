"""Is a claimed number right? What tellers say of it, pooled with errors that are learnt.

Rule
----
1. What each teller says, and which word of it stands, are tellings by the rule of `utils.checks.tellings`:
   one teller is one witness, however often it speaks; "at least" and "up to" are bounds. A teller of the
   whole is not heard on the part for the same day. A part is completed by the pooled rest of its own day.
2. They are pooled by the rule of `utils.checks.pool`. The drift of the kind of quantity and the shared error
   are learnt from all other quantities of the archive, as of the clock (`utils.checks.learning`).
3. The claim gives a range (its `relation`): about (the value, give or take the tolerance), at least, more
   than, at most, less than, between. Or it compares: a share of another quantity, n times another one, the
   highest or the lowest since a day. The probability is the share of the answer within the range. For a
   comparison both are pooled apart and drawn against each other, node by node.
4. *Supported*: at least 0.8 within the range. *Refuted*: at least 0.8 on one side of it. Neither, where even
   an answer with its median at the claim would have less than 0.8 within: the evidence is coarser than the
   claim.
5. The claim's own telling is no witness for the claim where its origin is named (`own_origin`). Robustness
   tells what it would change.
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
That of `utils.checks.pool` and `utils.checks.learning`; Higgins, Thompson and Spiegelhalter (2009), JRSS A
172, for what a pooled mean does and does not say.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.claims import Claim
from ..evidence.spans import period
from ..sentences import english
from ..sentences.values import PooledNumber, Reason
from . import hearing
from .claimed import ALTERNATIVES, QuantityCheck
from .finding import Answer, Finding, Interval, Outcome, of_rows, unused
from .hearing import Heard
from .method import Listed, Listing, Method
from .pooled import Pooled, answers, errors, rules, witnesses
from .posterior import Posterior, greater, judged, ratio
from .tellings import common_scale

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHOD", "QuantityCheck", "answers", "check", "errors", "witnesses"]

LEAST_TELLERS = 2


def check(archive: Archive, claim: Claim, parameters: QuantityCheck) -> Finding:
    """Probability that the claimed number was right on the claimed day, by what the archive shows."""
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def outcome(archive: Archive, parameters: QuantityCheck) -> Outcome:
    """What the label of a check follows from."""
    return _outcome(answers(archive, parameters), parameters)


def _outcome(pooled: Sequence[Pooled], parameters: QuantityCheck) -> Outcome:
    if len(pooled[0].tellers) < LEAST_TELLERS or any(part.answer is None for part in pooled):
        return Outcome(enough=False)
    if parameters.since:
        share = _share_of_record(pooled, parameters)
        return Outcome(probability=share, enough=share is not None)
    compared, claimed = _compared(pooled), parameters.claimed
    if compared is None:
        return Outcome(enough=False)
    alone = [one.telling.ends(compared.scale) for one in pooled[0].told] if parameters.of is None else []
    return Outcome(
        probability=compared.within(claimed.low, claimed.high),
        judgement=judged(compared, claimed.low, claimed.high, claimed.centre),
        enough=True,
        opposed=_opposed(alone, claimed.low, claimed.high),
    )


def _answer(archive: Archive, parameters: QuantityCheck) -> Answer:
    pooled = answers(archive, parameters)
    said = _outcome(pooled, parameters)
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
        **vars(said),
        evidence=evidence,
        unused=unused(
            about,
            evidence,
            *rules(archive, parameters.belligerents, parameters.on),
            (Reason.OWN, lambda row: row.origin == parameters.own_origin),
            (Reason.TELLER_HEARD, lambda row: archive.ground(row.source) in tellers),
        ),
        **of_rows(archive, evidence),
    )
    if not said.enough:
        return answer
    return _record(answer, parameters, pooled) if parameters.since else _judged(answer, parameters, pooled)


def _values(archive: Archive, parameters: QuantityCheck, pooled: Sequence[Pooled]) -> PooledNumber:
    first = pooled[0]
    return PooledNumber(
        label=archive.quantities[parameters.counts[0]].label,
        tellers=len(first.tellers),
        tellings=len({one.row.origin for one in first.told}),
        on=parameters.on,
        period=period(archive, parameters.counts, parameters.on),
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


def _judged(answer: Answer, parameters: QuantityCheck, pooled: Sequence[Pooled]) -> Answer:
    """The answer with what the tellings, pooled, say of the number."""
    compared, claimed, values = _compared(pooled), parameters.claimed, answer.values
    assert compared is not None and isinstance(values, PooledNumber)
    low, high = compared.interval()
    median = compared.median
    values = replace(
        values,
        middle=median,
        low=low,
        high=high,
        coarser=answer.judgement == "coarser",
    )
    return replace(
        answer,
        values=values,
        estimate=median,
        interval=Interval(low, high, _unit(parameters, values.unit)),
        direction="below" if median < claimed.low else "above" if median > claimed.high else "within",
    )


def _unit(parameters: QuantityCheck, unit: str) -> str:
    """The unit of what is held against the claim."""
    return {"share": "fraction", "times": "times"}.get(parameters.relation, unit)


def _opposed(alone: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    """Whether one telling by itself lies within the claimed range and another one outside it."""
    inside = any(low <= first and last <= high for first, last in alone)
    return inside and any(last < low or high < first for first, last in alone)


def _share_of_record(pooled: Sequence[Pooled], parameters: QuantityCheck) -> float | None:
    """How likely the number is above, or below, all earlier ones; None where there is no earlier one."""
    if len(pooled) < 2 or pooled[0].answer is None or pooled[1].answer is None:
        return None
    now, then = pooled[0].answer, pooled[1].answer
    return greater(now, then) if parameters.relation == "highest since" else greater(then, now)


def _record(answer: Answer, parameters: QuantityCheck, pooled: Sequence[Pooled]) -> Answer:
    """The answer with the number and the highest, or lowest, earlier one."""
    now, then, share, values = pooled[0].answer, pooled[1].answer, answer.probability, answer.values
    assert now is not None and then is not None and share is not None and isinstance(values, PooledNumber)
    low, high = now.interval()
    return replace(
        answer,
        values=replace(
            values, middle=now.median, low=low, high=high, earlier=then.median, earlier_on=pooled[1].on
        ),
        estimate=now.median,
        interval=Interval(low, high, values.unit),
        direction="within" if share > 0.5 else "below" if parameters.relation == "highest since" else "above",
    )


def _days_of_learning(archive: Archive, parameters: QuantityCheck) -> set[date]:
    """The days on which what is learnt of errors changed."""
    told = sorted({row.published for row in archive.statements if row.has_number and row.status == "sound"})
    changed, last = set(), None
    for day in told:
        known = errors(archive.as_of(day), parameters)
        lesson = known.drift, known.shared, known.lean
        if lesson != last:
            changed.add(day)
            last = lesson
    return changed


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
    outcome=outcome,
    question=english.quantity_asks,
    sentence=english.quantity,
    strategies=frozenset({"Written Evidence", "Numerical Comparison"}),
    listing=_listing,
    own_days=_days_of_learning,
)
