"""Conflict deaths by day: a hand-made file with known answers, and the pinned file."""

import json
from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import ucdp_viina_daily
from utils.upstream.inputs import Inputs

ROWS = [("2024-01-02", 2, 9), ("2023-12-31", 5, 40), ("2024-01-01", 0, 0)]


def made(folder: Path, rows=ROWS, corrections=(), **renamed: str) -> Inputs:
    """A file with days, UCDP events and deaths; ACLED's columns are full of other numbers."""
    records = [
        {
            "date": day if day is None or "T" in day else f"{day}T00:00:00",
            "acled_events": 777,
            "acled_fatalities": 888,
            "ucdp_events": events,
            "ucdp_fatalities": deaths,
        }
        for day, events, deaths in rows
    ]
    path = folder / "daily_events.json"
    renamed_records = [{renamed.get(name, name): cell for name, cell in row.items()} for row in records]
    path.write_text(json.dumps(renamed_records), encoding="utf-8")
    datasets = {"ucdp_viina_daily": SimpleNamespace(corrections=corrections)}
    return Inputs(datasets, {"ucdp_viina_daily": {"daily_events.json": path}})


def computed(inputs: Inputs) -> pandas.DataFrame:
    return ucdp_viina_daily.tables(inputs)["conflict_deaths"]


@pytest.fixture(scope="module")
def conflict(inputs: Inputs) -> pandas.DataFrame:
    frame = computed(inputs)
    return frame.set_index(pandas.to_datetime(frame["date"]))


def test_days_without_an_event_of_ucdp_are_left_out(tmp_path: Path):
    assert computed(made(tmp_path)).to_numpy().tolist() == [["2023-12-31", 5, 40], ["2024-01-02", 2, 9]]


def test_columns_of_acled_are_neither_read_nor_needed(tmp_path: Path):
    frame = computed(made(tmp_path, acled_events="a", acled_fatalities="b"))
    assert list(frame.columns) == ["date", "events", "deaths"]
    assert len(frame) == 2


def test_an_event_without_deaths_stays(tmp_path: Path):
    assert computed(made(tmp_path, [("2016-03-18", 1, 0)])).to_numpy().tolist() == [["2016-03-18", 1, 0]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("2024-01-03", 0, 4), "2024-01-03: there are deaths without an event"),
        (("2024-01-03", 1, -4), "2024-01-03: a count is below zero"),
        (("2024-01-02", 1, 1), "2024-01-02: the day stands twice"),
        (("2024-01-03T02:00:00", 1, 1), "2024-01-03T02:00:00"),
        ((None, 1, 1), "a date is empty"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, row, message):
    with pytest.raises(ValueError, match=message):
        computed(made(tmp_path, [*ROWS, row]))


def test_corrections_are_applied(tmp_path: Path):
    wrong = Correction(
        frame="daily_events",
        where={"date": "2024-01-02T00:00:00", "ucdp_fatalities": "9"},
        action="drop",
        expect=1,
        reason="made up",
    )
    assert computed(made(tmp_path, corrections=(wrong,)))["date"].to_list() == ["2023-12-31"]


@pytest.mark.parametrize("column", ["date", "ucdp_events", "ucdp_fatalities"])
def test_a_missing_column_is_named(tmp_path: Path, column: str):
    with pytest.raises(KeyError, match=column):
        computed(made(tmp_path, **{column: "else"}))


def test_the_table_keeps_to_its_model(conflict: pandas.DataFrame, tmp_path: Path):
    path, problems = tmp_path / "conflict_deaths.csv", []
    conflict.to_csv(path, index=False)
    assert read_table(path, TABLES["conflict_deaths"], problems) is not None, problems


def test_coverage_and_gaps(conflict: pandas.DataFrame):
    assert len(conflict) == 2460
    assert (conflict["date"].min(), conflict["date"].max()) == ("2014-01-22", "2024-12-31")
    war = pandas.date_range("2022-02-24", "2024-12-31")
    assert war.isin(conflict.index).all()
    assert (conflict.index < "2022-02-24").sum() == 2955 - 1537


def test_sums_of_years(conflict: pandas.DataFrame):
    years = conflict.groupby(conflict.index.year)[["events", "deaths"]].sum()
    assert years.loc[[2014, 2021]].to_numpy().tolist() == [[1303, 4946], [167, 208]]
    assert years.loc[2022:].to_numpy().tolist() == [[7429, 92615], [10181, 75393], [10369, 68116]]


def test_nothing_is_lost_but_empty_days(conflict: pandas.DataFrame, inputs: Inputs):
    path = inputs.file("ucdp_viina_daily", "daily_events.json")
    raw = pandas.DataFrame(json.loads(path.read_text()))
    assert len(raw) - len(conflict) == 1010 == (raw["ucdp_events"] == 0).sum()
    assert conflict["events"].sum() == raw["ucdp_events"].sum()
    assert conflict["deaths"].sum() == raw["ucdp_fatalities"].sum()


def test_events_of_a_month_stand_on_its_first_day(conflict: pandas.DataFrame):
    # Spread evenly the firsts of a month would hold a thirtieth. This is why days must not be compared.
    war = conflict.loc["2022-02-24":, "deaths"]
    assert 0.33 < war[war.index.day == 1].sum() / war.sum() < 0.34
    assert conflict.loc["2024-01-01", "deaths"] == 11_834


def test_ucdp_goes_on_where_the_columns_of_acled_have_ended(conflict: pandas.DataFrame):
    for first, last in (("2024-08-03", "2024-08-13"), ("2024-12-14", "2024-12-31")):
        assert (conflict.loc[first:last, "events"] > 0).all()
        assert len(conflict.loc[first:last]) == len(pandas.date_range(first, last))
