"""Incidents by oblast: hand-made reports on a made-up map with known answers, and the pinned files."""

import json
from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
import shapely
from ours import TABLES

from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.incidents import mapping
from utils.incidents.counting import ANY
from utils.upstream import viina_incidents
from utils.upstream.inputs import Inputs

TAGS_OF_VIINA = mapping.load("viina").names
HEADER = '"datetime","lon","lat","place_name","event_type","headline"'
UKRAINIAN = ("Sumy", "Kharkiv", "Luhansk", "Donetsk", "Zaporizhia", "Kherson")
RUSSIAN = ("Kursk", "Belgorod")


def square(west: float, south: float, **properties: str) -> dict:
    shape = shapely.box(west, south, west + 1, south + 1)
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}


def made(folder: Path, *months: tuple[str, ...], header: str = HEADER) -> Inputs:
    """Oblasts as squares of one degree, from 30° E eastwards: Ukrainian ones at 48° N, Russian at 52° N."""
    maps = {
        "geoboundaries_ukr_adm1": (
            "geoBoundaries-UKR-ADM1_simplified.geojson",
            [square(30 + n, 48, shapeName=f"{name} Oblast") for n, name in enumerate(UKRAINIAN)],
        ),
        "natural_earth_admin1": (
            "rus.json",
            [square(30 + n, 52, name=name) for n, name in enumerate(RUSSIAN)],
        ),
    }
    paths = {"viina_incidents": {}}
    for dataset, (name, features) in maps.items():
        paths[dataset] = {name: folder / name}
        text = json.dumps({"type": "FeatureCollection", "features": features})
        (folder / name).write_text(text, encoding="utf-8")
    for number, rows in enumerate(months):
        name = f"viina_incidents_{number}.csv"
        paths["viina_incidents"][name] = folder / name
        (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8-sig")
    return Inputs({"viina_incidents": SimpleNamespace(corrections=())}, paths)


def report(lon: str, lat: str, tags: str, headline: str = "A", moment: str = "2024-11-10 08:00:00") -> str:
    return f'"{moment}","{lon}","{lat}","Place","{tags}","{headline}"'


def counted(inputs: Inputs) -> list[tuple[str, str, str, int]]:
    frame = viina_incidents.tables(inputs)["incidents_by_oblast"]
    return list(frame.itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def incidents(inputs: Inputs) -> pandas.DataFrame:
    return viina_incidents.tables(inputs)["incidents_by_oblast"]


@pytest.fixture(scope="module")
def reports(incidents: pandas.DataFrame) -> pandas.DataFrame:
    """The rows that count every report."""
    return incidents[incidents["tag"] == ANY]


def test_reports_are_counted_by_day_oblast_and_tag(tmp_path: Path):
    inputs = made(
        tmp_path,
        (
            report("30.5", "48.5", "uav|arresb|loc"),
            report("30.5", "48.5", "uav", headline="B"),
            report("33.5", "48.5", "retreab|san|cyber|loc"),
            report("20.0", "48.5", ""),
        ),
        (report("30.5", "52.5", "firefighb|airalerb", moment="2024-12-01 00:00:00"),),
    )
    assert counted(inputs) == [
        ("2024-11-10", "Donetsk", "any", 1),
        ("2024-11-10", "Sumy", "any", 2),
        ("2024-11-10", "Sumy", "arrest", 1),
        ("2024-11-10", "Sumy", "drone", 2),
        ("2024-11-10", "elsewhere", "any", 1),
        ("2024-12-01", "Kursk", "air_alert", 1),
        ("2024-12-01", "Kursk", "any", 1),
        ("2024-12-01", "Kursk", "firefight", 1),
    ]


def test_a_report_that_stands_twice_counts_once_with_the_tags_of_both(tmp_path: Path):
    inputs = made(
        tmp_path,
        (report("30.5", "48.5", "uav"), report("30.5", "48.5", "uav"), report("30.50", "48.5", "uav|raid")),
        (report("30.5", "48.5", ""),),
    )
    assert counted(inputs) == [
        ("2024-11-10", "Sumy", "any", 1),
        ("2024-11-10", "Sumy", "drone", 1),
        ("2024-11-10", "Sumy", "raid", 1),
    ]


@pytest.mark.parametrize(
    "other",
    [
        report("30.6", "48.5", ""),
        report("30.5", "48.6", ""),
        report("30.5", "48.5", "", headline="B"),
        report("30.5", "48.5", "", moment="2024-11-10 08:01:00"),
    ],
)
def test_another_place_moment_or_headline_is_another_report(tmp_path: Path, other: str):
    inputs = made(tmp_path, (report("30.5", "48.5", ""), other))
    assert counted(inputs) == [("2024-11-10", "Sumy", "any", 2)]


def test_corrections_are_applied(tmp_path: Path):
    wrong = Correction(frame="incidents", where={"headline": "B"}, action="drop", expect=1, reason="made up")
    inputs = made(tmp_path, (report("30.5", "48.5", "uav"), report("30.5", "48.5", "raid", headline="B")))
    inputs.datasets["viina_incidents"].corrections = (wrong,)
    assert counted(inputs) == [("2024-11-10", "Sumy", "any", 1), ("2024-11-10", "Sumy", "drone", 1)]


def test_a_report_without_place_is_left_out(tmp_path: Path):
    inputs = made(tmp_path, (report("", "", "uav"), report("30.5", "48.5", "", headline="B")))
    assert counted(inputs) == [("2024-11-10", "Sumy", "any", 1)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (report("30.5", "48.5", "uav|laser"), "laser"),
        (report("30.5", "north", "uav"), "north"),
        (report("30.5", "48.5", "uav", moment="10.11.2024 08:00:00"), "10.11.2024"),
        (report("30.5", "48.5", "uav", moment=""), "no moment in 1 row"),
    ],
)
def test_wrong_rows_are_refused(tmp_path: Path, row: str, message: str):
    with pytest.raises(ValueError, match=message):
        counted(made(tmp_path, (row,)))


@pytest.mark.parametrize("column", ["datetime", "lon", "event_type", "headline"])
def test_a_missing_column_is_named(tmp_path: Path, column: str):
    inputs = made(tmp_path, (report("30.5", "48.5", "uav"),), header=HEADER.replace(column, "renamed"))
    with pytest.raises(ValueError, match=column):
        counted(inputs)


def test_the_table_keeps_to_its_model(incidents: pandas.DataFrame, tmp_path: Path):
    path, problems = tmp_path / "incidents_by_oblast.csv", []
    incidents.to_csv(path, index=False)
    assert read_table(path, TABLES["incidents_by_oblast"], problems) is not None, problems
    assert path.stat().st_size < 1_000_000


def test_repeated_reports_are_counted_once(reports: pandas.DataFrame, inputs: Inputs):
    columns = ["datetime", "lon", "lat", "place_name", "event_type", "headline"]
    raw = pandas.concat(
        [
            pandas.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
            for file in inputs.files("viina_incidents")
        ]
    )
    assert list(raw.columns) == columns
    assert (len(raw), int(raw.duplicated().sum())) == (58436, 352)
    # 31 more are the same report with other tags.
    assert reports["incidents"].sum() == 58436 - 352 - 31


def test_every_day_has_reports(reports: pandas.DataFrame):
    days = pandas.date_range("2024-07-01", "2025-04-30").strftime("%Y-%m-%d")
    assert sorted(set(reports["date"])) == list(days)
    by_day = reports.groupby("date")["incidents"].sum()
    assert (by_day.idxmin(), by_day.min()) == ("2024-12-08", 42)
    assert (by_day.idxmax(), by_day.max()) == ("2024-09-06", 393)


def test_another_copy_of_the_same_source_has_the_same_days(reports: pandas.DataFrame, inputs: Inputs):
    text = inputs.file("ucdp_viina_daily", "viina_daily.json").read_text(encoding="utf-8")
    other = pandas.DataFrame(json.loads(text)).set_index("date")["events"]
    by_day = reports.groupby("date")["incidents"].sum()
    # That copy keeps repeated reports: it has more, by 5 percent on the worst day.
    share = by_day / other.reindex(by_day.index)
    assert share.between(0.95, 1).all()


def test_a_tag_never_counts_more_than_the_reports(incidents: pandas.DataFrame):
    wide = incidents.pivot_table(index=["date", "oblast"], columns="tag", values="incidents", fill_value=0)
    assert set(wide.columns) == {ANY, *TAGS_OF_VIINA.values()}
    assert wide.le(wide[ANY], axis=0).all(axis=None)


def test_the_front_has_most_reports(reports: pandas.DataFrame):
    by_oblast = reports.groupby("oblast")["incidents"].sum()
    assert set(by_oblast.index) == {
        "Belgorod", "Donetsk", "Kharkiv", "Kherson", "Kursk", "Luhansk", "Sumy", "Zaporizhzhia", "elsewhere"
    }  # fmt: skip
    assert by_oblast.drop("elsewhere").idxmax() == "Donetsk"
    assert by_oblast["elsewhere"] / by_oblast.sum() == pytest.approx(0.398, abs=0.001)


def test_reports_in_russia_are_no_measure_of_the_fighting_there(reports: pandas.DataFrame):
    # Through the heaviest months in Kursk there is next to nothing; then one town appears.
    assert reports.groupby("oblast")["incidents"].sum()[list(RUSSIAN)].to_dict() == {
        "Kursk": 63,
        "Belgorod": 17,
    }
    kursk = reports[reports["oblast"] == "Kursk"]
    assert kursk[kursk["date"] < "2025-02-01"]["incidents"].sum() == 10
    assert kursk[kursk["date"].str.startswith("2025-03")]["incidents"].sum() == 50


def test_the_makers_changed_how_they_tag_at_the_end_of_february_2025(incidents: pandas.DataFrame):
    counts = incidents.groupby([incidents["date"] < "2025-02-27", "tag"])["incidents"].sum()
    share = (counts / counts.groupby(level=0).transform("max")).unstack(level=0)
    before, after = share[True], share[False]
    assert before["air_alert"] > 0.02 > 0.001 > after["air_alert"]
    assert after["territorial_control"] > 2 * before["territorial_control"]
    assert after["property_damage"] > 2 * before["property_damage"]
    assert before["airstrike"] > 2 * after["airstrike"]
