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
from ..figures import FAINT, INK, at, mark_day, party_colour
from ..words import bounded, number, teller
from .ground import Line, Style, draw_lines, whole
from .statements import SMALL, months

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
DASHES = (0, (4, 3))
BESIDE: Style = {"va": "center", "fontsize": SMALL}
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
    """Names beside tellings of an area, by row: the words, and how far right and up in points."""
    for name, words in names.items():
        row = archive.statement(name)
        _name(axes, row.middle, _middle(row), words)


def _name(axes: Axes, day: date, height: float, name: Name) -> None:
    words, right, up = name
    offset: Style = {"xytext": (right, up), "textcoords": "offset points"}
    axes.annotate(words, (day, height), bbox=PAPER, **offset, **BESIDE)


def _colours(archive: Archive, row: Statement) -> tuple[str, str]:
    """The colour of a telling and of its inside, which is white when nobody can repeat it."""
    colour = party_colour(archive.sources[row.source].party)
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
    style: Style = {"color": FAINT, "marker": "o", "linestyle": "", "markersize": 6.5}
    return [
        Line2D([], [], label="a count that others can repeat", **style),
        Line2D([], [], label="somebody's word", markerfacecolor="white", **style),
    ]


def told_key(axes: Axes, archive: Archive) -> None:
    """A legend of the parties of the tellings and of how they are known."""
    handles = [
        Line2D([], [], color=party_colour(party), linewidth=5, label=archive.article.parties[party].name)
        for party in ("ua", "ru", "nato", "none")
    ]
    axes.legend(handles=[*handles, *told_marks()], loc="upper right", fontsize=SMALL, labelspacing=0.25)


def peaks(axes: Axes, archive: Archive, rows: Sequence[Statement], marks: Mapping[str, float]) -> None:
    """Largest areas as told, one line a row and the first on top, against named areas of one map, in km²."""
    for place, row in enumerate(reversed(rows)):
        colour, fill = _colours(archive, row)
        low, high = row.low or _middle(row), row.high or _middle(row)
        axes.plot([low, high], [place, place], color=colour, linewidth=2.2)
        axes.plot(_middle(row), place, "o", color=colour, markerfacecolor=fill, markersize=7)
        words = bounded(row.value, row.low, row.high).replace(" (", "\n(")
        axes.annotate(words, (high, place), xytext=(8, 0), textcoords="offset points", bbox=PAPER, **BESIDE)
    tellers = [textwrap.fill(_short(archive.sources[row.source].name), 24) for row in reversed(rows)]
    axes.set_yticks(range(len(rows)), tellers, fontsize=SMALL)
    middle = (min(marks.values()) + max(marks.values())) / 2
    for step, (name, value) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        top, left = len(rows) + 0.9 * step, value > middle
        axes.plot([value, value], [-0.6, top + 0.3], color=INK, linewidth=1, linestyle=DASHES, zorder=0)
        axes.annotate(
            f"{name}: {number(value)}",
            (value, top),
            xytext=(-6 if left else 6, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            fontweight="bold",
            bbox=PAPER,
            **BESIDE,
        )
    axes.set_ylim(-0.6, len(rows) + 0.9 * len(marks) - 0.3)
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
    tellers = list(dict.fromkeys(row.source for row in ordered))[::-1]
    for row in ordered:
        colour, fill = _colours(archive, row)
        style: Style = {"color": colour, "markerfacecolor": fill, "markersize": 8}
        pale = 1.0 if row.published <= article else 0.45
        axes.plot(at(row.published), tellers.index(row.source), "o", alpha=pale, **style)
    names = [textwrap.fill(_short(archive.sources[name].name), 27) for name in tellers]
    axes.set_yticks(range(len(tellers)), names, fontsize=SMALL)
    for words, name in zip(axes.get_yticklabels(), tellers, strict=True):
        if name in {row.source for row in counted}:
            words.set_fontweight("bold")
    axes.set_ylim(-0.6, len(tellers) - 0.2)
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
