"""A data folder, read and validated as a whole: each file by itself, and what they say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from . import consistency, corrections, future, glossary, reading, references, tellers, units
from .article import Article
from .claims import Claims
from .corrections import Correction
from .glossary import Term
from .problems import DataError, Problem
from .reading import Place
from .review import FILE as REVIEW
from .review import Review
from .schema import Event, Quantity, Row, Source, Statement
from .tables import Table, declared

__all__ = ["Folder", "read"]

AnyRow = TypeVar("AnyRow", bound=Row)
# Rows with their lines in the file.
Lines = Sequence[tuple[int, AnyRow]]
Places = Mapping[Place, int]


@dataclass(frozen=True)
class Folder:
    """What the files of a sound data folder hold, rows in the order of their files."""

    article: Article
    claims: Claims
    sources: tuple[Source, ...]
    quantities: tuple[Quantity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    glossary: tuple[Term, ...]
    review: Review | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class _Files:
    """What could be read of the files, and on which lines."""

    article: tuple[Article | None, Places]
    claims: tuple[Claims | None, Places]
    sources: Lines[Source]
    quantities: Lines[Quantity]
    statements: Lines[Statement]
    events: Lines[Event]
    glossary: tuple[tuple[Term, ...], Places]
    corrections: tuple[tuple[Correction, ...], Places]
    tables: Mapping[str, Table]


def read(folder: Path) -> Folder:
    """The files of a data folder; DataError lists everything that is wrong in them."""
    problems: list[Problem] = []
    files = _Files(
        article=reading.read_yaml(folder / "article.yaml", Article, problems),
        claims=reading.read_yaml(folder / "claims.yaml", Claims, problems),
        sources=reading.read_csv(folder / "sources.csv", Source, problems),
        quantities=reading.read_csv(folder / "quantities.csv", Quantity, problems),
        statements=reading.read_csv(folder / "statements.csv", Statement, problems),
        events=reading.read_csv(folder / "events.csv", Event, problems),
        glossary=glossary.read(folder, problems),
        corrections=corrections.read(folder, problems),
        tables=declared(folder, problems),
    )
    review = None
    if reading.is_there(folder / REVIEW):
        review, _ = reading.read_yaml(folder / REVIEW, Review, problems)
    for found in (_of_rows, _of_references, _of_days):
        problems += found(files)
    article, claims = files.article[0], files.claims[0]
    if problems or article is None or claims is None:
        raise DataError(problems)
    return Folder(
        article=article,
        claims=claims,
        sources=_rows(files.sources),
        quantities=_rows(files.quantities),
        statements=_rows(files.statements),
        events=_rows(files.events),
        glossary=files.glossary[0],
        review=review,
        corrections=files.corrections[0],
    )


def _rows(lines: Lines[AnyRow]) -> tuple[AnyRow, ...]:
    return tuple(row for _, row in lines)


def _of_rows(files: _Files) -> Iterator[Problem]:
    """What rows say of themselves, of each other and of their quantities."""
    by_id = {row.id: row for _, row in files.quantities}
    for line, row in files.statements:
        for name, value, expected in row.problems(by_id.get(row.quantity)):
            yield Problem("statements.csv", line, name, str(value), expected)
    yield from consistency.problems(files.statements, by_id)
    yield from tellers.problems(files.sources, files.statements)
    yield from units.problems(*files.claims, by_id)
    for line, event in files.events:
        for name, value, expected in event.problems():
            yield Problem("events.csv", line, name, str(value), expected)


def _of_references(files: _Files) -> Iterator[Problem]:
    """Names in one file of what stands in another."""
    (article, article_lines), (claims, claim_lines) = files.article, files.claims
    known = references.names(
        article,
        claims,
        _rows(files.sources),
        _rows(files.quantities),
        _rows(files.statements),
        _rows(files.events),
        files.tables,
    )
    yield from references.of_article(known, article, article_lines)
    yield from references.of_sources(known, files.sources)
    yield from references.of_statements(known, files.statements)
    yield from references.of_events(known, files.events)
    yield from references.of_claims(known, claims, claim_lines)
    terms, lines = files.glossary
    for place, term in enumerate(terms):
        for name in term.quantities:
            yield from known.missing(glossary.FILE, lines["terms", place], term.term, "quantity", name)
    names = {claim.id for claim in claims.claims} if claims else set()
    yield from corrections.problems(*files.corrections, names)


def _of_days(files: _Files) -> Iterator[Problem]:
    """Days after the last one whose news were looked for."""
    article, lines = files.article
    days = future.dated(article, lines, files.statements, files.events, files.corrections[0])
    known_until = article.known_until if article else None
    yield from future.problems(days, known_until, "the known_until of article.yaml")
