"""Incidents that the news reported, by day, oblast and tag, from VIINA 2.0.

Source: Zhukov, Y. and Ayers, N. (2023), "VIINA 2.0: Violent Incident Information from News Articles on the
2022 Russian Invasion of Ukraine", Harvard University (ODbL); monthly files kept by scott4ai. Headlines are
read to tell repeated reports apart and go no further.

One count is one news report of one place: outlets that report the same attack count separately. A report
that stands twice, with the same moment, place and headline, counts once, with the tags of both. The tag `any`
counts every report, tagged or not, and many of those have nothing military; the other tags overlap, so their
sum is not a number of incidents. Tags get the meanings of the VIINA codebook; upstream has cut some of their
names (`t_arrest_b` became `arresb`). Left out are `loc` (the text names a place; no kind of incident), `san`
(sanctions on Russia), `cyber` (upstream advises against tags of its accuracy) and `retreat` (ends in February
2025, tested by its makers on one example). A tag that is not known here is an error.

Oblasts are found by point in polygon; what lies in none of the eight is `elsewhere`, Crimea among it. Points
without coordinates are left out (there are none). VIINA knows the places of Ukraine. What lies in Kursk or
Belgorod is a strip along the border and, since February 2025, a few Russian towns: no measure of the fighting
there.
"""

from __future__ import annotations

import geopandas
import numpy
import pandas
import shapely

from ..words import counted
from . import geometry
from .inputs import Inputs

__all__ = ["ANY", "DATASETS", "ELSEWHERE", "LEFT_OUT", "TAGS", "tables"]

DATASETS = ("viina_incidents", "natural_earth_admin1", "geoboundaries_ukr_adm1")

ANY = "any"
ELSEWHERE = "elsewhere"
# Upstream's tag -> the codebook's meaning.
TAGS = {
    "aad": "air_defence",
    "airalerb": "air_alert",
    "airstrike": "airstrike",
    "armor": "armour",
    "arresb": "arrest",
    "artillery": "artillery",
    "civcas": "civilian_casualties",
    "control": "territorial_control",
    "firefighb": "firefight",
    "hospital": "hospital",
    "ied": "explosion",
    "milcas": "military_casualties",
    "occupy": "occupation",
    "property": "property_damage",
    "raid": "raid",
    "uav": "drone",
}
LEFT_OUT = frozenset({"loc", "san", "cyber", "retreab"})

_REPORT = ["datetime", "lon", "lat", "headline"]
_KEY = ["date", "oblast", "tag"]


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`incidents_by_oblast`: how many reports a day, oblast and tag has; what has none has no row.

    ValueError when a column is missing, a day or a coordinate cannot be read, or a tag is unknown.
    """
    reports = _reports(inputs)
    reports["oblast"] = _oblast(reports, geometry.oblasts(inputs))
    day = pandas.to_datetime(reports["datetime"], format="%Y-%m-%d %H:%M:%S")
    if day.isna().any():
        raise ValueError(f"datetime is empty in {counted(int(day.isna().sum()), 'row')}")
    reports["date"] = day.dt.strftime("%Y-%m-%d")
    tagged = _tagged(reports).drop_duplicates([*_REPORT, "tag"])
    return {"incidents_by_oblast": tagged.groupby(_KEY).size().rename("incidents").reset_index()}


def _reports(inputs: Inputs) -> pandas.DataFrame:
    """Every located report of every month, as text, with numbers for the coordinates."""
    months = [
        pandas.read_csv(
            file,
            usecols=[*_REPORT, "event_type"],
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
        )
        for file in inputs.files("viina_incidents")
    ]
    rows = inputs.corrected("viina_incidents", "incidents", pandas.concat(months, ignore_index=True))
    rows = rows[(rows["lon"] != "") & (rows["lat"] != "")]
    return rows.astype({"lon": float, "lat": float})


def _oblast(reports: pandas.DataFrame, oblasts: geopandas.GeoDataFrame) -> numpy.ndarray:
    """The name of the oblast in which each report lies, or `elsewhere`."""
    names = numpy.full(len(reports), ELSEWHERE, dtype=object)
    longitude, latitude = reports["lon"].to_numpy(), reports["lat"].to_numpy()
    for name, shape in zip(oblasts["oblast"], oblasts.geometry, strict=True):
        shapely.prepare(shape)
        names[shapely.contains_xy(shape, longitude, latitude)] = name
    return names


def _tagged(reports: pandas.DataFrame) -> pandas.DataFrame:
    """A row for each tag of a report that is kept, and one for `any`."""
    tag = reports["event_type"].str.split("|").explode()
    tag = tag[(tag != "") & ~tag.isin(LEFT_OUT)]
    unknown = sorted(set(tag) - set(TAGS))
    if unknown:
        raise ValueError(f"event_type has tags that are not known: {', '.join(unknown)}")
    kept = reports.join(tag.map(TAGS).rename("tag"), how="inner")
    return pandas.concat([reports.assign(tag=ANY), kept], ignore_index=True)
