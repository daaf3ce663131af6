"""Spoiled copies of the computed tables that checks read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas
from ours import TABLES

from utils.archive import DATA, Archive
from utils.checks import stays
from utils.checks.transfer import TransferCheck
from utils.checks.trend import TrendCheck

__all__ = ["TableMutant", "of_tables", "write"]

STAYS_EACH = 25


@dataclass(frozen=True)
class TableMutant:
    """What was done to which table, and how."""

    kind: str
    table: str
    spoil: Callable[[pandas.DataFrame], pandas.DataFrame]

    def __str__(self) -> str:
        return f"{self.kind} {self.table}"


def of_tables(archive: Archive) -> Iterator[TableMutant]:
    """Every mutant of the tables that a check of the project reads."""
    checks = [check for claim in archive.claims for check in claim.built]
    for table in sorted({name for check in checks for name in check.tables_used()}):
        days = [name for name in ("date", "first_seen", "last_seen") if name in archive.table(table)]
        for years in (-1, 1):
            yield TableMutant(f"days {years:+d} year", table, _later(days, years))
    trends = [check for check in checks if isinstance(check, TrendCheck)]
    for table, column in sorted({(check.table, check.value) for check in trends}):
        for kind, factor in (("sign", -1), ("×1000", 1000)):
            yield TableMutant(f"{kind} of {column},", table, _times(column, factor))
    parts = {
        (check.table, column, value)
        for check in trends
        for column, values in check.where.items()
        for value in values
    }
    for table, column, value in sorted(parts):
        yield TableMutant(f"{column} {value} dropped,", table, _without(column, value))
    for check in checks:
        if isinstance(check, TransferCheck):
            yield from _stays(archive, check)


def _stays(archive: Archive, check: TransferCheck) -> Iterator[TableMutant]:
    """Another oblast for stays that place a unit of the check's question, spread over the table."""
    frame = archive.table(check.table)
    both = stays.placed(frame, check.before, check.on, check.slack_days)
    asked = {check.to} if check.asks == "none_moved" else set(check.main)
    units = both[both[["from", "to"]].isin(asked).any(axis=1)].dropna()["unit"]
    asked_stays = frame.index[
        frame["unit"].isin(units)
        & frame["oblast"].isin(asked)
        & (frame["first_seen"] <= pandas.Timestamp(check.on))
        & (frame["last_seen"] >= pandas.Timestamp(check.on))
    ]
    for place in asked_stays[:: max(1, len(asked_stays) // STAYS_EACH)]:
        yield TableMutant(f"oblast of stay {place} ({check.key}),", check.table, _elsewhere(place))


def _later(columns: list[str], years: int) -> Callable[[pandas.DataFrame], pandas.DataFrame]:
    step = pandas.DateOffset(years=years)
    return lambda frame: frame.assign(**{name: frame[name] + step for name in columns})


def _times(column: str, factor: float) -> Callable[[pandas.DataFrame], pandas.DataFrame]:
    return lambda frame: frame.assign(**{column: frame[column] * factor})


def _without(column: str, value: str) -> Callable[[pandas.DataFrame], pandas.DataFrame]:
    return lambda frame: frame[frame[column] != value]


def _elsewhere(place: int) -> Callable[[pandas.DataFrame], pandas.DataFrame]:
    def spoil(frame: pandas.DataFrame) -> pandas.DataFrame:
        spoiled = frame.copy()
        spoiled.loc[place, "oblast"] = "Sumy"
        return spoiled

    return spoil


def write(mutant: TableMutant, archive: Archive, folder: Path) -> None:
    """A data folder with the spoiled table, and the pins that tables are read with."""
    (folder / "tables").mkdir(exist_ok=True)
    for name in ("datasets.yaml", "datapackage.json"):
        (folder / name).write_bytes((DATA / name).read_bytes())
    for path in (DATA / "tables").glob("*.csv"):
        target = folder / "tables" / path.name
        target.unlink(missing_ok=True)
        target.symlink_to(path)
    frame = mutant.spoil(archive.table(mutant.table)).sort_values(list(TABLES[mutant.table].key))
    target = folder / "tables" / f"{mutant.table}.csv"
    target.unlink()
    frame.to_csv(target, index=False, date_format="%Y-%m-%d")
