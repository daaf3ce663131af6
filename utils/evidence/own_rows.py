"""Statements that somebody adds to an archive in a notebook: the same rules as for those of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from . import consistency, references, tellers
from .cells import as_day
from .problems import DataError, Problem, of_model
from .schema import Quantity, Source, Statement

__all__ = ["OWN", "parsed", "problems"]

OWN = "own rows"
Rows = Iterable[Statement | Mapping[str, Any]]


def parsed(rows: Rows) -> list[Statement]:
    """The rows as statements; DataError with the number of a row, from 1 on, and what is wrong in it.

    Of a mapping, missing fields are empty; status is then "sound", dating "day", origin the row's own id,
    outlet its source. NaN is an empty field, numbers may be texts, days texts, dates or timestamps.
    """
    found: list[Problem] = []
    made = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Statement | Mapping):
            wanted = "a statement or a mapping of its fields, of a frame as *frame.to_dict('records')"
            raise TypeError(f"row {number} is {type(row).__name__}, expected {wanted}")
        try:
            made.append(row if isinstance(row, Statement) else Statement.model_validate(_filled(row)))
        except ValidationError as error:
            found += of_model(OWN, number, error)
    if found:
        raise DataError(found)
    return made


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    given = {str(name): _plain(value) for name, value in row.items()}
    given = {name: value for name, value in given.items() if value is not None}
    defaults = {"status": "sound", "dating": "day", "origin": given.get("id"), "outlet": given.get("source")}
    return dict.fromkeys(Statement.model_fields) | defaults | given


def _plain(value: Any) -> Any:
    """A cell as the model takes it: days without an hour, None for what is missing."""
    if isinstance(value, datetime):
        return None if value != value else as_day(value)
    if isinstance(value, float) and value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def problems(
    own: list[Statement],
    there: Iterable[Statement],
    sources: Mapping[str, Source],
    quantities: Mapping[str, Quantity],
    clock: date,
) -> Iterator[Problem]:
    """What is wrong with own rows beside those that are there, by the rules of a folder and of the clock."""
    there = list(there)
    yield from _alone(own, {row.id for row in there}, quantities, clock)
    known = references.names(None, None, sources.values(), quantities.values(), (), (), {})
    rows = [*enumerate(own, 1), *((0, row) for row in there)]
    told = [
        *references.of_statements(known, rows[: len(own)]),
        *consistency.problems(rows, quantities),
        *tellers.problems([(0, source) for source in sources.values()], rows),
    ]
    yield from (replace(problem, file=OWN) for problem in told if problem.line)


def _alone(
    own: list[Statement], taken: set[str], quantities: Mapping[str, Quantity], clock: date
) -> Iterator[Problem]:
    """What is wrong with a row by itself."""
    for number, row in enumerate(own, 1):
        if row.id in taken:
            yield Problem(OWN, number, "id", row.id, "an id of its own")
        taken.add(row.id)
        if row.published > clock:
            wanted = f"a day not after the archive's, {clock}; archive.as_of({str(row.published)!r}) moves it"
            yield Problem(OWN, number, "published", str(row.published), wanted)
        for field, value, wanted in row.problems(quantities.get(row.quantity)):
            yield Problem(OWN, number, field, str(value), wanted)
