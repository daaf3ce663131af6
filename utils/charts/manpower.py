"""Manpower as pictures: rates of recruits and losses, the balance of the two, and what decides it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas
import seaborn
from matplotlib.axes import Axes

from ..archive import Archive
from ..checks.sides import Rate
from ..essays.manpower import named_rates, pairs, per_day, range_of
from ..figures import FAINT, INK, SHADE, TOLERANCE, at, party_colour
from ..verdicts import REFUTE_TO, SUPPORT_FROM
from ..words import number, percent, share, signed
from .parts import PLATE, Range, Style, beside, heat, in_thousands, months, name_rows, party_key, ranges

if TYPE_CHECKING:
    from matplotlib.typing import LegendLocType

__all__ = [
    "distributions",
    "named_rates",
    "pairs",
    "per_day",
    "range_of",
    "rates",
    "share_grid",
    "spans",
    "spans_key",
    "surplus_grid",
    "swing_bars",
    "two_series",
    "ways",
]

GROWTH = "Growth of the force in the window, thousands"
PARTS = {
    "recruits": "Recruits a day",
    "casualties": "Killed and wounded a day",
    "lost_for_good": "Share lost for good",
    "needed": "Soldiers needed",
}


def spans(axes: Axes, frame: pandas.DataFrame, used: Sequence[str]) -> None:
    """Rates over the days that they are meant for, in the party's colour; strong where the check uses them.

    frame: of `per_day`. A range is a bar at the middle of the days, a bound without a point an arrow.
    used: ids of the rows that the check rests on.
    """
    row: Any
    for row in frame.itertuples():
        colour, strong = party_colour(row.party), row.id in used
        ink: Style = {"color": colour, "alpha": 1.0 if strong else 0.45}
        if row.point == row.point:
            ends = [row.valid_from, max(row.valid_to, row.valid_from + pandas.Timedelta(days=6))]
            axes.plot(ends, [row.point] * 2, linewidth=4.0 if strong else 1.8, solid_capstyle="butt", **ink)
            if row.from_rate < row.to_rate:
                axes.plot([row.middle] * 2, [row.from_rate, row.to_rate], linewidth=1.2, **ink)
        else:
            up = row.from_rate == row.from_rate
            arrow, bound = ("$\\uparrow$", row.from_rate) if up else ("$\\downarrow$", row.to_rate)
            axes.plot(row.middle, bound, marker=arrow, markersize=9, **ink)
    axes.set_ylim(bottom=0)
    months(axes)


def spans_key(axes: Axes, archive: Archive, frame: pandas.DataFrame, *, place: LegendLocType) -> None:
    """The colours of the parties among these rows."""
    party_key(axes, archive, frame.party, loc=place, ncols=2)


def rates(axes: Axes, archive: Archive, of_origins: Sequence[Rate], clock: date) -> None:
    """What each telling says a day with its 90 % range, in order of publication from the top.

    The range is that of what the teller knows and of the rounding. Open marks were published after `clock`.
    """
    lines = []
    for name, rate in named_rates(archive, of_origins).items():
        low, high = range_of(rate)
        later = archive.statement(rate.row).published > clock
        lines.append(Range(name, low, rate.per_day, high, party_colour(rate.party), open=later))
    ranges(axes, lines)


def distributions(
    axes: Axes, growth: Mapping[str, tuple[pandas.Series, str]], needed: tuple[float, float]
) -> None:
    """The drawn growth of the force by name and colour as outlines, and the band that was needed."""
    axes.axvspan(*needed, color=TOLERANCE, zorder=0)
    told = pandas.concat(
        [drawn.rename("growth").to_frame().assign(name=name) for name, (drawn, _) in growth.items()]
    )
    seaborn.histplot(
        told,
        x="growth",
        hue="name",
        palette={name: colour for name, (_, colour) in growth.items()},
        binwidth=5_000,
        binrange=(-140_000, 160_000),
        stat="percent",
        common_norm=False,
        element="step",
        fill=False,
        ax=axes,
    )
    for place, (drawn, colour) in enumerate(growth.values()):
        low, middle, high = drawn.quantile([0.05, 0.5, 0.95])
        height = -0.6 - 0.6 * place
        axes.plot([low, high], [height, height], color=colour)
        axes.plot(middle, height, "o", color=colour, markersize=6)
    axes.axvline(0, color=FAINT, linewidth=0.8)
    middle, top = sum(needed) / 2, axes.get_ylim()[1]
    beside(axes, "needed", (middle, top), 0, 0, ha="center", va="top", color=FAINT)
    seaborn.move_legend(axes, "upper left", title=None)
    axes.xaxis.set_major_formatter(in_thousands)
    axes.set(xlim=(-130_000, 130_000), xlabel=GROWTH, ylabel="Share of draws, %")
    # The ranges stand below zero, where no share can be.
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= axes.get_ylim()[1]])


def surplus_grid(axes: Axes, growth: pandas.DataFrame, needed: tuple[float, float]) -> None:
    """A cell for each pair of tellers with the growth in thousands; bold where it reaches what was needed."""
    thousands = growth / 1000
    bound = float(thousands.abs().to_numpy().max())
    columns = [
        "\n".join(textwrap.fill(part, 11) for part in str(name).split("\n")) for name in growth.columns
    ]
    shown = thousands.set_axis(columns, axis="columns")
    heat(
        axes, shown, shown.map(signed), growth >= needed[0], cmap="PuOr", vmin=-1.3 * bound, vmax=1.3 * bound
    )


def swing_bars(axes: Axes, table: pandas.DataFrame) -> None:
    """How far each part alone moves the surplus from the middle, the largest swing on top.

    table: of `balance.swings`. The ends are named by the part's own low and high values.
    """
    for place, (part, row) in enumerate(table.iterrows()):
        width = row.surplus_high - row.surplus_low
        axes.barh(place, width, left=row.surplus_low, height=0.5, color="#9AB8CE")
        for value, end in ((row.low, row.surplus_low), (row.high, row.surplus_high)):
            words = share(value) if part == "lost_for_good" else number(value)
            left = end == min(row.surplus_low, row.surplus_high)
            beside(axes, words, (end, place), -5 if left else 5, bbox=PLATE)
    axes.axvline(0, color=INK, linewidth=1)
    name_rows(axes, [PARTS[str(part)] for part in table.index], size=11)
    axes.xaxis.set_major_formatter(in_thousands)
    axes.set_xlabel("Surplus over the need, thousands")
    axes.use_sticky_edges = False
    axes.margins(x=0.16)


def share_grid(
    axes: Axes, table: pandas.DataFrame, lost: tuple[float, float], needed: tuple[float, float]
) -> None:
    """A cell for each pair of conventions with its probability, bold where the rule would decide.

    table: probabilities, shares lost for good by row, persons needed by column. lost, needed: the rule's own
    ends; the frame is around the cells between them.
    """
    columns, rows = [float(name) for name in table.columns], [float(name) for name in table.index]
    shown = table.set_axis([in_thousands(persons) for persons in columns], axis="columns")
    shown = shown.set_axis([share(lost_for_good) for lost_for_good in rows])
    decided = (table <= REFUTE_TO) | (table >= SUPPORT_FROM)
    heat(
        axes,
        shown,
        shown.map(percent),
        decided,
        cmap=seaborn.diverging_palette(20, 220, as_cmap=True),
        vmin=0,
        vmax=1,
    )
    axes.set(xlabel="Soldiers needed, thousands", ylabel="Share lost for good")
    top, bottom = _places(rows, lost)
    left, right = _places(columns, needed)
    axes.plot([left, right, right, left, left], [top, top, bottom, bottom, top], color=INK, linewidth=2.4)


def _places(values: Sequence[float], ends: tuple[float, float]) -> tuple[float, float]:
    """Where the cells of the values between two ends begin and stop."""
    inside = [place for place, value in enumerate(values) if ends[0] <= value <= ends[1]]
    return inside[0], inside[-1] + 1


def ways(axes: Axes, lines: Sequence[Range], needed: tuple[float, float]) -> None:
    """Growth of the force by several ways below each other, in thousands, and the band that was needed."""
    axes.axvspan(*needed, color=TOLERANCE, zorder=0)
    axes.axvline(0, color=FAINT, linewidth=0.8)
    ranges(axes, lines)
    axes.set_xlabel(GROWTH)
    axes.xaxis.set_major_formatter(in_thousands)


def two_series(axes: Axes, lines: Mapping[str, tuple[pandas.Series, str]], window: tuple[date, date]) -> None:
    """Weekly means of daily series by name and colour on a scale of ratios; the window's days are grey."""
    axes.axvspan(at(window[0]), at(window[1]), color=SHADE, zorder=0)
    for name, (series, colour) in lines.items():
        axes.plot(series.index, series, color=colour, linewidth=2)
        start = series.index[len(series) // 12]
        axes.annotate(name, (start, 1.12 * series.max()), ha="left", color=colour)
    axes.set_yscale("log")
    axes.set_ylim(40, 3000)
    axes.set_yticks([50, 100, 200, 500, 1000, 2000])
    axes.yaxis.set_major_formatter(lambda value, place: number(value))
    axes.minorticks_off()
    axes.set_ylabel("Persons a day, mean of a week")
    months(axes)
