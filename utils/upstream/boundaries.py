"""Oblast boundaries for maps, simplified so that neighbours still meet.

Sources: geoBoundaries gbOpen UKR ADM1 (Runfola et al. 2020, from OpenStreetMap) for Ukraine, Natural Earth
1:10m admin-1 for Kursk and Belgorod, as `geometry.oblasts` reads them.

- Natural Earth's state border is generalised: it overlaps geoBoundaries' Ukraine and leaves slivers of no
  man's land. `geometry.oblasts` takes Ukrainian ground out of the Russian oblasts. The slivers that are left
  are closed here, and they go to the Russian oblast that they touch, so that Ukraine's border stays where
  geoBoundaries has it.
- The parts are then made one coverage with identical edges and simplified together (Visvalingam-Whyatt), so
  that no gap and no overlap comes in.
- The shapes are for maps, not for areas: Kherson, Zaporizhzhia and Donetsk oblast reach into the sea. Areas
  by oblast are measured with `geometry.oblasts`.
"""

from __future__ import annotations

import geopandas
import pandas
import shapely

from . import geometry
from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("natural_earth_admin1", "geoboundaries_ukr_adm1")

# Degrees; about the width of a line on a map of the whole front. The file stays below 120 kB.
TOLERANCE = 0.005
DECIMALS = 4


def tables(inputs: Inputs) -> dict[str, geopandas.GeoDataFrame]:
    """`oblasts`: `oblast`, `country`, `source` and `geometry` in degrees to 4 decimals, sorted by oblast.

    KeyError or ValueError from `geometry.oblasts` when a boundary file has another column or no such oblast.
    """
    frame = _without_gaps(geometry.oblasts(inputs))
    # The stubs do not know it yet.
    coverage = shapely.coverage_clean(frame.geometry.to_numpy())  # type: ignore[attr-defined]
    coverage = shapely.transform(coverage, lambda points: points.round(DECIMALS))
    coverage = shapely.coverage_simplify(coverage, TOLERANCE)
    # One order and direction of points, whatever the version of the geometry library.
    return {
        "oblasts": frame.set_geometry(shapely.orient_polygons(shapely.normalize(coverage)), crs=frame.crs)
    }


def _without_gaps(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The oblasts, each hole between them added to the first Russian oblast by name that it touches."""
    union = frame.union_all()
    outline = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(union)])
    holes = shapely.get_parts(outline.difference(union))
    russian = frame.loc[frame["country"] == "Russia", ["oblast", "geometry"]]
    touched = geopandas.GeoDataFrame(geometry=holes, crs=frame.crs).sjoin(russian, predicate="intersects")
    owned = touched.sort_values("oblast", kind="stable").groupby(level=0).head(1)
    parts = geopandas.GeoDataFrame(pandas.concat([frame, owned[["oblast", "geometry"]]]))
    closed: geopandas.GeoDataFrame = parts.dissolve("oblast").reset_index()[list(frame.columns)]
    return closed
