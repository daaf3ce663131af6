"""Origins and their relays as pictures: who is repeated, how long a figure lives, who agrees with whom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas
import seaborn
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from ..archive import Archive
from ..essays.echo import Agreement, Life, Telling, Witnesses
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, PALE, SMALL, colours_of, party_colour, when_narrow
from ..words import bounded, teller, written_day
from .parts import PLATE, beside, colour_of, mark, name_rows, shares

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
        mark(archive.article.parties[party].name, colour)
        for party, colour in colours_of(archive.article.parties).items()
        if party in seen
    ]
    if changed:
        handles.append(mark(changed, ALERT, "X"))
    shown: dict[str, Any] = {"columnspacing": 1.2, "handletextpad": 0.2, "labelspacing": 0.3}
    axes.legend(handles=handles, fontsize=SMALL, **{**shown, "loc": "lower right", **place})


def number_of_outlets(axes: Axes, origins: Tellings) -> None:
    """How many origins were read in one outlet, in two, and so on."""
    many = pandas.Series([_outlets(tellings) for tellings in origins.values()])
    seaborn.countplot(
        x=many.astype(str), order=list(map(str, sorted(many.unique()))), color=INK, saturation=1, ax=axes
    )
    axes.bar_label(axes.containers[0], padding=2, fontsize=SMALL)  # type: ignore[arg-type]
    axes.set(xlabel="Outlets in which an origin was read", ylabel="Origins")
    axes.grid(False, axis="x")
    axes.margins(y=0.12)


def sky(axes: Axes, archive: Archive, origins: Tellings) -> None:
    """Every origin as a star: one ray an outlet, the largest first, in the first teller's colour.

    A ray ends in a cross where the outlet's telling changed the figure or its meaning.
    """
    _sky(axes, archive, origins, 66.0, 3)
    when_narrow(axes, lambda axes: _sky(axes, archive, origins, 34.0, 1), height=1.9)


def _sky(axes: Axes, archive: Archive, origins: Tellings, width: float, columns: int) -> None:
    """width: of a line of stars, in lengths of the shortest ray. columns: of the key."""
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
    below: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.01), "ncols": columns}
    _parties(axes, archive, tellers, "changed on the way", **below)


def _outlets(tellings: Sequence[Telling]) -> int:
    return len({telling.row.outlet for telling in tellings})


def _star(
    axes: Axes, archive: Archive, tellings: Sequence[Telling], centre: tuple[float, float], reach: float
) -> None:
    """One origin: a point, and a ray for each outlet that carries it when there are several."""
    colour = colour_of(archive, tellings[0].row)
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
    told = pandas.DataFrame(
        [
            (archive.article.parties[party].name, kind, many)
            for party, pair in counts.items()
            for kind, many in zip(("first", "relayed"), pair, strict=True)
        ],
        columns=["party", "kind", "rows"],
    )
    bars: dict[str, Any] = {"multiple": "stack", "shrink": 0.8, "legend": False, "edgecolor": "none"}
    order: dict[str, Any] = {"hue_order": ["relayed", "first"], "palette": [INK, INK], "alpha": 1.0}
    seaborn.histplot(told, y="party", hue="kind", weights="rows", ax=axes, **bars, **order)
    colours = colours_of(archive.article.parties)
    for bars_of, pale in zip(axes.containers, (1.0, 0.4), strict=True):
        for bar, party in zip(bars_of, counts, strict=True):
            bar.set(facecolor=colours[party], alpha=pale)
    for place, (first, relayed) in enumerate(counts.values()):
        beside(axes, f"{first} first, {relayed} relayed", (first + relayed, place), 4)
    name_rows(axes, list(told.party.unique()), width=18)
    axes.set(xlim=(0, 1.45 * max(map(sum, counts.values()))), xlabel="Rows", ylabel="")


def largest_origins(axes: Axes, archive: Archive, origins: Tellings, most: int = 12) -> None:
    """The origins with most relays: the first telling as a square, then one mark a row that repeats it."""
    ranked = sorted(
        origins.values(), key=lambda tellings: (-len(_relays(tellings)), tellings[0].row.published)
    )[:most]
    for place, tellings in enumerate(ranked):
        colour = colour_of(archive, tellings[0].row)
        axes.plot(0, place, "s", color=colour, markersize=9)
        for step, relay in enumerate(_relays(tellings), start=1):
            altered = relay.change is not None
            axes.plot(step, place, "X" if altered else "o", color=ALERT if altered else colour, markersize=7)
    labels = [f"{_name(archive, tellings[0].row)}, {_day(tellings[0].row)}" for tellings in ranked]
    name_rows(axes, labels, width=32, size=8.5)
    _parties(axes, archive, (tellings[0].row for tellings in ranked), "changed on the way")
    axes.set_xlabel("Rows that repeat it")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _relays(tellings: Sequence[Telling]) -> list[Telling]:
    return [telling for telling in tellings if telling.repeats is not None]


def life_lines(axes: Axes, archive: Archive, lives: Sequence[Life]) -> None:
    """Figures from their first to their last telling in days; a bar where the teller had a newer one."""
    for place, life in enumerate(lives):
        colour = colour_of(archive, life.first)
        axes.plot([0, life.days], [place, place], color=colour, linewidth=2)
        axes.plot(0, place, "s", color=colour, markersize=6)
        doubt = life.last.status != "sound"
        axes.plot(life.days, place, "X" if doubt else "o", color=ALERT if doubt else colour, markersize=7)
        if life.newer is not None:
            axes.plot(
                (life.newer.published - life.first.published).days, place, "|", color=INK, markersize=15
            )
    name_rows(axes, [label(archive, life.first) for life in lives], width=36, size=8.2)
    _parties(axes, archive, (life.first for life in lives), "last telling changed or in doubt")
    axes.set_xlabel("Days since it was first told")


def agreement_lines(axes: Axes, archive: Archive, agreements: Sequence[Agreement]) -> None:
    """Tellers of one and the same number in order of publication, each with the days since the first."""
    for place, agreement in enumerate(agreements):
        steps = range(len(agreement.rows))
        axes.plot(steps, [place] * len(steps), color=FAINT, linewidth=1.4, linestyle=":")
        for step, row in zip(steps, agreement.rows, strict=True):
            axes.plot(step, place, "o", color=colour_of(archive, row), markersize=8)
            if step:
                days = (row.published - agreement.rows[0].published).days
                beside(axes, f"+{days}", (step, place), fontsize=8, color=FAINT, bbox=PLATE)
    name_rows(axes, [label(archive, agreement.rows[0]) for agreement in agreements], width=46, size=8)
    most = max(len(agreement.rows) for agreement in agreements)
    axes.set(xlim=(-0.3, most + 0.1), xticks=[])
    axes.set_xlabel("Tellers in order; days since the first")
    axes.grid(False)
    _parties(axes, archive, (row for agreement in agreements for row in agreement.rows))


def chance(axes: Axes, lines: Mapping[str, pandas.Series]) -> None:
    """How often close figures are equal, by named kinds of figures from the top.

    lines: for each kind the share of equal pairs "about the same thing" and "about different things", from 0
    to 1.
    """
    styles = {"the same thing": ("o", INK, 12), "different things": ("D", "#C9A227", 7)}
    for place, equal in enumerate(lines.values()):
        axes.plot(equal, [place] * len(equal), color=FAINT, linewidth=1.2, zorder=1)
        # The lower mark has its words on the left, so that they do not meet.
        sides = dict(zip(equal.sort_values().index, ("right", "left"), strict=True))
        for about, (marker, colour, size) in styles.items():
            axes.plot(equal[about], place, marker, color=colour, markersize=size)
            if place == 0:
                words = f"about {about}"
                beside(axes, words, (equal[about], place), 0, -10, ha=sides[about], va="top", color=INK)
    name_rows(axes, list(lines))
    axes.set(xlim=(-0.02, 1.35 * max(map(max, lines.values()))), ylim=(len(lines) - 0.5, -0.7))
    shares(axes.xaxis)
    axes.set_xlabel("Pairs of close figures that are equal")


def witness_counts(axes: Axes, counted: Sequence[Witnesses]) -> None:
    """What a reader would count on each claim, and the first tellings that remain, by claim from the top."""
    marks = {
        "rows": ("rows", "o", PALE),
        "outlets": ("outlets", "o", "#7F7F7F"),
        "tellings": ("first tellings", "s", INK),
        "tellers": ("tellers", "D", party_colour("ua")),
        "outside": ("tellers outside the war", "D", party_colour("us")),
    }
    table = pandas.DataFrame(counted)
    most = table[["rows", "tellings"]].max(axis="columns")
    axes.hlines(table.index, table.outside, most, color="#D8D8D8", linewidth=2, zorder=1)
    for field, (words, marker, colour) in marks.items():
        axes.plot(table[field], table.index, marker, color=colour, label=words, zorder=2)
    axes.legend(loc="lower right", fontsize=SMALL)
    name_rows(axes, list(table.claim))
    axes.set(xlim=(-1, None), xlabel="How many")


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
