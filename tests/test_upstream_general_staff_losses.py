"""Losses by day out of cumulative reports: hand-made reports with known answers, and the pinned files."""

import json
from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.archive import Archive
from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import general_staff_losses
from utils.upstream.inputs import CorrectionOutdated, Inputs

KEPT = (
    "aircraft",
    "helicopter",
    "tank",
    "APC",
    "field artillery",
    "MRL",
    "drone",
    "naval ship",
    "anti-aircraft warfare",
)
NONE_CORRECTED = dict.fromkeys(
    ("personnel", *KEPT, "cruise missiles", "submarines", "vehicles and fuel tanks", "special equipment"), 0
)
# Three reports, the last after two days; the way of counting vehicles changes with the third.
REPORTS = [
    {"date": "2022-02-25", "military auto": 100, "fuel tank": 60},
    {"date": "2022-02-26", "military auto": 130, "fuel tank": 61, "special equipment": 10},
    {
        "date": "2022-02-28",
        "vehicles and fuel tanks": 201,
        "special equipment": 13,
        "cruise missiles": 84,
        "submarines": 1,
    },
]
PEOPLE = [("2022-02-25", 2800), ("2022-02-26", 4300), ("2022-02-28", 5300)]


def made(folder: Path, people=PEOPLE, reports=REPORTS, corrected=(), corrections=()) -> Inputs:
    """Files in which every kind of equipment that is always reported stands at 5, 6 and 4."""
    equipment = [
        {**dict.fromkeys(KEPT, kept), **row} for kept, row in zip((5, 6, 4, 4), reports, strict=False)
    ]
    none = {"date": "2022-02-25", **NONE_CORRECTED}
    contents = {
        "russia_losses_personnel.json": [{"date": day, "personnel": total} for day, total in people],
        "russia_losses_equipment.json": equipment,
        "russia_losses_equipment_correction.json": [none, *({**none, **row} for row in corrected)],
    }
    for name, rows in contents.items():
        (folder / name).write_text(json.dumps(rows), encoding="utf-8")
    datasets = {"general_staff_losses": SimpleNamespace(corrections=corrections)}
    return Inputs(datasets, {"general_staff_losses": {name: folder / name for name in contents}})


def computed(inputs: Inputs) -> pandas.DataFrame:
    return general_staff_losses.tables(inputs)["russian_losses_claimed"]


@pytest.fixture(scope="module")
def losses(inputs: Inputs) -> pandas.DataFrame:
    frame = computed(inputs)
    return frame.set_index(pandas.to_datetime(frame["date"]))


@pytest.fixture(scope="module")
def raw(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """The files as they are, by day of the report."""
    return {
        name: pandas.DataFrame(json.loads(path.read_text())).set_index("date").sort_index()
        for path in inputs.files("general_staff_losses")
        for name in [path.stem.removeprefix("russia_losses_")]
    }


def test_a_row_is_the_difference_of_two_reports_on_the_day_before_the_later(tmp_path: Path):
    frame = computed(made(tmp_path))
    assert frame[["date", "published", "personnel", "tanks"]].to_numpy().tolist() == [
        ["2022-02-24", "2022-02-25", 2800, 5],
        ["2022-02-25", "2022-02-26", 1500, 1],
        ["2022-02-27", "2022-02-28", 1000, -2],
    ]


def test_lorries_and_fuel_tanks_go_on_as_one_column(tmp_path: Path):
    assert computed(made(tmp_path))["vehicles_and_fuel_tanks"].to_list() == [160, 31, 10]


def test_a_first_total_of_many_days_is_no_loss_of_a_day(tmp_path: Path):
    frame = computed(made(tmp_path))
    assert frame["special_equipment"].isna().to_list() == [True, True, False]
    assert frame["special_equipment"].iloc[2] == 3
    assert frame["cruise_missiles"].isna().all()
    assert frame["submarines"].to_list() == [0, 0, 1]


def test_corrections_of_older_totals_are_taken_out(tmp_path: Path):
    corrected = [{"date": "2022-02-28", "tank": -5, "personnel": 300, "special equipment": 1}]
    frame = computed(made(tmp_path, corrected=corrected))
    assert frame["tanks"].to_list() == [5, 1, 3]
    assert frame["personnel"].to_list() == [2800, 1500, 700]
    assert frame["special_equipment"].iloc[2] == 2


def test_a_correction_of_a_day_without_report_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="without a report: 2022-02-27"):
        computed(made(tmp_path, corrected=[{"date": "2022-02-27", "tank": 1}]))


def test_the_order_of_the_reports_does_not_matter(tmp_path: Path):
    one = computed(made(tmp_path))
    # The totals 5, 6 and 4 go by position, so the reports are turned round after they were made.
    for path in tmp_path.iterdir():
        path.write_text(json.dumps(json.loads(path.read_text())[::-1]), encoding="utf-8")
    paths = {path.name: path for path in tmp_path.iterdir()}
    other = Inputs({"general_staff_losses": SimpleNamespace(corrections=())}, {"general_staff_losses": paths})
    pandas.testing.assert_frame_equal(one, computed(other))


def test_known_errors_of_the_correction_file_are_mended(tmp_path: Path):
    moved = Correction(
        frame="equipment_correction",
        where={"date": "2022-02-26", "tank": "-5"},
        action="set",
        field="date",
        value="2022-02-28",
        expect=1,
        reason="made up",
    )
    corrected = [{"date": "2022-02-26", "tank": -5}]
    assert computed(made(tmp_path, corrected=corrected, corrections=(moved,)))["tanks"].to_list() == [5, 1, 3]
    with pytest.raises(CorrectionOutdated):
        computed(made(tmp_path, corrections=(moved,)))


@pytest.mark.parametrize(
    ("people", "reports", "message"),
    [
        (PEOPLE[:2], REPORTS, "personnel is missing in the report of 2022-02-28"),
        (PEOPLE, [REPORTS[0], REPORTS[2]], "aircraft is missing in the report of 2022-02-26"),
        (
            [*PEOPLE, ("2022-03-01", 5400)],
            [*REPORTS, {**REPORTS[2], "date": "2022-03-01", "vehicles and fuel tanks": None}],
            "vehicles and fuel tanks is missing in the report of 2022-03-01",
        ),
        (
            [*PEOPLE, ("2022-03-01", 5400)],
            [*REPORTS, {**REPORTS[2], "date": "2022-03-01", "submarines": None}],
            "submarines is missing in the report of 2022-03-01",
        ),
        (
            [*PEOPLE, ("2022-03-01", 5400)],
            [*REPORTS, {**REPORTS[2], "date": "2022-03-01", "special equipment": None}],
            "special equipment is missing in the report of 2022-03-01",
        ),
        ([*PEOPLE, PEOPLE[0]], REPORTS, "2022-02-25 is empty or stands twice"),
        ([*PEOPLE, (None, 5400)], REPORTS, "is empty or stands twice"),
    ],
)
def test_a_total_that_stops_or_stands_twice_is_refused(tmp_path: Path, people, reports, message):
    with pytest.raises(ValueError, match=message):
        computed(made(tmp_path, people=people, reports=reports))


def test_a_missing_column_is_named(tmp_path: Path):
    inputs = made(tmp_path)
    path = inputs.file("general_staff_losses", "russia_losses_equipment.json")
    path.write_text(path.read_text().replace('"MRL"', '"rocket artillery"'), encoding="utf-8")
    with pytest.raises(KeyError, match="MRL"):
        computed(inputs)


def test_the_table_keeps_to_its_model(losses: pandas.DataFrame, tmp_path: Path):
    path, problems = tmp_path / "russian_losses_claimed.csv", []
    losses.to_csv(path, index=False)
    assert read_table(path, TABLES["russian_losses_claimed"], problems) is not None, problems


def test_every_day_has_a_report(losses: pandas.DataFrame):
    days = pandas.date_range("2022-02-24", "2026-08-07")
    assert list(losses.index) == list(days)
    assert (pandas.to_datetime(losses["published"]) - losses.index == pandas.Timedelta(days=1)).all()


def test_rows_corrections_and_first_totals_add_up_to_the_last_totals(losses, raw):
    last = {**raw["personnel"].iloc[-1], **raw["equipment"].iloc[-1]}
    first = {"special_equipment": 10, "cruise_missiles": 84}
    for ours, theirs in general_staff_losses._COLUMNS.items():
        corrected = raw["equipment_correction"][theirs].sum()
        assert losses[ours].sum() + corrected + first.get(ours, 0) == last[theirs], ours
    assert losses["personnel"].sum() == 1_456_610 - 1810


def test_no_day_jumps_where_vehicles_became_one_column(losses: pandas.DataFrame):
    # 1701 lorries and 76 fuel tanks, then 1796 together.
    assert losses.loc["2022-04-30", "vehicles_and_fuel_tanks"] == 1796 - 1701 - 76


def test_only_one_value_is_below_zero(losses: pandas.DataFrame):
    numbers = losses.drop(columns=["date", "published"])
    below = numbers.stack()[lambda values: values < 0]
    assert below.to_dict() == {(pandas.Timestamp(2026, 3, 3), "artillery"): -10}


def test_the_correction_file_means_what_the_module_takes_it_for(raw, losses):
    # Without the corrections 13 differences of the totals are below zero, with them one, as tested above.
    columns = [name for name in raw["equipment"] if name in raw["equipment_correction"]]
    assert (raw["equipment"][columns].diff() < 0).sum().sum() == 13
    # On 28 February 2025 the total of persons rose by 2710. What the correction leaves of it is like the days
    # around.
    assert raw["personnel"]["personnel"].diff()["2025-02-28"] == 2710
    assert losses.loc["2025-02-25":"2025-03-01", "personnel"].to_list() == [1170, 1150, 1060, 1050, 1110]


def quoted(archive: Archive) -> pandas.DataFrame:
    """What the British ministry and others quote of the General Staff for whole months."""
    rows = [
        (row.id, row.value * (row.valid_to.day if row.quantity == "ru_casualties_daily" else 1), row.valid_to)
        for row in archive.statements
        if row.quantity in ("ru_casualties_daily", "ru_casualties_month")
        and row.origin == "GSU-daily"
        and row.valid_from.day == 1
        and (row.valid_to + pandas.Timedelta(days=1)).day == 1
    ]
    return pandas.DataFrame(rows, columns=["id", "persons", "until"]).set_index("id")


def test_sums_of_months_are_those_that_others_quote(losses: pandas.DataFrame, archive: Archive):
    others = quoted(archive)
    until = pandas.to_datetime(others["until"])
    ours = losses["personnel"].resample("ME").sum()
    apart = (ours.loc[until].to_numpy() - others["persons"]).astype(float)
    assert {"S135", "S136", "S137", "S138", "S139", "S141", "S264", "S338", "S339", "S340"} <= set(
        apart.index
    )
    # A daily average is quoted in whole persons, so a month of them is off by 15.5 at most.
    exact = ["S137", "S138", "S141", "S264", "S339", "S340"]
    assert apart[exact].abs().max() <= 15.5
    # June 2025 is quoted in thousands.
    assert abs(apart["S338"]) < 500
    # November 2024: the Ukrainian ministry gives 45720 as here, the British one 40 fewer.
    assert ours["2024-11-30"] == 45720
    assert apart["S135"] == 40
    # May 2024: the British ministry has 6 a day more, 0.5 %, and does not say why.
    assert -200 < apart["S139"] < 0


def test_unshifted_the_sums_would_not_fit(losses: pandas.DataFrame):
    reported = losses.set_index(pandas.to_datetime(losses["published"]))["personnel"].resample("ME").sum()
    assert reported["2024-10-31"] == 41890 != 41980
    assert reported["2024-12-31"] == 49150 != 48670


def test_february_2025_fits_only_without_the_correction(losses: pandas.DataFrame):
    # The British ministry gave 35140 on 5 March 2025, 1255 a day. With the correction of 1650 left in, the
    # month would be 4 % above it; without, it is 0.6 % below.
    month = losses.loc["2025-02", "personnel"].sum()
    assert month == 34920
    assert abs(month - 35140) < 0.01 * 35140 < abs(month + 1650 - 35140)


@pytest.mark.parametrize("name", ["S145", "S150"])
def test_totals_before_the_first_correction_are_those_of_the_day(losses, archive, name):
    statement = archive.rows[name]
    known = losses[losses["published"] <= statement.valid_to.isoformat()]
    assert known["personnel"].sum() == statement.value


def test_a_single_day_is_that_of_the_report(losses: pandas.DataFrame, archive: Archive):
    # 1,770 for one day, passed on on the morning of 11 November 2024 (S057).
    row = losses[losses["published"] == archive.rows["S057"].published.isoformat()].iloc[0]
    assert (row["date"], row["personnel"]) == ("2024-11-10", 1770)
