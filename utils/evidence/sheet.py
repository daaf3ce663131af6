"""Statements out of a sheet that somebody keeps already, by a mapping of its columns to ours.

The mapping is a YAML file with two parts: `columns` says for a column of statements.csv which heading of the
sheet it has, and `fixed` what it is in all rows. What a row says is taken over as it stands, with numbers and
days spelled as ours where only one spelling can be meant; the rest is left for `check` to name.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import Field

from . import reading
from .cells import as_day, require_digits
from .problems import DataError, Problem
from .schema import Quantity, Record, Source, Statement
from .spelling import meant_days

__all__ = ["SheetMapping", "begun", "put", "rows"]

DAYS = ("valid_from", "valid_to", "published", "read")
NUMBERS = ("value", "low", "high")
# What a row has in a column that neither the sheet nor the mapping says anything of.
DEFAULTS = {"dating": "about", "access": "official", "status": "sound"}
SUGGESTED = re.compile(r", as (\S+)$")
# What a column is taken for in a mapping that is begun: the first of these of which each filled cell is one.
TAKEN_FOR = {
    "url": re.compile(r"https?://\S+"),
    "published": re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.] ?\d{1,2}[-/.] ?\d{4}"),
    "value": re.compile(r"[+-]?\d[\d.,'\u00a0\u202f ]*"),
}
# What no column can be told by, and what each sheet must say.
LEFT = {"source": "who said it first", "quantity": "what is counted"}


class SheetMapping(Record):
    """Which column of a sheet is which of statements.csv, and what is the same in all rows."""

    columns: dict[str, str] = Field(description="by column of statements.csv, the heading in the sheet")
    fixed: dict[str, str] = Field({}, description="by column of statements.csv, what it is in every row")


def rows(sheet: Path, mapping: Path) -> list[dict[str, str]]:
    """The rows of a sheet as statements.csv has them; DataError for what cannot be read or is not there."""
    problems: list[Problem] = []
    said, _ = reading.read_yaml(mapping, SheetMapping, problems)
    text = reading.read_text(sheet, problems)
    if said is None or text is None:
        raise DataError(problems)
    told = _told(text)
    headings = list(told[0]) if told else []
    known = Statement.model_fields
    problems += [
        Problem(mapping.name, 1, part, name, f"a column of statements.csv, one of {', '.join(known)}")
        for part, names in (("columns", said.columns), ("fixed", said.fixed))
        for name in names
        if name not in known
    ]
    problems += [
        Problem(
            mapping.name, 1, f"columns.{name}", heading, f"a heading of {sheet.name}: {', '.join(headings)}"
        )
        for name, heading in said.columns.items()
        if heading not in headings
    ]
    if not told:
        problems.append(Problem(sheet.name, 1, "file", "", "at least one row"))
    if problems:
        raise DataError(problems)
    return [_row(number, row, said) for number, row in enumerate(told, 1)]


def begun(sheet: Path) -> str:
    """A mapping of a sheet to go on from: what its cells show is filled in, what it must say is asked for.

    DataError for a sheet that cannot be read.
    """
    problems: list[Problem] = []
    text = reading.read_text(sheet, problems)
    if text is None:
        raise DataError(problems)
    told = _told(text)
    cells = {
        heading: [row[heading].strip() for row in told if (row[heading] or "").strip()]
        for heading in (told[0] if told else ())
        if heading
    }
    columns: dict[str, str] = {}
    for heading, filled in cells.items():
        kinds = (name for name, kind in TAKEN_FOR.items() if filled and all(map(kind.fullmatch, filled)))
        if (name := next(kinds, None)) is not None:
            columns.setdefault(name, heading)
    left = [json.dumps(one, ensure_ascii=False) for one in cells if one not in columns.values()]
    lines = [f"  {name}: {json.dumps(heading, ensure_ascii=False)}" for name, heading in columns.items()]
    asked = [f'  {name}: ""  # {meaning}' for name, meaning in LEFT.items()]
    return "\n".join(
        [
            "# By column of statements.csv, a heading of the sheet.",
            *(["# Not used yet: " + ", ".join(left)] if left else []),
            "columns:",
            *lines,
            *asked,
            "# What is the same in every row, as quantity: visitors; the line above goes then.",
            "fixed: {}",
            "",
        ]
    )


def _told(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text)))


def _separator(text: str) -> str:
    """What separates the columns of a sheet: whichever its first line has most of."""
    first = text.splitlines()[0]
    return max(",;\t", key=first.count)


def _row(number: int, row: Mapping[str, str | None], said: SheetMapping) -> dict[str, str]:
    own = {name: "" for name in Statement.model_fields} | DEFAULTS | said.fixed
    own |= {name: (row[heading] or "").strip() for name, heading in said.columns.items()}
    own |= {name: _spelled(own[name]) for name in NUMBERS} | {name: _day(own[name]) for name in DAYS}
    own["id"] = own["id"] or f"T{number:03d}"
    own["valid_from"] = own["valid_from"] or own["published"]
    own["valid_to"] = own["valid_to"] or own["valid_from"]
    own["outlet"] = own["outlet"] or own["source"]
    return own | {"origin": _short(own["origin"] or own["id"])}


def _spelled(value: str) -> str:
    """A number as ours where only one can be meant."""
    try:
        require_digits(value, float)
    except ValueError as error:
        one = SUGGESTED.search(str(error))
        return one[1] if one else value
    return value


def _day(value: str) -> str:
    """A day as ours where only one can be meant."""
    try:
        return str(as_day(value)) if value else ""
    except ValueError:
        one = SUGGESTED.fullmatch(meant_days(value))
        return one[1] if one else value


def _short(name: str) -> str:
    """A short name out of one that people read; the same for the same."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    short = re.sub(r"[^\w.-]+", "_", bare, flags=re.ASCII).strip("_.-")
    # Of another script nothing is left that a file may be called.
    return short or (f"x{name.encode().hex()[:16]}" if name else "")


def put(folder: Path, statements: Sequence[Mapping[str, str]]) -> None:
    """Add rows to a new folder, with a source and a quantity, to be filled in, for each that is new.

    statements: from `rows`; what a source and a quantity are called there becomes their name, and their id is
    short.
    """
    shortened = [{**row, **{name: _short(row[name]) for name in LEFT}} for row in statements]
    _append(folder / "statements.csv", list(Statement.model_fields), shortened)
    party = {"party": "none", "kind": "press", "reliability": "F", "reason": "Not judged yet."}
    counted = {"unit": "none", "tense": "observed", "kind": "other", "definition": "Not said yet."}
    for file, fields, column, label, more in (
        ("sources.csv", list(Source.model_fields), "source", "name", party),
        ("quantities.csv", list(Quantity.model_fields), "quantity", "label", counted),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        known = {row["id"] for row in csv.DictReader(io.StringIO(text))}
        names: dict[str, str] = {}
        for row in statements:
            names.setdefault(_short(row[column]), row[column])
        lost = {name: called for name, called in names.items() if name and name not in known}
        units = {name: _unit(name, shortened) if label == "label" else {} for name in lost}
        added = [{"id": name, label: called, **more, **units[name]} for name, called in lost.items()]
        _append(folder / file, fields, added)


def _unit(quantity: str, statements: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The unit of a quantity of which the rows give numbers."""
    numbers = any(row[name] for row in statements if row["quantity"] == quantity for name in NUMBERS)
    return {"unit": "units"} if numbers else {}


def _append(path: Path, fields: list[str], added: Iterable[Mapping[str, str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, fields, lineterminator="\n", restval="").writerows(added)
