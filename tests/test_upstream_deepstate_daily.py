"""Occupied territory by day: hand-made squares, and the pinned extracts."""

from datetime import UTC, datetime
from pathlib import Path

import geopandas
import pandas
import pytest
import shapely
from ours import TABLES
from shapely.geometry import MultiPolygon, Point, Polygon, box

from utils.upstream import deepstate_daily
from utils.upstream.geometry import EQUAL_AREA, area_km2, repaired
from utils.upstream.inputs import Inputs

# A corner in the equal-area projection, in metres; it lies in the Donbas.
EAST, NORTH, KM = 5_900_000, 2_900_000, 1000
TUZLA = 4.36


def square(size: int, east: int = 0) -> Polygon:
    """A square of so many kilometres, so far to the east of the corner."""
    west = EAST + east * KM
    return box(west, NORTH, west + size * KM, NORTH + size * KM)


def given(folder: Path, **shapes) -> Inputs:
    """Inputs with one extract a day; the shapes are in metres."""
    paths = {}
    for day, shape in shapes.items():
        name = f"deepstatemap_data_{day.removeprefix('d')}.geojson"
        paths[name] = folder / name
        frame = geopandas.GeoDataFrame(geometry=shape if isinstance(shape, list) else [shape], crs=EQUAL_AREA)
        frame.to_crs("EPSG:4326").to_file(paths[name], driver="GeoJSON")
    return Inputs({}, {"deepstate_daily": paths})


def monthly_change(frame: pandas.DataFrame) -> pandas.Series:
    """The change from the last day of the month before to the last day of each month, in km², by month.

    frame: `date` (text or timestamp) and `area_km2`, one row a day. Where the last day is missing, the last
    one that is there stands for it. The first month has no change and is left out.
    """
    area = frame.set_index(pandas.to_datetime(frame["date"]))["area_km2"].sort_index()
    return area.groupby(area.index.strftime("%Y-%m")).last().diff().dropna().round(1)


def snapshot_areas(inputs: Inputs, days: pandas.DatetimeIndex) -> pandas.Series:
    """What whole-map snapshots of these days (UTC) show as occupied, before and after 2022, in km²."""
    areas = {}
    for path in inputs.files("deepstate_snapshots"):
        day = datetime.fromtimestamp(int(path.stem), UTC).date().isoformat()
        if pandas.Timestamp(day) in days:
            frame = geopandas.read_file(path)
            frame = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"])]
            areas[day] = area_km2(repaired(frame[frame["fill"].isin(["#a52714", "#880e4f"])]).geometry).sum()
    return pandas.Series(areas)


@pytest.fixture(scope="module")
def occupied(inputs) -> pandas.DataFrame:
    return deepstate_daily.tables(inputs)["occupied_area"]


def test_a_row_is_the_day_before_the_one_in_the_name_and_a_missing_day_stays_missing(tmp_path):
    hole = square(10).difference(box(EAST + 1 * KM, NORTH + 1 * KM, EAST + 4 * KM, NORTH + 5 * KM))
    two = MultiPolygon([square(10), square(5, east=20)])
    frame = deepstate_daily.tables(given(tmp_path, d20240304=hole, d20240301=two))["occupied_area"]
    assert frame.to_dict("list") == {"date": ["2024-02-29", "2024-03-03"], "area_km2": [125.0, 88.0]}
    assert list(frame.columns) == list(TABLES["occupied_area"].model.model_fields)


def test_a_polygon_that_crosses_itself_counts_with_both_of_its_wings(tmp_path):
    side = 10 * KM
    bow = Polygon([(EAST, NORTH), (EAST + side, NORTH + side), (EAST + side, NORTH), (EAST, NORTH + side)])
    assert not bow.is_valid
    frame = deepstate_daily.tables(given(tmp_path, d20240301=bow))["occupied_area"]
    assert frame["area_km2"].tolist() == [50.0]


@pytest.mark.parametrize("shape", [Point(EAST, NORTH), [square(1), square(1, east=5)], None])
def test_anything_but_one_polygon_is_refused_by_the_name_of_its_file(tmp_path, shape):
    with pytest.raises(ValueError, match=r"data_20240301\.geojson: expected one polygon"):
        deepstate_daily.tables(given(tmp_path, d20240301=shape))


def test_a_name_without_a_day_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"deepstatemap_data_latest\.geojson: expected a name"):
        deepstate_daily.tables(given(tmp_path, latest=square(1)))


def test_the_month_ends_make_the_monthly_change():
    frame = pandas.DataFrame(
        {
            "date": ["2024-01-30", "2024-02-01", "2024-02-29", "2024-03-31"],
            "area_km2": [10.0, 11.0, 14.0, 13.5],
        }
    )
    assert monthly_change(frame).to_dict() == {"2024-02": 4.0, "2024-03": -0.5}


def test_days_and_gaps(occupied):
    days = pandas.to_datetime(occupied["date"])
    assert (len(occupied), occupied["date"].iloc[0], occupied["date"].iloc[-1]) == (
        292,
        "2024-07-07",
        "2025-04-29",
    )
    assert occupied["date"].is_unique and occupied["date"].is_monotonic_increasing
    missing = pandas.date_range(days.min(), days.max()).difference(days).strftime("%Y-%m-%d")
    assert list(missing) == ["2024-08-17", "2024-08-18", "2024-12-31", "2025-03-30", "2025-03-31"]


def test_areas(occupied):
    area = occupied.set_index("date")["area_km2"]
    assert (area.iloc[0], area["2024-10-31"], area.iloc[-1]) == (109360.7, 110758.5, 112707.3)
    assert (area == area.round(1)).all()
    # No day jumps like a broken geometry would make it: the largest step is that of 22 November 2024.
    assert area.diff().abs().max() == pytest.approx(62.0, abs=0.1)
    assert area.diff().abs().idxmax() == "2024-11-22"


def test_change_by_month(occupied):
    assert monthly_change(occupied).to_dict() == {
        "2024-08": 363.5,
        "2024-09": 397.2,
        "2024-10": 502.8,
        "2024-11": 725.9,
        "2024-12": 387.6,
        "2025-01": 332.2,
        "2025-02": 191.8,
        "2025-03": 118.6,
        "2025-04": 192.7,
    }


def test_the_whole_map_of_the_same_day_shows_the_same_and_that_of_the_name_does_not(inputs, occupied):
    """In a month in which both archives took every update they differ by Tuzla island alone.

    0.1 km² is for rounding and for the lines between polygons that the extract melts away.
    """
    maps = snapshot_areas(inputs, pandas.date_range("2024-11-01", "2024-11-30"))
    area = occupied.set_index("date")["area_km2"]
    assert len(maps) == 30
    assert ((maps - area[maps.index]) - TUZLA).abs().max() < 0.1
    by_name = area.copy()
    by_name.index = (pandas.to_datetime(area.index) + pandas.Timedelta(days=1)).strftime("%Y-%m-%d")
    assert ((maps - by_name[maps.index]) - TUZLA).abs().median() > 10


def test_no_pinned_shape_is_broken_as_the_notes_say(inputs):
    files = inputs.files("deepstate_daily")
    shapes = shapely.from_geojson([path.read_text(encoding="utf-8") for path in files])
    assert len(shapes) == 292 and shapely.is_valid(shapes).all()
