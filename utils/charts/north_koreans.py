"""Drawings of what was said about the North Koreans: who affirmed and denied, the toll, its travels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..archive import Archive
from ..checks import testimony
from ..evidence.schema import Statement
from ..figures import ALERT, FAINT, INK, SMALL, at, party_colour
from ..words import bounded, number, written_day
from . import day_axis
from .parts import ACCESS_MARKERS, beside, colour_of, mark, name_rows, party_key

__all__ = ["STANCES", "ladder", "lanes", "marker", "meanings", "numbers", "parties", "stance"]

# How a row stands to what it is asked, and its marker.
STANCES = {"affirms": "o", "denies": "X", "takes no side": "$?$", "doubtful row": "P"}


def stance(row: Statement) -> str:
    """How a row answers a yes-or-no question, as a key of `STANCES`; a row that is not sound is doubtful."""
    if row.status != "sound":
        return "doubtful row"
    return {True: "affirms", False: "denies", None: "takes no side"}[testimony.says(row)]


def lanes(rows: Sequence[Statement], names: Mapping[str, str]) -> dict[str, list[Statement]]:
    """The rows by the lane of their source, lanes in the order of the names; sources can share a lane.

    KeyError for a source without a lane, so that no row goes unseen.
    """
    lanes: dict[str, list[Statement]] = {name: [] for name in names.values()}
    for row in rows:
        lanes[names[row.source]].append(row)
    return lanes


def ladder(
    panels: Sequence[Axes],
    archive: Archive,
    lanes: Mapping[str, Sequence[Statement]],
    spans: Sequence[tuple[str, str]],
    ticks: Sequence[Sequence[str]],
    marks: Mapping[str, date],
) -> None:
    """Who answered a yes-or-no question in which way, by the day on which the answer could first be read.

    panels: axes side by side that share the y axis, each with its span of days and the days that it names,
    as "2024-11-12".
    lanes: rows by name, the first on top. marks: named days. Colour is the party, the marker the answer.
    Answers of one day stand one above the other.
    """
    for axes, span, named in zip(panels, spans, ticks, strict=True):
        start, end = (date.fromisoformat(day) for day in span)
        for place, rows in enumerate(lanes.values()):
            axes.axhline(place, color="#E6E6E6", linewidth=0.8, zorder=0)
            _answers(axes, archive, place, [row for row in _first(rows) if start <= row.published <= end])
        axes.set_xlim(at(start), at(end))
        axes.grid(False, axis="y")
        day_axis.days(axes, named, marks)
    name_rows(panels[0], list(lanes))
    for axes in panels[1:]:
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    given = {stance(row) for rows in lanes.values() for row in rows}
    _above(panels[0], [mark(name, marker=STANCES[name], markersize=8) for name in STANCES if name in given])


def _first(rows: Sequence[Statement]) -> list[Statement]:
    """The first row of each origin and answer."""
    return list({(row.origin, stance(row)): row for row in reversed(rows)}.values())


def _answers(axes: Axes, archive: Archive, place: float, rows: Sequence[Statement]) -> None:
    by_day: dict[date, dict[tuple[str, str], Statement]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        party = archive.sources[row.source].party
        by_day.setdefault(row.published, {}).setdefault((party, stance(row)), row)
    for when, given in by_day.items():
        for turn, (party, answer) in enumerate(given):
            height = place - 0.34 * (turn - (len(given) - 1) / 2)
            axes.plot(at(when), height, marker=STANCES[answer], color=party_colour(party), markersize=9)


def parties(axes: Axes, archive: Archive, rows: Sequence[Statement]) -> None:
    """The colours of the parties that told these rows, above the axes."""
    party_key(axes, archive, (archive.sources[row.source].party for row in rows))
    _above(axes, axes.get_legend().legend_handles, columns=3)  # type: ignore[arg-type, union-attr]


def _above(axes: Axes, handles: Sequence[Line2D], columns: int = 4) -> None:
    legend = axes.legend(
        handles=list(handles),
        loc="lower left",
        bbox_to_anchor=(0, 1.01),
        ncols=columns,
        fontsize=SMALL,
        columnspacing=1.2,
        borderaxespad=0.1,
    )
    # The layout would narrow the axes for a wide key; a title of blank lines keeps its height instead.
    legend.set_in_layout(False)
    axes.set_title("\n".join([" "] * -(-len(handles) // columns)), fontsize=SMALL + 4)


def numbers(
    axes: Axes, archive: Archive, rows: Sequence[Statement], *, left: Sequence[str] = (), named: bool = True
) -> None:
    """Numbers of persons by the day on which they could first be read, with their values where `named`.

    A floor is an arrow up, a ceiling an arrow down, a range a line; other markers are the ways of knowing.
    Rows of one origin with one number are drawn once. left: rows whose value stands to the left.
    """
    first = {(row.origin, row.value, row.low, row.high): row for row in reversed(rows)}
    written = set()
    for row in first.values():
        colour = colour_of(archive, row)
        ends = [end for end in (row.value, row.low, row.high) if end is not None]
        if row.low is not None and row.high is not None:
            axes.plot([at(row.published)] * 2, [row.low, row.high], color=colour, linewidth=1.6)
        height = row.value if row.value is not None else sum(ends) / len(ends)
        shape, words = marker(row), bounded(row.value, row.low, row.high)
        size = 11 if shape.startswith("$") else 7
        axes.plot(at(row.published), height, marker=shape, color=colour, markersize=size)
        # Tellers who give one number in one month share its words.
        place = (height, row.published.year, row.published.month)
        if named and place not in written:
            written.add(place)
            beside(axes, words, (row.published, height), -7 if row.id in left else 7, color=colour)
    axes.set_ylim(0, axes.get_ylim()[1] * 1.03)
    axes.yaxis.set_major_formatter(lambda value, place: number(value))


def marker(row: Statement) -> str:
    """The marker of a number: an arrow for a bound, else the way in which it is known."""
    if row.low is not None and row.high is None:
        return "$\\uparrow$"
    if row.high is not None and row.low is None:
        return "$\\downarrow$"
    return ACCESS_MARKERS[row.access]


def meanings(
    axes: Axes, archive: Archive, groups: Mapping[str, Sequence[Statement]], counted: Mapping[str, str]
) -> None:
    """What one number was said to count: tellings by origin, and a line from the first to its relays.

    groups: named rows that give the same number, one group below the other. counted: two quantities and their
    names, left and right. A relay that changed the meaning is a cross in the column of the other meaning.
    """
    height = 0.0
    for name, rows in groups.items():
        axes.text(0.5, height, name, fontweight="bold", fontsize=11, ha="center", va="center", color=INK)
        height -= 1
        for tellings in archive.origins(rows).values():
            start = (_column(tellings[0], list(counted)), height)
            for row in tellings:
                column = _column(row, list(counted))
                axes.plot([start[0], column], [start[1], height], color=FAINT, linewidth=1, zorder=0)
                _telling(axes, archive, row, column, height)
                height -= 1
        height -= 0.4
    axes.set(xlim=(-1.35, 2.2), ylim=(height + 0.6, 0.7))
    axes.set_xticks([0, 1], list(counted.values()), fontsize=10)
    axes.xaxis.tick_top()
    axes.set_yticks([])
    axes.grid(False, axis="y")
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _telling(axes: Axes, archive: Archive, row: Statement, column: int, height: float) -> None:
    wrong = row.status == "garbled"
    colour = ALERT if wrong else colour_of(archive, row)
    axes.plot(column, height, "X" if wrong else "o", color=colour, markersize=8)
    words = f"{written_day(row.published, short=True)}\n{row.outlet}"
    ink = ALERT if wrong else INK
    beside(axes, words, (column, height), 9 if column else -9, fontsize=8.5, color=ink)


def _column(row: Statement, counted: Sequence[str]) -> int:
    """The column of what a row says; one that is garbled says the other thing than it should."""
    return 1 if row.status == "garbled" else counted.index(row.quantity)
