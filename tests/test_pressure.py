"""Months and shares of tables made by hand."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas
import pytest

from utils.essays import pressure


def with_tables(archive, **frames):
    shown = SimpleNamespace(as_of=lambda name, day: frames[name])
    return replace(archive, tables=shown)


def daily(column, **days):
    rows = [(pandas.Timestamp(day.strip("d").replace("_", "-")), value) for day, value in days.items()]
    return pandas.DataFrame(rows, columns=["date", column])


def made(archive):
    equipment = pandas.DataFrame(
        [("2024-07", "ru", "tanks", 3, 1), ("2024-07", "ru", "guns", 2, 0), ("2024-07", "ua", "tanks", 9, 9)],
        columns=["month", "party", "type", "destroyed", "captured"],
    )
    return with_tables(
        archive,
        russian_losses_claimed=daily("personnel", d2024_07_01=10, d2024_07_31=5, d2024_08_01=7),
        conflict_deaths=daily("deaths", d2023_07_02=99, d2024_07_01=8, d2024_07_02=2, d2024_08_15=10),
        equipment_losses=equipment,
    )


def test_months_are_sums_and_the_other_side_is_left_out(archive):
    table = pressure.by_month(made(archive), "2024-07", "2024-09")
    assert table.to_numpy().tolist() == [
        ["Jul 2024", 15, 6, 10, 8],
        ["Aug 2024", 7, 0, 10, 0],
        ["Sep 2024", 0, 0, 0, 0],
    ]


def test_the_share_of_firsts_is_that_of_one_year(archive):
    assert pressure.on_firsts(made(archive), 2024) == pytest.approx(8 / 20)


def test_shares_of_a_month_are_among_the_rows_asked_for():
    rows = [
        ("2024-07-01", "Donetsk", "artillery", 3),
        ("2024-07-30", "Kharkiv", "artillery", 1),
        ("2024-08-01", "Kharkiv", "artillery", 2),
        ("2024-08-01", "Sumy", "artillery", 50),
        ("2024-08-01", "Donetsk", "drone", 50),
    ]
    reports = pandas.DataFrame(rows, columns=["date", "oblast", "tag", "incidents"])
    reports["date"] = pandas.to_datetime(reports["date"])
    shares = pressure.shares_by_month(reports, {"oblast": ["Donetsk", "Kharkiv"], "tag": ["artillery"]})
    assert list(shares.index) == ["Donetsk", "Kharkiv"]
    assert [day.date() for day in shares.columns] == [date(2024, 7, 1), date(2024, 8, 1)]
    assert shares.to_numpy().tolist() == [[75.0, 0.0], [25.0, 100.0]]
