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
   each other for the same days say nothing of those days. A row of an old origin that says the same as its
   first one is no later word, for whatever days.
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
   sum of its column is above zero and denies its other days; a month speaks where all of it is asked about.
   No teller who rests on it counts beside it.
7. Two witnesses, or a computed table, are the least that can be judged. Where there are fewer, nothing is
   said of a probability.

Changed after the first look
----------------------------
The dead of a year were heard as dead of its first weeks; a running total above zero now speaks only where
its last day is asked about.
A table was not enough by itself, so that zero allocations in each of eleven months could not be judged; the
methods that read tables judge by one. A month was heard on the days of a window that begins within it.

Assumptions
-----------
The ratios, the powers and the crowding are conventions; robustness varies them, the prior and `days` too. A
letter that cannot be judged (F) weighs little: two of them, of two parties, do not reach four to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Identifier, Number, Text
from ..evidence.parameters import BuiltCheck, Share
from ..evidence.schema import Record, Statement
from ..evidence.tellers import steps
from ..evidence.vintages import chosen
from ..sentences.values import Reason
from .finding import Alternatives, Rule, unused, usable, warring_party

if TYPE_CHECKING:
    import pandas

    from ..archive import Archive

__all__ = [
    "ALTERNATIVES",
    "Shown",
    "Witness",
    "WitnessCheck",
    "asked",
    "covered",
    "enough",
    "newest_shown",
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
    "prior": lambda check: [1 / 3, 2 / 3],
    "days": lambda check: ["all" if check.days == "some" else "some"],
    "standing": lambda check: [dict.fromkeys(check.standing, 1.0)],
}
LEAST_WITNESSES = 2  # tellers; a table is enough


class Shown(Record):
    """A computed table that shows by a column's sum, above zero or zero, that something was so on a day."""

    table: Identifier
    value: Identifier = Field(description="the column whose sum by day is above zero where it was so")
    where: dict[Identifier, tuple[Text, ...]] = Field({}, description="which rows of the table are summed")
    day: Identifier = Field("date", description="the column of the days, or of the months as YYYY-MM")
    zero: bool = Field(False, description="whether it was so where the sum is zero, instead of above it")
    source: Identifier = Field(description="the teller whose letter and party the table has")


class WitnessCheck(BuiltCheck):
    """What the methods share that weigh witnesses for and against something on certain days."""

    says: Text = Field(description="what the witnesses for it say, as a clause that goes on from 'say that'")
    denial: Text | None = Field(
        None, description="what those against it say, as such a clause; without one they deny it"
    )
    counts: tuple[Identifier, ...] = Field((), description="quantities whose affirmations say that it was so")
    against: tuple[Identifier, ...] = Field(
        (), description="quantities whose affirmations say that it was not so"
    )
    since: Day = Field(description="first day asked about")
    until: Day = Field(description="last day asked about")
    days: Literal["some", "all"] = Field(
        "some", description="whether it is said to have been so on some of these days or on all of them"
    )
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    letter_ratio: dict[Literal["A", "B", "C", "D", "E", "F"], Annotated[Number, Field(ge=1)]] = Field(
        default={"A": 9.0, "B": 5.0, "C": 3.0, "D": 1.5, "E": 1.2, "F": 1.8},
        description="how many times likelier a source of this letter says so if it is so than if it is not",
    )
    standing: dict[Literal["principal", "observer", "told"], Annotated[Number, Field(ge=0)]] = Field(
        default={"principal": 1.5, "observer": 1.0, "told": 0.5},
        description="the power to which the ratio is raised, by how the teller stands to what is told",
    )
    crowding: Share = Field(
        0.5, description="what a further witness of the same party adds, as a share of the one before"
    )
    prior: Annotated[Number, Field(gt=0, lt=1)] = Field(
        0.5, description="probability that it was so, before anybody is heard"
    )
    shown: Shown | None = Field(None, description="a computed table that is a witness as well")

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for and against."""
        return (*self.counts, *self.against)

    @property
    def proposition(self) -> str:
        """What the witnesses for it say."""
        return self.says

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days asked about."""
        return self.since, self.until

    @property
    def length(self) -> int:
        """How many days are asked about."""
        return (self.until - self.since).days + 1

    def sources_used(self) -> tuple[str, ...]:
        """The teller of the table."""
        return (self.shown.source,) if self.shown else ()

    def tables_used(self) -> tuple[str, ...]:
        """The table that is a witness."""
        return (self.shown.table,) if self.shown else ()

    def columns_used(self) -> frozenset[str]:
        """The days, the column that is summed and those that choose its rows."""
        return frozenset({self.shown.day, self.shown.value, *self.shown.where}) if self.shown else frozenset()

    @model_validator(mode="after")
    def _something_on_some_day(self) -> WitnessCheck:
        if not (self.counts or self.against or self.shown):
            raise ValueError("a quantity in counts or in against, or a table that is shown")
        if self.until < self.since:
            raise ValueError("since not after until")
        return self


@dataclass(frozen=True)
class Witness:
    """A teller who says that it was so, or that it was not.

    teller: the source on whom all that it tells rests. origin, row: of the word that stands; no row for a
    computed table. origins: all its tellings. ratio: above one either way. days: those that its word covers,
    a bit each, the lowest for the first day asked about.
    """

    teller: str
    party: str
    belligerent: bool
    counted: bool
    affirms: bool
    ratio: float
    days: int
    origin: str
    origins: tuple[str, ...]
    row: str | None


@dataclass(frozen=True)
class _Word:
    """What one teller said of some days; told: the day on which its origin first said so."""

    row: Statement
    affirms: bool
    days: int
    told: date


def says(row: Statement) -> bool | None:
    """Whether a row affirms; None when it neither affirms nor denies."""
    if row.stance is not None:
        return {"affirms": True, "denies": False}.get(row.stance)
    if row.value == 0 or row.high == 0:
        return False
    number = next((end for end in (row.value, row.low, row.high) if end is not None), None)
    return None if number is None else number > 0


def witnesses(archive: Archive, parameters: WitnessCheck) -> tuple[Witness, ...]:
    """One witness a teller, in the order in which they first spoke; the table that is shown is the last."""
    by_table = _of_shown(archive, parameters)
    taken = {witness.teller for witness in by_table}
    spoken = (
        _witness(archive, parameters, teller, words)
        for teller, words in _words(archive, parameters).items()
        if teller not in taken
    )
    return (*(witness for witness in spoken if witness is not None), *by_table)


def _words(archive: Archive, parameters: WitnessCheck) -> dict[str, list[_Word]]:
    """What each teller said, in order of publication; of those who work on one another's files, what those
    nearest to the files said."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for row in usable(asked(archive, parameters), *_rules(archive, parameters)):
        groups[archive.ground(row.source)].append(row)
    return {teller: list(_first_words(archive, parameters, rows)) for teller, rows in groups.items()}


def _first_words(archive: Archive, parameters: WitnessCheck, rows: Sequence[Statement]) -> Iterator[_Word]:
    nearest = min(steps(archive.sources, row.source) for row in rows)
    heard = set[tuple[str, bool, int]]()
    told: dict[tuple[str, bool], date] = {}
    for row in rows:
        affirms, days = says(row) != (row.quantity in parameters.against), covered(row, parameters)
        # Whoever prints an old word anew, maybe for more days, does not make it a later word.
        day = told.setdefault((row.origin, affirms), row.published)
        same = (row.origin, affirms, days)
        if same not in heard and steps(archive.sources, row.source) == nearest:
            heard.add(same)
            yield _Word(row, affirms, days, day)


def enough(heard: Sequence[Witness]) -> bool:
    """Whether there is enough to judge by."""
    return len(heard) >= LEAST_WITNESSES or any(witness.row is None for witness in heard)


def covered(row: Statement, parameters: WitnessCheck) -> int:
    """The days asked about for which a row is meant, as bits."""
    return _bits(row.valid_from, row.valid_to, parameters)


def _bits(since: date, until: date, parameters: WitnessCheck) -> int:
    first = max(0, (since - parameters.since).days)
    last = min(parameters.length, (until - parameters.since).days + 1)
    return (1 << last) - (1 << first) if first < last else 0


def _standing(words: Sequence[_Word]) -> tuple[dict[bool, int], dict[bool, _Word]]:
    """The days that a teller's words still affirm and deny, and the last word of either side with any."""
    days = {True: 0, False: 0}
    last: dict[bool, _Word] = {}
    for day in sorted({word.told for word in words}):
        today = [word for word in words if word.told == day]
        said = {side: _union(word.days for word in today if word.affirms is side) for side in (True, False)}
        for side in (True, False):
            days[side] = days[side] & ~(said[True] | said[False]) | said[side] & ~said[not side]
        last |= {word.affirms: word for word in today if word.days & days[word.affirms]}
    return days, last


def _union(days: Iterable[int]) -> int:
    every = 0
    for some in days:
        every |= some
    return every


def _witness(
    archive: Archive, parameters: WitnessCheck, teller: str, words: Sequence[_Word]
) -> Witness | None:
    """The teller as a witness; None where its words undo each other.

    Whoever says of one day what one day is enough for says that, whatever it says of other days.
    """
    days, last = _standing(words)
    decisive = parameters.days == "some"
    affirms = decisive if days[decisive] else not decisive
    if not days[affirms]:
        return None
    row = last[affirms].row
    source = archive.sources[archive.teller(row)]
    power = parameters.standing[row.standing or "observer"]
    return Witness(
        teller=teller,
        party=source.party,
        belligerent=archive.is_belligerent(row),
        counted=row.access == "count",
        affirms=affirms,
        ratio=parameters.letter_ratio[source.reliability] ** power,
        days=days[affirms],
        origin=row.origin,
        origins=tuple(dict.fromkeys(word.row.origin for word in words)),
        row=row.id,
    )


def _of_shown(archive: Archive, parameters: WitnessCheck) -> list[Witness]:
    """The computed table as a witness; none where it shows nothing of the days asked about."""
    shown = parameters.shown
    days = {side: _union(bits) for side, bits in shown_days(archive, parameters).items()}
    if (
        shown is None
        or not (days[True] or days[False])
        or (archive.is_of_a_belligerent(shown.source) and not parameters.belligerents)
    ):
        return []
    decisive = parameters.days == "some"
    affirms = decisive if days[decisive] else not decisive
    source = archive.sources[shown.source]
    origin = archive.tables.origin(shown.table)
    return [
        Witness(
            teller=archive.ground(shown.source),
            party=source.party,
            belligerent=archive.is_of_a_belligerent(shown.source),
            counted=True,
            affirms=affirms,
            ratio=parameters.letter_ratio[source.reliability],
            days=days[affirms],
            origin=origin,
            origins=(origin,),
            row=None,
        )
    ]


def shown_days(archive: Archive, parameters: WitnessCheck) -> dict[bool, list[int]]:
    """The days asked about on which it was so by the table that is shown, and those on which it was not, as
    bits; none without a table."""
    sides: dict[bool, list[int]] = {True: [], False: []}
    shown = parameters.shown
    if shown is None:
        return sides
    if shown.day == "date":
        sums = archive.daily(shown.table, shown.value, shown.where)["all"]
    else:
        frame = chosen(archive.table(shown.table), shown.where)
        sums = frame.groupby(shown.day)[shown.value].sum()
    for time, total in zip(sums.index.to_list(), sums.to_list(), strict=True):
        since, until = _span(time)
        if parameters.since <= since and until <= parameters.until:
            sides[(total > 0) != shown.zero].append(_bits(since, until, parameters))
    return sides


def _span(time: str | pandas.Timestamp) -> tuple[date, date]:
    """The first and the last day of a day or of a month."""
    import pandas

    period = pandas.Period(time, "M" if isinstance(time, str) else "D")
    return period.start_time.date(), period.end_time.date()


def newest_shown(archive: Archive, parameters: WitnessCheck) -> date | None:
    """The last day asked about of which the table that is shown tells; None without one."""
    days = _union(bits for side in shown_days(archive, parameters).values() for bits in side)
    return parameters.since + timedelta(days=days.bit_length() - 1) if days else None


def asked(archive: Archive, parameters: WitnessCheck) -> list[Statement]:
    """Every row on the quantities that is meant for the days asked about, in order of publication."""
    return [
        row
        for row in archive.about(*parameters.counts, *parameters.against)
        if row.valid_from <= parameters.until and row.valid_to >= parameters.since
    ]


def _rules(archive: Archive, parameters: WitnessCheck) -> tuple[Rule, ...]:
    """What keeps a sound row of the question from being heard."""
    return (
        (Reason.NO_STANCE, lambda row: says(row) is None),
        (Reason.OTHER_DAYS, lambda row: _reaches_beyond(archive, parameters, row)),
        warring_party(archive, parameters.belligerents),
    )


def _reaches_beyond(archive: Archive, parameters: WitnessCheck, row: Statement) -> bool:
    """Whether a row is a running total above zero up to a later day, which does not say when it began."""
    total = archive.quantities[row.quantity].kind == "total" and row.stance is None
    return total and bool(says(row)) and row.valid_to > parameters.until


def unheard(archive: Archive, parameters: WitnessCheck, heard: Iterable[Witness]) -> dict[str, Reason]:
    """Why each row of the question is no witness."""
    by_teller = {witness.teller: witness for witness in heard}

    def rests_on_another(row: Statement) -> bool:
        witness = by_teller.get(archive.ground(row.source))
        return (
            witness is not None
            and witness.row is not None
            and steps(archive.sources, row.source)
            > steps(archive.sources, archive.statement(witness.row).source)
        )

    def replaced(row: Statement) -> bool:
        witness = by_teller.get(archive.ground(row.source))
        return witness is not None and (says(row) != (row.quantity in parameters.against)) != witness.affirms

    return unused(
        asked(archive, parameters),
        [witness.row for witness in by_teller.values() if witness.row],
        *_rules(archive, parameters),
        (Reason.UNDECIDED, lambda row: archive.ground(row.source) not in by_teller),
        (Reason.DERIVED, rests_on_another),
        (Reason.REPLACED, replaced),
        (Reason.TELLER_HEARD, lambda row: archive.ground(row.source) in by_teller),
    )


def says_yes(parameters: WitnessCheck, row: Statement) -> bool | None:
    """Whether a row says yes to what is asked of the window; None for a row about something else."""
    of_window = row.quantity in (*parameters.counts, *parameters.against) and (
        row.valid_to >= parameters.since
    )
    return says(row) != (row.quantity in parameters.against) if of_window else None
