"""Origins and their relays as pictures: who is repeated, how long a figure lives, who agrees with whom."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ..archive import Archive
from ..essays.echo import Agreement, Life, Telling, Witnesses
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, PAPER, PARTY_COLOURS, party_colour
from ..words import bounded, teller, written_day
from .statements import SMALL, shares

__all__ = [
    "agreement_lines",
    "chance",
    "first_and_relayed",
    "label",
    "largest_origins",
    "life_lines",
    "number_of_outlets",
    "sky",
    "witness_counts",
]

Tellings = Mapping[str, Sequence[Telling]]


def _parties(
    axes: Axes, archive: Archive, rows: Iterable[Statement], changed: str | None = None, **place: Any
) -> None:
    """The colours of the tellers' parties, and what a cross stands for, in a free corner of the axes."""
    seen = {archive.sources[row.source].party for row in rows}
    handles = [
        Line2D([], [], color=colour, marker="o", linestyle="", label=archive.article.parties[party].name)
        for party, colour in PARTY_COLOURS.items()
        if party in seen
    ]
    if changed:
        handles.append(Line2D([], [], color=ALERT, marker="X", linestyle="", label=changed))
    shown: dict[str, Any] = {"columnspacing": 1.2, "handletextpad": 0.2, "labelspacing": 0.3}
    axes.legend(handles=handles, fontsize=SMALL, **{**shown, "loc": "lower right", **place})


def number_of_outlets(axes: Axes, origins: Tellings) -> None:
    """How many origins were read in one outlet, in two, and so on."""
    many = Counter(len({telling.row.outlet for telling in tellings}) for tellings in origins.values())
    places = sorted(many)
    bars = axes.bar([str(place) for place in places], [many[place] for place in places], color=INK)
    axes.bar_label(bars, padding=2, fontsize=SMALL)
    axes.set(xlabel="Outlets in which an origin was read", ylabel="Origins")
    axes.grid(False, axis="x")
    axes.margins(y=0.12)


def sky(axes: Axes, archive: Archive, origins: Tellings, width: float = 66.0) -> None:
    """Every origin as a star: one ray an outlet, the largest first, in the first teller's colour.

    A ray ends in a cross where the outlet's telling changed the figure or its meaning. width: of a line of
    stars, in lengths of the shortest ray.
    """
    ranked = sorted(origins.values(), key=lambda tellings: (-_outlets(tellings), tellings[0].row.published))
    across, down, deep = 0.0, 0.0, 0.0
    for tellings in ranked:
        reach = 0.35 + 0.85 * math.sqrt(_outlets(tellings) - 1)
        if across + 2 * reach > width:
            across, down, deep = 0.0, down + deep + 0.8, 0.0
        deep = max(deep, 2 * reach)
        _star(axes, archive, tellings, (across + reach, -(down + reach)), reach)
        across += 2 * reach + 0.7
    axes.set(xlim=(-0.5, width + 0.5), ylim=(-(down + deep) - 0.5, 0.5))
    axes.set_aspect("equal", anchor="N")
    axes.set_axis_off()
    tellers = (tellings[0].row for tellings in ranked)
    below: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.01), "ncols": 3}
    _parties(axes, archive, tellers, "changed on the way", **below)


def _outlets(tellings: Sequence[Telling]) -> int:
    return len({telling.row.outlet for telling in tellings})


def _star(
    axes: Axes, archive: Archive, tellings: Sequence[Telling], centre: tuple[float, float], reach: float
) -> None:
    """One origin: a point, and a ray for each outlet that carries it when there are several."""
    colour = party_colour(archive.sources[tellings[0].row.source].party)
    changed: dict[str, bool] = {}
    for telling in tellings:
        changed[telling.row.outlet] = changed.get(telling.row.outlet, False) or telling.change is not None
    if len(changed) > 1:
        turns = [2 * math.pi * place / len(changed) for place in range(len(changed))]
        ends = [(centre[0] + reach * math.sin(turn), centre[1] + reach * math.cos(turn)) for turn in turns]
        axes.add_collection(LineCollection([[centre, end] for end in ends], colors=colour, linewidths=0.9))
        for (x, y), altered in zip(ends, changed.values(), strict=True):
            marker, shade, size = ("X", ALERT, 5.5) if altered else ("o", colour, 2.2)
            axes.plot(x, y, marker, color=shade, markersize=size, markeredgewidth=0.3, zorder=3)
    axes.plot(*centre, "o", color=colour, markersize=3.4 if len(changed) == 1 else 4.6, zorder=4)


def first_and_relayed(axes: Axes, archive: Archive, counts: Mapping[str, tuple[int, int]]) -> None:
    """First tellings and relays by party, as bars that carry their numbers."""
    for place, (party, (first, relayed)) in enumerate(reversed(list(counts.items()))):
        colour = party_colour(party)
        axes.barh(place, first, color=colour)
        axes.barh(place, relayed, left=first, color=colour, alpha=0.4)
        axes.text(
            first + relayed + 2, place, f"{first} first, {relayed} relayed", va="center", fontsize=SMALL
        )
    names = [archive.article.parties[party].name for party in reversed(list(counts))]
    axes.set_yticks(range(len(counts)), [textwrap.fill(name, 18) for name in names], fontsize=SMALL)
    axes.set(xlim=(0, 1.45 * max(map(sum, counts.values()))), xlabel="Rows")
    axes.grid(False, axis="y")


def largest_origins(axes: Axes, archive: Archive, origins: Tellings, most: int = 12) -> None:
    """The origins with most relays: the first telling as a square, then one mark a row that repeats it."""
    ranked = sorted(
        origins.values(), key=lambda tellings: (-len(_relays(tellings)), tellings[0].row.published)
    )[:most]
    for place, tellings in enumerate(reversed(ranked)):
        colour = party_colour(archive.sources[tellings[0].row.source].party)
        axes.plot(0, place, "s", color=colour, markersize=9)
        for step, relay in enumerate(_relays(tellings), start=1):
            altered = relay.change is not None
            axes.plot(step, place, "X" if altered else "o", color=ALERT if altered else colour, markersize=7)
    labels = [f"{_name(archive, tellings[0].row)}, {_day(tellings[0].row)}" for tellings in reversed(ranked)]
    axes.set_yticks(range(len(ranked)), [textwrap.fill(label, 32) for label in labels], fontsize=8.5)
    _parties(axes, archive, (tellings[0].row for tellings in ranked), "changed on the way")
    axes.set(xlabel="Rows that repeat it", ylim=(-0.6, len(ranked) - 0.4))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(False, axis="y")


def _relays(tellings: Sequence[Telling]) -> list[Telling]:
    return [telling for telling in tellings if telling.repeats is not None]


def life_lines(axes: Axes, archive: Archive, lives: Sequence[Life]) -> None:
    """Figures from their first to their last telling in days; a bar where the teller had a newer one."""
    for place, life in enumerate(reversed(lives)):
        colour = party_colour(archive.sources[life.first.source].party)
        axes.plot([0, life.days], [place, place], color=colour, linewidth=2)
        axes.plot(0, place, "s", color=colour, markersize=6)
        doubt = life.last.status != "sound"
        axes.plot(life.days, place, "X" if doubt else "o", color=ALERT if doubt else colour, markersize=7)
        if life.newer is not None:
            axes.plot(
                (life.newer.published - life.first.published).days, place, "|", color=INK, markersize=15
            )
    labels = [label(archive, life.first) for life in reversed(lives)]
    axes.set_yticks(range(len(lives)), [textwrap.fill(label, 36) for label in labels], fontsize=8.2)
    _parties(axes, archive, (life.first for life in lives), "last telling changed or in doubt")
    axes.set(xlabel="Days since it was first told", ylim=(-0.6, len(lives) - 0.4))
    axes.grid(False, axis="y")


def agreement_lines(axes: Axes, archive: Archive, agreements: Sequence[Agreement]) -> None:
    """Tellers of one and the same number in order of publication, each with the days since the first."""
    for place, agreement in enumerate(reversed(agreements)):
        steps = range(len(agreement.rows))
        axes.plot(steps, [place] * len(steps), color=FAINT, linewidth=1.4, linestyle=":")
        for step, row in zip(steps, agreement.rows, strict=True):
            axes.plot(step, place, "o", color=party_colour(archive.sources[row.source].party), markersize=8)
            if step:
                days = (row.published - agreement.rows[0].published).days
                axes.annotate(
                    f"+{days}",
                    (step, place),
                    xytext=(7, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=8,
                    color=FAINT,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
                )
    labels = [label(archive, agreement.rows[0]) for agreement in reversed(agreements)]
    axes.set_yticks(range(len(agreements)), [textwrap.fill(label, 46) for label in labels], fontsize=8)
    most = max(len(agreement.rows) for agreement in agreements)
    axes.set(xlim=(-0.3, most + 0.1), ylim=(-0.6, len(agreements) - 0.4), xticks=[])
    axes.set_xlabel("Tellers in order; days since the first")
    axes.grid(False)
    _parties(axes, archive, (row for agreement in agreements for row in agreement.rows))


def chance(axes: Axes, lines: Mapping[str, pandas.Series]) -> None:
    """How often close figures are equal, by named kinds of figures from the top.

    lines: for each kind the share of equal pairs "about the same thing" and "about different things", from 0
    to 1.
    """
    styles = {"the same thing": ("o", INK, 12), "different things": ("D", "#C9A227", 7)}
    for place, equal in enumerate(reversed(list(lines.values()))):
        axes.plot(equal, [place] * len(equal), color=FAINT, linewidth=1.2, zorder=1)
        # The lower mark has its words on the left, so that they do not meet.
        sides = dict(zip(equal.sort_values().index, ("right", "left"), strict=True))
        for about, (marker, colour, size) in styles.items():
            axes.plot(equal[about], place, marker, color=colour, markersize=size)
            if place == len(lines) - 1:
                axes.annotate(
                    f"about {about}",
                    (equal[about], place),
                    xytext=(0, 10),
                    textcoords="offset points",
                    ha=sides[about],
                    fontsize=SMALL,
                    color=INK,
                )
    axes.set_yticks(range(len(lines)), list(lines)[::-1], fontsize=SMALL)
    axes.set(xlim=(-0.02, 1.35 * max(map(max, lines.values()))), ylim=(-0.5, len(lines) - 0.3))
    shares(axes.xaxis)
    axes.set_xlabel("Pairs of close figures that are equal")
    axes.grid(False, axis="y")


def witness_counts(axes: Axes, counted: Sequence[Witnesses]) -> None:
    """What a reader would count on each claim, and the first tellings that remain, by claim from the top."""
    marks = (
        ("rows", "o", "#BDBDBD", "rows"),
        ("outlets", "o", "#7F7F7F", "outlets"),
        ("tellings", "s", INK, "first tellings"),
        ("tellers", "D", party_colour("ua"), "tellers"),
        ("outside", "D", party_colour("us"), "tellers outside the war"),
    )
    for place, count in enumerate(reversed(counted)):
        axes.plot(
            [count.outside, max(count.rows, count.tellings)],
            [place, place],
            color="#D8D8D8",
            linewidth=2,
            zorder=1,
        )
        for field, marker, colour, _ in marks:
            axes.plot(getattr(count, field), place, marker, color=colour, markersize=7, zorder=2)
    for _, marker, colour, label in marks:
        axes.plot([], [], marker, color=colour, markersize=7, label=label)
    axes.legend(loc="lower right", fontsize=SMALL)
    axes.set_yticks(range(len(counted)), [count.claim for count in reversed(counted)], fontsize=SMALL)
    axes.set(xlim=(-1, None), ylim=(-0.6, len(counted) - 0.4), xlabel="How many")
    axes.grid(False, axis="y")


def _figure(row: Statement) -> str:
    """The number of a row with its bounds, in words."""
    return bounded(row.value, row.low, row.high) or "no number"


def _day(row: Statement) -> str:
    return written_day(row.published, short=True)


def _name(archive: Archive, row: Statement) -> str:
    """Who told a row, without office, in few words."""
    return teller(archive.sources[row.source].name)


def label(archive: Archive, row: Statement) -> str:
    """What a row counts, and its number."""
    return f"{archive.quantities[row.quantity].label}: {_figure(row)}"
