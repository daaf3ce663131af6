"""What several drawings share: rows and ranges, heat maps, keys, words beside marks, and named axes."""

from __future__ import annotations

import calendar
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import matplotlib.dates
import numpy
import pandas
import seaborn
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ..archive import Archive
from ..evidence.schema import Statement
from ..figures import FAINT, INK, PAPER, SHADE, SMALL, colours_of
from ..verdicts import REFUTE_TO, SUPPORT_FROM
from ..words import exact, in_percent, month

__all__ = [
    "ACCESS_MARKERS",
    "ACCESS_NAMES",
    "DASHES",
    "PLATE",
    "SMALL",
    "Range",
    "Style",
    "beside",
    "colour_of",
    "deciding",
    "ends",
    "heat",
    "in_ones",
    "in_thousands",
    "mark",
    "months",
    "name_rows",
    "party_key",
    "ranges",
    "shares",
    "thousands",
]

Style = dict[str, Any]  # keywords of matplotlib
ACCESS_MARKERS = {"official": "o", "anonymous": "s", "count": "D", "model": "^"}
ACCESS_NAMES = {
    "official": "on the record",
    "anonymous": "unnamed officials",
    "count": "a count",
    "model": "an estimate by outsiders",
}
DARK = 0.18  # relative luminance below which white words are the plainer ones
DASHES = (0, (4, 3))
PLATE: Style = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}  # behind words that cross a line


@dataclass(frozen=True)
class Range:
    """A named line of a drawing: two ends, a middle, a colour; `strong` ones are sums of others.

    Of an `open` one the middle is a ring.
    """

    label: str
    low: float
    middle: float
    high: float
    colour: str = INK
    strong: bool = False
    open: bool = False


def colour_of(archive: Archive, row: Statement) -> str:
    """The colour of the party of a row's teller."""
    return colours_of(archive.article.parties)[archive.sources[row.source].party]


def name_rows(axes: Axes, names: Sequence[str], *, width: int | None = None, size: float = SMALL) -> None:
    """Name the rows of a drawing, whose places count from zero with the first on top.

    width: letters in a line of a name.
    """
    shown = [textwrap.fill(name, width) if width else name for name in names]
    axes.set_yticks(range(len(names)), shown, fontsize=size)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(False, axis="y")


def ranges(axes: Axes, lines: Sequence[Range]) -> None:
    """Named ranges below each other, the first on top: a line from end to end and a mark in the middle."""
    for strong, marker, width in ((False, "o", 2.0), (True, "D", 4.0)):
        told = [
            (end, place, line.colour)
            for place, line in enumerate(lines)
            if line.strong is strong
            for end in (line.low, line.middle, line.high)
        ]
        if told:
            ends(axes, pandas.DataFrame(told, columns=["x", "y", "colour"]), marker, linewidth=width)
    for place, line in enumerate(lines):
        if line.open:
            axes.plot(line.middle, place, "o", color=line.colour, markerfacecolor=PAPER, zorder=4)
    name_rows(axes, [line.label for line in lines])


def ends(axes: Axes, table: pandas.DataFrame, marker: str, **style: Any) -> None:
    """Intervals by row: of the places x of one row y the middle is marked, and the outer ones are joined."""
    colours = list(dict.fromkeys(table.colour))
    seaborn.pointplot(
        table,
        x="x",
        y="y",
        hue="colour",
        hue_order=colours,
        palette=colours,
        orient="y",
        native_scale=True,
        estimator="median",
        errorbar=("pi", 100),
        linestyle="none",
        marker=marker,
        markersize=7,
        err_kws=style,
        legend=False,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")


def heat(
    axes: Axes, table: pandas.DataFrame, words: pandas.DataFrame, bold: pandas.DataFrame, **colours: Any
) -> None:
    """A cell for each row and column of a table, in a colour for its number and with its words.

    bold: where the words are. colours: as `seaborn.heatmap` takes them. Missing cells stay empty.
    """
    seaborn.heatmap(table, annot=words, fmt="", cbar=False, ax=axes, annot_kws={"fontsize": 10}, **colours)
    known = table.notna().to_numpy()
    shades = numpy.asarray(axes.collections[0].get_facecolor())[known.ravel()]
    for told, (row, column), shade in zip(axes.texts, numpy.argwhere(known), shades, strict=True):
        told.set_fontweight("bold" if bold.iat[row, column] else "normal")
        told.set_color(PAPER if seaborn.utils.relative_luminance(shade) < DARK else INK)
    axes.tick_params(length=0, labelsize=SMALL, labelrotation=0)
    axes.set(xlabel="", ylabel="")


def beside(
    axes: Axes, words: str, place: tuple[Any, Any], right: float = 7, up: float = 0, **style: Any
) -> None:
    """Words beside a place, so many points to the right of it or, below zero, to its left."""
    asked: Style = {"va": "center", "ha": "right" if right < 0 else "left", "fontsize": SMALL} | style
    axes.annotate(words, place, xytext=(right, up), textcoords="offset points", **asked)


def deciding(axes: Axes, colour: str = SHADE) -> None:
    """The probabilities with which the rule decides, as bands of an axis from 0 to 1."""
    for start, end in ((0, REFUTE_TO), (SUPPORT_FROM, 1)):
        axes.axvspan(start, end, color=colour, zorder=0)


def mark(label: str, colour: str = FAINT, marker: str = "o", **style: Any) -> Line2D:
    """A handle of a key: a mark with its name."""
    return Line2D([], [], color=colour, marker=marker, linestyle="", label=label, **style)


def party_key(
    axes: Axes, archive: Archive, parties: Iterable[str], more: Sequence[Line2D] = (), **place: Any
) -> None:
    """A key of the colours of parties, in the order of the article, and of more marks."""
    told = set(parties)
    handles = [
        Line2D([], [], color=colour, linewidth=5, label=archive.article.parties[party].name)
        for party, colour in colours_of(archive.article.parties).items()
        if party in told
    ]
    shown: Style = {"loc": "lower right", "fontsize": SMALL, "labelspacing": 0.25, "handlelength": 1.4}
    axes.legend(handles=[*handles, *more], **{**shown, **place})


def thousands(axis: Axis) -> None:
    """Name an axis in thousands; one that does not reach a thousand, in its own unit."""
    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    small = max(map(abs, axis.get_view_interval())) < 1000
    axis.set_major_formatter(in_ones if small else in_thousands)


def in_thousands(value: float, place: float | None = None) -> str:
    """A tick of an axis in thousands."""
    return exact(value / 1000, 4)


def in_ones(value: float, place: float | None = None) -> str:
    """A tick of an axis of small numbers."""
    return exact(value, 4)


def shares(axis: Axis) -> None:
    """Name an axis from 0 to 1 in per cent; its limits may lie outside."""
    axis.set_major_formatter(lambda value, place: in_percent(value))


class ConciseDateFormatter(matplotlib.dates.ConciseDateFormatter):
    """Matplotlib's, with the names of months as in words; a fingerprint tells a formatter by its name."""

    def __init__(self, locator: matplotlib.dates.DateLocator) -> None:
        # Called by name, as mypy takes the functions of `super()` for the project's own, which need types.
        matplotlib.dates.ConciseDateFormatter.__init__(self, locator)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The names of all ticks of an axis, in which strftime has put its own names of months."""
        pattern = "|".join(filter(None, calendar.month_abbr))
        names = matplotlib.dates.ConciseDateFormatter.format_ticks(self, values)
        return [re.sub(pattern, _month_in_words, name) for name in names]


def _month_in_words(abbreviation: re.Match[str]) -> str:
    return month(date(2000, list(calendar.month_abbr).index(abbreviation[0]), 1))


def months(axes: Axes) -> None:
    """Name an axis of days by months and years, in as few words as can be."""
    locator = matplotlib.dates.AutoDateLocator(minticks=4, maxticks=7)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_xlabel("")
