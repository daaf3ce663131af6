"""Spoiled rows of the evidence, and whether anybody notices.

A mutant is the project's data with one thing wrong. It is noticed when reading it gives an error by the rules
of the schema ("validation"), or when the ledger by it is not the reviewed one ("verdict" when a label has
changed, "ledger" when only what stands behind the labels has).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import golden

from utils import verdicts
from utils.archive import DATA, Archive
from utils.checks import METHODS, Finding
from utils.evidence import consistency, future
from utils.evidence.problems import Problem
from utils.evidence.schema import Statement

__all__ = ["Bench", "Mutant", "of_row", "of_source", "raw_statements"]

Cells = dict[str, str]
NUMBERS, DAYS = ("value", "low", "high"), ("valid_from", "valid_to", "published")
TURNED = {"affirms": "denies", "denies": "affirms"}


@dataclass(frozen=True)
class Mutant:
    """What was done, to which row, and the rows as they then stand; None for a row that is left out."""

    kind: str
    row: str
    changed: tuple[tuple[str, Cells | None], ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"


def raw_statements() -> dict[str, Cells]:
    """The cells of every statement as the file gives them, by id."""
    with (DATA / "statements.csv").open(newline="", encoding="utf-8") as stream:
        return {cells["id"]: cells for cells in csv.DictReader(stream)}


def _times(text: str, factor: float) -> str:
    return f"{float(text) * factor:.10g}" if text else ""


def _years_on(text: str, years: int) -> str:
    day = date.fromisoformat(text)
    return day.replace(year=day.year + years, day=min(day.day, 28 if day.month == 2 else 31)).isoformat()


def of_row(cells: Cells, siblings: Sequence[Cells]) -> Iterator[Mutant]:
    """Every mutant of one row. siblings: the other rows of its origin."""
    name = cells["id"]

    def mutant(kind: str, **new: str) -> Mutant:
        return Mutant(kind, name, ((name, {**cells, **new}),))

    if any(float(cells[field] or 0) for field in NUMBERS):
        yield mutant("sign", **_negative(cells))
        yield mutant("×1000", **{field: _times(cells[field], 1000) for field in NUMBERS})
    for years in (-1, 1):
        for what, fields in (("all days", DAYS), ("days meant", DAYS[:2]), ("publication", DAYS[2:])):
            moved = {field: _years_on(cells[field], years) for field in fields}
            yield mutant(f"{what} {years:+d} year", **moved)
    if cells["stance"] in TURNED:
        yield mutant("stance turned", stance=TURNED[cells["stance"]])
    if siblings:
        yield mutant("origin split", origin=f"{cells['origin']}-2")
    yield Mutant("row dropped", name, ((name, None),))


def _negative(cells: Cells) -> Cells:
    """The numbers with the other sign; the ends of a range change places."""
    turned = {field: _times(cells[field], -1) for field in NUMBERS}
    return {**turned, "low": turned["high"], "high": turned["low"]}


def of_source(source: str, rows: Sequence[Cells]) -> Mutant:
    """A source left out with all its rows."""
    return Mutant("source dropped", source, tuple((cells["id"], None) for cells in rows))


class Bench:
    """The project's archive on both clocks, with what each check finds, so that a mutant recomputes only
    the checks that look at what it changes."""

    def __init__(self, archive: Archive, reviewed: dict[str, dict[str, object]]) -> None:
        self.archive, self.reviewed = archive, reviewed
        self.found = {
            (clock, claim.id): {one.name: one for one in verdicts.findings(seen, claim)}
            for clock, seen in golden.clocks(archive).items()
            for claim in archive.claims
        }

    def used(self, field: str) -> set[str]:
        """All ids in a field of the findings on either clock."""
        return {row for found in self.found.values() for one in found.values() for row in getattr(one, field)}

    def noticed(self, mutant: Mutant) -> str | None:
        """By what the mutant is noticed, or None."""
        rows, problems = self.read(mutant)
        if problems:
            return "validation"
        statements = {row.id: row for row in self.archive.statements}
        old = [statements[name] for name, _ in mutant.changed]
        for name, _ in mutant.changed:
            del statements[name]
        statements |= {row.id: row for row in rows}
        kept = tuple(sorted(statements.values(), key=lambda row: (row.published, row.id)))
        newest = max(row.published for row in (*kept, *self.archive.events))
        spoiled = replace(self.archive, statements=kept, clock=newest)
        return self.compared(spoiled, (*old, *rows))

    def read(self, mutant: Mutant) -> tuple[list[Statement], list[Problem]]:
        """The changed rows and what the schema says of them, as `Archive.read` would."""
        problems: list[Problem] = []
        rows = []
        for _, cells in mutant.changed:
            if cells is None:
                continue
            row = Statement.model_validate({name: cell or None for name, cell in cells.items()})
            rows.append(row)
            told = row.problems(self.archive.quantities[row.quantity])
            problems += [Problem("statements.csv", 0, name, str(value), why) for name, value, why in told]
        left = {name for name, _ in mutant.changed}
        others = [row for row in self.archive.statements if row.id not in left]
        numbered = [*enumerate(others), *enumerate(rows, len(others))]
        problems += consistency.problems(numbered, self.archive.quantities)
        days = future.dated(None, {}, enumerate(rows), [], [])
        last = self.archive.article.known_until
        problems += future.problems(days, last, "the known_until of article.yaml")
        return rows, problems

    def compared(self, spoiled: Archive, rows: Sequence[Statement], tables: Sequence[str] = ()) -> str | None:
        """By what the ledger of a spoiled archive differs from the reviewed one, or None."""
        answer = None
        quantities, origins = {row.quantity for row in rows}, {row.origin for row in rows}
        for clock, seen in golden.clocks(spoiled).items():
            all_anew = clock == "today" and spoiled.clock != self.archive.clock
            for claim in self.archive.claims:
                known = self.found[clock, claim.id]
                now = [
                    METHODS[check.method].check(seen, claim, check)
                    if all_anew
                    or quantities & set(check.quantities_used())
                    or origins & {*check.origins_used(), *known[check.key].origins}
                    or set(tables) & set(check.tables_used())
                    else known[check.key]
                    for check in claim.built
                ]
                if not all_anew and _same(now, known):
                    continue
                entry = golden.entry(verdicts.judge(claim, now, seen.clock))
                reviewed = self.reviewed[clock][claim.id]
                if entry["label"] != reviewed["label"]:
                    return "verdict"
                answer = "ledger" if entry != reviewed else answer
        return answer


def _same(now: Sequence[Finding], known: dict[str, Finding]) -> bool:
    return all(one is known[one.name] for one in now)
