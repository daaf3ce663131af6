"""What a table that was computed anew changes against the one that is kept, told row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from ..evidence.tables import Table
from ..words import counted, more

__all__ = ["changes", "tell"]

SHOWN = 20


def changes(old: str | None, new: str, table: Table) -> list[str]:
    """What a new text of a table changes against the old one, a sentence a row, in the order of the key."""
    if table.suffix == "geojson":
        return [] if old == new else ["the boundaries change" if old else "the boundaries are new"]
    before, after = ({} if old is None else _by_key(old, table)), _by_key(new, table)
    lines = []
    for own in sorted(before.keys() | after.keys()):
        name = ", ".join(own)
        if own not in before:
            lines.append(f"{name}: new, {_values(after[own], table)}")
        elif own not in after:
            lines.append(f"{name}: gone, was {_values(before[own], table)}")
        elif (was := before[own]) != (is_now := after[own]):
            cells = [
                f"{column} {was.get(column)} → {is_now[column]}"
                for column in is_now
                if was.get(column) != is_now[column]
            ]
            lines.append(f"{name}: {', '.join(cells)}")
    return lines


def _by_key(text: str, table: Table) -> dict[tuple[str, ...], dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(row.get(name) or "" for name in table.key): row for row in rows}


def _values(row: Mapping[str, str], table: Table) -> str:
    return ", ".join(f"{name} {cell}" for name, cell in row.items() if name not in table.key) or "a row"


def tell(
    folder: Path,
    texts: Mapping[str, str],
    tables: Mapping[str, Table],
    everything: bool,
    console: Console,
) -> None:
    """Say what would change, table by table."""
    for name, text in texts.items():
        path = folder / "tables" / f"{name}.{tables[name].suffix}"
        old = path.read_text(encoding="utf-8") if path.is_file() else None
        lines = changes(old, text, tables[name])
        lead = "new table, " if old is None else ""
        console.print(f"{name}: {lead}{_count(lines) if lines else 'unchanged'}")
        for line in lines if everything else lines[: 0 if old is None else SHOWN]:
            console.print(f"  {line}", soft_wrap=True)
        if old is not None and len(lines) > SHOWN and not everything:
            console.print(f"  … {more(len(lines) - SHOWN)}; --all shows them")


def _count(lines: Sequence[str]) -> str:
    return f"{counted(len(lines), 'row')} changed"
