"""What the page "Day by day" shows: the verdicts of every day, the marked days, and when labels changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..answers import told
from ..archive import Archive
from ..results import Results
from ..verdicts import Verdict
from ..words import day_pattern, months
from .render import likelihood_of, likelihood_words

__all__ = ["Mark", "context", "marks", "steps"]


@dataclass(frozen=True)
class Mark:
    """A day that the slider marks: its name, and its place among the days of the history."""

    day: date
    words: str
    place: int


def context(results: Results) -> dict[str, object]:
    """The values of the template ``replay.html``."""
    archive, last = results.archive, len(next(iter(results.days.values()))) - 1
    first = archive.article.history_from
    changed = sorted({(change.day - first).days for change in results.changes})
    marked = marks(archive, last)
    return {
        "last": last,
        "pattern": day_pattern(),
        "months": months(),
        "topics": list(dict.fromkeys(claim.topic for claim in archive.claims)),
        "steps": {name: steps(days) for name, days in results.days.items()},
        "changed_at": [_percent(place, last) for place in changed],
        "marked_at": [_percent(mark.place, last) for mark in marked],
        "marks": marked,
        "columns": [
            *((mark.day, mark.words, mark.place) for mark in marked if mark.place < last),
            (archive.clock, "Today", last),
        ],
        "days": results.days,
    }


def marks(archive: Archive, last: int) -> list[Mark]:
    """The day of the article and the marked events by the day on which they were public, in order.

    last: the place of the last day of the history; what lies outside is no mark.
    """
    article, events = archive.article, {event.id: event for event in archive.events}
    named = [(events[one.event].published, one.words) for one in article.marks if one.event in events]
    days = sorted([*named, (article.published, f"The day of the {article.noun}")])
    found = [Mark(day, words, (day - article.history_from).days) for day, words in days]
    return [mark for mark in found if 0 <= mark.place <= last]


def steps(days: Sequence[Verdict]) -> list[list[object]]:
    """The days on which what is shown changed, as [place, label, likelihood, what it is of]."""
    found: list[list[object]] = []
    for place, verdict in enumerate(days):
        shown = [told(verdict), likelihood_words(verdict), likelihood_of(verdict)]
        if not found or found[-1][1:] != shown:
            found.append([place, *shown])
    return found


def _percent(place: int, last: int) -> float:
    return round(100 * place / max(last, 1), 2)
