"""Did it happen? Witnesses for and against, by origin and with their reliability.

Rule
----
1. The witnesses are those of `utils.checks.testimony`, with its rule of tellers, days and weights. A row
   affirms or denies by its stance; without one, a positive number affirms and a zero denies. Rows on the
   quantities `against` speak the other way. "Unconfirmed" is no denial; such a row is shown beside.
2. The probability is of what the check says in `says`, on some day of its window or on all of them.
3. Two witnesses are the least that can be judged.

Assumptions
-----------
The ratios are a convention: the letters order sources, they do not measure them. The interval shows what
the square root and the square of every ratio make of the result. The letters were given with hindsight, which
the first clock cannot have had; robustness varies the mapping, with all letters alike among the choices.

Literature
----------
Good (1950), Probability and the Weighing of Evidence, for weights that add up on the log-odds scale; NATO
AJP-2.1 (2016) for the letters; Irwin and Mandel (2019), Intelligence and National Security 34, for what the
letters do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..evidence.claims import Claim
from ..sentences import english
from ..sentences.values import Sides
from . import shown_table, testimony, weighing
from .finding import Answer, Finding, Interval, Outcome, direction, of_rows, of_table, speaks_until
from .method import Method
from .testimony import Witness
from .witness_check import ALTERNATIVES, WitnessCheck

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["METHOD", "OccurrenceCheck", "answer", "check", "outcome"]


class OccurrenceCheck(WitnessCheck):
    """What a claims file says of something that is said to have happened."""

    method: Literal["occurrence"]


def check(archive: Archive, claim: Claim, parameters: OccurrenceCheck) -> Finding:
    """Probability that it happened, by the witnesses that the archive shows."""
    return METHOD.finding(archive, claim, parameters, answer(archive, parameters))


def outcome(archive: Archive, parameters: WitnessCheck) -> Outcome:
    """What the label of a check follows from."""
    return _outcome(testimony.witnesses(archive, parameters), parameters)


def _outcome(witnesses: Sequence[Witness], parameters: WitnessCheck) -> Outcome:
    enough = testimony.enough(witnesses)
    return Outcome(
        probability=weighing.probability(witnesses, parameters) if enough else None,
        enough=enough,
        opposed=len({witness.affirms for witness in witnesses}) > 1,
    )


def answer(archive: Archive, parameters: WitnessCheck) -> Answer:
    """What the witnesses say together."""
    witnesses = testimony.witnesses(archive, parameters)
    said = _outcome(witnesses, parameters)
    against = sum(not witness.affirms for witness in witnesses)
    outside = sum(not witness.belligerent for witness in witnesses)
    return Answer(
        values=Sides(
            says=parameters.says,
            denial=parameters.denial,
            affirm=len(witnesses) - against,
            deny=against,
            outside=outside,
            days=parameters.length,
            uncovered=weighing.uncovered(witnesses, parameters),
            every_day=parameters.days == "all",
            partial=archive.article.partial_words,
        ),
        **vars(said),
        interval=Interval(*weighing.interval(witnesses, parameters), "probability") if said.enough else None,
        direction=direction(said.probability),
        witnesses=witnesses,
        weight=float(len(witnesses)),
        tellers=tuple(witness.teller for witness in witnesses),
        origins=tuple(dict.fromkeys(origin for witness in witnesses for origin in witness.origins)),
        outside_tellers=outside,
        counted_tellers=sum(witness.counted for witness in witnesses),
        evidence=tuple(witness.row for witness in witnesses if witness.row),
        unused=testimony.unheard(archive, parameters, witnesses),
        **_days(archive, parameters, witnesses),
    )


def _days(archive: Archive, parameters: WitnessCheck, witnesses: Sequence[Witness]) -> dict[str, Any]:
    """The tables of an answer, and how new and how lasting its evidence is."""
    rows = [witness.row for witness in witnesses if witness.row]
    if len(rows) == len(witnesses) or parameters.shown is None:
        return of_rows(archive, rows)
    last = shown_table.newest_shown(archive, parameters)
    shown = of_table(archive, parameters.shown.table, True, until=parameters.until, newest=last)
    told = [archive.statement(name) for name in rows]
    ends = [shown["speaks_until"], *([speaks_until(archive, told)] if told else [])]
    return {
        "tables": shown["tables"],
        "newest": max([shown["newest"], *(row.published for row in told)]),
        "speaks_until": None if None in ends else max(ends),
    }


METHOD = Method(
    name="occurrence",
    title="Occurrence: did it happen?",
    rule=__doc__,
    parameters=OccurrenceCheck,
    check=check,
    alternatives=ALTERNATIVES,
    outcome=outcome,
    question=english.occurrence_asks,
    sentence=english.occurrence,
    strategies=frozenset({"Written Evidence"}),
    says_yes=testimony.says_yes,
)
