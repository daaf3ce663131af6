"""Russian units on DeepState's map: which stood in which oblast, from day to day.

A unit is an icon `{icon=enemy}`. Headquarters, airfields and arrows have other icons; Ukrainian units have
none. An icon is a last reported position. It says nothing of strength, of the day on which the unit came, or
of whether all of it is there.

- A name is "Ukrainian /// English /// sign". The English part names the unit. Some names are damaged: one
  character has become two replacement characters. In the English part that happens only to no-break spaces,
  so any run of spaces and replacement characters becomes one space.
- When several icons share a name, those of a day are matched with the ones before by the least total
  distance, first of all with those of the last map. The first keeps the plain name, others get a number:
  "Storm-Z (2)". Numbers look back only, so later maps do not change earlier rows.
- A posting is a stay in one oblast from map to map. A day without a map does not end it. A map without the
  icon does: in the pinned maps no icon comes back after it was gone.
"""

from __future__ import annotations

import geopandas
import numpy
import pandas
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from . import geometry

__all__ = ["named", "postings"]

ICON = "{icon=enemy}"
FAR = 1e9  # metres; an icon that is gone is matched only when all others are


def named(points: pandas.DataFrame) -> pandas.DataFrame:
    """The points that are units: `date`, `unit`, `sign`, `longitude`, `latitude`.

    points: `date`, `name`, `description`, `longitude`, `latitude`. ValueError for a unit that has no English
    name.
    """
    icons = points[points["description"].str.contains(ICON, regex=False, na=False)].reset_index(drop=True)
    parts = icons["name"].str.split(r"/{3,}", n=2, regex=True)
    unit = parts.str[1].fillna("").str.replace(r"[\s\ufffd]+", " ", regex=True).str.strip()
    if (unit == "").any():
        raise ValueError(f"units without an English name: {sorted(set(icons['name'][unit == '']))}")
    sign = parts.str[2].fillna("").str.strip()
    return icons[["date", "longitude", "latitude"]].assign(unit=unit, sign=sign)


def postings(
    icons: pandas.DataFrame, oblasts: geopandas.GeoDataFrame, maps: list[str], elsewhere: str
) -> pandas.DataFrame:
    """`unit`, `oblast`, `first_seen` and `last_seen` of every stay, sorted by unit and day.

    icons: `date`, `unit`, `longitude`, `latitude` in degrees. oblasts: `oblast` and shapes in a projection.
    maps: every day that has a map, sorted. elsewhere: the name for what lies in no oblast.
    """
    icons = icons.sort_values(["date", "unit", "longitude", "latitude"], ignore_index=True)
    places = geopandas.GeoDataFrame(
        icons[["date", "unit"]],
        geometry=geopandas.points_from_xy(icons["longitude"], icons["latitude"], crs=geometry.DEGREES),
    ).to_crs(geometry.system(oblasts))
    within = places.sjoin(oblasts[["oblast", "geometry"]], how="left", predicate="within")
    points = places[["date", "unit"]].join(places.get_coordinates())
    number = pandas.concat([_numbers(own) for _, own in points.groupby("unit")])
    places["oblast"] = within["oblast"].fillna(elsewhere)
    places["unit"] += number.map(lambda place: f" ({place})" if place > 1 else "")
    return _stays(places, maps)


def _numbers(icons: pandas.DataFrame) -> pandas.Series:
    """A number from 1 for each icon of one name, the same from day to day.

    icons: `date`, which is sorted, and `x` and `y` in metres.
    """
    if icons["date"].is_unique:
        return pandas.Series(1, index=icons.index)
    last = numpy.empty((0, 2))
    is_gone = numpy.empty(0, dtype=bool)
    tracks = []
    for _, shown in icons.groupby("date"):
        points = shown[["x", "y"]].to_numpy()
        known, matched = linear_sum_assignment(cdist(last, points) + FAR * is_gone[:, None])
        new = numpy.setdiff1d(numpy.arange(len(points)), matched)
        own = numpy.empty(len(points), dtype=int)
        own[matched], own[new] = known, len(last) + numpy.arange(len(new))
        last = numpy.concatenate([last, points[new]])
        last[own] = points
        is_gone = ~numpy.isin(numpy.arange(len(last)), own)
        tracks.append(pandas.Series(own + 1, index=shown.index))
    return pandas.concat(tracks)


def _stays(places: pandas.DataFrame, maps: list[str]) -> pandas.DataFrame:
    """Runs of maps on which a unit stands in one oblast."""
    rows = places[["unit", "oblast", "date"]].sort_values(["unit", "date"], ignore_index=True)
    order = rows["date"].map({day: number for number, day in enumerate(maps)})
    is_next = order.groupby(rows["unit"]).diff() == 1
    stays_put = rows["oblast"] == rows.groupby("unit")["oblast"].shift()
    run = (~(is_next & stays_put)).cumsum().rename("run")
    stays = rows.groupby(run).agg(
        unit=("unit", "first"),
        oblast=("oblast", "first"),
        first_seen=("date", "first"),
        last_seen=("date", "last"),
    )
    return stays.sort_values(["unit", "first_seen", "oblast"], ignore_index=True)
