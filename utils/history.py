"""The verdict on every claim on every day, and the evidence that changed it.

A finding can only change on a day on which something that its check looks at becomes public, or on which a
day of the check's own comes round (a forecast is settled). On every other day the finding of the day before
is the answer. A test holds this against verdicts computed afresh."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import SupportsIndex, overload

from . import collector, verdicts
from .archive import Archive
from .asking import claim_of, require_archive
from .checks import METHODS, Finding
from .evidence.cells import as_day
from .evidence.claims import Claim
from .evidence.nearest import Named
from .evidence.parameters import BuiltCheck
from .shown import Shown, View, course
from .verdicts import Verdict

__all__ = ["Change", "History", "changes", "days_of_news", "every_day", "histories", "history", "judgements"]


@dataclass(frozen=True)
class Change:
    """A day on which the label of a claim changed.

    rows: evidence that the new verdict rests on and the old one did not, or the other way round.
    checks: names of the checks whose finding has another label than on the day before.
    """

    claim: str
    day: date
    before: str
    after: str
    rows: tuple[str, ...]
    checks: tuple[str, ...]


class History(Shown, tuple[Verdict, ...]):
    """The verdicts on one claim on one day after another."""

    @overload
    def __getitem__(self, place: SupportsIndex) -> Verdict: ...
    @overload
    def __getitem__(self, place: slice) -> History: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Verdict | History:
        found = super().__getitem__(place)
        return History(found) if isinstance(found, tuple) else found

    def _view(self) -> View:
        return course.history(self, changes(self))


def days_of_news(archive: Archive, check: BuiltCheck) -> frozenset[date]:
    """The days on which a finding of the check may change.

    >>> date(2024, 8, 1) in days_of_news(archive, archive.claim("C15").built[0])
    False
    """
    told = [row for name in check.origins_used() for row in archive.origin(name)]
    days = {row.published for row in (*told, *archive.about(*check.quantities_used()))}
    for name in check.tables_used():
        days |= archive.tables.days_of_news(name, *check.looks_at)
    return frozenset(days.union(METHODS[check.method].own_days(archive, check)))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def judgements(
    archive: Archive, claims: Sequence[Claim] | None = None, until: date | None = None
) -> dict[str, tuple[Verdict, ...]]:
    """The verdicts by claim on the article's `history_from` and on every day on which a finding may change.

    claims: those asked about (default: all). until: the last day (default: the archive's clock).

    >>> [day.as_of for day in judgements(archive, [archive.claim("C15")], date(2024, 8, 2))["C15"]]
    [datetime.date(2024, 8, 1)]
    """
    claims = archive.claims if claims is None else claims
    checks = {claim.id: claim.built if claim.is_checked else () for claim in claims}
    news = {(name, check.key): days_of_news(archive, check) for name in checks for check in checks[name]}
    last: dict[tuple[str, str], Finding] = {}
    judged: dict[str, list[Verdict]] = {claim.id: [] for claim in claims}
    for day in _days(archive.article.history_from, until or archive.clock):
        seen = None
        for claim in claims:
            new = not judged[claim.id]
            for check in checks[claim.id]:
                place = (claim.id, check.key)
                if place not in last or day in news[place]:
                    seen, new = seen or archive.as_of(day), True
                    last[place] = METHODS[check.method].check(seen, claim, check)
            if new:
                findings = [_on(last[claim.id, check.key], day) for check in checks[claim.id]]
                judged[claim.id].append(verdicts.judge(claim, findings, day))
    return {name: tuple(days) for name, days in judged.items()}


def _on(finding: Finding, day: date) -> Finding:
    """A finding on a day since when nothing has changed it."""
    return finding if finding.as_of == day else replace(finding, as_of=day)


def every_day(judged: Sequence[Verdict], until: date) -> History:
    """The verdicts on every day to a last one, from those of the days on which a finding may have changed.

    >>> judged = judgements(archive, [archive.claim("C15")], date(2024, 8, 3))["C15"]
    >>> len(every_day(judged, date(2024, 8, 3)))
    3
    """
    ends = [*(one.as_of for one in judged[1:]), until + timedelta(days=1)]
    return History(
        verdict if day == verdict.as_of else _later(verdict, day)
        for verdict, end in zip(judged, ends, strict=False)
        for day in _days(verdict.as_of, end - timedelta(days=1))
    )


def _later(verdict: Verdict, day: date) -> Verdict:
    """The verdict on a day on which no finding says anything else than on the day of the verdict."""
    return verdicts.later(verdict, [_on(finding, day) for finding in verdict.findings], day)


def histories(
    archive: Archive, claims: Sequence[Claim | str] | None = None, until: date | str | None = None
) -> dict[str, History]:
    """The verdicts by claim, one for every day from the article's `history_from` on; as `judgements`.

    >>> sorted(histories(archive, ["C15", "C16"], "2024-08-03"))
    ['C15', 'C16']
    """
    require_archive(archive)
    asked = None if claims is None else [claim_of(archive, claim) for claim in claims]
    last = archive.clock if until is None else as_day(until)
    with collector.still():
        judged = judgements(archive, asked, last)
        return Named("claim", ((name, every_day(days, last)) for name, days in judged.items()))


def history(archive: Archive, claim: Claim | str, until: date | str | None = None) -> History:
    """The verdict on a claim, or on that of an id, on every day from `history_from` of the article on.

    >>> history(archive, "C15", "2024-08-03")
    <History of C15, 1 August 2024 to 3 August 2024: 0 changes of the label>
    """
    asked = claim_of(archive, claim)
    return histories(archive, [asked], until)[asked.id]


def _label(verdict: Verdict) -> str:
    return verdict.label


def changes(days: Sequence[Verdict], said: Callable[[Verdict], str] = _label) -> tuple[Change, ...]:
    """The days of a history on which the label changed, with the evidence that changed it.

    said: what counts as the label of a verdict, as that which readers are told.

    >>> [(change.before, change.after) for change in changes(history(archive, "C15", "2024-11-08"))]
    [('Not enough evidence', 'Supported')]
    """
    found = []
    for before, after in pairwise(days):
        if (old := said(before)) != (new := said(after)):
            found.append(
                Change(
                    claim=after.claim,
                    day=after.as_of,
                    before=old,
                    after=new,
                    rows=tuple(sorted(set(before.evidence) ^ set(after.evidence))),
                    checks=_moved(before, after),
                )
            )
    return tuple(found)


def _moved(before: Verdict, after: Verdict) -> tuple[str, ...]:
    """The checks whose label changed; where none did, as conditions change a label together, those whose
    probability moved."""
    old, new = _labels(before), _labels(after)
    changed = tuple(name for name, label in new.items() if old.get(name) != label)
    chances = {finding.name: finding.probability for finding in before.findings}
    return changed or tuple(one.name for one in after.findings if one.probability != chances.get(one.name))


def _labels(verdict: Verdict) -> Mapping[str, str]:
    return {finding.name: verdicts.label(finding) for finding in verdict.findings}
