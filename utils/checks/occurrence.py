"""Did it happen? Witnesses for and against, by origin and with their reliability.

Rule
----
1. A witness is an origin with a sound row on the claim's quantities, meant for the days asked about. A row
   affirms or denies by its stance; without one, a positive number affirms and a zero denies. Rows on the
   quantities `against` speak the other way. "Unconfirmed" is no denial; such a row is shown beside.
2. Of an origin's rows the last published speaks: tellers may change their mind. An origin that both affirms
   and denies on that day is no witness.
3. A witness multiplies the odds by the ratio of its source's Admiralty letter. Witnesses of one party lean
   on each other: sorted by their ratio, each further one adds a fixed share of what the one before added.
   The odds start even.
4. Two origins are the least that can be judged.

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

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..archive import Archive
from ..claims import Claim
from ..parameters import OccurrenceCheck, WitnessCheck
from ..schema import Statement
from . import Finding, Interval, found

__all__ = ["LEAST_ORIGINS", "Witness", "check", "odds", "probability", "says", "witnesses"]

ALTERNATIVES = {
    "letter_ratio": lambda check: [
        dict.fromkeys(check.letter_ratio, 3.0),  # all letters alike
        *({letter: ratio**power for letter, ratio in check.letter_ratio.items()} for power in (0.5, 2.0)),
    ],
    "crowding": lambda check: [0.25, 0.75],
    "belligerents": lambda check: [not check.belligerents],
}
LEAST_ORIGINS = 2


@dataclass(frozen=True)
class Witness:
    """An origin that says that it happened, or that it did not; `ratio` is above one either way."""

    origin: str
    party: str
    belligerent: bool
    counted: bool
    affirms: bool
    ratio: float
    row: str


def says(row: Statement) -> bool | None:
    """Whether a row affirms; None when it neither affirms nor denies."""
    if row.stance is not None:
        return {"affirms": True, "denies": False}.get(row.stance)
    if row.value == 0 or row.high == 0:
        return False
    number = next((end for end in (row.value, row.low, row.high) if end is not None), None)
    return None if number is None else number > 0


def witnesses(archive: Archive, parameters: WitnessCheck) -> tuple[Witness, ...]:
    """One witness an origin, in order of publication."""
    told = []
    for origin, rows in archive.origins(_usable(archive, parameters)).items():
        last = [row for row in rows if row.published == rows[-1].published]
        answers = {_answer(row, parameters) for row in last}
        if len(answers) != 1:
            continue
        row = last[-1]
        source = archive.sources[row.source]
        told.append(
            Witness(
                origin=origin,
                party=source.party,
                belligerent=archive.is_belligerent(row),
                counted=row.access == "count",
                affirms=answers.pop(),
                ratio=parameters.letter_ratio[source.reliability],
                row=row.id,
            )
        )
    return tuple(told)


def _answer(row: Statement, parameters: WitnessCheck) -> bool:
    """Whether a row speaks for the claim."""
    return says(row) != (row.quantity in parameters.against)


def _asked(archive: Archive, parameters: WitnessCheck) -> list[Statement]:
    """Every row on the quantities that is meant for the days asked about, in order of publication."""
    return [
        row
        for row in archive.statements
        if row.quantity in (*parameters.counts, *parameters.against)
        and row.valid_from <= parameters.until
        and row.valid_to >= parameters.since
    ]


def _usable(archive: Archive, parameters: WitnessCheck) -> list[Statement]:
    return [
        row
        for row in _asked(archive, parameters)
        if row.status == "sound"
        and says(row) is not None
        and (parameters.belligerents or not archive.is_belligerent(row))
    ]


def odds(told: Iterable[Witness], *, crowding: float, power: float = 1.0) -> float:
    """Log-odds that it happened; every ratio is raised to `power`."""
    sides: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for one in told:
        sides[(one.party, one.affirms)].append(math.log(one.ratio) * power)
    return sum(
        (1 if affirms else -1) * weight * crowding**place
        for (_, affirms), weights in sides.items()
        for place, weight in enumerate(sorted(weights, reverse=True))
    )


def probability(told: Iterable[Witness], *, crowding: float, power: float = 1.0) -> float:
    """Probability that it happened, from even odds; every ratio is raised to `power`."""
    return 1 / (1 + math.exp(-odds(told, crowding=crowding, power=power)))


def check(archive: Archive, claim: Claim, parameters: OccurrenceCheck) -> Finding:
    """Probability that it happened, by the witnesses that the archive shows."""
    told = witnesses(archive, parameters)
    ends = sorted(probability(told, crowding=parameters.crowding, power=power) for power in (0.5, 2.0))
    against = sum(not one.affirms for one in told)
    share = probability(told, crowding=parameters.crowding) if told else None
    return found(
        archive,
        claim,
        parameters,
        ALTERNATIVES,
        probability=share,
        estimate=None,
        interval=Interval(*ends, "probability") if told else None,
        direction=None if share is None else "for" if share > 0.5 else "against",
        origins=tuple(one.origin for one in told),
        witnesses=float(len(told)),
        outside_origins=sum(not one.belligerent for one in told),
        counted_origins=sum(one.counted for one in told),
        enough=len(told) >= LEAST_ORIGINS,
        opposed=0 < against < len(told),
        evidence=tuple(one.row for one in told),
        considered=tuple(row.id for row in _asked(archive, parameters)),
        sentence=_sentence(told, against),
    )


def _sentence(told: Sequence[Witness], against: int) -> str:
    if not told:
        return "Nobody had said so or denied it in a row that can be used."
    outside = sum(not one.belligerent for one in told)
    return (
        f"{len(told) - against} independent origin{'' if len(told) - against == 1 else 's'} "
        f"affirm{'s' if len(told) - against == 1 else ''} it and {against} "
        f"den{'ies' if against == 1 else 'y'} it; {outside} of them from outside the warring parties."
    )
