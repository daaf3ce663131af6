"""The ground in Kursk oblast as small maps, from the weekly grid and the project's own boundaries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

import matplotlib.colors
import numpy
import pandas
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ..archive import Archive
from ..essays import ground
from ..figures import FAINT, INK, party_colour, when_narrow
from ..words import in_unit, number
from .parts import SMALL

__all__ = ["maps"]

UNKNOWN = "#ABABAB"
UKRAINIAN_SOIL = "#EAF1F6"
EDGE = 0.2  # degrees beyond the picture
EXTENT = (34.55, 35.6, 50.94, 51.53)  # degrees: west, east, south, north of the salient


def maps(panels: Sequence[Axes], archive: Archive, days: Mapping[date, str], names: Sequence[str]) -> None:
    """The salient on some days of `kursk_grid`, one panel a day, with the border, places and a scale.

    days: the day and the title of each panel. names: the places to name, those that the table `places` has.
    Ground outside Kursk oblast is not in the grid.
    """
    outlines = archive.table("oblasts").set_index("oblast")
    # What lies far outside the picture need not be drawn.
    west, east, south, north = EXTENT
    cut = shapely.clip_by_rect(outlines.geometry, west - EDGE, south - EDGE, east + EDGE, north + EDGE)
    near = outlines.assign(geometry=cut)
    near = near[~shapely.is_empty(cut)]
    grid = archive.table("kursk_grid")
    places = archive.table("places").set_index("place").loc[list(names)]
    grid = grid[grid.date.isin(pandas.to_datetime(list(days)))]
    shown = ground.cells(grid, outlines.geometry["Kursk"])
    for axes, (day, title) in zip(panels, days.items(), strict=True):
        _ground(axes, near, shown[shown.date == pandas.Timestamp(day)])
        _name(axes, places)
        axes.set_title(title, loc="left", fontsize=10.5)
        axes.set(xlim=EXTENT[:2], ylim=EXTENT[2:], xticks=[], yticks=[], xlabel="", ylabel="")
        axes.spines[["top", "right"]].set_visible(True)
        axes.set_anchor("W")
    first, *_, last = panels
    _scale(first, 20)
    when_narrow(first, height=0.62)
    handles = [
        Patch(facecolor=party_colour("ua"), label="held by Ukraine"),
        Patch(facecolor=UNKNOWN, label="unknown"),
    ]
    last.legend(
        handles=handles, title="by DeepState's map", loc="lower left", fontsize=SMALL, title_fontsize=SMALL
    )


def _ground(axes: Axes, near: pandas.DataFrame, cells: pandas.DataFrame) -> None:
    """Who holds which cell, between the outlines of the oblasts that are near."""
    ukraine = near[near.country == "Ukraine"]
    ukraine.plot(ax=axes, color=UKRAINIAN_SOIL)
    # Edges in the cells' own colours close the hairlines between neighbours.
    cells.plot(ax=axes, color=_mixed(cells), edgecolor="face", linewidth=0.4)
    near.boundary.plot(ax=axes, color=FAINT, linewidth=0.6)
    ukraine.boundary.plot(ax=axes, color=INK, linewidth=1.4)


def _name(axes: Axes, places: pandas.DataFrame) -> None:
    for name, place in places.iterrows():
        axes.plot(place.longitude, place.latitude, "o", color=INK, markersize=3.5)
        axes.annotate(
            str(name),
            (place.longitude, place.latitude),
            xytext=(4, 2),
            textcoords="offset points",
            fontsize=SMALL,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "alpha": 0.75, "linewidth": 0},
        )


def _mixed(cells: pandas.DataFrame) -> list[tuple[float, ...]]:
    """Each cell's colour: Ukraine's, grey and white mixed by its shares."""
    ends = [matplotlib.colors.to_rgb(colour) for colour in (party_colour("ua"), UNKNOWN, "#FFFFFF")]
    rest = (1 - cells.held - cells.unknown).clip(lower=0)
    weights = numpy.column_stack([cells.held, cells.unknown, rest])
    return [tuple(row) for row in (weights @ numpy.array(ends) / weights.sum(axis=1, keepdims=True))]


def _scale(axes: Axes, kilometres: float) -> None:
    """A scale bar and the names of the two countries."""
    west, _, south, north = EXTENT
    left, height = west + 0.06, south + 0.07
    width = kilometres / (ground.KM_A_DEGREE * math.cos(math.radians(south)))
    axes.plot([left, left + width], [height, height], color=INK, linewidth=2.5, solid_capstyle="butt")
    axes.text(
        left + width / 2, height + 0.015, in_unit(number(kilometres), "km"), ha="center", fontsize=SMALL
    )
    axes.text(west + 0.06, south + 0.17, "Ukraine", fontsize=SMALL, color=FAINT, style="italic")
    axes.text(west + 0.06, north - 0.07, "Russia", fontsize=SMALL, color=FAINT, style="italic")
