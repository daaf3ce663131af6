"""The ground in Kursk oblast as its tellers put it: areas, peaks and shares, and who had published by when.

A filled mark is a count that others can repeat, an open one is somebody's word.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..archive import Archive
from ..evidence.schema import Statement
from ..figures import INK, at, mark_day, party_colour
from ..words import bounded, number, teller
from .ground import Line, draw_lines, whole
from .parts import DASHES, SMALL, Range, Style, beside, colour_of, mark, months, name_rows, party_key, ranges

__all__ = [
    "areas_told",
    "name_tellings",
    "peaks",
    "publications",
    "shares_told",
    "told_key",
]

Name = tuple[str, float, float]  # words, and how far right and up of their place in points
ARROW = 110  # km²: how far an arrow of a bound reaches
PAPER = {"boxstyle": "square,pad=0.1", "facecolor": "white", "linewidth": 0}


def areas_told(axes: Axes, archive: Archive, rows: Sequence[Statement], marker: str = "o") -> None:
    """Areas in km² as they were told, by the day that they are for; a range is a line, a bound an arrow."""
    for row in rows:
        colour, fill = _colours(archive, row)
        if row.low is not None and row.high is not None:
            axes.plot([at(row.middle), at(row.middle)], [row.low, row.high], color=colour, linewidth=2)
        elif (bound := row.low or row.high) is not None:
            end = bound + (ARROW if row.low is not None else -ARROW)
            arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.6}
            axes.annotate("", (row.middle, end), xytext=(row.middle, bound), arrowprops=arrow)
        axes.plot(at(row.middle), _middle(row), marker, color=colour, markerfacecolor=fill, markersize=6.5)


def name_tellings(axes: Axes, archive: Archive, names: Mapping[str, Name]) -> None:
    """Names beside tellings of an area, by row: the words, and how far right and up in points.

    A row that the archive lacks has no name; it is not drawn either.
    """
    for row in (archive.statement(name) for name in names if name in archive.rows):
        _name(axes, row.middle, _middle(row), names[row.id])


def _name(axes: Axes, day: date, height: float, name: Name) -> None:
    words, right, up = name
    beside(axes, words, (day, height), right, up, ha="left", bbox=PAPER)


def _colours(archive: Archive, row: Statement) -> tuple[str, str]:
    """The colour of a telling and of its inside, which is white when nobody can repeat it."""
    colour = colour_of(archive, row)
    return colour, colour if row.access == "count" else "white"


def _middle(row: Statement) -> float:
    if row.value is not None:
        return row.value
    if row.ends is not None:
        return sum(row.ends) / 2
    return row.low or row.high or math.nan


def shares_told(
    axes: Axes,
    tellings: pandas.DataFrame,
    lines: Mapping[str, Line],
    names: Mapping[str, Name],
    article: date,
) -> None:
    """The share of its peak that Ukraine had lost: lines from maps, tellers of `told_share_lost`.

    names: words over the marks of some tellers, by row, as for `name_tellings`.
    """
    draw_lines(axes, {name: (daily * 100, colour, style) for name, (daily, colour, style) in lines.items()})
    row: Any
    for row in tellings.itertuples():
        colour = party_colour(row.party)
        fill = colour if row.counted else "white"
        axes.plot(row.day, row.share * 100, "o", color=colour, markerfacecolor=fill, markersize=7)
        for name in names.keys() & set(row.rows):
            _name(axes, row.day, row.share * 100, names[name])
    handles = [*axes.get_legend_handles_labels()[0], *told_marks()]
    axes.legend(handles=handles, loc="lower right", fontsize=SMALL, labelspacing=0.3)
    axes.set_ylim(0, 102)
    axes.set_ylabel("% of the peak lost")
    months(axes)
    mark_day(axes, article, "the article")


def told_marks() -> list[Line2D]:
    """Handles of a legend for how a telling is known."""
    return [
        mark("a count that others can repeat", markersize=6.5),
        mark("somebody's word", markersize=6.5, markerfacecolor="white"),
    ]


def told_key(axes: Axes, archive: Archive) -> None:
    """A legend of the parties of the tellings and of how they are known."""
    party_key(axes, archive, ("ua", "ru", "nato", "none"), told_marks(), loc="upper right")


def peaks(axes: Axes, archive: Archive, rows: Sequence[Statement], marks: Mapping[str, float]) -> None:
    """Largest areas as told, one line a row and the first on top, against named areas of one map, in km²."""
    lines = []
    for row in rows:
        low, high = row.low or _middle(row), row.high or _middle(row)
        name = textwrap.fill(_short(archive.sources[row.source].name), 24)
        counted = row.access == "count"
        lines.append(Range(name, low, _middle(row), high, colour_of(archive, row), open=not counted))
    ranges(axes, lines)
    for place, row in enumerate(rows):
        words = bounded(row.value, row.low, row.high).replace(" (", "\n(")
        beside(axes, words, (lines[place].high, place), 8, bbox=PAPER)
    middle = (min(marks.values()) + max(marks.values())) / 2
    for step, (name, value) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        top, left = -1 - 0.9 * step, value > middle
        axes.plot(
            [value, value], [len(rows) - 0.4, top - 0.3], color=INK, linewidth=1, linestyle=DASHES, zorder=0
        )
        words = f"{name}: {number(value)}"
        beside(axes, words, (value, top), -6 if left else 6, fontweight="bold", bbox=PAPER)
    axes.set_ylim(len(rows) - 0.4, -0.7 - 0.9 * len(marks))
    axes.set_xlim(right=1.08 * max(marks.values()))
    axes.grid(False)
    axes.set_xlabel("km²")
    axes.xaxis.set_major_formatter(whole)


def publications(
    axes: Axes, archive: Archive, rows: Sequence[Statement], counted: Sequence[Statement], article: date
) -> None:
    """Who had published a figure by when: a line a teller in order of the first, a mark a figure.

    counted: first figures of the tellers that count; their names are bold. What came later is pale.
    """
    ordered = sorted(rows, key=lambda row: row.published)
    tellers = list(dict.fromkeys(row.source for row in ordered))
    for row in ordered:
        colour, fill = _colours(archive, row)
        style: Style = {"color": colour, "markerfacecolor": fill, "markersize": 8}
        pale = 1.0 if row.published <= article else 0.45
        axes.plot(at(row.published), tellers.index(row.source), "o", alpha=pale, **style)
    names = [textwrap.fill(_short(archive.sources[name].name), 27) for name in tellers]
    name_rows(axes, names)
    axes.grid(True, axis="y")
    for words, name in zip(axes.get_yticklabels(), tellers, strict=True):
        if name in {row.source for row in counted}:
            words.set_fontweight("bold")
    axes.set_ylim(len(tellers) - 0.4, -0.8)
    axes.legend(handles=told_marks(), loc="lower left", fontsize=SMALL)
    months(axes)
    mark_day(axes, article, "the article")


def _short(name: str) -> str:
    """A teller's name in few words; whose map it was computed on is named."""
    short = teller(name, brief=True)
    for made in ("Institute for the Study of War", "DeepState"):
        if "own computation" in name and made in name:
            return f"{short}, on the map of {'ISW' if made != 'DeepState' else made}"
    return short
