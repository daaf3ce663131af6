"""The east as pictures: ground gained by month and by week, and a break held against placebos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas
import seaborn
from matplotlib.axes import Axes

from ..checks import Finding
from ..checks.memory import Change
from ..essays.east import monthly, published_gains
from ..figures import FAINT, INK, PALE, PAPER, party_colour, when_narrow
from ..words import day_and_month, give_or_take, month, number, signed
from .parts import SMALL, Range, beside, heat, mark, months, ranges

__all__ = [
    "gains",
    "gains_by_oblast",
    "gains_key",
    "monthly",
    "pace",
    "placebo_days",
    "published_gains",
]

PUBLISHED_MARKERS = {"afp_from_isw": "o", "deepstate": "D", "isw": "^", "uk_mod": "s"}


def gains(
    axes: Axes, maps: Mapping[str, tuple[pandas.Series, str, str]], published: pandas.DataFrame
) -> None:
    """Gains by month: maps as lines, published figures as open marks; the area is what the maps differ by.

    maps: gains by the first day of the month, a colour and a line style, by name. published: of
    `published_gains`.
    """
    middle = pandas.Timedelta(days=14)
    known = pandas.concat([gained for gained, _, _ in maps.values()], axis="columns").dropna()
    if len(maps) > 1:
        ends = known.min(axis="columns"), known.max(axis="columns")
        axes.fill_between(pandas.DatetimeIndex(known.index) + middle, *ends, color="#E8E8E8", linewidth=0)
    for name, (gained, colour, style) in maps.items():
        axes.plot(pandas.DatetimeIndex(gained.index) + middle, gained, style, color=colour, label=name)
    row: Any
    for row in published.itertuples():
        # Figures of one month stand beside each other, so that equal ones stay apart.
        apart = pandas.Timedelta(days=5 * list(PUBLISHED_MARKERS).index(row.source) - 6)
        place, colour = row.month + middle + apart, _map_colour(row.source)
        axes.plot(place, row.value, PUBLISHED_MARKERS[row.source], color=colour, markerfacecolor=PAPER)
        if row.part:
            words = f"to {day_and_month(row.valid_to)}"
            beside(axes, words, (place, row.value), 0, -13, ha="center", va="baseline", color=FAINT)
    axes.set_ylim(bottom=0)
    months(axes)


def gains_key(axes: Axes, names: Mapping[str, str]) -> None:
    """What the lines and the open marks of `gains` are; names: of the marks, by source."""
    handles = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    for source, name in names.items():
        handles.append(mark(name, _map_colour(source), PUBLISHED_MARKERS[source], markerfacecolor=PAPER))
    axes.legend(handles=handles, loc="upper right", fontsize=SMALL, labelspacing=0.25, handlelength=2)


def _map_colour(source: str) -> str:
    return party_colour({"deepstate": "ua", "uk_mod": "nato"}.get(source, "none"))


def gains_by_oblast(axes: Axes, table: pandas.DataFrame) -> None:
    """A cell for each oblast (rows) and month (columns, timestamps) with its gain; the darker, the more.

    Missing cells stay white and without a number.
    """
    _oblast_cells(axes, table)

    def narrow(axes: Axes) -> None:
        _oblast_cells(axes, table, down=True)
        axes.tick_params(axis="x", labelrotation=60)

    when_narrow(axes, narrow, height=1.4)


def _oblast_cells(axes: Axes, table: pandas.DataFrame, *, down: bool = False) -> None:
    """down: whether months run from top to bottom."""
    days = [pandas.Timestamp(day) for day in table.columns]
    names = [_month_name(day).replace("\n", " " if down else "\n") for day in days]
    named = table.set_axis(names, axis="columns").rename_axis(None)
    named = named.T if down else named
    # The root, so that small gains can be told from none.
    colours = seaborn.light_palette(party_colour("ru"), as_cmap=True)
    heat(
        axes,
        named.clip(lower=0) ** 0.5,
        named.map(number, na_action="ignore"),
        named.isna(),
        cmap=colours,
        vmin=0,
    )


def _month_name(day: pandas.Timestamp) -> str:
    return f"{month(day)}\n{day.year}" if day.month in (1, 7) else month(day)


def placebo_days(axes: Axes, others: Sequence[float], own: Finding, label: str) -> None:
    """How often other days turn the series by so much, and the turn of the day itself with its interval.

    others: differences of other days, in units a week. own: the finding on the turn, which is not
    drawn where it has no estimate. label: its day in words.
    """
    seaborn.histplot(others, binwidth=10, binrange=(-110, 110), color=PALE, edgecolor=PAPER, alpha=1, ax=axes)
    top = axes.get_ylim()[1] * 1.1
    if own.estimate is not None and own.interval is not None:
        axes.plot([own.interval.low, own.interval.high], [top, top], color=INK)
        axes.plot(own.estimate, top, "o", color=INK)
        axes.plot([own.estimate, own.estimate], [0, top], color=INK, linewidth=1)
        words, place = f"{label}: {signed(own.estimate)}", (own.estimate, top)
        beside(axes, words, place, 0, 7, ha="center", va="baseline", fontsize=11)
    axes.axvline(0, color=FAINT, linewidth=0.8)
    axes.set(ylim=(0, top * 1.25), ylabel="Other days", xlabel="Change of the weekly gain, km²")


def pace(axes: Axes, changes: Mapping[str, tuple[Change, str]]) -> None:
    """Mean weekly changes in km² with their 90 % intervals and a colour, the first on top."""
    lines = [
        Range(
            name, change.weekly - change.half_width, change.weekly, change.weekly + change.half_width, colour
        )
        for name, (change, colour) in changes.items()
    ]
    ranges(axes, lines)
    for place, (change, _) in enumerate(changes.values()):
        beside(axes, give_or_take(change.weekly, change.half_width), (lines[place].high, place))
    axes.axvline(0, color=INK, linewidth=1)
    top, bottom = max(line.high for line in lines), min(0.0, *(line.low for line in lines))
    # The numbers stand to the right of the intervals, so the axis goes on for them.
    axes.set_xlim(bottom - 0.06 * (top - bottom), top + 0.22 * (top - bottom))
    axes.set_xlabel("km² a week")
