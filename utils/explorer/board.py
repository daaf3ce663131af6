"""The verdicts on all claims in a state, each finding computed once.

As in `utils.history`: a finding changes only with the rows that its check looks at, with what its tables say,
and on days of its own. With the same rows and tables it is the same on another day, and in another archive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .. import collector, verdicts
from ..archive import Archive
from ..checks import METHODS, Finding, Method
from ..evidence.claims import Claim
from ..evidence.nearest import unknown
from ..evidence.parameters import BuiltCheck
from ..evidence.problems import DataError
from ..verdicts import Verdict
from .state import Choices, State

__all__ = ["Board", "Seen"]

# How many archives with other rows are kept, the oldest goes first: going back computes nothing.
KEPT = 8
TOLD_MOST = 10


@dataclass(frozen=True)
class _Variant:
    """An archive with other rows; faults: what was wrong with one's own, so that they are left out."""

    archive: Archive
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What a state gives: the archive on its day, the claim with its choices, the verdicts on all claims.

    faults: what was wrong with one's own rows and values, in words; they are left out.
    """

    whole: Archive
    archive: Archive
    claim: Claim
    verdicts: dict[str, Verdict]
    faults: tuple[str, ...]


class Board:
    """An archive of which verdicts are asked in one state after another."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._variants: dict[str, _Variant] = {}
        self._news: dict[str, list[date]] = {}
        self._found: dict[tuple[object, ...], Finding] = {}

    def seen(self, state: State) -> Seen:
        """What a state gives."""
        with collector.still():
            variant = self._variant(state)
            asked, faults = _varied(variant.archive.claim(state.claim), state.choices)
            archive = variant.archive.as_of(state.as_of)
            told = {
                claim.id: self._verdict(state, archive, asked if claim.id == asked.id else claim)
                for claim in archive.claims
            }
        return Seen(variant.archive, archive, asked, told, (*variant.faults, *faults))

    def prepare(self) -> Iterator[None]:
        """Ask, step by step, for what takes long: the days that methods have of their own, and each side and
        those who told most left out. What is learnt on the way is kept, and moves are quick."""
        for claim in self.archive.claims:
            for check in claim.built:
                METHODS[check.method].own_days(self.archive, check)
                yield
        state = State(self.archive.claims[0].id, self.archive.clock)
        for side in self.archive.article.parties:
            self.seen(replace(state, sides=(side,)))
            yield
        for name, _ in Counter(row.source for row in self.archive.statements).most_common(TOLD_MOST):
            self.seen(replace(state, without=(name,)))
            yield

    def _variant(self, state: State) -> _Variant:
        if state.variant not in self._variants:
            _forget(self._variants, KEPT)
            self._variants[state.variant] = _made(self.archive, state)
        return self._variants[state.variant]

    def _verdict(self, state: State, archive: Archive, claim: Claim) -> Verdict:
        checks = claim.built if claim.is_checked else ()
        found = [self._finding(state, archive, claim, check) for check in checks]
        return verdicts.judge(claim, found, archive.clock)

    def _finding(self, state: State, archive: Archive, claim: Claim, check: BuiltCheck) -> Finding:
        """The finding of a check, kept by all that it depends on."""
        asked = f"{claim.id} {check.model_dump_json()}"
        place = (asked, *self._depends_on(state, archive, check, asked))
        if place not in self._found:
            _forget(self._found, KEPT * 1000)
            self._found[place] = METHODS[check.method].check(archive, claim, check)
        return replace(self._found[place], as_of=archive.clock)

    def _depends_on(
        self, state: State, archive: Archive, check: BuiltCheck, asked: str
    ) -> tuple[object, ...]:
        """What tells two findings of a check apart."""
        if METHODS[check.method].own_days is not Method.own_days:
            # To learn which days those are may take longer than the finding.
            return state.variant, archive.clock
        rows = [row for name in check.origins_used() for row in archive.origin(name)]
        names = tuple(row.id for row in (*rows, *archive.about(*check.quantities_used())))
        own = state.rows if any(name not in self.archive.rows for name in names) else ()
        return names, repr(own), bisect_right(self._days(check, asked), archive.clock)

    def _days(self, check: BuiltCheck, asked: str) -> list[date]:
        """The days on which the tables of a check told something new."""
        if asked not in self._news:
            tables, told = self.archive.tables, check.tables_used()
            days = {day for name in told for day in tables.days_of_news(name, *check.looks_at)}
            self._news[asked] = sorted(days)
        return self._news[asked]


def _forget(kept: dict[Any, Any], most: int) -> None:
    """Drop the oldest, so that there is room for one more."""
    while len(kept) >= most:
        del kept[next(iter(kept))]


def _made(archive: Archive, state: State) -> _Variant:
    """The archive with those of one's own rows that fit, and without who is left out."""
    faults: list[str] = []
    for number, row in enumerate(state.rows, 1):
        try:
            archive = archive.with_rows(row)
        except DataError as error:
            faults += [str(replace(problem, line=number)) for problem in error.problems]
    sides = {*state.sides}
    names = [
        source.id
        for source in archive.sources.values()
        if source.id in state.without or sides & {source.party, source.co_party}
    ]
    return _Variant(archive.without(*names) if names else archive, tuple(faults))


def _varied(claim: Claim, choices: Choices) -> tuple[Claim, tuple[str, ...]]:
    """The claim with other choices; those of a check that do not fit are left out, and told."""
    faults: list[str] = []
    for key, changes in choices.items():
        fields = type(claim.parameters(key)).model_fields
        wrong = [unknown("choice", name, fields) for name in changes if name not in fields]
        try:
            claim = claim.vary(key, **{name: value for name, value in changes.items() if name in fields})
        except ValueError as error:
            wrong.append(str(error))
        faults += [f"{key}: {fault}" for fault in wrong]
    return claim, tuple(faults)
