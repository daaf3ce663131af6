"""Who held which part of Kursk oblast: the map's areas, what was ever held, and the share that was lost.

Areas come from the tables `area_by_oblast` (by day) and `kursk_grid` (by week and cell), both computed from
the map of DeepState, a Ukrainian project. Firm control and the map's zone of unknown control stay apart: much
of what looks like a quarrel about numbers is about that zone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .. import verdicts
from ..archive import Archive
from ..checks import trend
from ..checks.trend import TrendCheck
from ..evidence.claims import Claim
from ..evidence.schema import Statement

if TYPE_CHECKING:
    import geopandas
    import pandas
    import shapely

__all__ = [
    "CELL_DEGREES",
    "cells",
    "ever_held",
    "held",
    "other_choices",
    "share_lost",
    "told_share_lost",
    "with_gaps",
]

CELL_DEGREES = 0.05  # as kursk_grid has it
KM_A_DEGREE = 111.2  # of a great circle on the mean sphere, 6,371 km in radius

SHARE_RETAKEN = "ru_retaken_share_kursk"
SHARE_HELD = "ua_held_share_of_peak_kursk"
AREA_HELD = "ua_held_area_kursk_km2"
PEAK = "ua_held_area_kursk_km2_max"


def held(archive: Archive) -> pandas.DataFrame:
    """Ground in Kursk oblast by day of the map: `firm` and `unknown` in km², and `wide`, their sum.

    Days without a map have no row.
    """
    table = archive.table("area_by_oblast")
    kursk = table[(table.oblast == "Kursk") & table.status.isin(["ukrainian_held", "unknown"])]
    # No row of a status on a day that has a map is no ground of that status.
    wide = kursk.pivot(index="date", columns="status", values="area_km2").fillna(0.0)
    frame = wide.rename(columns={"ukrainian_held": "firm"})[["firm", "unknown"]].rename_axis(columns=None)
    return frame.assign(wide=frame.firm + frame.unknown)


def ever_held(grid: pandas.DataFrame) -> pandas.Series:
    """Ground in km² that was ever held in a grid like `kursk_grid`: `firm`, and `wide` with the unknown zone.

    The largest share of each cell is summed. Two halves of a cell that were held one after the other count as
    one half, so this is the least that it can have been.
    """
    import numpy

    shares = grid.assign(
        firm=grid.ukrainian_held_share, wide=(grid.ukrainian_held_share + grid.unknown_share).clip(upper=1)
    )
    largest = shares.groupby(["longitude", "latitude"])[["firm", "wide"]].max()
    width = numpy.cos(numpy.radians(largest.index.get_level_values("latitude").to_numpy()))
    return largest.mul(width * (CELL_DEGREES * KM_A_DEGREE) ** 2, axis=0).sum()


def with_gaps(daily: pandas.Series) -> pandas.Series:
    """The same series with an empty value at the start of each gap, so that a drawn line breaks there."""
    import pandas

    steps = daily.index.to_series().diff().shift(-1)
    last = pandas.DatetimeIndex(steps[steps > pandas.Timedelta(days=1)].index)
    missing = pandas.Series(float("nan"), index=last + pandas.Timedelta(days=1))
    broken: pandas.Series = pandas.concat([daily, missing]).sort_index()
    return broken


def share_lost(area: pandas.Series) -> pandas.Series:
    """Share of the largest area that was lost, from the day of that area on; from 0 to 1."""
    lost: pandas.Series = 1 - area[area.idxmax() :] / area.max()
    return lost


def told_share_lost(archive: Archive) -> pandas.DataFrame:
    """What tellers make of the share lost: `day`, `share`, `teller`, `party`, `counted` and its `rows`.

    A teller states the share, or the share still held, or an area and the largest area under one origin; then
    the share follows from the teller's own two numbers. Areas of the days of the peak are left out, ranges
    count with their middle, and an origin speaks once of a day. In order of day.
    """
    import pandas

    found: list[tuple[Statement, float, tuple[str, ...]]] = [
        (row, _point(row), (row.id,)) for row in archive.evidence(SHARE_RETAKEN) if row.has_point
    ]
    found += [(row, 1 - _point(row), (row.id,)) for row in archive.evidence(SHARE_HELD) if row.has_point]
    peaks = {row.origin: row for row in archive.evidence(PEAK) if row.has_point}
    for row in archive.evidence(AREA_HELD):
        peak = peaks.get(row.origin)
        if peak is not None and row.has_point and row.valid_from > peak.valid_from:
            found.append((row, 1 - _point(row) / _point(peak), (row.id, peak.id)))
    lines = [
        {
            "day": pandas.Timestamp(row.middle),
            "share": share,
            "teller": archive.sources[row.source].name,
            "party": archive.sources[row.source].party,
            "counted": row.access == "count",
            "rows": rows,
            "origin": row.origin,
        }
        for row, share, rows in found
    ]
    columns = ["day", "share", "teller", "party", "counted", "rows", "origin"]
    frame = pandas.DataFrame(lines, columns=columns).drop_duplicates(["origin", "day"])
    return frame.drop(columns="origin").sort_values(["day", "teller"], ignore_index=True)


def _point(row: Statement) -> float:
    if row.ends is None:
        raise ValueError(f"{row.id} gives neither a number nor both ends of a range")
    return sum(row.ends) / 2


def other_choices(
    archive: Archive, claim: Claim, check: str, choices: Mapping[str, Mapping[str, object]]
) -> pandas.DataFrame:
    """A trend check under other parameters: `choice`, `km² a week`, `plus or minus` (90 %) and the `label`.

    choices: by name, what is changed. A choice that leaves too few weeks has a label and no numbers.
    """
    import pandas

    lines = []
    for name, changes in choices.items():
        varied = claim.vary(check, **changes)
        parameters = varied.parameters(check)
        if not isinstance(parameters, TrendCheck):
            raise ValueError(f"{check} is no check of a trend")
        finding = trend.check(archive, varied, parameters)
        weekly = half = math.nan
        if finding.estimate is not None and finding.interval is not None:
            weekly, half = finding.estimate, finding.interval.high - finding.estimate
        lines.append((name, round(weekly, 1), round(half, 1), verdicts.label(finding)))
    return pandas.DataFrame(lines, columns=["choice", "km² a week", "plus or minus", "label"])


def cells(grid: pandas.DataFrame, outline: shapely.Geometry) -> geopandas.GeoDataFrame:
    """Grid cells cut to an oblast's outline, with `held` and `unknown` as shares of the part inside it.

    grid: rows like `kursk_grid`. outline: a shape in degrees. Cells outside the outline are left out.
    """
    import geopandas
    import shapely

    half = CELL_DEGREES / 2
    squares = shapely.box(
        grid.longitude - half, grid.latitude - half, grid.longitude + half, grid.latitude + half
    )
    inside = shapely.intersection(squares, outline)
    # A share of one cell needs no projection: a cell is too small for a degree's width to change in it.
    part = shapely.area(inside) / shapely.area(squares)
    frame = geopandas.GeoDataFrame(
        {
            "date": grid.date.to_numpy(),
            "held": grid.ukrainian_held_share.to_numpy(),
            "unknown": grid.unknown_share.to_numpy(),
            "part": part,
        },
        geometry=inside,
        crs="EPSG:4326",
    )
    frame = frame[frame.part > 0].reset_index(drop=True)
    for name in ("held", "unknown"):
        frame[name] = (frame[name] / frame.part).clip(upper=1)
    return frame.drop(columns="part")
