"""Values as they are printed, each with its value, unit, rounding and the rows it rests on."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from .. import answers
from .. import words as wording
from ..evidence.nearest import require
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import written_day
from .page import Rows, ids

if TYPE_CHECKING:
    from ..checks import Interval

__all__ = [
    "Bound",
    "bound_range",
    "count",
    "day",
    "fraction",
    "interval",
    "labels",
    "likelihood",
    "number",
    "of",
    "share",
    "told",
    "words",
]

TO_PER_CENT = "to the nearest per cent"


@dataclass(frozen=True)
class Bound:
    """A value as it is printed, with what a reader may ask of it."""

    text: str
    value: float | str | tuple[float, float]
    unit: str
    rounding: str
    rows: tuple[str, ...]


def number(value: float | None, unit: str = "", *, rows: Rows, to: float = 1) -> Bound:
    """A number in its unit, rounded to a multiple of `to` and printed with thousands separators.

    "Not known" where there is none, as with the mean of nothing.

    >>> number(11234.5, "persons", rows=["S001"], to=100).text
    '11,200 persons'
    """
    if value is None or not math.isfinite(value):
        return words(wording.missing("value"), rows=rows)
    text = wording.number(round(value / to) * to, max(0, -math.floor(math.log10(to))))
    return Bound(wording.in_unit(text, unit), float(value), unit, _nearest(to), ids(rows))


def _nearest(to: float) -> str:
    return f"to the nearest {wording.exact(to)}"


def count(
    items: int | Collection[Any], noun: str, plural: str | None = None, *, rows: Rows | None = None
) -> Bound:
    """How many of a thing there are, with the noun in the right number: "1 origin", "7 origins".

    Without `rows`, the items are themselves the rows.

    >>> count(archive.statements[:2], "statement").text
    '2 statements'
    """
    many = items if isinstance(items, int) else len(items)
    if rows is None:
        if isinstance(items, int):
            raise TypeError("a number of things needs the rows that it rests on")
        rows = items
    name = wording.plural(many, noun, plural)
    return Bound(wording.counted(many, noun, plural), float(many), name, "exact", ids(rows))


def share(value: float | None, *, rows: Rows) -> Bound:
    """A share of things from 0 to 1, in whole per cent; beyond 1 or 99, and for none, it says so.

    >>> share(0.3333, rows=["S001"]).text
    '33 %'
    """
    if value is None or not math.isfinite(value):
        return words(wording.missing("share"), rows=rows)
    return Bound(wording.share(value), float(value), "share", TO_PER_CENT, ids(rows))


def fraction(value: float, *, rows: Rows) -> Bound:
    """A share as one speaks of it, "a fifth"; in per cent where it has no name.

    >>> fraction(0.2, rows=["S001"]).text
    'a fifth'
    """
    return Bound(wording.fraction(value), float(value), "share", TO_PER_CENT, ids(rows))


def labels(*verdicts: Verdict) -> tuple[str, ...]:
    """The labels that readers are told, to hold sentences against that were written for them.

    >>> from utils.verdicts import verdict
    >>> labels(verdict(archive, "C02"))
    ('Supported',)
    """
    return tuple(map(answers.told, verdicts))


def likelihood(probability: float | None, *, rows: Rows) -> Bound:
    """The words of likelihood for a probability; where there is none, they say so.

    >>> likelihood(0.9, rows=["S001"]).text
    'very likely'
    """
    given = wording.missing("likelihood") if probability is None else wording.likelihood(probability)
    return words(given, rows=rows)


def interval(found: Interval | None, unit: str = "", *, rows: Rows, to: float = 1) -> Bound:
    """The range of a finding, its ends rounded to a multiple of `to`; where it has none, it says so.

    >>> interval(None, rows=["S001"]).text
    'no range'
    """
    if found is None:
        return words(wording.missing("range"), rows=rows)
    return bound_range(found.low, found.high, unit, rows=rows, to=to)


def bound_range(low: float, high: float, unit: str, *, rows: Rows, to: float = 1) -> Bound:
    """Two ends of a range in one unit, both rounded to a multiple of `to`; an endless one is no range.

    >>> bound_range(9800, 12100, "persons", rows=["S001"], to=1000).text
    '10,000 to 12,000 persons'
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return words(wording.missing("range"), rows=rows)
    ends = [number(end, "", rows=rows, to=to).text for end in (low, high)]
    return Bound(wording.in_unit(wording.from_to(*ends), unit), (low, high), unit, _nearest(to), ids(rows))


def day(value: date | None, *, rows: Rows) -> Bound:
    """A day, written out; "not known" where there is none.

    >>> day(date(2024, 11, 12), rows=["S001"]).text
    '12 November 2024'
    """
    if value is None:
        return words(wording.missing("value"), rows=rows)
    return Bound(written_day(value), value.isoformat(), "day", "exact", ids(rows))


def words(text: str, *, rows: Rows) -> Bound:
    """Words that were computed, such as a label or a likelihood.

    >>> words("likely", rows=["S001"]).text
    'likely'
    """
    return Bound(text, text, "words", "exact", ids(rows))


def told(verdict: Verdict, leaning: Robustness) -> Bound:
    """The label that readers are told of a verdict, with its firmness: "Disputed", "Supported, not firm".

    >>> from utils.robustness import robustness
    >>> from utils.verdicts import verdict
    >>> told(verdict(archive, "C15"), robustness(archive, "C15")).unit
    'words'
    """
    return words(answers.in_words(answers.told(verdict), answers.firm(leaning.share)), rows=verdict)


def of(verdict: Verdict, name: str) -> Bound:
    """What a verdict says, as a bound value: its day, label (also as
    readers are told it), likelihood, share, range, confidence or origins.

    What the verdict lacks is said to be missing. KeyError for another name.

    >>> from utils.verdicts import verdict
    >>> of(verdict(archive, "C01"), "day").text == written_day(archive.clock)
    True
    """
    made = {
        "day": lambda: day(verdict.as_of, rows=verdict),
        "label": lambda: words(verdict.label, rows=verdict),
        "told": lambda: words(answers.told(verdict), rows=verdict),
        "likelihood": lambda: likelihood(verdict.probability, rows=verdict),
        "share": lambda: _chance(verdict),
        "range": lambda: _range(verdict, verdict.interval),
        "confidence": lambda: words(verdict.confidence or wording.missing(name), rows=verdict),
        "tellers": lambda: _counted(verdict.tellers, "teller", verdict),
        "tellings": lambda: _counted(verdict.tellings, "telling", verdict),
    }
    require("value of a verdict", name, made)
    return made[name]()


def _chance(verdict: Verdict) -> Bound:
    chance = verdict.probability
    if chance is None:
        return words(wording.missing("share"), rows=verdict)
    return Bound(wording.percent(chance), chance, "share", TO_PER_CENT, ids(verdict))


def _counted(many: int | None, noun: str, verdict: Verdict) -> Bound:
    return words(f"no {noun}s", rows=verdict) if many is None else count(many, noun, rows=verdict)


def _range(verdict: Verdict, ends: Interval | None) -> Bound:
    if ends is None:
        return words(wording.missing("range"), rows=verdict)
    low, high, unit = ends.low, ends.high, ends.unit
    rounding = TO_PER_CENT if unit == "probability" else _nearest(10.0 ** wording.two_digits(low, high))
    return Bound(wording.interval(low, high, unit), (low, high), unit, rounding, ids(verdict))
