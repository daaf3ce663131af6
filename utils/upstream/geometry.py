"""What the modules with maps share: oblasts, areas, broken polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas
import shapely
from shapely.geometry.base import BaseGeometry

from .inputs import Inputs

if TYPE_CHECKING:
    import numpy
    from pyproj import CRS

__all__ = ["DEGREES", "EQUAL_AREA", "OBLASTS", "area_km2", "oblasts", "repaired", "system"]

DEGREES = "EPSG:4326"
# Lambert azimuthal equal-area for Europe: areas are true, and the war lies inside its domain.
EQUAL_AREA = "EPSG:3035"

# English name used here -> name in the boundary file. The borders of Ukraine's oblasts are geoBoundaries',
# as Natural Earth's generalised state border puts Ukrainian ground into Russian oblasts.
_RUSSIAN = {"Kursk": "Kursk", "Belgorod": "Belgorod"}
_UKRAINIAN = {
    "Sumy": "Sumy Oblast",
    "Kharkiv": "Kharkiv Oblast",
    "Luhansk": "Luhansk Oblast",
    "Donetsk": "Donetsk Oblast",
    "Zaporizhzhia": "Zaporizhia Oblast",
    "Kherson": "Kherson Oblast",
}
OBLASTS = (*_RUSSIAN, *_UKRAINIAN)


def repaired(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The polygons of a frame made valid; what a repair leaves besides polygons is dropped."""
    geometry = frame.geometry.make_valid()
    broken = frame.geometry.notna() & ~frame.geometry.is_valid
    geometry[broken] = geometry[broken].map(_polygons)
    return frame.set_geometry(geometry)


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(geometry) if geometry.geom_type == "GeometryCollection" else [geometry]
    return shapely.union_all([part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")])


def area_km2(geometry: geopandas.GeoSeries) -> numpy.ndarray:
    """Areas in km² of geometries in any reference system, measured in the equal-area projection."""
    return geometry.to_crs(EQUAL_AREA).area.to_numpy() / 1e6


def system(frame: geopandas.GeoDataFrame) -> CRS:
    """The reference system of a frame; ValueError for one without."""
    if frame.crs is None:
        raise ValueError("a frame of geometries without a reference system")
    return frame.crs


def oblasts(inputs: Inputs) -> geopandas.GeoDataFrame:
    """The oblasts of the front in degrees: `oblast`, `country`, `source`, `geometry`, sorted by name.

    Ukrainian ground is taken out of the Russian oblasts, so that none is counted twice.
    """
    ukraine = repaired(
        geopandas.read_file(
            inputs.file("geoboundaries_ukr_adm1", "geoBoundaries-UKR-ADM1_simplified.geojson")
        )
    )
    russia = repaired(geopandas.read_file(inputs.file("natural_earth_admin1", "rus.json")))
    country = ukraine.union_all()
    shapes = [
        (name, "Ukraine", "geoboundaries_ukr_adm1", _only(ukraine, "shapeName", upstream))
        for name, upstream in _UKRAINIAN.items()
    ] + [
        (name, "Russia", "natural_earth_admin1", _only(russia, "name", upstream).difference(country))
        for name, upstream in _RUSSIAN.items()
    ]
    frame = geopandas.GeoDataFrame(
        shapes, columns=["oblast", "country", "source", "geometry"], geometry="geometry", crs=DEGREES
    )
    return frame.sort_values("oblast", ignore_index=True)


def _only(frame: geopandas.GeoDataFrame, column: str, name: str) -> BaseGeometry:
    """The shape of this name; ValueError unless there is exactly one."""
    shapes = frame[frame[column] == name]
    if len(shapes) != 1:
        raise ValueError(f"one shape with {column} {name!r}, but there are {len(shapes)}")
    shape: BaseGeometry = shapes.geometry.iloc[0]
    return shape
