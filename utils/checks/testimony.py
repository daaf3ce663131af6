"""Who says so and who denies it: the tellers of a question as witnesses, and what they weigh together.

Rule, for every method that weighs witnesses for and against
------------------------------------------------------------
1. *A witness is a teller.* All rows of an origin have one teller, the source of its first row, whose party
   and letter they have. Who speaks for another (`speaks_for`) is heard as that other. Tellers who work on
   the files of another (`derived_from`) are one witness with that other, and those nearest to the files
   speak. A witness is outside the war only if none of those on whom it rests is a warring party.
2. *A word has its days.* A row speaks for the days for which it is meant, as far as the check asks about
   them. Of one teller the later word replaces the earlier one for the days of both: a denial that is taken
   back is gone from the day on which that became public. Words of one day of publication that contradict
   each other for the same days say nothing of those days.
3. *Some day or all days.* A check asks whether it was so on some day of its window (`days: some`) or on all
   of them (`days: all`). Whoever affirms "some" for one day has affirmed it, whoever denies "all" for one day
   has denied it. The other side must cover the days: a denial of "some" and an affirmation of "all" speak
   for their own days only.
4. *Weight.* A witness multiplies the odds by the ratio of its Admiralty letter, raised to the power of its
   standing: a principal, who speaks of his own doing, weighs more than an observer, and whoever was only
   told weighs less. Witnesses of one party on one side lean on each other: sorted by their weight, each
   further one adds a fixed share (`crowding`) of what the one before added. The odds start at `prior`.
5. *Days that nobody covers* cost what they must. Where the window has n days and the side that must cover
   them covers some, the odds for "some" are

       prior odds x product of the ratios of those who affirm x sum over days of share(day) / ratios(day)

   where ratios(day) is the product of the ratios of those who deny that day, and share(day) is where it was
   if it was: spread evenly over the window, with each affirming witness's ratio less one on top, spread over
   its own days. A witness who denies the whole window divides the odds by its ratio, one who denies half of
   it, of ratio r, multiplies them by (1 + 1/r) / 2. "All" is "some" turned round.
6. A computed table that is `shown` is a witness with its maker's letter; it affirms the days on which the
   sum of its column is above zero and denies its other days. No teller who rests on it counts beside it.
7. Two witnesses are the least that can be judged. Where there are fewer, nothing is said of a probability.

Assumptions
-----------
The ratios, the powers and the crowding are conventions; robustness varies them, the prior and `days` too. A
letter that cannot be judged (F) weighs little: two of them, of two parties, do not reach four to one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Identifier, Number, Text
from ..evidence.parameters import BuiltCheck, Share
from ..evidence.schema import Record, Statement
from ..evidence.vintages import chosen
from ..sentences.values import Reason
from .finding import Alternatives, Rule, unused, usable, warring_party

if TYPE_CHECKING:
    import pandas

    from ..archive import Archive

__all__ = [
    "ALTERNATIVES",
    "LEAST_ORIGINS",
    "Shown",
    "Witness",
    "WitnessCheck",
    "asked",
    "last_shown",
    "odds",
    "probability",
    "says",
    "says_yes",
    "unheard",
    "witnesses",
]

ALTERNATIVES: Alternatives = {
    "letter_ratio": lambda check: [
        dict.fromkeys(check.letter_ratio, 3.0),  # all letters alike
        *({letter: ratio**power for letter, ratio in check.letter_ratio.items()} for power in (0.5, 2.0)),
    ],
    "crowding": lambda check: [0.25, 0.75],
    "belligerents": lambda check: [not check.belligerents],
}
LEAST_ORIGINS = 2


class Shown(Record):
    """A computed table that shows by a column's sum above zero that something was so on a day."""

    table: Identifier
    value: Identifier = Field(description="the column whose sum by day is above zero where it was so")
    where: dict[Identifier, tuple[Text, ...]] = Field({}, description="which rows of the table are summed")
    source: Identifier = Field(description="the teller whose letter and party the table has")


class WitnessCheck(BuiltCheck):
    """What the methods share that weigh witnesses for and against something on certain days."""

    counts: tuple[Identifier, ...] = Field(
        (), description="quantities whose affirmations say that it happened"
    )
    against: tuple[Identifier, ...] = Field(
        (), description="quantities whose affirmations say that it did not happen"
    )
    since: Day = Field(description="first day for which a statement must be meant")
    until: Day = Field(description="last day for which a statement must be meant")
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    letter_ratio: dict[Literal["A", "B", "C", "D", "E", "F"], Annotated[Number, Field(ge=1)]] = Field(
        default={"A": 9.0, "B": 5.0, "C": 3.0, "D": 1.5, "E": 1.2, "F": 2.0},
        description="how many times likelier a source of this letter says so if it is so than if it is not",
    )
    crowding: Share = Field(
        0.5, description="what a further witness of the same party adds, as a share of the one before"
    )
    shown: Shown | None = Field(None, description="a computed table that is a witness as well")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for and against."""
        return (*self.counts, *self.against)

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days asked about."""
        return self.since, self.until

    def sources_used(self) -> tuple[str, ...]:
        """The teller of the table."""
        return (self.shown.source,) if self.shown else ()

    def tables_used(self) -> tuple[str, ...]:
        """The table that is a witness."""
        return (self.shown.table,) if self.shown else ()

    def columns_used(self) -> frozenset[str]:
        """The days, the column that is summed and those that choose its rows."""
        return frozenset({"date", self.shown.value, *self.shown.where}) if self.shown else frozenset()

    @model_validator(mode="after")
    def _something_on_some_day(self) -> WitnessCheck:
        if not (self.counts or self.against or self.shown):
            raise ValueError("a quantity in counts or in against, or a table that is shown")
        if self.until < self.since:
            raise ValueError("since not after until")
        return self


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
    heard = usable(asked(archive, parameters), *_rules(archive, parameters))
    for origin, rows in archive.origins(heard).items():
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
    last = last_shown(archive, parameters)
    if (
        shown is None
        or last is None
        or (archive.is_of_a_belligerent(shown.source) and not parameters.belligerents)
    ):
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


def last_shown(archive: Archive, parameters: WitnessCheck) -> pandas.Timestamp | None:
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


def asked(archive: Archive, parameters: WitnessCheck) -> list[Statement]:
    """Every row on the quantities that is meant for the days asked about, in order of publication."""
    return [
        row
        for row in archive.about(*parameters.counts, *parameters.against)
        if row.valid_from <= parameters.until and row.valid_to >= parameters.since
    ]


def _rules(archive: Archive, parameters: WitnessCheck) -> tuple[Rule, Rule]:
    """What keeps a sound row of the question from being heard."""
    return (
        (Reason.NO_STANCE, lambda row: says(row) is None),
        warring_party(archive, parameters.belligerents),
    )


def unheard(archive: Archive, parameters: WitnessCheck, heard: Iterable[Witness]) -> dict[str, Reason]:
    """Why each row of the question is no witness."""
    by_origin = {one.origin: one.row for one in heard}
    return unused(
        asked(archive, parameters),
        [row for row in by_origin.values() if row],
        *_rules(archive, parameters),
        (Reason.UNDECIDED, lambda row: row.origin not in by_origin),
    )


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


def says_yes(parameters: WitnessCheck, row: Statement) -> bool | None:
    """Whether a row says yes to what is asked of the window; None for a row about something else."""
    of_window = row.quantity in (*parameters.counts, *parameters.against) and (
        row.valid_to >= parameters.since
    )
    return says(row) != (row.quantity in parameters.against) if of_window else None
