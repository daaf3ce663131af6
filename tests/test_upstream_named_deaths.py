"""Names of dead Russian soldiers by day: hand-made editions with known answers, and the pinned one."""

import json
from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.archive import Archive
from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import named_deaths
from utils.upstream.inputs import Inputs

EDITION = "daily_2025-11-08.json"


def made(folder: Path, days: dict[str, object], name: str = EDITION, corrections=()) -> Inputs:
    """An edition; a number stands for a day with that many names."""
    content = {
        day: {"deaths": count, "total": count} if isinstance(count, int) else count
        for day, count in days.items()
    }
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    datasets = {"named_deaths": SimpleNamespace(corrections=corrections)}
    return Inputs(datasets, {"named_deaths": {f"russia/{name}": path}})


def computed(inputs: Inputs) -> pandas.DataFrame:
    return named_deaths.tables(inputs)["russian_deaths_named"]


@pytest.fixture(scope="module")
def deaths(inputs: Inputs) -> pandas.Series:
    frame = computed(inputs)
    return frame.set_index(pandas.to_datetime(frame["date"]))["deaths"]


def test_days_are_sorted_and_gaps_stay(tmp_path: Path):
    frame = computed(made(tmp_path, {"2022-02-27": 93, "2022-02-24": 124, "2022-02-25": 80}))
    assert frame.to_numpy().tolist() == [["2022-02-24", 124], ["2022-02-25", 80], ["2022-02-27", 93]]


@pytest.mark.parametrize(
    ("day", "count", "message"),
    [
        ("2022-02-23", 900, "not from 2022-02-24 to 2025-11-08 on 2022-02-23"),
        ("2025-11-09", 1, "not from 2022-02-24 to 2025-11-08 on 2025-11-09"),
        ("2024-05-01", 0, "not above zero on 2024-05-01"),
        ("2024-05-01", {"deaths": 5, "total": 6}, "not the total on 2024-05-01"),
        ("2024-05", 5, "2024-05"),
    ],
)
def test_a_wrong_day_is_refused(tmp_path: Path, day, count, message):
    with pytest.raises(ValueError, match=message):
        computed(made(tmp_path, {"2022-02-24": 124, day: count}))


def test_undated_names_can_be_dropped_by_a_correction(tmp_path: Path):
    undated = Correction(
        frame="daily", where={"date": "2022-02-23"}, action="drop", expect=1, reason="made up"
    )
    frame = computed(made(tmp_path, {"2022-02-23": 900, "2022-02-24": 124}, corrections=(undated,)))
    assert frame.to_numpy().tolist() == [["2022-02-24", 124]]


def test_a_missing_column_is_named(tmp_path: Path):
    with pytest.raises(KeyError, match="deaths"):
        computed(made(tmp_path, {"2022-02-24": {"killed": 124, "total": 124}}))


def test_an_edition_without_a_day_in_its_name_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="latest"):
        computed(made(tmp_path, {"2022-02-24": 124}, name="daily_latest.json"))


def test_the_table_keeps_to_its_model(inputs: Inputs, tmp_path: Path):
    path, problems = tmp_path / "russian_deaths_named.csv", []
    computed(inputs).to_csv(path, index=False)
    assert read_table(path, TABLES["russian_deaths_named"], problems) is not None, problems


def test_coverage_and_gaps(deaths: pandas.Series):
    assert (len(deaths), deaths.sum()) == (1268, 122_640)
    days = pandas.date_range("2022-02-24", "2025-10-09")
    assert (deaths.index[0], deaths.index[-1]) == (days[0], days[-1])
    missing = days.difference(deaths.index)
    assert len(missing) == 56
    weeks = missing[(missing >= "2024-08-01") & (missing <= "2024-12-31")]
    assert list(weeks.strftime("%m-%d")) == ["08-11", "08-12", "08-18", "11-10"]


def test_missing_days_are_lost_pages_and_not_days_without_deaths(deaths: pandas.Series):
    # Four days in a row without a death, in a month that otherwise has 63 a day.
    around = deaths["2022-03-01":"2022-03-31"]
    assert len(around) == 27
    assert around.mean() > 60


def test_sums_of_months(deaths: pandas.Series):
    months = deaths.resample("ME").sum()
    assert months["2024-08-31":"2024-12-31"].to_list() == [3550, 3939, 4584, 4863, 5727]


def test_the_sum_keeps_step_with_what_mediazona_had_published(deaths: pandas.Series, archive: Archive):
    # The list is another one, and the copy lost pages, so the share is below one. That it stays within 0.88
    # and 0.94 over a year of growth says that days follow publication. By day of death the sum up to an old
    # day would go on growing for years, and the share would fall towards the end.
    # "More than 95,000" of a list of names is 95,000 and a few; it leaves out less than a hundred.
    shares = [
        deaths[: pandas.Timestamp(row.valid_to)].sum() / (row.value or row.low)
        for row in archive.statements
        if row.quantity == "ru_killed_confirmed" and row.valid_to < pandas.Timestamp(2025, 10, 1).date()
    ]
    assert len(shares) >= 7
    assert min(shares) > 0.88
    assert max(shares) < 0.94


def test_the_day_is_not_the_day_of_death_from_2023_on(deaths: pandas.Series):
    # War knows no weekend: by day of death two days in seven would hold 2/7 of the names, give or take 1 %.
    for year in (2023, 2024, 2025):
        days = deaths[deaths.index.year == year]
        assert days[days.index.day_of_week >= 5].sum() / days.sum() < 0.26, year
    # Nor is it right-censored: the month before the copy holds the most names.
    months = deaths.resample("ME").sum()
    assert months.idxmax() == pandas.Timestamp(2025, 9, 30)


def test_the_last_days_are_incomplete(deaths: pandas.Series):
    assert deaths["2025-10-01":"2025-10-06"].min() > 250
    assert deaths["2025-10-07":].to_list() == [91, 1]
