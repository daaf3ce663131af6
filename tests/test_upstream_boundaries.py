"""Oblasts for maps: hand-made boxes with a gap and an overlap, and the pinned boundaries; places by hand."""

from pathlib import Path

import geopandas
import pandas
import pytest
import shapely
from ours import TABLES
from shapely.geometry import Polygon, box

from utils.archive import DATA
from utils.evidence.tables import read_table
from utils.upstream import boundaries, geometry
from utils.upstream.inputs import Inputs

UKRAINE = "geoBoundaries-UKR-ADM1_simplified.geojson"
NAMES = ("Sumy", "Kharkiv", "Luhansk", "Donetsk", "Zaporizhia", "Kherson")

# Six boxes of one degree in a row. Kursk stands on the first three and has a notch of 0.05 degrees in its
# foot, which nobody owns. Belgorod stands on the others and reaches 0.1 degrees down into them.
SIX = {f"{name} Oblast": box(30 + place, 49, 31 + place, 50) for place, name in enumerate(NAMES)}
KURSK = Polygon(
    [(30, 50), (31.2, 50), (31.2, 50.05), (31.8, 50.05), (31.8, 50), (33, 50), (33, 51), (30, 51), (30, 50)]
)
TWO = {"Kursk": KURSK, "Belgorod": box(33, 49.9, 36, 51)}


def given(folder: Path, six: dict, two: dict, column: str = "shapeName") -> Inputs:
    """Inputs with these shapes by name as Ukraine and Russia."""
    paths = {}
    for dataset, file, key, shapes in (
        ("geoboundaries_ukr_adm1", UKRAINE, column, six),
        ("natural_earth_admin1", "rus.json", "name", two),
    ):
        paths[dataset] = {file: folder / file}
        frame = geopandas.GeoDataFrame({key: list(shapes)}, geometry=list(shapes.values()), crs="EPSG:4326")
        frame.to_file(folder / file, driver="GeoJSON")
    return Inputs({}, paths)


def holes(frame: geopandas.GeoDataFrame) -> int:
    return int(shapely.get_num_interior_rings(shapely.get_parts(frame.union_all())).sum())


@pytest.fixture(scope="module")
def exact(inputs) -> geopandas.GeoDataFrame:
    """The oblasts as areas are measured with, by name."""
    return geometry.oblasts(inputs).set_index("oblast")


@pytest.fixture(scope="module")
def simple(inputs) -> geopandas.GeoDataFrame:
    return boundaries.tables(inputs)["oblasts"]


@pytest.fixture(scope="module")
def places() -> pandas.DataFrame:
    problems = []
    frame = read_table(DATA / "tables" / "places.csv", TABLES["places"], problems)
    assert problems == []
    return frame


def test_a_gap_goes_to_russia_and_an_overlap_to_ukraine(tmp_path):
    frame = boundaries.tables(given(tmp_path, SIX, TWO))["oblasts"]
    shapes = frame.set_index("oblast").geometry
    assert shapes["Kursk"].equals(box(30, 50, 33, 51))
    assert shapes["Belgorod"].equals(box(33, 50, 36, 51))
    assert shapes["Sumy"].equals(SIX["Sumy Oblast"]) and shapes["Kherson"].equals(SIX["Kherson Oblast"])
    assert frame.drop(columns="geometry").iloc[[0, 1, 6]].to_records(index=False).tolist() == [
        ("Belgorod", "Russia", "natural_earth_admin1"),
        ("Donetsk", "Ukraine", "geoboundaries_ukr_adm1"),
        ("Sumy", "Ukraine", "geoboundaries_ukr_adm1"),
    ]


def test_a_missing_oblast_is_named(tmp_path):
    with pytest.raises(ValueError, match="Kherson Oblast"):
        boundaries.tables(given(tmp_path, {k: v for k, v in SIX.items() if k != "Kherson Oblast"}, TWO))


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(KeyError, match="shapeName"):
        boundaries.tables(given(tmp_path, SIX, TWO, column="shape_name"))


def test_shape_of_the_table(simple):
    table = TABLES["oblasts"]
    assert list(simple.columns) == [*table.model.model_fields, "geometry"]
    assert list(simple["oblast"]) == sorted(geometry.OBLASTS)
    assert simple.crs == geometry.DEGREES
    points = shapely.get_coordinates(simple.geometry)
    assert (points == points.round(4)).all()
    assert simple.geom_type.eq("Polygon").all() and shapely.is_ccw(simple.exterior).all()


def test_the_file_stays_small_and_can_be_read_back(simple, tmp_path):
    path = tmp_path / "oblasts.geojson"
    simple.to_file(path, driver="GeoJSON")
    assert path.stat().st_size < 120_000
    problems = []
    assert read_table(path, TABLES["oblasts"], problems).geometry.equals(simple.geometry)
    assert problems == []


def test_neighbours_meet_without_gap_or_overlap(exact, simple):
    assert holes(exact) == 37 and not shapely.coverage_is_valid(exact.geometry.to_numpy())
    assert holes(simple) == 0 and shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.is_valid.all()


def test_the_simple_shapes_are_close_to_the_exact_ones(exact, simple):
    """Areas within 0.05 %, but for the two Russian oblasts that get about 85 km² of no man's land."""
    area = pandas.Series(geometry.area_km2(simple.geometry), index=simple["oblast"])
    change = area - geometry.area_km2(exact.geometry)
    ukrainian = change.drop(["Kursk", "Belgorod"])
    assert (ukrainian.abs() / area[ukrainian.index]).max() < 0.0005
    assert change[["Kursk", "Belgorod"]].sum() == pytest.approx(85, abs=3)
    far = [
        shapely.hausdorff_distance(one, exact.geometry[name])
        for name, one in zip(simple["oblast"], simple.geometry, strict=True)
        if name in ukrainian
    ]
    assert max(far) < 0.02


def test_the_southern_oblasts_reach_into_the_sea(inputs, exact):
    """Against Natural Earth's coast, which is generalised: 100 km² of tolerance."""
    ukraine, russia = (
        geometry.repaired(geopandas.read_file(inputs.file("natural_earth_admin1", name))).union_all()
        for name in ("ukr.json", "rus.json")
    )
    sea = exact.geometry.difference(ukraine.union(russia))
    area = pandas.Series(geometry.area_km2(sea), index=exact.index)
    assert area[["Kherson", "Zaporizhzhia", "Donetsk"]].tolist() == pytest.approx([7418, 4365, 2353], abs=100)
    assert area.drop(["Kherson", "Zaporizhzhia", "Donetsk"]).max() < 1


def test_natural_earth_puts_ukrainian_ground_into_russia(inputs, exact):
    ukraine = geometry.repaired(
        geopandas.read_file(inputs.file("geoboundaries_ukr_adm1", UKRAINE))
    ).union_all()
    russia = geopandas.read_file(inputs.file("natural_earth_admin1", "rus.json")).set_index("name")
    taken = geometry.repaired(russia.loc[["Kursk", "Belgorod"]]).geometry.intersection(ukraine)
    assert list(geometry.area_km2(taken)) == pytest.approx([380, 643], abs=1)
    left = exact.loc[["Kursk", "Belgorod"]].geometry.intersection(ukraine)
    assert geometry.area_km2(left).max() < 0.01


def test_places_lie_in_the_oblast_they_name(exact, simple, places):
    assert 15 <= len(places) <= 30
    points = geopandas.GeoSeries.from_xy(places["longitude"], places["latitude"], crs=geometry.DEGREES)
    for shapes in (exact.geometry, simple.set_index("oblast").geometry):
        assert list(places["place"][~points.within(shapes[places["oblast"]], align=False).to_numpy()]) == []


def test_places_lie_where_another_gazetteer_has_them(inputs, places):
    """VIINA takes its points from Yandex and OpenStreetMap: the median of a place's reports is in the town.

    6 km for the extent of the large cities. It has no place in Russia.
    """
    files = inputs.files("viina_incidents")
    reports = pandas.concat(pandas.read_csv(path, usecols=["lon", "lat", "place_name"]) for path in files)
    medians = reports.groupby("place_name")[["lon", "lat"]].median()
    own = places["source"].str.extract(r"as (.+?)\)")[0].fillna(places["place"])
    both = places.assign(own=own).merge(medians, left_on="own", right_index=True)
    here = geopandas.GeoSeries.from_xy(both["longitude"], both["latitude"], crs=geometry.DEGREES)
    there = geopandas.GeoSeries.from_xy(both["lon"], both["lat"], crs=geometry.DEGREES)
    metres = here.to_crs(geometry.EQUAL_AREA).distance(there.to_crs(geometry.EQUAL_AREA), align=False)
    assert len(both) >= 15
    assert both["place"][metres > 6000].tolist() == []
