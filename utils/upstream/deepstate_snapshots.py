"""Ground by status and oblast, Russian units' postings and a grid of Kursk, from DeepState's map by day.

Source: deepstatemap.live, whole maps kept by Daniel Rose in DanielRose2310/deepstatemaps-history. A file is
the map at one moment, the unix time in its name. It stands for the UTC day of that moment; of several files
of a day the last would count. Days without a file are missing and are not filled in.

- The status of a polygon is told twice, by its fill and by the sign at the end of its name. Both must agree
  with `LEGEND`; what is not in it is an error. Two known slips of the editors are corrections.
- `unknown` is the map's grey zone, in Ukraine and in Russia. `liberated` is what Ukraine took back since
  2022, much of it far from the front. Territories that the map recalls from other wars (Karelia, the Kurils,
  Chechnya and others, fill #ff5252) are left out.
- Polygons of one status are united, so that none counts twice. Polygons of different statuses overlap by at
  most 0.25 km² on any day. Such ground counts in both, and no status goes before another.
- A piece belongs to the oblast that it lies in, by `geometry.oblasts`, and to `elsewhere` when that is none
  of the eight: Crimea, Mykolaiv, the north of Ukraine. `ukrainian_held` means Russian soil, so what the
  generalised border leaves outside the Russian oblasts, never more than 2 km away, belongs to the nearer one.
- The grid has a map a week, of Thursdays: the first Ukrainian-held ground is on the map of Thursday 8 August
  2024. A Thursday without a map is left out. Shares are of the cell's true area, also where the border cuts
  it.
- Every pinned polygon is valid. A broken one would be repaired.

Few polygons change from one day to the next, so each distinct one is cut by oblast only once.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import geopandas
import pandas
import shapely

from . import geometry, unit_postings
from .inputs import Inputs

__all__ = ["DATASETS", "ELSEWHERE", "LEGEND", "tables"]

DATASETS = ("deepstate_snapshots", "natural_earth_admin1", "geoboundaries_ukr_adm1")

ELSEWHERE = "elsewhere"
HELD, UNKNOWN = "ukrainian_held", "unknown"
# Fill and sign of a polygon -> its status; None for territories of other wars.
LEGEND: dict[tuple[str, str], str | None] = {
    ("#a52714", "geoJSON.status.occupied"): "occupied",
    ("#01579b", "geoJSON.status.dismissed"): HELD,
    ("#bcaaa4", "geoJSON.status.unknown"): UNKNOWN,
    ("#bdbdbd", "geoJSON.status.unknown"): UNKNOWN,
    ("#0f9d58", "geoJSON.status.dismissed"): "liberated",
    ("#0f9d58", "geoJSON.status.dismissed_at"): "liberated",
    ("#0f9d58", "geoJSON.zmiinyi_island"): "liberated",
    ("#0288d1", "geoJSON.status.dismissed"): "liberated",
    ("#880e4f", "geoJSON.territories.crimea"): "occupied_before_2022",
    ("#880e4f", "geoJSON.territories.ordlo"): "occupied_before_2022",
    ("#880e4f", "geoJSON.territories.tuzla"): "occupied_before_2022",
} | {
    ("#ff5252", f"geoJSON.territories.{name}"): None
    for name in (
        "abkhazia",
        "estonia",
        "ichkeria",
        "karelia",
        "kuril",
        "latvia",
        "pechorsky-district",
        "petsamo",
        "prussia",
        "salla",
        "transnistria",
        "tskhinvali-district",
    )
}
THURSDAY = 3
CELLS_IN_DEGREE = 20
LEAST_SHARE = 0.001  # of a cell; less is the width of a drawn line


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`area_by_oblast` (km² to 0.1), `unit_postings` and `kursk_grid` (shares of a cell to 0.001).

    KeyError when a property is missing. ValueError when a file's name is no time, a fill and sign are not in
    the legend, a surface is no polygon, or a unit has no English name.
    """
    maps = {_day(path): path for path in inputs.files("deepstate_snapshots")}
    polygons, points = _read(maps)
    oblasts = geometry.oblasts(inputs).to_crs(geometry.EQUAL_AREA)
    polygons = inputs.corrected("deepstate_snapshots", "polygons", polygons)
    ground = _ground(_with_status(polygons), oblasts)
    icons = unit_postings.named(points)
    icons = inputs.corrected("deepstate_snapshots", "units", icons)
    return {
        "area_by_oblast": _areas(ground),
        "unit_postings": unit_postings.postings(icons, oblasts, sorted(maps), ELSEWHERE),
        "kursk_grid": _grid(ground),
    }


def _day(path: Path) -> str:
    """The UTC day of the unix time in a file's name."""
    if not path.stem.isdecimal():
        raise ValueError(f"{path.name}: expected a name like 1719348844.geojson, a unix time")
    return datetime.fromtimestamp(int(path.stem), UTC).date().isoformat()


def _read(maps: dict[str, Path]) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Polygons (`date`, `fill`, `sign`, `shape` as well-known binary) and points of every map.

    Points have `date`, `name`, `description`, `longitude` and `latitude`.
    """
    columns = ["name", "fill", "description"]
    frame = pandas.concat(
        [geopandas.read_file(path, columns=columns).assign(date=date) for date, path in maps.items()],
        ignore_index=True,
    )
    is_point = frame.geom_type == "Point"
    icons, surfaces = frame[is_point], frame[~is_point]
    place = {"longitude": icons.geometry.x, "latitude": icons.geometry.y}
    # The sign ends the name; a few carry a day in braces.
    sign = surfaces["name"].str.rsplit("///", n=1).str[-1].str.partition("{{")[0].str.strip()
    shape = shapely.to_wkb(shapely.force_2d(surfaces.geometry.to_numpy()))
    return (
        surfaces[["date", "fill"]].assign(sign=sign, shape=shape),
        icons[["date", "name", "description"]].assign(**place),
    )


def _with_status(polygons: pandas.DataFrame) -> pandas.DataFrame:
    """`date`, `status` and `shape` of the polygons of this war."""
    signs = list(zip(polygons["fill"], polygons["sign"], strict=True))
    unknown = sorted(set(signs) - set(LEGEND), key=str)
    if unknown:
        raise ValueError(f"fill and sign that are not in the legend together: {unknown}")
    status = pandas.Series([LEGEND[pair] for pair in signs], index=polygons.index)
    rows = polygons[["date", "shape"]].assign(status=status)
    return rows.dropna(subset="status")


def _ground(polygons: pandas.DataFrame, oblasts: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """One geometry for each `date`, `oblast` and `status`, in the equal-area projection, sorted by these."""
    distinct = polygons[["status", "shape"]].drop_duplicates(ignore_index=True)
    pieces = _by_oblast(distinct, oblasts)
    rows = polygons.merge(pieces[["status", "shape", "oblast"]].reset_index(), on=["status", "shape"])
    # The same pieces make up the same ground, on whatever days they do.
    together = rows.groupby(["date", "oblast", "status"])["index"].apply(lambda index: tuple(sorted(index)))
    shapes = pieces.geometry.to_numpy()
    united = {own: shapely.disjoint_subset_union_all(shapes[list(own)]) for own in set(together)}
    return geopandas.GeoDataFrame(
        together.index.to_frame(index=False), geometry=list(together.map(united)), crs=oblasts.crs
    )


def _by_oblast(distinct: pandas.DataFrame, oblasts: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Shapes cut by oblast: `status`, `shape` as well-known binary, `oblast` and the piece."""
    frame = geopandas.GeoDataFrame(
        distinct, geometry=shapely.from_wkb(distinct["shape"]), crs=geometry.DEGREES
    )
    parts = geometry.repaired(frame.to_crs(geometry.system(oblasts))).explode(ignore_index=True)
    # A collection may hold a line or a point besides its polygon.
    parts = parts[parts.geom_type == "Polygon"]
    if len(set(parts["shape"])) < len(set(distinct["shape"])):
        raise ValueError("a feature with a fill has a geometry that is no polygon")
    rest = shapely.box(*parts.total_bounds).difference(oblasts.union_all())
    elsewhere = geopandas.GeoDataFrame({"oblast": [ELSEWHERE]}, geometry=[rest], crs=oblasts.crs)
    regions = pandas.concat([oblasts[["oblast", "geometry"]], elsewhere], ignore_index=True)
    pieces = parts.overlay(regions, how="intersection", keep_geom_type=True, make_valid=False)
    russian = oblasts[oblasts["country"] == "Russia"].set_index("oblast").geometry
    astray = (pieces["status"] == HELD) & ~pieces["oblast"].isin(russian.index)
    away = pandas.DataFrame({name: pieces[astray].distance(shape) for name, shape in russian.items()})
    pieces.loc[astray, "oblast"] = away.idxmin(axis=1)
    return pieces


def _areas(ground: geopandas.GeoDataFrame) -> pandas.DataFrame:
    """`date`, `oblast`, `status` and `area_km2`; what rounds to nothing is left out."""
    rows = ground[["date", "oblast", "status"]].assign(area_km2=geometry.area_km2(ground.geometry).round(1))
    return rows[rows["area_km2"] > 0].reset_index(drop=True)


def _grid(ground: geopandas.GeoDataFrame) -> pandas.DataFrame:
    """Cells of Kursk oblast on Thursdays: the centre in degrees and the share of the cell of each status."""
    weekly = pandas.to_datetime(ground["date"]).dt.day_of_week == THURSDAY
    kursk = ground[weekly & (ground["oblast"] == "Kursk") & ground["status"].isin([HELD, UNKNOWN])]
    key = ["date", "longitude", "latitude"]
    if kursk.empty:
        return pandas.DataFrame(columns=[*key, f"{HELD}_share", f"{UNKNOWN}_share"])
    cells = _cells(kursk)
    cut = kursk.overlay(cells, how="intersection", keep_geom_type=True)
    cut["share"] = cut.area / cut["cell_area"]
    shares = cut.pivot_table(index=key, columns="status", values="share", aggfunc="sum", fill_value=0)
    shares = shares.reindex(columns=[HELD, UNKNOWN], fill_value=0.0)
    shares = shares[(shares > LEAST_SHARE).any(axis=1)].round(3)
    return shares.add_suffix("_share").rename_axis(columns=None).sort_index().reset_index()


def _cells(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Cells over a frame, in its projection: `longitude` and `latitude` of the centre, `cell_area`."""
    west, south, east, north = frame.to_crs(geometry.DEGREES).total_bounds * CELLS_IN_DEGREE
    corners = [
        (column, row)
        for column in range(math.floor(west), math.ceil(east))
        for row in range(math.floor(south), math.ceil(north))
    ]
    cells = geopandas.GeoDataFrame(
        {
            "longitude": [round((column + 0.5) / CELLS_IN_DEGREE, 3) for column, _ in corners],
            "latitude": [round((row + 0.5) / CELLS_IN_DEGREE, 3) for _, row in corners],
        },
        geometry=[
            shapely.box(
                *(column / CELLS_IN_DEGREE, row / CELLS_IN_DEGREE),
                *((column + 1) / CELLS_IN_DEGREE, (row + 1) / CELLS_IN_DEGREE),
            )
            for column, row in corners
        ],
        crs=geometry.DEGREES,
    ).to_crs(geometry.system(frame))
    return cells.assign(cell_area=cells.area)
