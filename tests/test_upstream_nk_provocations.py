"""North Korean provocations: a hand-made file with known answers, and the pinned file."""

from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import nk_provocations
from utils.upstream.inputs import Inputs

NAME = "north_korea_provocations_1958_present.csv"
HEADER = "date,type,event,description"
ROWS = (
    '2024-09-05,Other Provocation,Balloon,"One, in the morning"',
    "2024-09-05,Other Provocation,Balloon,Two in the evening",
    "2024-06-26,Other Provocation,Balloon,Three",
    "2024-06-26,Missile Provocation,Launch,Four",
)


def made(folder: Path, *rows: str, header: str = HEADER, corrections=()) -> Inputs:
    (folder / NAME).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    datasets = {"nk_provocations": SimpleNamespace(corrections=corrections)}
    return Inputs(datasets, {"nk_provocations": {NAME: folder / NAME}})


def computed(inputs: Inputs) -> pandas.DataFrame:
    return nk_provocations.tables(inputs)["provocations"]


@pytest.fixture(scope="module")
def provocations(inputs: Inputs) -> pandas.DataFrame:
    return computed(inputs)


def test_a_type_stands_once_a_day_in_the_order_of_days(tmp_path: Path):
    assert computed(made(tmp_path, *ROWS)).to_numpy().tolist() == [
        ["2024-06-26", "Missile Provocation"],
        ["2024-06-26", "Other Provocation"],
        ["2024-09-05", "Other Provocation"],
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2024-02-30,Other Provocation,x,y", r"2024-02-30|day is out of range"),
        ("05/09/2024,Other Provocation,x,y", "05/09/2024"),
        (",Other Provocation,x,y", "date is empty"),
        ("2024-09-05,Cyber Provocation,x,y", "'Cyber Provocation' on 2024-09-05"),
        ("2024-09-05,,x,y", "'' on 2024-09-05"),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, row: str, message: str):
    with pytest.raises(ValueError, match=message):
        computed(made(tmp_path, *ROWS, row))


def test_corrections_are_applied(tmp_path: Path):
    wrong = Correction(
        frame="provocations", where={"date": "2024-06-26"}, action="drop", expect=2, reason="made up"
    )
    frame = computed(made(tmp_path, *ROWS, corrections=(wrong,)))
    assert frame.to_numpy().tolist() == [["2024-09-05", "Other Provocation"]]


def test_a_missing_column_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match="type"):
        computed(made(tmp_path, *ROWS, header=HEADER.replace("type", "kind")))


def test_the_table_keeps_to_its_model(provocations: pandas.DataFrame, tmp_path: Path):
    path, problems = tmp_path / "provocations.csv", []
    provocations.to_csv(path, index=False)
    assert read_table(path, TABLES["provocations"], problems) is not None, problems


def test_coverage(provocations: pandas.DataFrame):
    assert (provocations["date"].min(), provocations["date"].max()) == ("1958-02-16", "2026-08-20")
    years = provocations["date"].str[:4].astype(int)
    without = set(range(1958, 2027)) - set(years)
    assert without == {1961, 1972, 1977, 1982, 1988, 1989, 2018}


def test_what_was_folded(provocations: pandas.DataFrame, inputs: Inputs):
    raw = pandas.read_csv(inputs.file("nk_provocations", NAME), dtype=str)
    twice = raw[raw.duplicated(["date", "type"])]
    assert (len(raw), len(provocations), len(twice)) == (493, 485, 8)
    assert set(twice["date"].str[:4]) == {"1991", "2001", "2022", "2024", "2026"}
    assert provocations["type"].value_counts().to_dict() == {
        "Missile Provocation": 244,
        "Other Provocation": 235,
        "Nuclear Provocation": 6,
    }


def test_the_nuclear_tests_are_on_their_days(provocations: pandas.DataFrame):
    # The six tests that North Korea announced and seismic networks recorded.
    nuclear = provocations[provocations["type"] == "Nuclear Provocation"]
    assert list(nuclear["date"]) == [
        "2006-10-09",
        "2009-05-25",
        "2013-02-12",
        "2016-01-06",
        "2016-09-09",
        "2017-09-03",
    ]


def test_the_weeks_of_the_article(provocations: pandas.DataFrame):
    weeks = provocations[provocations["date"].between("2024-10-20", "2024-11-18")]
    assert weeks.to_numpy().tolist() == [
        ["2024-10-24", "Other Provocation"],
        ["2024-10-31", "Missile Provocation"],
        ["2024-11-04", "Missile Provocation"],
        ["2024-11-18", "Other Provocation"],
    ]
