"""Drawings of forecasts and of what followed: windows of days, records, ground lost, units that came."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas
import seaborn
from matplotlib.axes import Axes

from ..archive import Archive
from ..checks import Interval, testimony
from ..essays.next_days import by_day_of_printing, following_loss, nearest, scorecard, strips_of
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, PALE, SMALL, at, party_colour
from ..figures.labels import LABEL_COLOURS
from ..words import Told, kept_as
from .parts import DASHES, Range, Style, beside, colour_of, name_rows, ranges

__all__ = [
    "by_day_of_printing",
    "following_loss",
    "ground",
    "label_strips",
    "losses_after",
    "nearest",
    "printed_on",
    "records",
    "scorecard",
    "stays",
    "strips_of",
    "windows",
]


def windows(
    axes: Axes, archive: Archive, rows: Sequence[Statement], names: Mapping[str, str], forecasts: int
) -> None:
    """The days for which rows are meant as bars, the first on top, with the day of publication as a tick.

    names: what stands beside the bar of a row, by its id; a row without one has its id. forecasts: how many
    of the rows, from the top, stand above a line. Colour is the party; a denial is hatched.
    """
    for place, row in enumerate(rows):
        colour = colour_of(archive, row)
        denies = testimony.says(row) is False
        axes.barh(
            place,
            (row.valid_to - row.valid_from).days + 1,
            left=at(row.valid_from),
            height=0.5,
            color="none" if denies else colour,
            edgecolor=colour,
            hatch="////" if denies else None,
            alpha=0.85,
        )
        axes.plot(at(row.published), place, "|", color=INK, markersize=15, markeredgewidth=1.6)
    axes.axhline(forecasts - 0.5, color=INK, linewidth=0.8)
    name_rows(axes, [names.get(row.id, row.id) for row in rows])


def records(axes: Axes, lines: Mapping[str, tuple[float, Interval, str]]) -> None:
    """Shares from 0 to 1 with their 90 % intervals, the first on top, and words above each."""
    ranges(
        axes,
        [
            Range(name, interval.low, middle, interval.high, strong=True)
            for name, (middle, interval, _) in lines.items()
        ],
    )
    for place, (_, _, words) in enumerate(lines.values()):
        beside(axes, words, (0.01, place), 0, -6, va="top", ha="left")
    axes.set(xlim=(0, 1), ylim=(len(lines) - 0.3, -0.5))
    axes.set_xlabel("Probability that the next such forecast comes true")


def ground(axes: Axes, held: pandas.Series, unknown: pandas.Series) -> None:
    """Area held by day in km² as a line, the grey zone of the map as a band above it."""
    axes.fill_between(held.index, held, held + unknown, color=FAINT, alpha=0.2, linewidth=0)
    seaborn.lineplot(held, color=party_colour("ua"), ax=axes)
    axes.set_ylim(bottom=0)
    axes.set(xlabel="", ylabel="Held by Ukraine, km²")


def losses_after(axes: Axes, lost: pandas.Series, marked: Mapping[str, pandas.Timestamp]) -> None:
    """What was lost in the days after each day, as thin bars; named days stand out if they have a bar."""
    axes.bar(lost.index, lost, width=1.0, color=PALE)
    for turn, (name, day) in enumerate(marked.items()):
        if day not in lost:
            continue
        axes.bar([at(day)], [lost[day]], width=1.6, color=ALERT)
        axes.plot(at(day), lost[day], "o", color=ALERT, markersize=5)
        height = axes.dataLim.y1 * (0.9 - 0.16 * turn)
        axes.plot([at(day), at(day)], [lost[day], height], color=ALERT, linewidth=0.7)
        beside(axes, name, (day, height), 4)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_ylabel("Lost in the next week, km²")


def stays(axes: Axes, postings: pandas.DataFrame, until: pandas.Timestamp) -> None:
    """Stays of units as lines from the first to the last day seen, cut at a day, in order of arrival.

    postings: the columns unit, first_seen and last_seen.
    """
    ordered = postings.sort_values(["first_seen", "unit"], ignore_index=True)
    row: Any
    for place, row in enumerate(ordered.itertuples()):
        colour = party_colour("ru")
        axes.plot([row.first_seen, min(row.last_seen, until)], [place, place], color=colour, linewidth=3)
        axes.plot(row.first_seen, place, "o", color=colour, markersize=6)
    name_rows(axes, [_short(name) for name in ordered.unit], size=8)
    # Room for the name of a day.
    axes.set_ylim(len(ordered) + 0.6, -0.7)


def _short(unit: str) -> str:
    """A unit's name without the words that most names share."""
    plain = re.sub(r"\b(Separate|Guards|Motorized|Motor) | \(.*\)", "", unit)
    plain = re.sub(r" f?rom the (\w+).*", r", \1 Div.", plain)
    return textwrap.shorten(plain, 42, placeholder="…")


def printed_on(
    axes: Axes, chances: pandas.DataFrame, names: Mapping[str, str], levels: Sequence[float]
) -> None:
    """Probabilities by day of printing, a named line a column, gaps where nobody speaks, and levels."""
    for (name, words), colour, marker in zip(names.items(), (INK, ALERT), ("o", "s"), strict=True):
        style: Style = {"color": colour, "marker": marker, "markersize": 4.5, "linewidth": 1.4}
        axes.plot(chances.index, chances[name], label=words, **style)
    for level in levels:
        axes.axhline(level, color=FAINT, linewidth=1, linestyle=DASHES)
    axes.set(ylim=(-0.02, 1.02), ylabel="Probability")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, fontsize=SMALL)


def label_strips(axes: Axes, strips: Mapping[str, Sequence[tuple[date, Told]]]) -> None:
    """Readers' labels by day as strips below each other, with words on each stretch that has room."""
    whole = None
    for place, days in enumerate(strips.values()):
        whole = (days[-1][0] - days[0][0]).days + 1
        for label, stretch in groupby(days, key=itemgetter(1)):
            dates = [when for when, _ in stretch]
            width = (dates[-1] - dates[0]).days + 1
            axes.barh(place, width, left=at(dates[0]), height=0.7, **LABEL_COLOURS[kept_as(label)].bar)
            words = textwrap.fill(label, max(8, round(46 * width / whole)), break_long_words=False)
            if width / whole > 0.1:
                middle, ink = at(dates[0] + timedelta(days=width / 2)), LABEL_COLOURS[kept_as(label)].ink
                axes.text(middle, place, words, ha="center", va="center", fontsize=SMALL, color=ink)
    name_rows(axes, list(strips))
    axes.set_ylim(len(strips) - 0.5, -0.5)
    axes.grid(False)
