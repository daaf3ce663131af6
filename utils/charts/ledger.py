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
import seaborn
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from .. import answers
from ..archive import Archive
from ..checks import Interval
from ..checks.track_record import Record
from ..essays import hindsight
from ..evidence.claims import Claim
from ..figures import CLOCK_COLOURS, FAINT, INK, TOLERANCE, at, colours_of, mark_day, when_narrow
from ..figures.labels import LABEL_COLOURS
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import LABELS, NOT_CHECKED, Label, Told, kept_as, number, percent, written_day
from .parts import Style, beside, months, name_rows, shares

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
HALO = [withStroke(linewidth=3.0, foreground="white")]


def board(axes: Axes, claims: Sequence[Claim], both: Mapping[str, tuple[Verdict, Verdict]]) -> None:
    """A row a claim: its wording, and what readers are told on each clock with its probability; below it the
    readings.

    both: the two verdicts by claim. "Last known" stands where the second verdict is past its horizon.
    """
    _board(axes, claims, both, 1.72)
    # The wording stands above its labels where there is no room beside them.
    when_narrow(axes, lambda axes: _board(axes, claims, both, 0.0), height=1.45)


def _board(
    axes: Axes, claims: Sequence[Claim], both: Mapping[str, tuple[Verdict, Verdict]], margin: float
) -> None:
    """margin: the room for wordings at the left of the labels, in columns."""
    step, up, letters = (1.0, 0.0, 42) if margin else (1.9, 0.9, 44)
    for turn, claim in enumerate(claims):
        place = turn * step
        words = textwrap.fill(f"{claim.id}  {claim.wording}", letters)
        style: Style = {"ha": "right" if margin else "left", "va": "center", "fontsize": SMALL, "color": INK}
        axes.text(-0.02 if margin else 0, place - up, words, **style)
        for column, verdict in enumerate(both[claim.id]):
            _cell(axes, column, place, verdict, short=not margin)
    for column, verdict in enumerate(both[claims[0].id]):
        day = written_day(verdict.as_of, short=True)
        heading = f"On {day}" if column == 0 else f"As known on {day}"
        place, style = -0.75 - up, {"fontsize": 9, "fontweight": "bold", "color": INK}
        axes.text(column + 0.48, place, heading, ha="center", **style)
    axes.set(xlim=(-margin, 2), ylim=(step * (len(claims) - 1) + 0.6, -1.1 - up))
    axes.set_axis_off()


def _cell(axes: Axes, column: int, place: float, verdict: Verdict, *, short: bool) -> None:
    """short: whether "evidence" is left out, as below in the readings."""
    several = len(verdict.readings) > 1
    label = answers.told(verdict)
    words = label.removesuffix(" evidence") if short else label
    if verdict.probability is not None:
        words += f", {percent(verdict.probability)}"
    if verdict.last_known is not None:
        words += f"\nlast known {written_day(verdict.last_known, short=True)}"
    _bar(axes, (column, 0.96), (place, 0.86), label, words, -0.2 if several else 0)
    for turn, reading in enumerate(verdict.readings if several else ()):
        width = 0.92 / len(verdict.readings)
        left = column + 0.02 + turn * width
        read_so = answers.of_reading(reading)
        _bar(axes, (left, width - 0.02), (place + 0.2, 0.34), read_so, read_so.removesuffix(" evidence"))


def _bar(
    axes: Axes,
    across: tuple[float, float],
    down: tuple[float, float],
    label: Told,
    words: str,
    shift: float = 0,
) -> None:
    """A bar of a label: `across` its left end and width, `down` its middle and height.

    shift: of its words from the middle.
    """
    colour = LABEL_COLOURS[kept_as(label)]
    axes.barh(down[0], across[1], left=across[0], height=down[1], **colour.bar)
    style: Style = {"ha": "center", "va": "center", "fontsize": SMALL, "color": colour.ink}
    axes.text(across[0] + across[1] / 2, down[0] + shift, words, **style)


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
    table = pandas.DataFrame(
        [
            (place, clock, one.share)
            for place, pair in enumerate(lines)
            for clock, one in zip(CLOCK_COLOURS, pair, strict=True)
        ],
        columns=["place", "clock", "share"],
    )
    grouped: Style = {"orient": "y", "palette": CLOCK_COLOURS, "saturation": 1, "errorbar": None}
    seaborn.barplot(table, x="share", y="place", hue="clock", ax=axes, **grouped)
    for place, (_, new) in enumerate(lines):
        beside(
            axes, f"{number(new.kept)} of {number(new.worlds)}", (1.0, place), 4, fontsize=SMALL, color=FAINT
        )
    names = [new.claim if new.reading is None else f"{new.reading}   " for _, new in lines]
    name_rows(axes, names, size=SMALL)
    axes.set(xlim=(0, 1.24), xlabel="", ylabel="")
    axes.set_xticks(QUARTERS)
    axes.tick_params(axis="x", labelsize=9)
    shares(axes.xaxis)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=9)


def errors_by_party(axes: Axes, archive: Archive, records: Sequence[Record]) -> None:
    """Each figure as a multiple of what was said later, a row a party; a median of enough is a diamond.

    The axis is logarithmic, the band is within a fifth. Figures outside the range that was expected of them
    are rings and have their row's name.
    """
    groups: dict[str, list[Record]] = {}
    for record in sorted(records, key=hindsight.error):
        groups.setdefault(hindsight.party(archive, record.row), []).append(record)
    groups = dict(sorted(groups.items(), key=lambda group: -len(group[1])))
    colours = colours_of(archive.article.parties)
    axes.axvspan(1 - hindsight.CLOSE, 1 + hindsight.CLOSE, color=TOLERANCE, zorder=0)
    axes.axvline(1, color=INK, linewidth=1)
    for place, (party, figures) in enumerate(groups.items()):
        for turn, record in enumerate(figures):
            _dot(axes, record, place + 0.3 * ((turn % 3) - 1), colours[party])
        if len(figures) >= hindsight.LEAST:
            median = math.exp(pandas.Series([hindsight.error(record) for record in figures]).median())
            axes.plot(
                median, place, "D", color=INK, markersize=9, markerfacecolor="none", markeredgewidth=1.6
            )
    names = [f"{archive.article.parties[party].name} ({len(figures)})" for party, figures in groups.items()]
    name_rows(axes, names, width=16)
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
        beside(axes, record.row, (factor, height), 8, fontsize=SMALL, color=FAINT)


def shares_of_labels(axes: Axes, sets: Mapping[str, Mapping[str, tuple[float, Interval]]]) -> None:
    """The share of each label in several sets, with 90 % intervals; sets below each other within a label."""
    labels = [label for label in LABELS if label != NOT_CHECKED]
    told = [
        (label.replace(" evidence", "\nevidence"), name, end)
        for name, by_label in sets.items()
        for label in labels
        for middle, interval in (by_label[label],)
        for end in (interval.low, middle, interval.high)
    ]
    seaborn.barplot(
        pandas.DataFrame(told, columns=["label", "set", "share"]),
        x="share",
        y="label",
        hue="set",
        palette=[CLOCK_COLOURS["then"], CLOCK_COLOURS["today"], "#7B9FB5"],
        saturation=1,
        estimator="median",
        errorbar=("pi", 100),
        err_kws={"color": FAINT, "linewidth": 1.4, "path_effects": HALO},
        ax=axes,
    )
    axes.set(xlim=(0, 1), xlabel="", ylabel="")
    axes.tick_params(axis="y", labelsize=9)
    axes.set_xticks(QUARTERS)
    shares(axes.xaxis)
    axes.grid(False, axis="y")
    axes.legend(loc="lower right", fontsize=9)
