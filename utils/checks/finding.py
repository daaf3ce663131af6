"""What one check says of one claim, and the fields that every method fills in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck
from ..evidence.schema import Statement

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Alternatives", "Finding", "Interval", "found", "of_table", "speaks_until"]

Alternatives = Mapping[str, Callable[[Any], Sequence[object]]]


@dataclass(frozen=True)
class Interval:
    """A 90 % interval and its unit; ``unit`` is "probability" where nothing else is measured."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class Finding:
    """What one check says of one claim.

    name: of the check within its claim.
    reading: the way of reading the claim that it answers, None for the claim as it stands.
    condition: which of the claim's conditions it tests, None when the claim has only one.
    probability: that the condition holds; None when there is nothing to judge by.
    estimate, interval: the best value and its 90 % interval, None without one.
    direction: where the estimate lies from the claim: "below", "within" or "above" it, "for" or "against".
    origins: the first tellings behind it; a computed table counts as one.
    witnesses: how many independent witnesses that makes for the method's own question.
    outside_origins: how many origins come from tellers who are not a warring party.
    counted_origins: how many of them rest on a count that others can repeat.
    enough: whether the method's own least evidence is there.
    opposed: whether single witnesses contradict each other on the claim.
    evidence: ids of the rows used, in order of publication.
    considered: ids of all rows that the question touches, used or not, in order of publication.
    tables: names of the computed tables that it rests on.
    newest: the day on which the newest of its evidence was public; None without any.
    speaks_until: the last day on which that evidence still tells what is known now; None when it tells of
        something that is over and done.
    choices: parameters that another analyst might choose otherwise.
    sentence: the finding in words.
    """

    claim: str
    method: str
    name: str
    reading: str | None
    condition: str | None
    as_of: date
    probability: float | None
    estimate: float | None
    interval: Interval | None
    direction: str | None
    origins: tuple[str, ...]
    witnesses: float
    outside_origins: int
    counted_origins: int
    enough: bool
    opposed: bool
    evidence: tuple[str, ...]
    considered: tuple[str, ...]
    tables: tuple[str, ...]
    newest: date | None
    speaks_until: date | None
    sentence: str
    choices: Mapping[str, object] = field(default_factory=dict)

    @property
    def independent_origins(self) -> int:
        """How many first tellings stand behind it."""
        return len(self.origins)


def found(
    archive: Archive, claim: Claim, parameters: BuiltCheck, alternatives: Alternatives, **says: Any
) -> Finding:
    """A finding of a check; `says` are the fields that are the method's own.

    `tables`, `newest` and `speaks_until` follow from the rows of `evidence` unless the method gives them.
    """
    rows = [archive.rows[name] for name in says["evidence"]]
    fields = type(parameters).model_fields
    return Finding(
        **{
            "tables": parameters.tables_used() if says["origins"] else (),
            "newest": max((row.published for row in rows), default=None),
            "speaks_until": speaks_until(archive, rows),
            **says,
        },
        claim=claim.id,
        method=parameters.method,
        name=parameters.key,
        reading=parameters.reading,
        condition=parameters.condition,
        as_of=archive.clock,
        choices=parameters.model_dump(include={name for name in alternatives if name in fields}),
    )


def speaks_until(archive: Archive, rows: Iterable[Statement]) -> date | None:
    """The last day on which one of the rows still tells what is known now, by its quantity's horizon.

    None when one of them tells of something that is over and done, or when there are none.
    """
    horizons = [(row.published, archive.quantities[row.quantity].horizon_days) for row in rows]
    if not horizons or any(days is None for _, days in horizons):
        return None
    return max(published + timedelta(days=days) for published, days in horizons)


def of_table(
    archive: Archive, name: str, used: bool, *, until: date, newest: date | None
) -> dict[str, object]:
    """The fields of a finding that rests on a computed table: one origin, whose maker counts.

    used: whether the table had anything to say. until: the last day asked about. newest: its newest day. A
    table that reaches beyond the days asked about has told all that it ever will.
    """
    if not used or newest is None:
        nothing = {"origins": (), "outside_origins": 0, "counted_origins": 0}
        return {**nothing, "evidence": (), "considered": (), "newest": None, "speaks_until": None}
    maker = archive.tables.maker(name)
    last = min(date(newest.year, newest.month, newest.day), until)
    public = last + timedelta(days=maker.publication_lag_days if maker else 0)
    return {
        "origins": (archive.tables.origin(name),),
        "outside_origins": int(bool(maker) and not archive.article.parties[maker.party].belligerent),
        "counted_origins": 1,
        "evidence": (),
        "considered": (),
        "newest": public,
        "speaks_until": public + timedelta(days=maker.horizon_days) if maker and last < until else None,
    }
