"""Did it happen? Witnesses for and against, by origin and with their reliability.

Rule
----
1. A witness is an origin with a sound row on the claim's quantities, meant for the days asked about. A row
   affirms or denies by its stance; without one, a positive number affirms and a zero denies. Rows on the
   quantities `against` speak the other way. "Unconfirmed" is no denial; such a row is shown beside.
2. Of an origin's rows the last published speaks: tellers may change their mind. An origin that both affirms
   and denies on that day is no witness. A computed table (`shown`) is one more witness, with its maker's
   letter: its newest day among those asked about affirms when the column's sum is above zero, else denies.
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
from typing import TYPE_CHECKING

from ..evidence.claims import Claim
from ..evidence.parameters import OccurrenceCheck, WitnessCheck
from ..evidence.schema import Statement
from ..evidence.vintages import chosen
from ..words import counted, plural
from .finding import Finding, Interval, found, of_table, speaks_until
from .method import Method
from .words import labels, window

if TYPE_CHECKING:
    import pandas

    from ..archive import Archive

__all__ = [
    "LEAST_ORIGINS",
    "METHOD",
    "Witness",
    "check",
    "odds",
    "probability",
    "says",
    "says_yes",
    "sides",
    "witnesses",
]

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
    """An origin that says that it happened, or that it did not; `ratio` is above one either way.

    row: the row that speaks; None for a computed table.
    """

    origin: str
    party: str
    belligerent: bool
    counted: bool
    affirms: bool
    ratio: float
    row: str | None


def says(row: Statement) -> bool | None:
    """Whether a row affirms; None when it neither affirms nor denies."""
    if row.stance is not None:
        return {"affirms": True, "denies": False}.get(row.stance)
    if row.value == 0 or row.high == 0:
        return False
    number = next((end for end in (row.value, row.low, row.high) if end is not None), None)
    return None if number is None else number > 0


def witnesses(archive: Archive, parameters: WitnessCheck) -> tuple[Witness, ...]:
    """One witness an origin, in order of publication, and the table that is shown as the last."""
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
    return (*told, *_of_shown(archive, parameters))


def _of_shown(archive: Archive, parameters: WitnessCheck) -> list[Witness]:
    """The computed table as a witness: its newest day among those asked about speaks; none without one."""
    shown = parameters.shown
    last = _last_shown(archive, parameters)
    if last is None or (archive.is_of_a_belligerent(shown.source) and not parameters.belligerents):
        return []
    frame = archive.table(shown.table)
    frame = chosen(frame[frame["date"] == last], shown.where)
    source = archive.sources[shown.source]
    return [
        Witness(
            origin=archive.tables.origin(shown.table),
            party=source.party,
            belligerent=archive.is_of_a_belligerent(shown.source),
            counted=True,
            affirms=bool(frame[shown.value].sum() > 0),
            ratio=parameters.letter_ratio[source.reliability],
            row=None,
        )
    ]


def _last_shown(archive: Archive, parameters: WitnessCheck) -> pandas.Timestamp | None:
    """The newest day of the table among those asked about; None without a table or such a day."""
    import pandas

    if parameters.shown is None:
        return None
    days = archive.table(parameters.shown.table)["date"]
    asked = days[(days >= pandas.Timestamp(parameters.since)) & (days <= pandas.Timestamp(parameters.until))]
    return None if asked.empty else asked.max()


def _answer(row: Statement, parameters: WitnessCheck) -> bool:
    """Whether a row speaks for the claim."""
    return says(row) != (row.quantity in parameters.against)


def _asked(archive: Archive, parameters: WitnessCheck) -> list[Statement]:
    """Every row on the quantities that is meant for the days asked about, in order of publication."""
    return [
        row
        for row in archive.about(*parameters.counts, *parameters.against)
        if row.valid_from <= parameters.until and row.valid_to >= parameters.since
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
        evidence=tuple(one.row for one in told if one.row),
        considered=tuple(row.id for row in _asked(archive, parameters)),
        **_time(archive, parameters, told),
        sentence=_sentence(told, against),
    )


def _time(archive: Archive, parameters: WitnessCheck, told: Sequence[Witness]) -> dict[str, object]:
    """The tables of a finding, and how new and how lasting its evidence is, where a table is a witness."""
    if all(one.row for one in told):
        return {"tables": ()}
    shown = of_table(
        archive,
        parameters.shown.table,
        True,
        until=parameters.until,
        newest=_last_shown(archive, parameters),
    )
    rows = [archive.rows[one.row] for one in told if one.row]
    ends = [shown["speaks_until"], *([speaks_until(archive, rows)] if rows else [])]
    return {
        "tables": (parameters.shown.table,),
        "newest": max([shown["newest"], *(row.published for row in rows)]),
        "speaks_until": None if None in ends else max(ends),
    }


def _sentence(told: Sequence[Witness], against: int) -> str:
    if not told:
        return "Nobody had said so or denied it in a row that can be used."
    outside = sum(not one.belligerent for one in told)
    return (
        f"{counted(len(told) - against, 'independent origin')} "
        f"{plural(len(told) - against, 'affirms', 'affirm')} it and {against} "
        f"{plural(against, 'denies', 'deny')} it; {outside} of them from outside the warring parties."
    )


def says_yes(parameters: WitnessCheck, row: Statement) -> bool | None:
    """Whether a row says yes to what is asked of the window; None for a row about something else."""
    of_window = row.quantity in (*parameters.counts, *parameters.against) and (
        row.valid_to >= parameters.since
    )
    return says(row) != (row.quantity in parameters.against) if of_window else None


def sides(parameters: WitnessCheck, archive: Archive) -> str:
    """The days, what speaks for it, and what speaks against it, in words."""
    days, against = window(parameters.since, parameters.until), labels(archive, parameters.against)
    if not parameters.counts:
        return f"not so {days}: {against}"
    but = f"; and not: {against}" if parameters.against else ""
    return f"so {days}: {labels(archive, parameters.counts)}{but}"


def _question(parameters: OccurrenceCheck, archive: Archive) -> str:
    return f"Was this {sides(parameters, archive)}?"


METHOD = Method(
    name="occurrence",
    title="Occurrence: did it happen?",
    rule=__doc__,
    parameters=OccurrenceCheck,
    check=check,
    alternatives=ALTERNATIVES,
    question=_question,
    strategies=frozenset({"Written Evidence"}),
    says_yes=says_yes,
)
