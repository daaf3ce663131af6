"""What one check says of one claim, and the fields that every method fills in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..evidence.choices import named
from ..evidence.schema import Statement
from ..sentences.values import Reason
from ..shown import Shown, View, findings

if TYPE_CHECKING:
    from ..archive import Archive
    from ..evidence.article import Partial

__all__ = [
    "Alternatives",
    "Answer",
    "Finding",
    "Interval",
    "Outcome",
    "Rule",
    "direction",
    "makers",
    "of_rows",
    "of_table",
    "partial_party",
    "speaks_until",
    "unused",
    "usable",
]

Alternatives = Mapping[str, Callable[[Any], Sequence[object]]]
NO_CHOICE: Mapping[str, Sequence[str]] = {}
# Why a sound row may be kept out, and whether it is.
Rule = tuple[Reason, Callable[[Statement], bool]]


@dataclass(frozen=True)
class Interval:
    """A 90 % interval and its unit; ``unit`` is "probability" where nothing else is measured."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a label follows from: all of an answer that other choices are asked for.

    probability: that the condition holds; None when there is nothing to judge by.
    judgement: what the answer says of a claimed range, where the label does not follow from the probability:
        "supported", "refuted below", "refuted above", "coarser" than the claim, or "open".
    enough: whether the method's own least evidence is there.
    opposed: whether single witnesses contradict each other on the claim.
    """

    probability: float | None = None
    judgement: str | None = None
    enough: bool
    opposed: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer(Outcome):
    """What a method answers, before it is known which claim asked.

    values: what the sentence is made of, a record of `utils.sentences.values` or of the method's own.
    estimate, interval: the best value and its 90 % interval, None without one.
    direction: where the estimate lies from the claim: "below", "within" or "above" it, "for" or "against".
    witnesses: the method's own record of each witness, in the order in which they are shown.
    weight: how many independent witnesses they make for the method's own question.
    tellers: who stands behind it, each once however often it speaks: sources, and the origin of a computed
        table.
    origins: the first tellings of those tellers; a computed table counts as one.
    outside_tellers: how many of them are no partial party, and rest on none.
    counted_tellers: how many of them rest on a count that others can repeat.
    outlets: where the question is what was printed, how many outlets print it; they are the witnesses then.
    evidence: ids of the rows used, in order of publication.
    unused: ids of all other rows that the question touches, each with the reason why it was not used.
    tables: names of the computed tables that it rests on.
    newest: the day on which the newest of its evidence was public; None without any.
    speaks_until: the last day on which that evidence still tells what is known now; None when it tells of
        something that is over and done.
    """

    values: object
    estimate: float | None = None
    interval: Interval | None = None
    direction: str | None = None
    witnesses: tuple[Any, ...] = ()
    weight: float
    tellers: tuple[str, ...]
    origins: tuple[str, ...]
    outside_tellers: int
    counted_tellers: int
    outlets: int | None = None
    evidence: tuple[str, ...] = ()
    unused: Mapping[str, Reason] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    newest: date | None = None
    speaks_until: date | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Finding(Shown, Answer):
    """What one check says of one claim.

    name: of the check within its claim.
    reading: the way of reading the claim that it answers, None for the claim as it stands.
    condition: which of the claim's conditions it tests, None when the claim has only one.
    proposition: what the probability is of, in words: what the witnesses for it say, else the condition, the
        reading or the claim that the check answers.
    considered: ids of all rows that the question touches, used or not, in order of publication.
    choices: parameters that another analyst might choose otherwise.
    sentence: the answer in words.
    partial: what the article calls a party whose own word is partial; None where it has none.
    """

    claim: str
    method: str
    name: str
    reading: str | None
    condition: str | None
    as_of: date
    proposition: str
    considered: tuple[str, ...] = ()
    sentence: str
    choices: Mapping[str, object] = field(default_factory=dict)
    partial: Partial | None = None

    def _view(self) -> View:
        return findings.finding(self)


def direction(probability: float | None) -> str | None:
    """Which way a probability leans, "for" or "against"; None where there is none."""
    return None if probability is None else "for" if probability > 0.5 else "against"


def partial_party(archive: Archive, belligerents: bool) -> Rule:
    """Keeps the partial parties' own rows out where they are no witnesses."""
    return Reason.PARTIAL, lambda row: not belligerents and archive.is_belligerent(row)


def usable(rows: Iterable[Statement], *rules: Rule) -> list[Statement]:
    """The sound rows that no rule keeps out, in their order."""
    return [row for row in rows if row.status == "sound" and not any(applies(row) for _, applies in rules)]


def unused(rows: Iterable[Statement], used: Iterable[str], *rules: Rule) -> dict[str, Reason]:
    """Why each row that is not used is not: its status, else the first rule that keeps it out, else that its
    origin is heard by another row, else that the answer does not need it."""
    rows, of_used = tuple(rows), set(used)
    heard = {row.origin for row in rows if row.id in of_used}

    def why(row: Statement) -> Reason:
        if row.status != "sound":
            return Reason(row.status)
        left = Reason.HEARD if row.origin in heard else Reason.NOT_NEEDED
        return next((reason for reason, applies in rules if applies(row)), left)

    return {row.id: why(row) for row in rows if row.id not in of_used}


def speaks_until(archive: Archive, rows: Iterable[Statement]) -> date | None:
    """The last day on which one of the rows still tells what is known now, by its quantity's horizon.

    None when one of them tells of something that is over and done, or when there are none.
    """
    horizons = [(row.published, archive.quantities[row.quantity].horizon_days) for row in rows]
    lasting = [published + timedelta(days=days) for published, days in horizons if days is not None]
    return max(lasting) if lasting and len(lasting) == len(horizons) else None


def of_rows(archive: Archive, evidence: Iterable[str]) -> dict[str, Any]:
    """The days of an answer that rests on statements: the newest of them, and until when they speak."""
    rows = [archive.statement(name) for name in evidence]
    return {
        "newest": max((row.published for row in rows), default=None),
        "speaks_until": speaks_until(archive, rows),
    }


def makers(archive: Archive, name: str, where: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Whose figures the chosen rows of a computed table are, each once.

    Where its description names no column for that, all are those of whoever made the dataset. A maker that is
    a source of the folder is that teller, or whom it rests on.
    """
    column = archive.tables.by_maker(name)
    if column is None:
        return (archive.tables.origin(name),)
    every = named(archive.table(name), column, where)
    return tuple(dict.fromkeys(archive.ground(one) if one in archive.sources else one for one in every))


def _outside(archive: Archive, name: str, teller: str) -> bool:
    """Whether a maker of a table is no partial party; one that is no source is on the side of the dataset."""
    if teller in archive.sources:
        return not archive.is_of_a_belligerent(teller)
    dataset = archive.tables.maker(name)
    return dataset is not None and not archive.article.parties[dataset.party].partial


def of_table(
    archive: Archive,
    name: str,
    used: bool,
    *,
    until: date,
    newest: date | None,
    where: Mapping[str, Sequence[str]] = NO_CHOICE,
) -> dict[str, Any]:
    """The fields of an answer that rests on a computed table: each maker of the chosen rows is a teller.

    used: whether the table had anything to say. until: the last day asked about. newest: its newest day.
    where: which of its rows were used. A
    table that reaches beyond the days asked about has told all that it ever will.
    """
    if not used or newest is None:
        return {"tellers": (), "origins": (), "outside_tellers": 0, "counted_tellers": 0}
    maker, tellers = archive.tables.maker(name), makers(archive, name, where)
    last = min(date(newest.year, newest.month, newest.day), until)
    public = last + timedelta(days=maker.publication_lag_days if maker else 0)
    return {
        "tellers": tellers,
        "origins": tellers,
        "outside_tellers": sum(_outside(archive, name, teller) for teller in tellers),
        "counted_tellers": len(tellers),
        "tables": (name,),
        "newest": public,
        "speaks_until": public + timedelta(days=maker.horizon_days) if maker and last < until else None,
    }
