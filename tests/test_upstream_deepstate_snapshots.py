"""Ground and units on DeepState's map: hand-made maps with known answers, and the pinned files."""

import math
from datetime import UTC, datetime
from pathlib import Path

import geopandas
import pandas
import pyproj
import pytest
import shapely
from maps import BACKGROUND, EAST, KM, NORTH, NOVEMBER_10, SIGNS, UNIT, area, ground, made, unit
from ours import TABLES
from shapely import Polygon

from utils.archive import DATA
from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import deepstate_daily, deepstate_snapshots
from utils.upstream.geometry import EQUAL_AREA
from utils.upstream.inputs import CorrectionOutdated, Inputs


def areas(inputs: Inputs) -> dict[tuple[str, str, str], float]:
    frame = deepstate_snapshots.tables(inputs)["area_by_oblast"]
    assert list(frame.columns) == list(TABLES["area_by_oblast"].model.model_fields)
    return frame.set_index(["date", "oblast", "status"])["area_km2"].to_dict()


def areas_of_one_map(folder: Path, *features: dict, corrections=()) -> dict[tuple[str, str], float]:
    found = areas(made(folder, {NOVEMBER_10: [UNIT, BACKGROUND, *features]}, corrections))
    assert found.pop(("2024-11-10", "Donetsk", "occupied_before_2022")) == 100.0
    return {(oblast, status): size for (_, oblast, status), size in found.items()}


@pytest.fixture(scope="module")
def committed() -> dict[str, pandas.DataFrame]:
    """The project's own tables: `test_tables` computes them anew, which takes long, and holds every byte."""
    names = ("area_by_oblast", "unit_postings", "kursk_grid")
    return {name: pandas.read_csv(DATA / "tables" / f"{name}.csv", keep_default_na=False) for name in names}


@pytest.fixture(scope="module")
def by_day(committed) -> pandas.Series:
    return committed["area_by_oblast"].set_index(["date", "oblast", "status"])["area_km2"]


def test_ground_is_measured_by_oblast_and_status(tmp_path):
    assert areas_of_one_map(
        tmp_path,
        ground("occupied", area(195, 50, 10, 10)),
        ground("unknown", area(110, 20, 10, 10)),
        ground("unknown_russian", area(150, 150, 10, 10)),
        ground("liberated", area(20, 20, 20, 10)),
        ground("liberated", area(-50, 20, 30, 10)),
        ground("foreign", area(20, 60, 10, 10)),
        ground("occupied", area(450, 50, 0.2, 0.2)),
    ) == {
        ("Kharkiv", "occupied"): 50.0,
        ("Luhansk", "occupied"): 50.0,
        ("Kharkiv", "unknown"): 100.0,
        ("Belgorod", "unknown"): 100.0,
        ("Sumy", "liberated"): 200.0,
        ("elsewhere", "liberated"): 300.0,
        # Zaporizhzhia's 0.04 km² round to nothing.
    }


def test_polygons_of_one_status_that_overlap_count_once(tmp_path):
    found = areas_of_one_map(
        tmp_path,
        ground("unknown", area(110, 20, 10, 10)),
        ground("unknown_russian", area(115, 20, 10, 10)),
        ground("unknown", area(110, 20, 10, 10)),
    )
    assert found == {("Kharkiv", "unknown"): 150.0}


def test_ground_held_on_russian_soil_belongs_to_the_nearer_russian_oblast(tmp_path):
    # From 3 km inside Ukraine over the 2 km that belong to nobody to 5 km inside Russia.
    found = areas_of_one_map(
        tmp_path, ground("held", area(20, 97, 10, 10)), ground("held", area(150, 97, 20, 10))
    )
    assert found == {("Kursk", "ukrainian_held"): 100.0, ("Belgorod", "ukrainian_held"): 200.0}


def test_the_last_map_of_a_utc_day_counts_and_a_missing_day_stays_missing(tmp_path):
    one, two = ground("occupied", area(110, 20, 10, 10)), ground("occupied", area(110, 20, 20, 10))
    maps = {
        datetime(2024, 11, 9, 0, 0, tzinfo=UTC): [UNIT, two],
        datetime(2024, 11, 9, 23, 59, 59, tzinfo=UTC): [UNIT, one],
        datetime(2024, 11, 11, 0, 0, tzinfo=UTC): [UNIT, two],
    }
    assert areas(made(tmp_path, maps)) == {
        ("2024-11-09", "Kharkiv", "occupied"): 100.0,
        ("2024-11-11", "Kharkiv", "occupied"): 200.0,
    }


def test_a_polygon_that_crosses_itself_counts_with_both_wings_and_a_collection_with_its_polygon(tmp_path):
    corners = [(EAST + x * KM, NORTH + y * KM) for x, y in [(10, 10), (20, 20), (20, 10), (10, 20)]]
    line = shapely.LineString([(EAST, NORTH), (EAST + KM, NORTH + KM)])
    found = areas_of_one_map(
        tmp_path,
        ground("occupied", Polygon(corners)),
        ground("unknown", shapely.GeometryCollection([area(110, 20, 10, 10), line])),
    )
    assert found == {("Sumy", "occupied"): 50.0, ("Kharkiv", "unknown"): 100.0}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"fill": "#123456"}, "#123456"),
        ({"fill": SIGNS["held"][0]}, "#01579b"),
        ({"name": "Polygon 21"}, "Polygon 21"),
        ({"name": "Укр /// Taken /// geoJSON.status.taken"}, "geoJSON.status.taken"),
        ({"fill": None}, "not in the legend"),
    ],
)
def test_a_fill_and_a_sign_that_do_not_agree_are_refused(tmp_path, changed, message):
    with pytest.raises(ValueError, match=message):
        areas_of_one_map(tmp_path, ground("occupied", area(10, 10, 10, 10), **changed))


def test_a_surface_without_a_polygon_is_refused(tmp_path):
    line = shapely.LineString([(EAST, NORTH), (EAST + KM, NORTH + KM)])
    with pytest.raises(ValueError, match="no polygon"):
        areas_of_one_map(tmp_path, ground("occupied", line))


@pytest.mark.parametrize("column", ["fill", "name", "description"])
def test_a_missing_property_is_named(tmp_path, column):
    features = [UNIT, BACKGROUND]
    less = [
        one | {"properties": {k: v for k, v in one["properties"].items() if k != column}} for one in features
    ]
    with pytest.raises(KeyError, match=column):
        deepstate_snapshots.tables(made(tmp_path, {NOVEMBER_10: less}))


def test_a_file_whose_name_is_no_time_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"newest\.geojson: expected a name"):
        deepstate_snapshots.tables(made(tmp_path, {"newest": [UNIT, BACKGROUND]}))


def test_corrections_of_both_frames_are_applied_and_guarded(tmp_path):
    fill, sign = SIGNS["unknown"][0], "geoJSON.status.dismissed"
    wrong = ground("unknown", area(110, 20, 10, 10), name=f"Укр /// Liberated /// {sign}")
    corrections = [
        Correction(
            frame="polygons",
            where={"fill": fill, "sign": sign},
            action="set",
            field="sign",
            value="geoJSON.status.unknown",
            expect=1,
            reason="made up",
        ),
        Correction(frame="units", where={"unit": "1st Regiment"}, action="drop", expect=1, reason="made up"),
    ]
    inputs = made(tmp_path, {NOVEMBER_10: [UNIT, unit("2nd", 10, 10), BACKGROUND, wrong]}, corrections)
    assert areas(inputs)["2024-11-10", "Kharkiv", "unknown"] == 100.0
    units = deepstate_snapshots.tables(inputs)["unit_postings"]
    assert units["unit"].tolist() == ["2nd"]
    with pytest.raises(CorrectionOutdated, match="expects 1 row, but 0"):
        areas_of_one_map(tmp_path, corrections=corrections)


@pytest.mark.parametrize(
    ("name", "rows"), [("area_by_oblast", 8598), ("unit_postings", 295), ("kursk_grid", 2377)]
)
def test_the_tables_keep_to_their_models(committed, name, rows):
    problems = []
    assert read_table(DATA / "tables" / f"{name}.csv", TABLES[name], problems) is not None, problems
    assert len(committed[name]) == rows


def test_days_and_gaps(committed):
    days = pandas.to_datetime(committed["area_by_oblast"]["date"].unique())
    every = pandas.date_range("2024-06-25", "2025-05-08")
    assert (days.min(), days.max(), len(days)) == (every[0], every[-1], 306)
    assert list(every.difference(days).strftime("%Y-%m-%d")) == [
        "2024-07-04", "2024-09-13", "2024-09-23", "2024-10-02", "2024-10-07", "2024-12-10",
        "2024-12-20", "2024-12-22", "2024-12-26", "2025-03-03", "2025-03-08", "2025-05-03",
    ]  # fmt: skip
    thursdays = [one for one in every if one.day_of_week == 3 and one >= pandas.Timestamp("2024-08-08")]
    missing = pandas.DatetimeIndex(thursdays).difference(
        pandas.to_datetime(committed["kursk_grid"]["date"].unique())
    )
    assert list(missing.strftime("%Y-%m-%d")) == ["2024-12-26"]


def test_ground_held_in_kursk(by_day):
    held = by_day.xs("ukrainian_held", level="status")
    assert set(held.index.get_level_values("oblast")) == {"Kursk"}
    held, unknown = held.droplevel("oblast"), by_day.xs(("Kursk", "unknown"), level=("oblast", "status"))
    assert (held.index[0], held.idxmax(), held.max()) == ("2024-08-08", "2024-09-06", 908.9)
    days = ["2024-08-20", "2024-10-01", "2024-11-10", "2024-11-12", "2024-12-31", "2025-03-12"]
    assert held[days].tolist() == [659.0, 789.1, 624.2, 611.2, 494.0, 151.6]
    assert unknown[days].tolist() == [598.7, 345.1, 314.5, 288.1, 162.6, 48.6]


def test_ground_occupied_by_oblast(by_day):
    occupied = by_day.xs("occupied", level="status").unstack("oblast")
    front = ["Donetsk", "Kharkiv", "Kherson", "Luhansk", "Zaporizhzhia"]
    assert occupied.loc["2024-08-06", front].tolist() == [7502.1, 904.5, 19299.4, 17930.1, 19676.1]
    assert occupied.loc["2024-11-12", front].tolist() == [8760.6, 990.4, 19299.4, 18033.1, 19728.0]
    # No Russian ground is occupied but for slivers of a generalised border.
    assert occupied["Belgorod"].max() < 4 and "Kursk" not in occupied


@pytest.mark.parametrize("stamp", ["1719348844", "1731271296", "1746665538"])
def test_each_status_agrees_with_the_plain_sum_of_its_polygons(committed, inputs, stamp):
    # Sums over nine parts, each rounded to 0.1 km²; polygons of one status overlap by 0.1 km² at most.
    path = inputs.file("deepstate_snapshots", f"{stamp}.geojson")
    raw = geopandas.read_file(path).to_crs(EQUAL_AREA)
    raw = raw[raw.geom_type != "Point"]
    assert raw.is_valid.all()
    fills = {fill: status for (fill, _), status in deepstate_snapshots.LEGEND.items() if status}
    plain = (raw.area / 1e6).groupby(raw["fill"].map(fills)).sum()
    table = committed["area_by_oblast"]
    date = datetime.fromtimestamp(int(stamp), UTC).date().isoformat()
    own = table[table["date"] == date].groupby("status")["area_km2"].sum()
    assert set(own.index) == set(plain.index)
    assert own.to_dict() == pytest.approx(plain.to_dict(), abs=0.5)
    front = raw[raw["fill"].isin(list(fills))].dissolve(raw["fill"].map(fills))
    # What overlaps between statuses counts in both.
    assert front.area.sum() / 1e6 - front.union_all().area / 1e6 < 0.25


def test_the_ground_held_has_its_size_on_the_ellipsoid_too(by_day, inputs):
    raw = geopandas.read_file(inputs.file("deepstate_snapshots", "1731271296.geojson"))
    held = raw[raw["fill"] == "#01579b"].union_all()
    size = abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(held)[0]) / 1e6
    assert by_day["2024-11-10", "Kursk", "ukrainian_held"] == pytest.approx(size, rel=0.001)


@pytest.mark.parametrize("date", ["2024-08-06", "2024-10-31", "2025-04-01"])
def test_another_archive_of_the_map_has_the_same_occupied_area(by_day, inputs, date):
    # That archive leaves out Tuzla island, 4.36 km², and names its files by the day after.
    name = f"deepstatemap_data_{pandas.Timestamp(date) + pandas.Timedelta(days=1):%Y%m%d}.geojson"
    one = Inputs({}, {"deepstate_daily": {name: inputs.file("deepstate_daily", name)}})
    other = deepstate_daily.tables(one)["occupied_area"]["area_km2"].iloc[0]
    own = by_day[date].unstack("status")[["occupied", "occupied_before_2022"]].sum().sum()
    assert own == pytest.approx(other + 4.36, abs=0.7)


def test_the_grid_adds_up_to_the_areas(committed, by_day):
    grid = committed["kursk_grid"]
    radius = 6371.0072  # km, of the sphere with the ellipsoid's area; good to half a percent here
    degree = math.pi / 180
    height = 0.05 * degree * radius
    width = height * (grid["latitude"] * degree).map(math.cos)
    for status in ("ukrainian_held", "unknown"):
        sums = (grid[f"{status}_share"] * width * height).groupby(grid["date"]).sum()
        own = by_day.xs(("Kursk", status), level=("oblast", "status")).reindex(sums.index)
        assert (sums / own).between(0.98, 1.01).all()


def test_units_in_kursk_on_the_day_of_the_article(committed):
    rows = committed["unit_postings"]

    def on(date: str) -> pandas.Series:
        shown = rows[(rows["first_seen"] <= date) & (rows["last_seen"] >= date)]
        return shown.set_index("unit")["oblast"]

    now, before = on("2024-11-10"), on("2024-08-05")
    there = now[now == "Kursk"].index
    assert len(there) == 10
    assert before[there].value_counts().to_dict() == {
        "Donetsk": 4, "Zaporizhzhia": 3, "Luhansk": 1, "Kharkiv": 1, "Kursk": 1
    }  # fmt: skip
    assert (before == "Kursk").sum() == 1
    assert (len(now), len(on("2024-06-25")), len(on("2025-05-08"))) == (241, 229, 242)


def test_units_have_plain_names_and_none_comes_back(committed):
    rows = committed["unit_postings"]
    assert rows["unit"].str.fullmatch(r"[\x20-\x7e]+").all()
    assert rows["unit"].nunique() == 245
    maps = sorted(committed["area_by_oblast"]["date"].unique())
    order = {date: number for number, date in enumerate(maps)}
    gap = rows["first_seen"].map(order) - rows.groupby("unit")["last_seen"].shift().map(order)
    assert gap.dropna().eq(1).all()
    assert not rows["unit"].str.contains("Korea|DPRK").any()
