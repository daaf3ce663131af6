"""Hand-made maps of DeepState's kind, on made-up oblasts whose areas are known."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import geopandas
import shapely
from shapely import Point, Polygon, box

from utils.evidence.datasets import Correction
from utils.upstream.geometry import DEGREES, EQUAL_AREA
from utils.upstream.inputs import Inputs

# Made-up oblasts are squares of 100 km in the equal-area projection, in two rows from this corner: Ukrainian
# ones, then 2 km that belong to nobody, then Russian ones. The real Sudzha lies in the made-up Kursk.
EAST, NORTH, KM = 6_000_000, 3_300_000, 1000
UKRAINIAN = ("Sumy", "Kharkiv", "Luhansk", "Donetsk", "Zaporizhia", "Kherson")
RUSSIAN = ("Kursk", "Belgorod")
SIGNS = {
    "occupied": ("#a52714", "Occupied /// geoJSON.status.occupied\n"),
    "held": ("#01579b", "Liberated\xa0/// geoJSON.status.dismissed"),
    "unknown": ("#bcaaa4", "Unknown status /// geoJSON.status.unknown"),
    "unknown_russian": ("#bdbdbd", "Unknown status /// geoJSON.status.unknown"),
    "liberated": ("#0f9d58", "Liberated 16.03 /// geoJSON.status.dismissed_at {{at:16.03 -17.03}}"),
    "old": ("#880e4f", "CADR and CALR /// geoJSON.territories.ordlo"),
    "foreign": ("#ff5252", "Occupied Karelia.\n/// geoJSON.territories.karelia\n"),
}
NOVEMBER_10 = datetime(2024, 11, 10, 20, 0, tzinfo=UTC)


def area(west: float, south: float, width: float, height: float) -> Polygon:
    """A rectangle in kilometres from the corner."""
    return box(
        EAST + west * KM, NORTH + south * KM, EAST + (west + width) * KM, NORTH + (south + height) * KM
    )


def degrees(shape):
    return geopandas.GeoSeries([shape], crs=EQUAL_AREA).to_crs(DEGREES).iloc[0]


def feature(shape, **properties) -> dict:
    geometry = None if shape is None else shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def ground(kind: str, shape, **changed) -> dict:
    fill, name = SIGNS[kind]
    return feature(degrees(shape), **({"name": f"Укр /// {name}", "fill": fill} | changed))


def unit(name: str, west: float, south: float, description: str = "{icon=enemy}") -> dict:
    point = degrees(Point(EAST + west * KM, NORTH + south * KM))
    return feature(point, name=f"Укр /// {name} /// geoJSON.units.x", description=description)


def made(
    folder: Path, maps: dict[datetime | str, list[dict]], corrections: Iterable[Correction] = ()
) -> Inputs:
    """Inputs with the made-up oblasts and a map for each moment."""
    boundaries = {
        "geoboundaries_ukr_adm1": (
            "geoBoundaries-UKR-ADM1_simplified.geojson",
            [(f"{name} Oblast", area(100 * n, 0, 100, 100)) for n, name in enumerate(UKRAINIAN)],
            "shapeName",
        ),
        "natural_earth_admin1": (
            "rus.json",
            [(name, area(100 * n, 102, 100, 100)) for n, name in enumerate(RUSSIAN)],
            "name",
        ),
    }
    files = {
        (dataset, name): [feature(degrees(shape), **{column: oblast}) for oblast, shape in shapes]
        for dataset, (name, shapes, column) in boundaries.items()
    }
    for moment, features in maps.items():
        stem = moment if isinstance(moment, str) else int(moment.timestamp())
        files["deepstate_snapshots", f"{stem}.geojson"] = features
    paths: dict[str, dict[str, Path]] = {}
    for (dataset, name), features in files.items():
        paths.setdefault(dataset, {})[name] = folder / name
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8")
    return Inputs({"deepstate_snapshots": SimpleNamespace(corrections=corrections)}, paths)


def day(number: int, hour: int = 20) -> datetime:
    return datetime(2024, 11, number, hour, tzinfo=UTC)


# Every map has a unit and a polygon, so that files of one test have the same columns as real ones.
UNIT = unit("1st Regiment", 350, 50)
BACKGROUND = ground("old", area(310, 10, 10, 10))
