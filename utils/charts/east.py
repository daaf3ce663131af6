"""The east as pictures: ground gained by month, a break held against placebos, units on the move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy
import pandas
import seaborn
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..checks import Finding
from ..checks.memory import Change
from ..figures import CLOCK_COLOURS, FAINT, INK, party_colour
from ..verdicts import REFUTE_TO, SUPPORT_FROM
from ..words import day_and_month, give_or_take, month, number, signed
from .statements import SMALL, curves, months, shares

__all__ = [
    "evidence",
    "flow",
    "gains",
    "gains_by_oblast",
    "gains_key",
    "links",
    "monthly",
    "pace",
    "placebo_days",
    "published_gains",
    "stays",
    "wrong_icons",
]

PUBLISHED_MARKERS = {"afp_from_isw": "o", "deepstate": "D", "isw": "^", "uk_mod": "s"}
SHORT_WINDOW = 28  # days; a figure for fewer is not one for the month


def monthly(daily: pandas.Series) -> pandas.Series:
    """What a daily level gained in each calendar month, by the first day of the month, in the level's unit.

    A month's end is its newest day, at most six days before the last; without one at both ends there is no
    gain, and the month is missing.
    """
    ends = pandas.date_range(daily.index.min(), daily.index.max() + pandas.offsets.MonthEnd(0), freq="ME")
    places = daily.index.searchsorted(ends, side="right") - 1
    level = [
        daily.iloc[place] if place >= 0 and (end - daily.index[int(place)]).days < 7 else float("nan")
        for end, place in zip(ends, places, strict=True)
    ]
    gained = pandas.Series(level, index=ends, dtype=float).diff()
    gained.index = ends.to_period("M").to_timestamp()
    return gained.dropna()


def published_gains(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The last figure of each teller for each month, with `month` and `part` (for less than the month).

    frame: statements as `Archive.frame` gives them.
    """
    month = frame.valid_from.dt.to_period("M").dt.to_timestamp()
    part = (frame.valid_to - frame.valid_from).dt.days + 1 < SHORT_WINDOW
    last = frame.assign(month=month, part=part).sort_values(["published", "id"])
    return last.drop_duplicates(["source", "month"], keep="last").sort_values(["month", "source"])


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
        axes.plot(
            pandas.DatetimeIndex(gained.index) + middle,
            gained,
            style,
            color=colour,
            linewidth=2.2,
            label=name,
        )
    row: Any
    for row in published.itertuples():
        # Figures of one month stand beside each other, so that equal ones stay apart.
        apart = pandas.Timedelta(days=5 * list(PUBLISHED_MARKERS).index(row.source) - 6)
        place, mark = row.month + middle + apart, PUBLISHED_MARKERS[row.source]
        axes.plot(place, row.value, mark, color=_map_colour(row.source), markerfacecolor="white")
        if row.part:
            axes.annotate(
                f"to {day_and_month(row.valid_to)}",
                (place, row.value),
                xytext=(0, -13),
                textcoords="offset points",
                ha="center",
                fontsize=SMALL,
                color=FAINT,
            )
    axes.set_ylim(bottom=0)
    months(axes)


def gains_key(axes: Axes, names: Mapping[str, str]) -> None:
    """What the lines and the open marks of `gains` are; names: of the marks, by source."""
    handles = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    for source, name in names.items():
        mark: dict[str, Any] = {
            "marker": PUBLISHED_MARKERS[source],
            "color": _map_colour(source),
            "label": name,
        }
        handles.append(Line2D([], [], linestyle="", markerfacecolor="white", **mark))
    axes.legend(handles=handles, loc="upper right", fontsize=SMALL, labelspacing=0.25, handlelength=2)


def _map_colour(source: str) -> str:
    return party_colour({"deepstate": "ua", "uk_mod": "nato"}.get(source, "none"))


def gains_by_oblast(axes: Axes, table: pandas.DataFrame) -> None:
    """A cell for each oblast (rows) and month (columns, timestamps) with its gain; the darker, the more.

    Missing cells stay white and without a number.
    """
    gained = table.to_numpy(float)
    shown = numpy.sqrt(table.clip(lower=0).to_numpy(float))
    colours = seaborn.light_palette(party_colour("ru"), as_cmap=True)
    axes.imshow(shown, cmap=colours, aspect="auto", vmin=0)
    half = numpy.nanmax(shown) * 0.75
    for (row, column), root in numpy.ndenumerate(shown):
        if not numpy.isnan(root):
            axes.text(
                column,
                row,
                number(float(gained[row, column])),
                ha="center",
                va="center",
                fontsize=9.5,
                color="white" if root > half else INK,
            )
    axes.set_xticks(
        range(table.shape[1]),
        [_month_name(day) for day in pandas.DatetimeIndex(table.columns)],
        fontsize=SMALL,
    )
    axes.set_yticks(range(table.shape[0]), list(table.index))
    axes.tick_params(length=0)
    axes.grid(False)
    axes.spines[:].set_visible(False)


def _month_name(day: pandas.Timestamp) -> str:
    return f"{month(day)}\n{day.year}" if day.month in (1, 7) else month(day)


def placebo_days(axes: Axes, others: Sequence[float], own: Finding, label: str) -> None:
    """How often other days turn the series by so much, and the turn of the day itself with its interval.

    others: differences of other days, in units a week. own: the finding on the turn. label: its day in words.
    """
    axes.hist(others, bins=range(-110, 111, 10), color="#BDBDBD", edgecolor="white")
    top = axes.get_ylim()[1] * 1.1
    if own.estimate is None or own.interval is None:
        raise ValueError(f"{label}: the finding has no estimate: {own.sentence}")
    ends = [own.interval.low, own.interval.high]
    axes.plot(ends, [top, top], color=INK, linewidth=2.2)
    axes.plot(own.estimate, top, "o", color=INK, markersize=7)
    axes.plot([own.estimate, own.estimate], [0, top], color=INK, linewidth=1)
    axes.annotate(
        f"{label}: {signed(own.estimate)}",
        (own.estimate, top),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
    )
    axes.axvline(0, color=FAINT, linewidth=0.8)
    axes.set_ylim(0, top * 1.25)
    axes.set(ylabel="Other days", xlabel="Change of the weekly gain, km²")


def stays(frame: pandas.DataFrame, both: pandas.DataFrame, oblast: str, on: date) -> pandas.DataFrame:
    """The units placed in an oblast on a day: where they stood before, when they were first shown there and
    where their icon went next (missing where it stayed to the end of the table), by unit.

    frame: stays of the table of postings. both: of `stays.placed`. Columns: `unit`, `stood_before`,
    `first_shown`, `went_next`.
    """
    there = both[both["to"] == oblast].dropna()
    rows = []
    for unit, stood in zip(there["unit"], there["from"], strict=True):
        own = frame[frame["unit"] == unit].sort_values("first_seen")
        stay = own[(own["oblast"] == oblast) & (own["first_seen"] <= pandas.Timestamp(on))].iloc[-1]
        after = own[own["first_seen"] > stay["last_seen"]]
        rows.append((unit, stood, stay["first_seen"], None if after.empty else after.iloc[0]["oblast"]))
    return pandas.DataFrame(rows, columns=["unit", "stood_before", "first_shown", "went_next"])


def links(moved: pandas.DataFrame) -> pandas.DataFrame:
    """How many units went from where to where: `from`, `to`, `units`; the busiest places first.

    moved: of `stays.moves`.
    """
    counts = moved.groupby(["from", "to"]).size().rename("units").reset_index()
    out, into = (counts.groupby(name)["units"].sum() for name in ("from", "to"))
    order = counts.assign(out=counts["from"].map(out), into=counts["to"].map(into))
    order = order.sort_values(["out", "from", "into", "to"], ascending=[False, True, False, True])
    return order[["from", "to", "units"]].reset_index(drop=True)


def flow(axes: Axes, counts: pandas.DataFrame, *, strong: str, days: tuple[str, str]) -> None:
    """Places left on one side, places reached on the other, and bands between them as wide as units.

    counts: of `links`. strong: the place whose bands are coloured. days: the two days in words.
    """
    left, right = (_stack(counts, name) for name in ("from", "to"))
    used = {**{("from", place): top for place, (top, _) in left.items()}}
    used |= {("to", place): top for place, (top, _) in right.items()}
    # Bands leave and reach their places in the order of the other side, so that few of them cross.
    order = counts.assign(height=[-right[place][0] for place in counts["to"]]).sort_values("height")
    for start, end, units in order[["from", "to", "units"]].itertuples(index=False):
        tops = used["from", start], used["to", end]
        colour = party_colour("ru") if end == strong else "#9A9A9A"
        axes.add_patch(PathPatch(_band(*tops, units), facecolor=colour, alpha=0.55, linewidth=0))
        used["from", start], used["to", end] = tops[0] - units, tops[1] - units
    for stack, x, side in ((left, 0.0, "right"), (right, 1.0, "left")):
        for place, (top, units) in stack.items():
            axes.add_patch(Rectangle((x - 0.015, top - units), 0.03, units, facecolor=INK, linewidth=0))
            offset = -0.04 if side == "right" else 0.04
            axes.text(x + offset, top - units / 2, f"{place}  {units}", ha=side, va="center", fontsize=11)
    lowest = min(top - units for top, units in (*left.values(), *right.values()))
    axes.set(xlim=(-0.42, 1.32), ylim=(lowest - 0.6, 1.6))
    for x, day in enumerate(days):
        axes.text(x, 0.7, day, ha="center", color=FAINT)
    axes.set_axis_off()


def _stack(counts: pandas.DataFrame, side: str, gap: float = 0.8) -> dict[str, tuple[float, int]]:
    """The top and the units of each place on one side, the busiest first, with gaps between them."""
    totals = counts.groupby(side)["units"].sum().sort_index().sort_values(ascending=False, kind="stable")
    stack: dict[str, tuple[float, int]] = {}
    top = 0.0
    for place, units in totals.items():
        stack[str(place)] = (top, int(units))
        top -= units + gap
    return stack


def _band(start: float, end: float, width: float) -> Path:
    """A band from the left side to the right, by its upper ends."""
    upper = [(0.015, start), (0.5, start), (0.5, end), (0.985, end)]
    lower = [(0.985, end - width), (0.5, end - width), (0.5, start - width), (0.015, start - width)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return Path([*upper, *lower, (0.015, start)], codes)


def evidence(axes: Axes, old: Sequence[Finding], new: Sequence[Finding], names: Mapping[str, str]) -> None:
    """The probability of each line of evidence on both clocks, under the reading that it belongs to.

    The grey fields are where the rule decides. names: words for each finding, by its name; the first is on
    top, and those of one reading stand together.
    """
    for ends in ((0, REFUTE_TO), (SUPPORT_FROM, 1)):
        axes.axvspan(*ends, color="#EFEFEF", zorder=0)
    height, reading = 0.0, None
    heights: dict[str, float] = {}
    for finding in sorted(new, key=lambda one: list(names).index(one.name)):
        if finding.reading != reading:
            reading, height = finding.reading, height - 0.9
            axes.text(0.5, height, (reading or "").capitalize(), ha="center", va="center", color=INK)
        height -= 0.8
        heights[finding.name] = height
    for shift, clock, found in ((0.14, "then", old), (-0.14, "today", new)):
        colour = CLOCK_COLOURS[clock]
        for one in found:
            if one.probability is None:
                continue
            place = heights[one.name] + shift
            if one.interval and one.interval.unit == "probability":
                axes.plot([one.interval.low, one.interval.high], [place, place], color=colour, linewidth=2)
            axes.plot(one.probability, place, "o", color=colour, markersize=7)
        axes.plot([], [], "o", color=colour, label=clock)
    axes.legend(loc="lower left", fontsize=SMALL)
    axes.set_yticks(list(heights.values()), [names[name] for name in heights], fontsize=9.5)
    axes.set(xlim=(-0.02, 1.02), ylim=(height - 0.5, -0.3), xlabel="Probability")
    axes.grid(False, axis="y")


def wrong_icons(
    axes: Axes,
    wrong: Sequence[float],
    lines: Mapping[str, tuple[Sequence[float], str]],
    own: float,
) -> None:
    """Probabilities of no thinning by the share of icons taken to be wrong, with the rule's own share."""
    curves(axes, wrong, lines, SUPPORT_FROM)
    axes.axvline(own, color=FAINT, linewidth=1)
    axes.set_xticks([0, 0.05, 0.1, 0.15, 0.2])
    shares(axes.xaxis)
    axes.set(xlabel="Share of icons taken to be wrong; the line is the rule's own", ylim=(0, 1.02))
    axes.set_ylabel("Probability of no thinning")


def pace(axes: Axes, changes: Mapping[str, tuple[Change, str]]) -> None:
    """Mean weekly changes in km² with their 90 % intervals and a colour, the first on top."""
    for place, (change, colour) in enumerate(reversed(list(changes.values()))):
        ends = [change.weekly - change.half_width, change.weekly + change.half_width]
        axes.plot(ends, [place, place], color=colour, linewidth=2.4)
        axes.plot(change.weekly, place, "o", color=colour, markersize=7)
        axes.annotate(
            give_or_take(change.weekly, change.half_width),
            (ends[1], place),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
        )
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(range(len(changes)), list(changes)[::-1], fontsize=9.5)
    top = max(change.weekly + change.half_width for change, _ in changes.values())
    bottom = min(0.0, *(change.weekly - change.half_width for change, _ in changes.values()))
    # The numbers stand to the right of the intervals, so the axis goes on for them.
    ends = (bottom - 0.06 * (top - bottom), top + 0.22 * (top - bottom))
    axes.set(ylim=(-0.6, len(changes) - 0.4), xlim=ends, xlabel="km² a week")
    axes.grid(False, axis="y")
