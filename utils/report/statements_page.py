"""What the page of statements shows beside the rows: what each is used for, and by what they are filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..archive import Archive
from ..evidence.schema import Statement
from ..results import Results
from .evidence_page import language_name

__all__ = ["Filter", "Use", "context", "filters", "uses"]

USED, LOOKED_AT, NOT_SOUND, NOT_ASKED = "used", "looked-at", "not-sound", "not-asked"
USES = {
    USED: "used for a verdict of today",
    LOOKED_AT: "looked at and not used",
    NOT_SOUND: "not sound",
    NOT_ASKED: "no check asks for it",
}


@dataclass(frozen=True)
class Use:
    """What becomes of a row today: the claims that rest on it, and those whose checks only looked at it."""

    used_for: tuple[str, ...]
    looked_at_for: tuple[str, ...]
    is_sound: bool

    @property
    def kind(self) -> str:
        """Its kind, as the filter names it."""
        if self.used_for:
            return USED
        if not self.is_sound:
            return NOT_SOUND
        return LOOKED_AT if self.looked_at_for else NOT_ASKED


@dataclass(frozen=True)
class Filter:
    """A list to choose from: its name, its heading, and its choices as (value, words, number of rows)."""

    name: str
    heading: str
    choices: tuple[tuple[str, str, int], ...]


def context(results: Results) -> dict[str, object]:
    """The values of the template ``statements.html`` that it does not share with all pages."""
    used = uses(results)
    return {"uses": used, "filters": filters(results.archive, used)}


def uses(results: Results) -> dict[str, Use]:
    """What becomes of every statement today, by its id."""
    used: dict[str, list[str]] = {}
    seen: dict[str, list[str]] = {}
    for name, (_, now) in results.both.items():
        evidence = set(now.evidence)
        for row in dict.fromkeys(row for finding in now.findings for row in finding.considered):
            (used if row in evidence else seen).setdefault(row, []).append(name)
    return {
        row.id: Use(tuple(used.get(row.id, ())), tuple(seen.get(row.id, ())), row.status == "sound")
        for row in results.archive.statements
    }


def filters(archive: Archive, used: dict[str, Use]) -> list[Filter]:
    """The lists by which rows are chosen, each with what there is in this folder."""
    parties, sources = archive.article.parties, archive.sources

    def sides(row: Statement) -> Iterable[str]:
        source = sources[row.source]
        return filter(None, (source.party, source.co_party))

    def made(
        name: str, heading: str, of: Callable[[Statement], Iterable[str]], words: Callable[[str], str]
    ) -> Filter:
        return _filter(archive.statements, name, heading, of, words)

    found = [
        made("claim", "Claim", lambda row: (*used[row.id].used_for, *used[row.id].looked_at_for), str),
        made("side", "Side", sides, lambda party: parties[party].name),
        made("teller", "Teller", lambda row: (row.source,), lambda source: sources[source].name),
        made("use", "Use", lambda row: (used[row.id].kind,), USES.__getitem__),
        made(
            "language",
            "Language",
            lambda row: (row.language or "",),
            lambda code: language_name(code or None),
        ),
    ]
    return [one for one in found if len(one.choices) > 1]


def _filter(
    rows: Sequence[Statement],
    name: str,
    heading: str,
    of: Callable[[Statement], Iterable[str]],
    words: Callable[[str], str],
) -> Filter:
    counts = Counter(value for row in rows for value in of(row))
    choices = sorted((words(value), value, count) for value, count in counts.items())
    return Filter(name, heading, tuple((value or "unknown", told, count) for told, value, count in choices))
