"""Statements and findings as pictures: who said which number when, and what they say together."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas
import seaborn
from matplotlib.axes import Axes

from ..archive import Archive
from ..checks import Finding
from ..checks.hearing import Heard
from ..checks.scales import LOG
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, NOBODY, SMALL, TOLERANCE, at, colours_of, when_narrow
from ..words import open_end, teller, written_day
from .parts import (
    ACCESS_MARKERS,
    ACCESS_NAMES,
    DASHES,
    PLATE,
    Range,
    Style,
    beside,
    colour_of,
    mark,
    months,
    name_rows,
    party_key,
    ranges,
    thousands,
)

__all__ = [
    "curves",
    "estimate_by_day",
    "finding_range",
    "forest",
    "growth",
    "key",
    "path_of_a_figure",
    "relay_tree",
    "timeline",
    "witness_ranges",
]


def witness_ranges(archive: Archive, witnesses: Sequence[Heard]) -> list[Range]:
    """What each telling says by itself, in the order of the tellings: figures as 90 % intervals, bounds as
    points."""
    ranges, colours = [], colours_of(archive.article.parties)
    for witness in witnesses:
        low, high = witness.telling.ends(LOG)
        number = witness.telling.number
        ends = (number, number) if witness.telling.value is None else (low, high)
        label = f"{_teller(archive, witness.row)}, {written_day(witness.row.middle, short=True)}"
        if witness.telling.value is None:
            label += ", at least" if witness.telling.at_least is not None else ", at most"
        ranges.append(Range(label, ends[0], number, ends[1], colours[witness.telling.party]))
    return ranges


def finding_range(label: str, finding: Finding, colour: str = INK) -> Range:
    """The pooled estimate of a finding with its interval; ValueError for a finding without one."""
    if finding.estimate is None or finding.interval is None:
        raise ValueError(f"{label}: the finding has no estimate: {finding.sentence}")
    return Range(label, finding.interval.low, finding.estimate, finding.interval.high, colour, strong=True)


def _teller(archive: Archive, row: Statement) -> str:
    """Who told a row, without office, in few words."""
    return textwrap.shorten(teller(archive.sources[row.source].name, brief=True), 32, placeholder="…")


def timeline(axes: Axes, archive: Archive, rows: Sequence[Statement]) -> None:
    """Statements in one unit by the day they are meant for: colour is the party, marker the access.

    A range is a line, one bound is an arrow to the side that it leaves open. Rows of one origin that say the
    same of the same day are drawn once. The y axis is in thousands, where it reaches one.
    """
    drawn = {(row.origin, row.middle, row.value, row.low, row.high): row for row in reversed(rows)}
    told = archive.frame(drawn.values())
    middle = told.value.fillna((told.low * told.high) ** 0.5)
    spans = told.dropna(subset=["low", "high"])
    colours = colours_of(archive.article.parties)
    axes.vlines(spans.middle, spans.low, spans.high, colors=list(spans.party.map(colours)), linewidth=1.6)
    points: Style = {"palette": colours, "markers": ACCESS_MARKERS, "alpha": 0.85, "s": 40}
    shown = told.assign(point=middle, day=told.middle).dropna(subset="point")
    seaborn.scatterplot(
        shown, x="day", y="point", hue="party", style="access", legend=False, ax=axes, linewidth=0, **points
    )
    for row in drawn.values():
        if row.ends is None and (bound := row.low or row.high) is not None:
            arrow = "$\\uparrow$" if row.low is not None else "$\\downarrow$"
            axes.plot(at(row.middle), bound, marker=arrow, color=colour_of(archive, row), markersize=10)
    axes.set_ylabel("")
    thousands(axes.yaxis)
    months(axes)


def key(axes: Axes, archive: Archive, rows: Sequence[Statement]) -> None:
    """The colours of the parties and the markers of the ways of knowing that these rows have."""
    known = {row.access for row in rows}
    ways = [mark(ACCESS_NAMES[way], FAINT, shape) for way, shape in ACCESS_MARKERS.items() if way in known]
    party_key(axes, archive, (archive.sources[row.source].party for row in rows), ways)


def forest(
    axes: Axes, lines: Sequence[Range], *, claim: float | None = None, tolerance: float | None = None
) -> None:
    """Named ranges below each other, the first on top; a claim is a line, its tolerance a band."""
    if claim is not None:
        if tolerance is not None:
            axes.axvspan(claim * (1 - tolerance), claim * (1 + tolerance), color=TOLERANCE, zorder=0)
        axes.axvline(claim, color=INK, linewidth=1)
    ranges(axes, lines)
    thousands(axes.xaxis)


def relay_tree(axes: Axes, first: str, relays: Sequence[tuple[Statement, str | None]]) -> None:
    """One telling and the outlets that repeat it, in order of publication from the top.

    first: who told it. relays: each row with how it altered the figure, None where it did not.
    """
    root = (len(relays) - 1) / 2
    _tree(axes, relays, root, 1.0)
    axes.text(-0.12, root, first, va="center", ha="right", fontsize=10, color=INK)
    axes.set(xlim=(-1.3, 3.7), ylim=(-0.7, len(relays) - 0.3))

    def narrow(axes: Axes) -> None:
        _tree(axes, relays, len(relays) + 0.2, 0.2, 38)
        axes.text(0.12, len(relays) + 0.2, " ".join(first.split()), va="center", fontsize=10, color=INK)
        axes.set(xlim=(-0.1, 3.7), ylim=(-0.7, len(relays) + 0.7))

    when_narrow(axes, narrow, height=1.15)


def _tree(
    axes: Axes, relays: Sequence[tuple[Statement, str | None]], root: float, reach: float, letters: int = 60
) -> None:
    """The branches from a root at the left to outlets whose words begin beyond `reach`."""
    for height, (row, altered) in enumerate(reversed(relays)):
        colour = INK if altered is None else ALERT
        bend = reach / 2 if reach == 1 else 0
        axes.plot([0, bend, bend, reach], [root, root, height, height], color=FAINT, linewidth=1)
        axes.plot(reach, height, "o" if altered is None else "X", color=colour, markersize=6)
        change = f": {altered}" if altered else ""
        words = f"{written_day(row.published, short=True)}  {row.outlet}{change}"
        axes.text(
            reach + 0.1, height, textwrap.fill(words, letters), va="center", fontsize=SMALL, color=colour
        )
    axes.plot(0, root, "s", color=INK, markersize=12)
    axes.set_axis_off()


def path_of_a_figure(axes: Axes, archive: Archive, steps: Sequence[Statement]) -> None:
    """What one figure stood for, telling by telling: what it counted, when it was published, who said it.

    The tellings stand below each other in order of publication, so that the words have room.
    """
    _path(axes, archive, steps)
    months(axes)

    def narrow(axes: Axes) -> None:
        _path(axes, archive, steps, 36)
        axes.set_axis_off()

    when_narrow(axes, narrow, height=1.1)


def _path(axes: Axes, archive: Archive, steps: Sequence[Statement], letters: int | None = None) -> None:
    """letters: in a line of words that stand in a column of their own, at the right of all points."""
    days = [row.published for row in steps]
    for place, row in enumerate(steps):
        end, quantity = open_end(row.low, row.high), archive.quantities[row.quantity].label
        counted = ", ".join(filter(None, [end, quantity]))
        told = f"{written_day(row.published, short=True)}, {_teller(archive, row)}"
        words = f"{counted[0].upper()}{counted[1:]}"
        words = f"{textwrap.fill(words, letters) if letters else words}\n{told}"
        axes.plot(at(row.published), place, "o", color=colour_of(archive, row), markersize=9)
        # The line to the next telling may run behind the words.
        beside(axes, words, (days[-1] if letters else row.published, place), 10, bbox=PLATE)
    axes.plot([at(day) for day in days], range(len(steps)), color=FAINT, linewidth=1, linestyle=":", zorder=0)
    # The words stand to the right of the points, so the axis goes on for them.
    reach = (days[-1] - days[0]) * (4.5 if letters else 1.3)
    axes.set_xlim(at(days[0] - timedelta(days=20)), at(days[-1] + reach))
    name_rows(axes, [""] * len(steps))
    axes.set_yticks([])


def estimate_by_day(axes: Axes, findings: Sequence[Finding]) -> None:
    """The pooled estimate and its interval by the day as of which it is known; gaps where there was none."""
    known = {one.as_of: finding_range("", one) for one in findings if one.estimate is not None}
    told = [(day, end) for day, line in known.items() for end in (line.low, line.middle, line.high)]
    table = pandas.DataFrame(told, columns=["day", "ends"]).astype({"day": "datetime64[ns]"})
    seaborn.lineplot(
        table,
        x="day",
        y="ends",
        estimator="median",
        errorbar=("pi", 100),
        color=INK,
        drawstyle="steps-post",
        err_kws={"step": "post", "linewidth": 0, "alpha": 0.15},
        ax=axes,
    )
    thousands(axes.yaxis)
    months(axes)


def curves(
    axes: Axes, places: Sequence[float], lines: Mapping[str, tuple[Sequence[float], str]], level: float
) -> None:
    """Named curves over the same places, and a level that they may cross."""
    for name, (heights, colour) in lines.items():
        axes.plot(places, heights, color=colour, label=name)
    axes.legend(loc="lower right")
    axes.axhline(level, color=FAINT, linewidth=1, linestyle=DASHES)


def growth(axes: Axes, days: Mapping[str, Sequence[date]], *, start: date) -> None:
    """How many things there were by each day, as named curves; those before `start` are their base."""
    for (name, when), colour in zip(days.items(), (INK, NOBODY), strict=True):
        ordered = sorted(map(pandas.Timestamp, when))
        shown = [max(day, pandas.Timestamp(start)) for day in ordered]
        seaborn.ecdfplot(x=shown, stat="count", color=colour, ax=axes)
        beside(axes, name, (ordered[-1], len(ordered)), -4, -16, va="top", color=colour, fontsize=11)
    axes.set(xlim=(start, None), ylim=(0, None))
    months(axes)
