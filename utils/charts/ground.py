"""The ground in Kursk oblast as pictures, by day and by week.

Ukraine's colour is ground that Ukraine holds, Russia's is ground that Russia took back, grey is the zone of
which the map does not know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import matplotlib.dates
import pandas
from matplotlib.axes import Axes

from ..checks.memory import Change
from ..essays.ground import with_gaps
from ..evidence.schema import Statement
from ..figures import FAINT, INK, at, mark_day, party_colour
from ..words import day_and_month, number
from .parts import Style, beside, months

__all__ = [
    "by_day",
    "local_steps",
    "name_areas",
    "since_when",
    "two_maps",
    "weekly_changes",
]

Line = tuple[pandas.Series, str, str]  # values by day, colour, style of the line


def by_day(axes: Axes, area: pandas.DataFrame, article: date) -> None:
    """Ground by day from `ground.held`: firm control, and the unknown zone hatched on top of it, in km²."""
    axes.fill_between(area.index, 0, area.firm, color=party_colour("ua"), linewidth=0, alpha=0.85)
    axes.fill_between(
        area.index, area.firm, area.wide, facecolor="#F2F2F2", edgecolor="#A8A8A8", hatch="////", linewidth=0
    )
    axes.plot(area.index, area.wide, color="#8A8A8A", linewidth=1)
    axes.set_ylim(0, 1.12 * area.wide.max())
    _square_kilometres(axes)
    months(axes)
    mark_day(axes, article, "the article")


def name_areas(axes: Axes, area: pandas.DataFrame, day: date) -> None:
    """The names of the two areas of `by_day`, written into them over a day."""
    firm, wide = area[["firm", "wide"]].reindex([pandas.Timestamp(day)], method="ffill").iloc[0]
    place: Style = {"ha": "center", "va": "center", "fontsize": 10}
    axes.text(at(day), firm / 2, "held by Ukraine", color="white", fontweight="bold", **place)
    paper = {"boxstyle": "square,pad=0.15", "facecolor": "#F2F2F2", "linewidth": 0}
    axes.text(at(day), (firm + wide) / 2, "unknown", color=INK, bbox=paper, **place)


def _square_kilometres(axes: Axes) -> None:
    axes.set_ylabel("km²")
    axes.yaxis.set_major_formatter(whole)


def whole(value: float, place: float | None = None) -> str:
    """A tick of an axis of areas."""
    return number(value)


def draw_lines(axes: Axes, lines: Mapping[str, Line]) -> None:
    """Named daily series; a line breaks where a day is missing."""
    for name, (daily, colour, style) in lines.items():
        kept = with_gaps(daily)
        axes.plot(kept.index, kept, color=colour, linestyle=style, label=name)


def weekly_changes(
    axes: Axes, changes: pandas.Series, spans: Mapping[str, tuple[date, date, Change]], article: date
) -> None:
    """Weekly changes in km² as bars in the colour of who gained, by the day on which the week ends.

    spans: named spans with their mean weekly change, drawn as a line with its 90 % interval as a band. The
    picture is as high as the bars need: the band of a span of few weeks may run out of it.
    """
    top, bottom = max(changes.max(), 0), min(changes.min(), 0)
    axes.set_ylim(bottom - 0.15 * (top - bottom), top + 0.15 * (top - bottom))
    colours = [party_colour("ua" if change > 0 else "ru") for change in changes]
    axes.bar(changes.index, changes, width=5.4, color=colours)
    axes.axhline(0, color=FAINT, linewidth=1)
    for name, (since, until, mean) in spans.items():
        low, high = mean.weekly - mean.half_width, mean.weekly + mean.half_width
        axes.fill_between([at(since), at(until)], low, high, color=INK, alpha=0.16, linewidth=0)
        axes.plot([at(since), at(until)], [mean.weekly, mean.weekly], color=INK, linewidth=1.6)
        place = since + (until - since) / 2, min(max(high, 0), top)
        beside(axes, name, place, 0, 5, ha="center", va="baseline")
    axes.set_ylabel("km² a week")
    months(axes)
    mark_day(axes, article, "the article")


def two_maps(axes: Axes, lines: Mapping[str, Line], article: date) -> None:
    """Areas in km² by day as named lines that break where a day is missing."""
    draw_lines(axes, lines)
    axes.legend(loc="lower right")
    axes.set_ylim(bottom=0)
    _square_kilometres(axes)
    months(axes)
    mark_day(axes, article, "the article")


def since_when(axes: Axes, lines: Mapping[str, Line]) -> None:
    """Net change in km² up to one day, by the day from which one counts, as named lines around zero."""
    draw_lines(axes, lines)
    axes.axhline(0, color=INK, linewidth=1)
    axes.legend(loc="upper right")
    _square_kilometres(axes)
    axes.set_ylabel("km² gained since")
    axes.xaxis.set_major_locator(matplotlib.dates.MonthLocator())
    axes.xaxis.set_major_formatter(_day_of)


def _day_of(value: float, place: float | None = None) -> str:
    """A day on an axis, as "4 Nov"."""
    return day_and_month(matplotlib.dates.num2date(value).date())


def local_steps(
    axes: Axes, reports: Mapping[str, Sequence[Statement]], since: date, until: date, article: date
) -> None:
    """Daily reports as rows of marks, the first on top: a disc affirms, a cross denies, a ring leaves open.

    since, until: the days asked about, shaded. A row has the colour of the party that its name begins with.
    """
    marks: Mapping[str | None, str] = {"affirms": "o", "denies": "X", "unconfirmed": "o"}
    axes.axvspan(at(since), at(until), color="#F3F0E4", zorder=0)
    for place, (name, rows) in enumerate(reversed(list(reports.items()))):
        party = {"Ukrainian": "ua", "Russian": "ru"}.get(name.partition(" ")[0], "none")
        colour = party_colour(party)
        axes.axhline(place, color="#D5D5D5", linewidth=1, zorder=0)
        axes.text(0.01, place + 0.3, name, transform=axes.get_yaxis_transform(), fontsize=10, color=colour)
        for row in rows:
            fill = "white" if row.stance == "unconfirmed" else colour
            style: Style = {
                "color": colour,
                "markerfacecolor": fill,
                "markeredgewidth": 1.8,
                "markersize": 11,
            }
            axes.plot(at(row.valid_from), place, marks[row.stance], **style)
    axes.set_yticks([])
    axes.set_ylim(-0.5, len(reports) - 0.35)
    axes.grid(False)
    axes.xaxis.set_major_locator(matplotlib.dates.WeekdayLocator(byweekday=matplotlib.dates.MO))
    axes.xaxis.set_major_formatter(_day_of)
    axes.set_xlim(right=at(article + timedelta(days=4)))
    axes.set_title("● confirmed   ✖ no confirmed step   ○ claimed, not confirmed", loc="left", fontsize=9.5)
    mark_day(axes, article, "the article", top=0.08)
