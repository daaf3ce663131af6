"""Calls, promises and aid as pictures: who says what of a telephone call, what was allocated, what turned."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas
import seaborn
from matplotlib.axes import Axes

from ..archive import Archive
from ..checks import testimony, weighing
from ..checks.witness_check import WitnessCheck
from ..essays.politics import aid_by_side, stances, turns_by_week
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, PARTY_COLOURS, TOLERANCE, at, party_colour, when_narrow
from ..verdicts import REFUTE_TO, SUPPORT_FROM
from ..words import counted, teller, through, written_day
from .parts import DASHES, SMALL, Range, Style, beside, colour_of, deciding, months, ranges

__all__ = [
    "aid_by_side",
    "call_lanes",
    "cumulated",
    "held_and_pause",
    "monthly_aid",
    "price",
    "probability_ranges",
    "stances",
    "turns",
    "turns_by_week",
    "witness_range",
]

KINDS = {"military": "#44546A", "financial": "#8FA8C4", "humanitarian": "#D9A441"}
STANCE_MARKERS: Mapping[str | None, str] = {"affirms": "o", "denies": "X", "unconfirmed": "$?$"}
STANCE_WORDS: Mapping[str | None, str] = {
    "affirms": "they spoke",
    "denies": "they did not",
    "unconfirmed": "leaves it open",
}


def call_lanes(axes: Axes, archive: Archive, lanes: Mapping[str, Sequence[tuple[Statement, int]]]) -> None:
    """Side by side, what was said of several calls, in order of publication from the top.

    lanes: by the name of the call, what `stances` gives. Colour is the teller's party, the marker the stance.
    Days stand evenly spaced, so that a crowded week has room; a line on the left joins a teller's rows.
    """
    _lanes(axes, archive, lanes, 31)

    def narrow(axes: Axes) -> None:
        base = 0.0
        for name, tellings in lanes.items():
            base = _lanes(axes, archive, {name: tellings}, 36, base) - 2.4
        axes.set(xlim=(-0.55, 1.1), ylim=(base + 2.4, 1.6))

    when_narrow(axes, narrow, height=1.3)


def _lanes(
    axes: Axes,
    archive: Archive,
    lanes: Mapping[str, Sequence[tuple[Statement, int]]],
    letters: int,
    base: float = 0.0,
) -> float:
    """Lanes side by side below a height; returns that of their foot. letters: in a line of words."""
    days = sorted({row.published for tellings in lanes.values() for row, _ in tellings})
    tops, height = {}, 0
    for day in days:
        tops[day], height = height, height + max(1, *(_on(tellings, day) for tellings in lanes.values()))
        axes.text(
            -0.06, base - tops[day], written_day(day, short=True), fontsize=SMALL, ha="right", va="center"
        )
    for place, (name, tellings) in enumerate(lanes.items()):
        axes.text(place, base + 0.9, name, fontsize=10.5, fontweight="bold", color=INK)
        last: dict[str, float] = {}
        steps = Counter[date]()
        for row, outlets in sorted(tellings, key=lambda telling: telling[0].published):
            level = base - tops[row.published] - steps[row.published]
            steps[row.published] += 1
            if row.source in last:
                bracket = place - 0.045 - 0.02 * list(last).index(row.source)
                across, up = [place, bracket, bracket, place], [last[row.source]] * 2 + [level] * 2
                axes.plot(across, up, color=colour_of(archive, row), linewidth=1.2, zorder=1)
            last[row.source] = level
            _telling(axes, archive, row, outlets, (place, level), letters)
    axes.set(xlim=(-0.42, len(lanes) - 0.05), ylim=(-height + 0.3, 1.4))
    axes.set_axis_off()
    return base - height


def _on(tellings: Sequence[tuple[Statement, int]], day: date) -> int:
    return sum(row.published == day for row, _ in tellings)


def _telling(
    axes: Axes, archive: Archive, row: Statement, outlets: int, place: tuple[float, float], letters: int
) -> None:
    """One telling of a call: its marker and, beside it, who says what."""
    axes.plot(
        *place, marker=STANCE_MARKERS[row.stance], color=colour_of(archive, row), markersize=9, zorder=3
    )
    source = archive.sources[row.source]
    # Of an office that speaks unnamed the office is known.
    name = through(source.name) if source.kind == "unnamed_officials" else teller(source.name)
    # The no-break space keeps a number with its noun.
    many = counted(outlets, "outlet").replace(" ", "\N{NO-BREAK SPACE}")
    many = "" if outlets == 1 else f" ({many})"
    words = textwrap.fill(f"{name}: {STANCE_WORDS[row.stance]}{many}", letters)
    axes.text(place[0] + 0.06, place[1], words, fontsize=SMALL, va="center", color=INK)


def probability_ranges(axes: Axes, lines: Sequence[Range]) -> None:
    """Named probabilities with their ranges, below each other, and the ends from which the rule decides."""
    deciding(axes, TOLERANCE)
    ranges(axes, lines)
    axes.set(xlim=(0, 1), ylim=(len(lines) - 0.4, -0.95), xticks=[0, 0.2, 0.5, 0.8, 1], xlabel="Probability")
    for middle, word in ((REFUTE_TO / 2, "refuted"), ((1 + SUPPORT_FROM) / 2, "supported")):
        beside(axes, word, (middle, -0.6), 0, ha="center", color=FAINT)


def witness_range(
    label: str, witnesses: Sequence[testimony.Witness], asked: WitnessCheck, strong: bool = False
) -> Range:
    """What a set of witnesses says together, with what the root and the square of their ratios make of it."""
    low, high = weighing.interval(witnesses, asked)
    return Range(label, low, weighing.probability(witnesses, asked), high, INK, strong)


def monthly_aid(panels: Sequence[Axes], aid: pandas.DataFrame, since: date) -> None:
    """Monthly allocations of the United States and of Europe by kind, one above the other on one scale."""
    for axes, side in zip(panels, ("United States", "Europe"), strict=True):
        shown = aid.xs(side, level="side").loc[pandas.Timestamp(since) :]
        base = pandas.Series(0.0, index=shown.index)
        for kind, colour in KINDS.items():
            axes.bar(shown.index, shown[kind], bottom=base, width=26, color=colour, align="edge", label=kind)
            base = base + shown[kind]
        axes.set_title(side, loc="left")
        axes.set_ylabel("Billion EUR")
        months(axes)
    top = max(axes.get_ylim()[1] for axes in panels)
    for axes in panels:
        axes.set_ylim(0, top)
    panels[0].legend(loc="upper left", fontsize=SMALL)


def cumulated(axes: Axes, aid: pandas.DataFrame, since: date) -> None:
    """Allocations of the United States and of Europe since a month, added up; the ends carry their names."""
    colours = {"United States": PARTY_COLOURS["us"], "Europe": PARTY_COLOURS["nato"]}
    for side, colour in colours.items():
        own = aid[aid.index.get_level_values("side") == side].droplevel("side")
        total = own.sum(axis=1).loc[pandas.Timestamp(since) :].cumsum()
        # What was allocated in a month stands at the month's end.
        ends = pandas.DatetimeIndex(total.index) + pandas.offsets.MonthEnd()
        axes.plot(ends, total, color=colour, linewidth=2.4)
        up, align = (6, "bottom") if side == "Europe" else (-6, "top")
        style: Style = {"ha": "right", "va": align, "color": colour, "fontweight": "bold", "fontsize": 11}
        beside(axes, side, (ends[-1], total.iloc[-1]), 0, up, **style)
    axes.set_ylim(0, axes.get_ylim()[1] * 1.08)
    axes.set_ylabel("Billion EUR")
    months(axes)


def price(axes: Axes, table: pandas.DataFrame) -> None:
    """The daily price of an outcome on a prediction market, as a probability, with even odds for scale."""
    axes.axhline(0.5, color=FAINT, linewidth=1, linestyle=DASHES)
    seaborn.lineplot(table, x="date", y="probability", color=INK, linewidth=1.8, ax=axes)
    # Room for the name of the last day.
    axes.set_xlim(table.date.iloc[0], table.date.iloc[-1] + timedelta(days=40))
    axes.set(ylim=(0.3, 0.8), ylabel="Price as a probability")
    months(axes)


def held_and_pause(axes: Axes, held: pandas.Series, unknown: pandas.Series, pause: tuple[date, date]) -> None:
    """Area held by day with the grey zone above it as its uncertainty, and the days of a pause as a band.

    held, unknown: km² by day.
    """
    axes.axvspan(at(pause[0]), at(pause[1]), color=TOLERANCE, zorder=0)
    axes.fill_between(held.index, held, held + unknown, step="post", color=FAINT, alpha=0.25, linewidth=0)
    axes.step(held.index, held, where="post", color=party_colour("ua"), linewidth=2.2)
    axes.plot(held.index, held, "o", color=party_colour("ua"), markersize=3)
    axes.set(ylim=(0, None), ylabel="km²")
    first, middle = held.index[0], pause[0] + (pause[1] - pause[0]) / 2
    below: Style = {"va": "top", "ha": "left"}
    beside(axes, "held by Ukraine", (first, held.iloc[0]), 4, -4, color=party_colour("ua"), **below)
    beside(axes, "grey zone", (first, held.iloc[0] + unknown.iloc[0]), 4, -4, color=FAINT, **below)
    axes.text(
        at(middle), 0.03, "US\npause", transform=axes.get_xaxis_transform(), ha="center", fontsize=SMALL
    )
    months(axes)


def turns(axes: Axes, tried: pandas.DataFrame, own: tuple[date, float], half_width: float) -> None:
    """The same test on every week: what it finds by the day that it is asked of, the claim's own day on top.

    tried: as `turns_by_week` gives it. own: the claim's day and its difference, in units a week. half_width:
    of the claim's 90 % interval.
    """
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.plot(tried.day, tried.weekly, color=FAINT, linewidth=1.2, linestyle=":")
    placebo = tried[tried.apart]
    axes.plot(placebo.day, placebo.weekly, "o", color=PARTY_COLOURS["none"], markersize=5)
    day, weekly = own
    axes.plot([at(day), at(day)], [weekly - half_width, weekly + half_width], color=ALERT, linewidth=2.4)
    axes.plot(at(day), weekly, "D", color=ALERT, markersize=8)
    beside(axes, "inauguration", (day, weekly - half_width), 6, 2, va="baseline", color=ALERT)
    if len(placebo):
        place = placebo.day.iloc[0], placebo.weekly.max()
        beside(axes, "placebo days", place, 0, 10, va="baseline", ha="left", color=PARTY_COLOURS["none"])
    axes.margins(y=0.12)
    axes.set_xlim(tried.day.iloc[0] - timedelta(days=10), tried.day.iloc[-1] + timedelta(days=10))
    months(axes)
