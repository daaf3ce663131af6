"""Who says so and who denies it: the tellers of a question as witnesses, and what they weigh together.

Rule, for every method that weighs witnesses for and against
------------------------------------------------------------
1. *A witness is a teller.* All rows of an origin have one teller, the source of its first row, whose party
   and letter they have. Who speaks for another (`speaks_for`) is heard as that other. Tellers who work on
   the files of another (`derived_from`) are one witness with that other, and those nearest to the files
   speak. A witness is outside the interested parties only if none of those on whom it rests is an interested
   party.
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

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..evidence.schema import Statement
from ..evidence.tellers import steps
from ..sentences.values import Reason
from .asked import Asked
from .finding import Rule, makers, partial_party, unused, usable
from .shown_table import shown_days, union
from .witness_check import WitnessCheck

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Witness", "asked", "enough", "says", "says_yes", "unheard", "witnesses"]

# Choices that make no other witness; the last three are those of a forecast.
UNREAD = ("prior", "crowding", "says", "denial", "settle_days", "silence_denies", "said")
LEAST_WITNESSES = 2  # tellers; a table is enough


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
    return _witnesses(Asked(archive, parameters, *UNREAD))


@functools.lru_cache(256)
def _witnesses(asked: Asked[WitnessCheck]) -> tuple[Witness, ...]:
    archive, parameters = asked.archive, asked.parameters
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
        affirms, days = (
            says(row) != (row.quantity in parameters.against),
            parameters.bits(row.valid_from, row.valid_to),
        )
        # Whoever prints an old word anew, maybe for more days, does not make it a later word.
        day = told.setdefault((row.origin, affirms), row.published)
        same = (row.origin, affirms, days)
        if same not in heard and steps(archive.sources, row.source) == nearest:
            heard.add(same)
            yield _Word(row, affirms, days, day)


def enough(heard: Sequence[Witness]) -> bool:
    """Whether there is enough to judge by."""
    return len(heard) >= LEAST_WITNESSES or any(witness.row is None for witness in heard)


def _standing(words: Sequence[_Word]) -> tuple[dict[bool, int], dict[bool, _Word]]:
    """The days that a teller's words still affirm and deny, and the last word of either side with any."""
    days = {True: 0, False: 0}
    last: dict[bool, _Word] = {}
    for day in sorted({word.told for word in words}):
        today = [word for word in words if word.told == day]
        said = {side: union(word.days for word in today if word.affirms is side) for side in (True, False)}
        for side in (True, False):
            days[side] = days[side] & ~(said[True] | said[False]) | said[side] & ~said[not side]
        last |= {word.affirms: word for word in today if word.days & days[word.affirms]}
    return days, last


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
    days = {side: union(bits) for side, bits in shown_days(archive, parameters).items()}
    if (
        shown is None
        or not (days[True] or days[False])
        or (archive.is_of_a_belligerent(shown.source) and not parameters.belligerents)
    ):
        return []
    decisive = parameters.days == "some"
    affirms = decisive if days[decisive] else not decisive
    source = archive.sources[shown.source]
    # What several made is never added up, so that there is one.
    (origin,) = makers(archive, shown.table, shown.where)
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
        partial_party(archive, parameters.belligerents),
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
