"""The committed tables: they pass their models, come out of the pinned files, and keep to the clock."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import frictionless
import pandas
import pytest

from utils.archive import DATA, Archive
from utils.evidence import dictionary, tables
from utils.evidence.schema import DataError, Problem
from utils.evidence.tables import TABLES, read_table
from utils.evidence.vintages import Tables, sums
from utils.upstream import rebuild


def text(name: str) -> str:
    return (DATA / "tables" / f"{name}.{TABLES[name].suffix}").read_text(encoding="utf-8")


def test_the_data_folder_is_sound():
    assert tables.check(DATA) == []
    assert {path.stem for path in (DATA / "tables").iterdir()} == set(TABLES)


@pytest.mark.parametrize("name", rebuild.MODULES)
def test_the_tables_come_out_of_the_pinned_files_byte_for_byte(inputs, name):
    (module,) = [one for one in rebuild.modules() if one.__name__.endswith(f".{name}")]
    made = module.tables(inputs)
    assert made
    for table, frame in made.items():
        told = rebuild.changes(text(table), rebuild.as_text(frame, TABLES[table]), TABLES[table])
        assert told == []
        assert rebuild.as_text(frame, TABLES[table]) == text(table)


def test_the_dictionary_and_the_package_are_those_of_the_data():
    assert (DATA / "README.md").read_text(encoding="utf-8") == dictionary.dictionary(DATA)
    assert json.loads((DATA / "datapackage.json").read_text(encoding="utf-8")) == dictionary.package(DATA)
    told = dictionary.write(DATA, lambda path, text: pytest.fail(f"{path} would be written"))
    assert told == ["README.md: unchanged", "datapackage.json: unchanged"]


def test_the_package_says_what_the_models_and_the_pins_say():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    resources = {Path(one["path"]).stem: one for one in package["resources"]}
    assert resources.keys() == {*dictionary.CURATED, *TABLES}
    for name, model in dictionary.CURATED.items():
        assert resources[name]["schema"]["fields"] == list(dictionary.fields(model)), name
    datasets = Tables(DATA).datasets
    for name, table in TABLES.items():
        assert resources[name].get("sources", []) == [
            {"title": datasets[one].citation, "path": f"https://github.com/{datasets[one].repository}"}
            for one in table.datasets
        ], name


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_by_its_description(name):
    problems: list[Problem] = []
    written, described = TABLES[name], tables.declared(DATA, problems)[name]
    for part in ("datasets", "key", "missing_day", "suffix", "columns", "title"):
        assert getattr(described, part) == getattr(written, part), part
    path = DATA / "tables" / f"{name}.{written.suffix}"
    first, second = (read_table(path, table, problems) for table in (written, described))
    assert problems == []
    pandas.testing.assert_frame_equal(first, second, check_exact=True)


def test_frictionless_finds_nothing_wrong_with_the_package():
    report = frictionless.validate(DATA / "datapackage.json")
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) > len(TABLES)


def test_no_day_shows_what_was_published_after_it():
    read = Tables(DATA)
    day = date(2024, 11, 12)
    for name, table in TABLES.items():
        if not {"date", "month", "year", "closed", "first_seen"} & set(table.model.model_fields):
            continue
        lag = max(read.datasets[dataset].publication_lag_days for dataset in table.datasets)
        then, later = read.as_of(name, day), read.as_of(name, date(2030, 1, 1))
        assert len(then) <= len(later), name
        for column in {"date", "closed", "first_seen", "last_seen"} & set(then.columns):
            # A stay that goes on is known up to the newest map of the day, no further.
            least = timedelta(0) if "published" in then else timedelta(days=lag)
            assert (then[column] <= pandas.Timestamp(day - least)).all(), (name, column)


def test_the_archive_shows_tables_as_of_its_clock(archive):
    then = archive.as_of(date(2024, 11, 12))
    newest = then.table("russian_losses_claimed").published.max()
    assert newest == pandas.Timestamp(2024, 11, 12)
    with pytest.raises(KeyError):
        archive.table("no_such_table")


@pytest.mark.parametrize("by", [None, "layer"])
def test_daily_sums_are_those_of_the_rows_that_were_public(by):
    read, where = Tables(DATA), {"layer": ("russian_advances", "ukraine_control_map")}
    frame, published, lag = read._frame("isw_area")
    # A third of the rows, among them some of days whose others were out on time, comes out late.
    late = published + pandas.to_timedelta(45 * (frame.index % 3 == 1), unit="D")
    read._frames["isw_area"] = (frame, late, lag)
    for day in map(
        date.fromisoformat, ("2023-01-01", "2023-12-01", "2024-11-12", "2024-11-13", "2030-01-01")
    ):
        told = read.daily("isw_area", day, "area_km2", where, by)
        expected = sums(read.as_of("isw_area", day), "area_km2", where, by)
        assert told.keys() == expected.keys()
        for label in told:
            pandas.testing.assert_series_equal(told[label], expected[label], check_freq=False)
    assert all(len(one) > 300 for one in told.values())


def test_what_is_done_to_a_table_stays_with_its_reader(archive):
    shown = archive.table("trump_price")
    shown["probability"] = 0.0
    assert archive.table("trump_price")["probability"].max() > 0.5


def test_two_archives_of_one_map_agree():
    """Whole-map snapshots against the daily extracts. They differ by Tuzla island, about 4.4 km², and on the
    days on which one of the two archives missed an update of the map."""
    areas = pandas.read_csv(DATA / "tables" / "area_by_oblast.csv")
    occupied = areas[areas.status.isin(["occupied", "occupied_before_2022"])]
    extracts = pandas.read_csv(DATA / "tables" / "occupied_area.csv").set_index("date").area_km2
    difference = (occupied.groupby("date").area_km2.sum() - extracts).dropna()
    assert len(difference) > 270
    assert 4.3 < difference.median() < 4.6
    # Sums of rounded parts: some twenty rows of 0.1 km² each day.
    assert ((difference - difference.median()).abs() < 0.5).mean() > 0.89
    assert (difference - difference.median()).abs().max() < 60
    # A missed update moves ground to the next day, so the change over the whole time agrees.
    assert abs(difference.iloc[-1] - difference.iloc[0]) < 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("date,type\n", "expected at least one row"),
        ("date\n2024-01-01\n", "provocations.csv:1 type: '', expected this column once; there are 0"),
        ("date,type\n2024-01-01,a\n2024-01-01,a\n", "expected a key of its own; line 2 has it"),
        ("date,type\n2024-01-02,a\n2024-01-01,a\n", "expected rows sorted by the key"),
        ("date,type\n2024-02-30,a\n", "expected a day that exists, as YYYY-MM-DD"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(tmp_path: Path, content, message):
    path = tmp_path / "provocations.csv"
    path.write_text(content)
    problems: list[Problem] = []
    assert read_table(path, TABLES["provocations"], problems) is None
    assert any(message in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("trump_price", "2024-01-01,0_5", "probability: '0_5', expected a number in digits"),
        ("trump_price", "2024-01-01,5e-1", "as 0.5"),
        ("russian_deaths_named", "2024-01-01,1.000", "deaths: '1.000', expected a whole number in digits"),
        ("russian_deaths_named", "2024-01-01,1_000", "as 1000"),
        ("russian_deaths_named", "2024-01-01, 5", "as 5"),
    ],
)
def test_a_number_of_a_table_is_digits(tmp_path: Path, table, line, said):
    path, problems = tmp_path / f"{table}.csv", []
    path.write_text(f"{','.join(TABLES[table].columns)}\n{line}\n")
    assert read_table(path, TABLES[table], problems) is None
    assert said in str(problems[0])


def test_persons_of_a_described_table_are_whole(tmp_path: Path):
    fields = [{"name": "date", "type": "date"}, {"name": "dead", "type": "number", "unit": "persons"}]
    resource = {"path": "tables/dead.csv", "schema": {"fields": fields, "primaryKey": "date"}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}))
    (tmp_path / "tables").mkdir()
    for cell, wrong in (("12", 0), ("12.5", 1), ("12.0", 1)):
        (tmp_path / "tables" / "dead.csv").write_text(f"date,dead\n2024-01-01,{cell}\n")
        assert len(tables.check(tmp_path)) == wrong


def test_small_numbers_are_written_without_an_exponent():
    frame = pandas.DataFrame({"date": ["2024-01-01", "2024-01-02"], "probability": [0.00003, 0.5]})
    written = rebuild.as_text(frame, TABLES["trump_price"])
    assert written == "date,probability\n2024-01-01,0.00003\n2024-01-02,0.5\n"


def test_the_same_content_is_read_once_and_other_content_anew(tmp_path: Path):
    path, table, problems = tmp_path / "provocations.csv", TABLES["provocations"], []
    path.write_text("date,type\n2024-01-01,a\n")
    first, asked = read_table(path, table, problems), tables._parse_csv.cache_info()
    first["type"] = "spoiled"
    assert read_table(path, table, problems)["type"].tolist() == ["a"]
    assert tables._parse_csv.cache_info().misses == asked.misses
    # Neither the time nor the size of the file tells them apart.
    before = path.stat()
    path.write_text("date,type\n2024-01-01,b\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_table(path, table, problems)["type"].tolist() == ["b"]
    path.write_text("date,type\n2024-02-30,a\n")
    for _ in range(2):
        assert problems == [] and read_table(path, table, problems) is None
        assert [problem.line for problem in problems] == [2]
        problems.clear()


def test_a_missing_table_is_named(folder):
    (folder / "tables" / "markets.csv").unlink()
    archive = Archive.read(folder)
    with pytest.raises(DataError, match=r"markets.csv:0 file"):
        archive.table("markets")
    assert any(problem.file == "markets.csv" for problem in tables.check(folder))


def test_the_same_description_gives_the_same_models_and_another_one_others(folder):
    first, again = (tables.declared(folder, [])["trump_price"] for _ in range(2))
    assert first.model is again.model
    path = folder / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"maximum": 1,', '"maximum": 0.5,'), encoding="utf-8"
    )
    assert tables.declared(folder, [])["trump_price"].model is not first.model
    assert any(problem.file == "trump_price.csv" for problem in tables.check(folder))
