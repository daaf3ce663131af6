"""Statements and findings as pictures: who said which number when, and what they say together."""

from __future__ import annotations

import calendar
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import matplotlib.dates
import pandas
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ..archive import Archive
from ..checks import Finding
from ..checks.hearing import Heard
from ..checks.scales import LOG
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, PAPER, PARTY_COLOURS, at, party_colour
from ..words import in_percent, month, number, open_end, teller, written_day

__all__ = [
    "Range",
    "curves",
    "estimate_by_day",
    "finding_range",
    "forest",
    "growth",
    "in_thousands",
    "key",
    "months",
    "path_of_a_figure",
    "relay_tree",
    "shares",
    "thousands",
    "timeline",
    "witness_ranges",
]

ACCESS_MARKERS = {"official": "o", "anonymous": "s", "count": "D", "model": "^"}
ACCESS_NAMES = {
    "official": "on the record",
    "anonymous": "unnamed officials",
    "count": "a count",
    "model": "an estimate by outsiders",
}
SMALL = 9.0


@dataclass(frozen=True)
class Range:
    """A named line of a `forest`: two ends, a middle, a colour; `strong` ones are sums of others."""

    label: str
    low: float
    middle: float
    high: float
    colour: str = INK
    strong: bool = False


def witness_ranges(archive: Archive, witnesses: Sequence[Heard]) -> list[Range]:
    """What each telling says by itself, in the order of the tellings: figures as 90 % intervals, bounds as
    points."""
    ranges = []
    for witness in witnesses:
        low, high = witness.telling.ends(LOG)
        number = witness.telling.number
        ends = (number, number) if witness.telling.value is None else (low, high)
        label = f"{_teller(archive, witness.row)}, {written_day(witness.row.middle, short=True)}"
        if witness.telling.value is None:
            label += ", at least" if witness.telling.at_least is not None else ", at most"
        ranges.append(Range(label, ends[0], number, ends[1], party_colour(witness.telling.party)))
    return ranges


def finding_range(label: str, finding: Finding, colour: str = INK) -> Range:
    """The pooled estimate of a finding with its interval; ValueError for a finding without one."""
    if finding.estimate is None or finding.interval is None:
        raise ValueError(f"{label}: the finding has no estimate: {finding.sentence}")
    return Range(label, finding.interval.low, finding.estimate, finding.interval.high, colour, strong=True)


def _teller(archive: Archive, row: Statement) -> str:
    """Who told a row, without office, in few words."""
    return textwrap.shorten(teller(archive.sources[row.source].name, brief=True), 32, placeholder="…")


def thousands(axis: Axis) -> None:
    """Name an axis in thousands."""
    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(in_thousands)


def in_thousands(value: float, place: float | None = None) -> str:
    """A tick of an axis in thousands."""
    return number(value / 1000)


def shares(axis: Axis) -> None:
    """Name an axis from 0 to 1 in per cent; its limits may lie outside."""
    axis.set_major_formatter(lambda value, place: in_percent(value))


def timeline(axes: Axes, archive: Archive, rows: Sequence[Statement]) -> None:
    """Statements in persons by the day they are meant for: colour is the party, marker the access.

    A range is a line, one bound is an arrow to the side that it leaves open. Rows of one origin that say the
    same of the same day are drawn once. The y axis is in thousands.
    """
    drawn = {(row.origin, row.middle, row.value, row.low, row.high): row for row in reversed(rows)}
    for row in drawn.values():
        colour = party_colour(archive.sources[row.source].party)
        day = at(row.middle)
        if row.ends is not None:
            if row.low is not None and row.high is not None:
                axes.plot([day, day], [row.low, row.high], color=colour, linewidth=1.6)
            middle = row.value if row.value is not None else (row.ends[0] * row.ends[1]) ** 0.5
            axes.plot(day, middle, ACCESS_MARKERS[row.access], color=colour, markersize=6, alpha=0.85)
        elif (bound := row.low or row.high) is not None:
            up = row.low is not None
            arrow = "$\\uparrow$" if up else "$\\downarrow$"
            axes.plot(day, bound, marker=arrow, color=colour, markersize=10)
    thousands(axes.yaxis)
    months(axes)


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


def key(axes: Axes, archive: Archive, rows: Sequence[Statement]) -> None:
    """The colours of the parties and the markers of the ways of knowing that these rows have."""
    parties = {archive.sources[row.source].party for row in rows}
    handles = [
        Line2D([], [], color=colour, linewidth=5, label=archive.article.parties[party].name)
        for party, colour in PARTY_COLOURS.items()
        if party in parties
    ]
    handles += [
        Line2D([], [], color=FAINT, marker=marker, linestyle="", label=ACCESS_NAMES[access])
        for access, marker in ACCESS_MARKERS.items()
        if any(row.access == access for row in rows)
    ]
    axes.legend(handles=handles, loc="lower right", fontsize=SMALL, labelspacing=0.25)


def forest(
    axes: Axes, lines: Sequence[Range], *, claim: float | None = None, tolerance: float | None = None
) -> None:
    """Named ranges below each other, the first on top; a claim is a line, its tolerance a band."""
    if claim is not None:
        if tolerance is not None:
            axes.axvspan(claim * (1 - tolerance), claim * (1 + tolerance), color="#F0E8D0", zorder=0)
        axes.axvline(claim, color=INK, linewidth=1)
    for place, line in enumerate(reversed(lines)):
        axes.plot([line.low, line.high], [place, place], color=line.colour, linewidth=4 if line.strong else 2)
        axes.plot(line.middle, place, "D" if line.strong else "o", color=line.colour, markersize=7)
    axes.set_yticks(range(len(lines)), [line.label for line in reversed(lines)], fontsize=SMALL)
    axes.set_ylim(-0.6, len(lines) - 0.4)
    axes.grid(False, axis="y")
    thousands(axes.xaxis)


def relay_tree(axes: Axes, first: str, relays: Sequence[tuple[Statement, str | None]]) -> None:
    """One telling and the outlets that repeat it, in order of publication from the top.

    first: who told it. relays: each row with how it altered the figure, None where it did not.
    """
    top = len(relays) - 1
    root = top / 2
    for place, (row, altered) in enumerate(relays):
        height = top - place
        colour = INK if altered is None else ALERT
        axes.plot([0, 0.5, 0.5, 1], [root, root, height, height], color=FAINT, linewidth=1)
        axes.plot(1, height, "o" if altered is None else "X", color=colour, markersize=6)
        change = f": {altered}" if altered else ""
        words = f"{written_day(row.published, short=True)}  {row.outlet}{change}"
        axes.text(1.1, height, words, va="center", fontsize=SMALL, color=colour)
    axes.plot(0, root, "s", color=INK, markersize=12)
    axes.text(-0.12, root, first, va="center", ha="right", fontsize=10, color=INK)
    axes.set(xlim=(-1.3, 3.7), ylim=(-0.7, top + 0.7))
    axes.set_axis_off()


def path_of_a_figure(axes: Axes, archive: Archive, steps: Sequence[Statement]) -> None:
    """What one figure stood for, telling by telling: what it counted, when it was published, who said it.

    The tellings stand below each other in order of publication, so that the words have room.
    """
    for place, row in enumerate(steps):
        height = len(steps) - 1 - place
        source = archive.sources[row.source]
        counted = ", ".join(
            filter(None, [open_end(row.low, row.high), archive.quantities[row.quantity].label])
        )
        axes.plot(at(row.published), height, "o", color=party_colour(source.party), markersize=9)
        axes.annotate(
            f"{counted[0].upper()}{counted[1:]}\n{written_day(row.published, short=True)}, "
            f"{_teller(archive, row)}",
            (row.published, height),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            # The line to the next telling may run behind the words.
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
        )
    days = [row.published for row in steps]
    axes.plot(
        [at(day) for day in days],
        range(len(steps) - 1, -1, -1),
        color=FAINT,
        linewidth=1,
        linestyle=":",
        zorder=0,
    )
    # The words stand to the right of the points, so the axis goes on for them.
    axes.set_xlim(at(days[0] - timedelta(days=20)), at(days[-1] + 1.3 * (days[-1] - days[0])))
    axes.set_ylim(-0.6, len(steps) - 0.4)
    axes.set_yticks([])
    axes.grid(False, axis="y")
    months(axes)


def estimate_by_day(axes: Axes, findings: Sequence[Finding]) -> None:
    """The pooled estimate and its interval by the day as of which it is known; gaps where there was none."""
    known = [
        (at(finding.as_of), finding_range("", finding))
        for finding in findings
        if finding.estimate is not None
    ]
    days, ranges = [day for day, _ in known], [estimate for _, estimate in known]
    low, high = [estimate.low for estimate in ranges], [estimate.high for estimate in ranges]
    axes.fill_between(days, low, high, step="post", color=INK, alpha=0.15, linewidth=0)
    axes.step(days, [estimate.middle for estimate in ranges], where="post", color=INK, linewidth=2)
    thousands(axes.yaxis)
    months(axes)


def curves(
    axes: Axes, places: Sequence[float], lines: Mapping[str, tuple[Sequence[float], str]], level: float
) -> None:
    """Named curves over the same places, and a level that they may cross."""
    for name, (heights, colour) in lines.items():
        axes.plot(places, heights, color=colour, linewidth=2.2, label=name)
    axes.legend(loc="lower right")
    axes.axhline(level, color=FAINT, linewidth=1, linestyle=(0, (4, 3)))


def growth(axes: Axes, days: Mapping[str, Sequence[date]], *, start: date) -> None:
    """How many things there were by each day, as named curves; those before `start` are their base."""
    colours = (INK, PARTY_COLOURS["none"])
    for (name, when), colour in zip(days.items(), colours, strict=True):
        ordered = sorted(pandas.Timestamp(day) for day in when)
        base = sum(day < pandas.Timestamp(start) for day in ordered)
        axes.step(
            [at(day) for day in (pandas.Timestamp(start), *ordered[base:])],
            [base, *range(base + 1, len(ordered) + 1)],
            where="post",
            color=colour,
            linewidth=2.2,
        )
        axes.annotate(
            name,
            (ordered[-1], len(ordered)),
            xytext=(-4, -16),
            textcoords="offset points",
            ha="right",
            va="top",
            color=colour,
        )
    axes.set_ylim(bottom=0)
    months(axes)
