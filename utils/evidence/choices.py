"""Values by which rows of a computed table are chosen, and that stand in none of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .claims import Claims
from .nearest import meant
from .parameters import BuiltCheck
from .problems import Problem
from .reading import Place

if TYPE_CHECKING:
    import pandas

    from .tables import Table
    from .vintages import Tables

__all__ = ["chosen", "named", "of_claims", "of_table"]


def chosen(frame: pandas.DataFrame, where: Mapping[str, Sequence[str]]) -> pandas.DataFrame:
    """The rows of a table whose columns have, as text, one of the values asked for."""
    for column, values in where.items():
        frame = frame[frame[column].astype(str).isin(values)]
    return frame


def named(frame: pandas.DataFrame, column: str, where: Mapping[str, Sequence[str]]) -> list[str]:
    """What a column of the chosen rows names, as text, each once and in order."""
    return sorted(set(chosen(frame, where)[column].astype(str)))


def _missing(
    name: str, table: Table, frame: pandas.DataFrame, where: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, str]]:
    """Each value asked for that a table has nowhere and that its description does not list: the column, the
    value, and what was expected."""
    for column, values in where.items():
        there = set(frame[column].dropna().astype(str)) | table.listed.get(column, frozenset())
        for value in values:
            if value not in there:
                yield column, value, f"a value of {column} in the table {name}{meant(value, there)}"


def of_table(
    path: Path, table: Table, frame: pandas.DataFrame, where: Mapping[str, Sequence[str]]
) -> list[Problem]:
    """The problems with values asked for, as those of the table's file."""
    found = _missing(path.stem, table, frame, where)
    return [Problem(path.name, 0, column, value, told) for column, value, told in found]


def of_claims(claims: Claims, lines: Mapping[Place, int], tables: Tables) -> Iterator[Problem]:
    """The problems with the values that checks ask for, as those of the claims file; tables: sound ones."""
    for position, claim in enumerate(claims.claims):
        for number, check in enumerate(claim.checks):
            if not isinstance(check, BuiltCheck):
                continue
            line, field = lines["claims", position, "checks", number], f"{claim.id}.{check.method}"
            for name in check.tables_used():
                asked = check.values_used()
                for _, value, told in _missing(name, tables.declared[name], tables.whole(name), asked):
                    yield Problem("claims.yaml", line, field, value, told)
                if makers := _added_up(check, tables.declared[name], tables.whole(name)):
                    told = (
                        f"rows of one maker, chosen by {tables.declared[name].maker}, or a split by it: what "
                        "several made is never added up"
                    )
                    yield Problem("claims.yaml", line, field, ", ".join(makers), told)


def _added_up(check: BuiltCheck, table: Table, frame: pandas.DataFrame) -> list[str]:
    """Whose figures of the same thing a check would add up; none where it does not."""
    if table.maker is None or check.apart_by() == table.maker:
        return []
    asked = check.values_used()
    makers = named(frame, table.maker, {table.maker: asked[table.maker]} if table.maker in asked else {})
    return makers if len(makers) > 1 else []
