"""What the page "How often is it right?" shows of the archive's own figures: the picture and its sums.

The picture has a line for every graded figure, by kind of quantity: the 90 % interval as it was expected,
what others published later as a dot, and the figure itself, which is the unskilled guess. All are multiples
of the median that was expected, on a logarithmic scale.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..archive import Archive
from ..checks import track_record
from ..checks.grading import figures
from ..checks.track_record import Record, Score
from ..evidence.schema import Statement
from ..words import bounded, in_percent, in_unit, number, span, teller, two_digits, written_day

__all__ = ["Group", "Line", "Part", "Picture", "context", "picture", "surprises", "table"]

MOST_SURPRISES = 6
# Of the picture: per cent of its width in front of the scale and behind it, and heights in pixels.
FRONT, BEHIND = 15.0, 4.0
LINE, NAME, HEADING, AXIS = 24, 22, 34, 30
MOST_LETTERS = 44
MOST_TICKS = 6
COLUMNS = ("row", "quantity", "kind", "figure", "expected", "low", "high", "later", "rows", "held")
SCORES = ("log_score", "unskilled", "surprise")


@dataclass(frozen=True)
class Line:
    """One figure in the picture: its places in per cent of the width, its height in pixels, and its words."""

    record: Record
    top: int
    low: float
    high: float
    told: float
    later: float
    words: str


@dataclass(frozen=True)
class Part:
    """The lines of one quantity, under its name."""

    name: str
    top: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Group:
    """The quantities of one kind: what their lines sum up to, how many are held, where the heading is."""

    kind: str
    score: Score
    held: int
    top: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Picture:
    """All groups, the marks of the scale as (per cent of the width, word), the height, and the words."""

    groups: tuple[Group, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    words: str


def context(archive: Archive) -> dict[str, object]:
    """The values of the template ``calibration.html`` that are about the archive; no picture of no figure."""
    told = figures(archive)
    found = track_record.records(told)
    if not found:
        return {"record": None}
    shown = picture(archive, found)
    return {
        "record": track_record.score(found),
        "on_the_day": track_record.score(track_record.records(told, on_the_day=True)),
        "is_known": math.isfinite,
        "held": sum(one.is_held for one in found),
        "figures_told": len(told),
        "picture": shown,
        "kinds": [*((one.kind, one.score) for one in shown.groups), ("all", track_record.score(found))],
        "surprises": surprises(archive, found),
        "line_height": LINE,
        "records": found,
        "amount": lambda record, value: _amount(archive, record, value),
        "range": lambda record: _expected(archive, record),
    }


def picture(archive: Archive, found: Sequence[Record]) -> Picture:
    """The picture of records, of which there must be one; kinds with many figures first."""
    ends, top, groups = _ends(found), AXIS, []
    kinds = _grouped(found, lambda one: one.kind)
    for kind, own in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        start, parts = top, []
        top += HEADING
        for name, records in _grouped(own, lambda one: one.quantity).items():
            places = [top + NAME + place * LINE for place in range(len(records))]
            lines = [_line(archive, one, place, ends) for one, place in zip(records, places, strict=True)]
            parts.append(Part(_short(archive.quantities[name].label), top, tuple(lines)))
            top += NAME + len(records) * LINE
        held = sum(one.is_held for one in own)
        groups.append(Group(kind, track_record.score(own), held, start, tuple(parts)))
    return Picture(tuple(groups), _ticks(*ends), top, _words(found))


def _grouped(found: Iterable[Record], key: Callable[[Record], str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return groups


def _short(label: str) -> str:
    """As much of a label as a narrow screen has room for."""
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1].rstrip()}…"


def _ends(found: Sequence[Record]) -> tuple[int, int]:
    """The powers of two, of what was expected, between which every dot and every guess lies."""
    powers = [math.log2(value / one.predicted) for one in found for value in (one.later, one.told)]
    return min(-1, math.floor(min(powers))), max(1, math.ceil(max(powers)))


def _place(power: float, least: int, most: int) -> float:
    share = (min(max(power, least), most) - least) / (most - least)
    return round(FRONT + (100 - FRONT - BEHIND) * share, 2)


def _line(archive: Archive, one: Record, top: int, ends: tuple[int, int]) -> Line:
    low, high, told, later = (
        _place(math.log2(value / one.predicted), *ends) for value in (*one.band, one.told, one.later)
    )
    unit = archive.quantities[one.quantity].unit
    words = (
        f"{one.row}, {archive.quantities[one.quantity].label}, {_day(archive, one)}: the figure is "
        f"{_told(archive.statement(one.row), unit)}, expected was {_expected(archive, one)}, later came "
        f"{_amount(archive, one, one.later)}, {'inside' if one.is_held else 'outside'} the interval"
    )
    return Line(one, top, low, high, told, later, words)


def _ticks(least: int, most: int) -> tuple[tuple[float, str], ...]:
    """Powers of two with 1 among them, so many that their words have room."""
    step = math.ceil((most - least) / MOST_TICKS)
    powers = [power for power in range(least, most + 1) if power % step == 0]
    return tuple((_place(power, least, most), _multiple(power)) for power in powers)


def _multiple(power: int) -> str:
    if power == 0:
        return "1"
    return f"×{number(2**power)}" if power > 0 else f"1/{number(2**-power)}"


def _words(found: Sequence[Record]) -> str:
    held = sum(one.is_held for one in found)
    return (
        f"A line for each of {number(len(found))} figures, by kind of quantity: the 90 % interval that was "
        "expected, learnt from other quantities, and as a dot what others published later. "
        f"{number(held)} dots lie inside their interval."
    )


def surprises(archive: Archive, found: Sequence[Record]) -> list[dict[str, object]]:
    """The figures outside their interval, the furthest first: the row, a sentence, the rows behind it."""
    missed = sorted((one for one in found if not one.is_held), key=lambda one: one.surprise)
    return [
        {"row": one.row, "words": _surprise(archive, one), "rows": one.rows}
        for one in missed[:MOST_SURPRISES]
    ]


def _surprise(archive: Archive, one: Record) -> str:
    """What was said, expected and came, in a sentence without its end."""
    quantity, row = archive.quantities[one.quantity], archive.statement(one.row)
    times = one.later / one.predicted
    factor = number(times) if times >= 10 else number(times, 1)
    much = f"{factor} times" if times >= 1 else f"{in_percent(times)} of"
    return (
        f"{quantity.label}: on {_day(archive, one)} {_teller(archive, row)} told "
        f"{_told(row, quantity.unit)}. The archive expected {_expected(archive, one)}; later figures say "
        f"{_amount(archive, one, one.later)}, {much} the middle of what was expected"
    )


def _teller(archive: Archive, row: Statement) -> str:
    return teller(archive.sources[row.source].name, within=True)


def _told(row: Statement, unit: str) -> str:
    return in_unit(bounded(row.value, row.low, row.high), unit)


def _day(archive: Archive, one: Record) -> str:
    return written_day(archive.statement(one.row).published)


def _expected(archive: Archive, one: Record) -> str:
    low, high = one.band
    return span(low, high, archive.quantities[one.quantity].unit)


def _amount(archive: Archive, one: Record, value: float) -> str:
    """A value of a quantity to its second digit, with the unit."""
    place = two_digits(value)
    words = number(round(value, -place), max(0, -place))
    return in_unit(words, archive.quantities[one.quantity].unit)


def table(found: Sequence[Record]) -> list[list[object]]:
    """Every record as a row of a table, the names of the columns first."""
    return [[*COLUMNS, *SCORES], *(_cells(one) for one in found)]


def _cells(one: Record) -> list[object]:
    numbers = (one.told, one.predicted, *one.band, one.later)
    told, predicted, low, high, later = (f"{value:.6g}" for value in numbers)
    given = (float(getattr(one, name)) for name in SCORES)
    # An archive with figures of one quantity alone has no error of unskilled guesses.
    scores = [round(score, 4) if math.isfinite(score) else "" for score in given]
    own = [one.row, one.quantity, one.kind, told, predicted, low, high, later]
    return [*own, " ".join(one.rows), "yes" if one.is_held else "no", *scores]
