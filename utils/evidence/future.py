"""Days that have not come: no slip of the pen may move what is known today.

A folder says in `article.yaml` up to which day it has looked for news (`known_until`); nothing in it may be
published, read or changed later, on whatever day it is read, so that a build stays the same. Where it does
not say so, `check` holds its days against the day of the machine, and reading alone against nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from . import corrections, reading
from .article import Article
from .corrections import Correction
from .problems import Problem
from .reading import Place
from .schema import Event, Statement

__all__ = ["Dated", "dated", "not_come", "problems"]

# A day of a folder, with the file, the line and the field where it stands.
Dated = tuple[str, int, str, date]


def dated(
    article: Article | None,
    lines: Mapping[Place, int],
    statements: Iterable[tuple[int, Statement]],
    events: Iterable[tuple[int, Event]],
    corrected: Sequence[Correction],
) -> Iterator[Dated]:
    """Every day on which something of a folder was published, read or changed."""
    if article is not None:
        yield "article.yaml", lines["published",], "published", article.published
    for line, row in statements:
        yield "statements.csv", line, "published", row.published
        if row.read is not None:
            yield "statements.csv", line, "read", row.read
    for line, event in events:
        yield "events.csv", line, "published", event.published
    for entry in corrected:
        yield "corrections.yaml", 1, f"{entry.id}.day", entry.day


def problems(days: Iterable[Dated], last: date | None, said: str) -> Iterator[Problem]:
    """The days that are later than the last, none where there is no last one; said: what that is."""
    for file, line, field, day in days:
        if last is not None and day > last:
            yield Problem(file, line, field, str(day), f"a day not after {last}, {said}")


def not_come(folder: Path, today: date) -> list[Problem]:
    """The days of a sound folder that are later than tomorrow, as somewhere it is that already.

    None where the folder says up to which day it knows: it has been held against that.
    """
    article, lines = reading.read_yaml(folder / "article.yaml", Article, [])
    if article is None or article.known_until is not None:
        return []
    statements = reading.read_csv(folder / "statements.csv", Statement, [])
    events = reading.read_csv(folder / "events.csv", Event, [])
    days = dated(article, lines, statements, events, corrections.read(folder, [])[0])
    return list(problems(days, today + timedelta(days=1), "as none has come"))
