"""Units on the move as pictures: from where to where, and what the places of icons say of thinning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ..checks import Finding
from ..essays.east import links, stays
from ..figures import CLOCK_COLOURS, FAINT, INK, party_colour, when_narrow
from ..verdicts import SUPPORT_FROM
from .parts import SMALL, deciding, ends, shares
from .statements import curves

__all__ = ["evidence", "flow", "links", "stays", "wrong_icons"]


def flow(axes: Axes, counts: pandas.DataFrame, *, strong: str, days: tuple[str, str]) -> None:
    """Places left on one side, places reached on the other, and bands between them as wide as units.

    counts: of `links`. strong: the place whose bands are coloured. days: the two days in words.
    """
    _bands(axes, counts, strong, days, 0.37)
    when_narrow(axes, lambda axes: _bands(axes, counts, strong, days, 0.95))


def _bands(axes: Axes, counts: pandas.DataFrame, strong: str, days: tuple[str, str], margin: float) -> None:
    """margin: the room for names on both sides, as a share of the way between them."""
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
    axes.set(xlim=(-0.05 - margin, 0.95 + margin), ylim=(lowest - 0.6, 1.6))
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
    deciding(axes)
    height, reading = 0.0, None
    heights: dict[str, float] = {}
    for finding in sorted(new, key=lambda asked: list(names).index(asked.name)):
        if finding.reading != reading:
            reading, height = finding.reading, height - 0.9
            axes.text(0.5, height, (reading or "").capitalize(), ha="center", va="center", color=INK)
        height -= 0.8
        heights[finding.name] = height
    told = []
    for shift, clock, findings in ((0.14, "then", old), (-0.14, "today", new)):
        for finding in findings:
            known = finding.interval and finding.interval.unit == "probability"
            outer = (finding.interval.low, finding.interval.high) if known and finding.interval else ()
            for end in (finding.probability, *outer):
                told.append((end, heights[finding.name] + shift, CLOCK_COLOURS[clock]))
        axes.plot([], [], "o", color=CLOCK_COLOURS[clock], label=clock)
    ends(axes, pandas.DataFrame(told, columns=["x", "y", "colour"]).dropna(), "o", linewidth=2)
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
