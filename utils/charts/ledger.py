"""The whole ledger as pictures: labels on two clocks, by day, how firm they are, and how near tellers came.

A label has one colour in all of them and stands there in words as well.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

import pandas
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ..archive import Archive
from ..checks import Interval
from ..checks.track_record import Record
from ..essays import hindsight
from ..evidence.claims import Claim
from ..figures import CLOCK_COLOURS, FAINT, INK, at, mark_day, party_colour
from ..figures.labels import LABEL_COLOURS
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import LABELS, NOT_CHECKED, Label, number, percent, written_day
from .statements import months, shares

__all__ = [
    "board",
    "errors_by_party",
    "firmness",
    "label_key",
    "shares_of_labels",
    "spans",
    "strips",
]

SMALL = 8.0
QUARTERS = (0, 0.25, 0.5, 0.75, 1)
MOST_MARKS = 7


def board(axes: Axes, claims: Sequence[Claim], both: Mapping[str, tuple[Verdict, Verdict]]) -> None:
    """A row a claim: its wording, and the label on each clock with its probability; below it the readings.

    both: the two verdicts by claim. "Last known" stands where the second verdict is past its horizon.
    """
    for place, claim in enumerate(claims):
        words = textwrap.fill(f"{claim.id}  {claim.wording}", 42)
        axes.text(-0.02, place, words, ha="right", va="center", fontsize=SMALL, color=INK)
        for column, verdict in enumerate(both[claim.id]):
            _cell(axes, column, place, verdict)
    then, today = both[claims[0].id]
    for column, verdict in enumerate((then, today)):
        day = written_day(verdict.as_of, short=True)
        heading = f"On {day}" if column == 0 else f"As known on {day}"
        axes.text(column + 0.48, -0.75, heading, ha="center", fontsize=9, fontweight="bold", color=INK)
    axes.set(xlim=(-1.72, 2), ylim=(len(claims) - 0.4, -1.1))
    axes.set_axis_off()


def _cell(axes: Axes, column: int, place: int, verdict: Verdict) -> None:
    several = len(verdict.readings) > 1
    axes.barh(place, 0.96, left=column, height=0.86, **LABEL_COLOURS[verdict.label].bar)
    words = (
        verdict.label if verdict.probability is None else f"{verdict.label}, {percent(verdict.probability)}"
    )
    if verdict.last_known is not None:
        words += f"\nlast known {written_day(verdict.last_known, short=True)}"
    height = place - 0.17 if several else place
    axes.text(
        column + 0.48,
        height,
        words,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=LABEL_COLOURS[verdict.label].ink,
    )
    for turn, reading in enumerate(verdict.readings if several else ()):
        width = 0.92 / len(verdict.readings)
        left = column + 0.02 + turn * width
        axes.barh(place + 0.2, width - 0.02, left=left, height=0.34, **LABEL_COLOURS[reading.label].bar)
        short = reading.label.removesuffix(" evidence")
        axes.text(
            left + width / 2 - 0.01,
            place + 0.2,
            short,
            ha="center",
            va="center",
            fontsize=SMALL,
            color=LABEL_COLOURS[reading.label].ink,
        )


def label_key(axes: Axes, *, columns: int = 2) -> None:
    """The colours of the labels, above the axes."""
    handles = [Patch(**LABEL_COLOURS[label].bar, label=label) for label in LABELS if label != NOT_CHECKED]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, fontsize=9)


def spans(days: Sequence[Verdict]) -> list[tuple[date, date, Label]]:
    """The spans of a history with one label, as first day, day after the last, and label."""
    stretches = []
    for label, group in groupby(days, key=lambda verdict: verdict.label):
        seen = list(group)
        stretches.append((seen[0].as_of, seen[-1].as_of + timedelta(days=1), label))
    return stretches


def strips(
    panels: Sequence[Axes], histories: Mapping[str, Sequence[Verdict]], split: date, day: date
) -> None:
    """The label of every claim on every day: a row a claim, the days before and after `split` side by side.

    The early days have a scale of their own, as most changes lie there. `day` is marked.
    """
    for place, days in enumerate(histories.values()):
        for start, end, label in spans(days):
            for axes in panels:
                axes.barh(place, at(end - start), left=at(start), height=0.8, **LABEL_COLOURS[label].bar)
    first, last = (next(iter(histories.values()))[end].as_of for end in (0, -1))
    # The day of the split has its name on the second axis.
    panels[0].set(xlim=(first, split - timedelta(days=1)), ylim=(len(histories) - 0.4, -0.6))
    panels[1].set(xlim=(split, last + timedelta(days=1)))
    panels[0].set_yticks(range(len(histories)), list(histories), fontsize=9)
    for axes in panels:
        axes.grid(False, axis="y")
        months(axes)
        axes.tick_params(axis="x", labelsize=8)
    mark_day(panels[0], day, "")
    panels[0].set_title("the article  ", fontsize=9.5, color=FAINT, loc="right")


def firmness(axes: Axes, then: Mapping[str, Robustness], today: Mapping[str, Robustness]) -> None:
    """The share of other choices that keep each label, on both clocks; readings below their claim."""
    lines = [
        pair
        for name in today
        for pair in (
            (then[name], today[name]),
            *zip(then[name].readings, today[name].readings, strict=True),
        )
    ]
    for place, (old, new) in enumerate(lines):
        for shift, leaning, clock in ((-0.2, old, "then"), (0.2, new, "today")):
            name = None if place else clock
            axes.barh(place + shift, leaning.share, height=0.36, color=CLOCK_COLOURS[clock], label=name)
        axes.text(
            1.02,
            place,
            f"{number(new.kept)} of {number(new.worlds)}",
            va="center",
            fontsize=SMALL,
            color=FAINT,
        )
    names = [new.claim if new.reading is None else f"{new.reading}   " for _, new in lines]
    axes.set_yticks(range(len(lines)), names, fontsize=SMALL)
    axes.set(xlim=(0, 1.24), ylim=(len(lines) - 0.4, -0.6))
    axes.set_xticks(QUARTERS)
    axes.tick_params(axis="x", labelsize=9)
    shares(axes.xaxis)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=9)
    axes.grid(False, axis="y")


def errors_by_party(axes: Axes, archive: Archive, records: Sequence[Record]) -> None:
    """Each figure as a multiple of what was said later, a row a party; a median of enough is a diamond.

    The axis is logarithmic, the band is within a fifth. Figures outside the range that was expected of them
    are rings and have their row's name.
    """
    groups: dict[str, list[Record]] = {}
    for record in sorted(records, key=hindsight.error):
        groups.setdefault(hindsight.party(archive, record.row), []).append(record)
    groups = dict(sorted(groups.items(), key=lambda group: -len(group[1])))
    axes.axvspan(1 - hindsight.CLOSE, 1 + hindsight.CLOSE, color="#F0E8D0", zorder=0)
    axes.axvline(1, color=INK, linewidth=1)
    for place, (party, figures) in enumerate(groups.items()):
        for turn, record in enumerate(figures):
            _dot(axes, record, place + 0.3 * ((turn % 3) - 1), party_colour(party))
        if len(figures) >= hindsight.LEAST:
            median = math.exp(pandas.Series([hindsight.error(record) for record in figures]).median())
            axes.plot(
                median, place, "D", color=INK, markersize=9, markerfacecolor="none", markeredgewidth=1.6
            )
    names = [
        textwrap.fill(f"{archive.article.parties[party].name} ({len(figures)})", 16)
        for party, figures in groups.items()
    ]
    axes.set_yticks(range(len(groups)), names, fontsize=9)
    axes.set(ylim=(len(groups) - 0.4, -0.6))
    axes.grid(False, axis="y")
    _multiples(axes, [math.exp(hindsight.error(record)) for record in records])


def _multiples(axes: Axes, factors: Sequence[float]) -> None:
    """A logarithmic axis that holds all factors, with marks at powers of two, 1 among them."""
    powers = [math.log2(factor) for factor in factors]
    least, most = min(-2, math.floor(min(powers))), max(2, math.ceil(max(powers)))
    step = math.ceil((most - least) / MOST_MARKS)
    marks = [power for power in range(least, most + 1) if power % step == 0]
    axes.set_xscale("log")
    axes.set_xticks([2.0**power for power in marks], [_multiple(power) for power in marks], fontsize=9)
    axes.minorticks_off()
    axes.set_xlim(2 ** (least - 0.4), 2 ** (most + 0.4))


def _multiple(power: int) -> str:
    words = {-1: "half", 0: "same", 1: "twice"}
    return words.get(power, f"{2**power} times" if power > 0 else f"1/{2**-power}")


def _dot(axes: Axes, record: Record, height: float, colour: str) -> None:
    factor = math.exp(hindsight.error(record))
    face = colour if record.is_held else "none"
    axes.plot(factor, height, "o", color=colour, markersize=6, alpha=0.85, markerfacecolor=face)
    if not record.is_held:
        axes.annotate(
            record.row,
            (factor, height),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color=FAINT,
        )


def shares_of_labels(axes: Axes, sets: Mapping[str, Mapping[str, tuple[float, Interval]]]) -> None:
    """The share of each label in several sets, with 90 % intervals; sets below each other within a label."""
    colours = (CLOCK_COLOURS["then"], CLOCK_COLOURS["today"], "#7B9FB5")
    labels = [label for label in LABELS if label != NOT_CHECKED]
    for shift, (name, by_label), colour in zip((-0.27, 0, 0.27), sets.items(), colours, strict=True):
        for place, label in enumerate(labels):
            middle, interval = by_label[label]
            axes.barh(place + shift, middle, height=0.25, color=colour, label=name if place == 0 else None)
            for ink, width in (("#FFFFFF", 3.0), (FAINT, 1.4)):
                axes.plot([interval.low, interval.high], [place + shift] * 2, color=ink, linewidth=width)
    axes.set_yticks(
        range(len(labels)), [label.replace(" evidence", "\nevidence") for label in labels], fontsize=9
    )
    axes.set(ylim=(len(labels) - 0.5, -0.5), xlim=(0, 1))
    axes.set_xticks(QUARTERS)
    shares(axes.xaxis)
    axes.grid(False, axis="y")
    axes.legend(loc="lower right", fontsize=9)
