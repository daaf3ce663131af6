"""Values as they are printed, each with its value, unit, rounding and the rows it rests on."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from .. import answers
from .. import words as wording
from ..evidence.nearest import require
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import written_day
from .page import Rows, ids

if TYPE_CHECKING:
    from ..checks import Interval

__all__ = ["Bound", "bound_range", "count", "day", "number", "of", "share", "told", "words"]

Value = TypeVar("Value")
TO_PER_CENT = "to the nearest per cent"


@dataclass(frozen=True)
class Bound:
    """A value as it is printed, with what a reader may ask of it."""

    text: str
    value: float | str | tuple[float, float]
    unit: str
    rounding: str
    rows: tuple[str, ...]


def number(value: float, unit: str = "", *, rows: Rows, to: float = 1) -> Bound:
    """A number in its unit, rounded to a multiple of `to` and printed with thousands separators.

    >>> number(11234.5, "persons", rows=["S001"], to=100).text
    '11,200 persons'
    """
    if not math.isfinite(value):
        raise ValueError(f"a finite number, not {value}")
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


def share(value: float, *, rows: Rows) -> Bound:
    """A share of things from 0 to 1, in whole per cent; beyond 1 or 99 it says so.

    >>> share(0.3333, rows=["S001"]).text
    '33 %'
    """
    return Bound(wording.share(value), float(value), "share", TO_PER_CENT, ids(rows))


def bound_range(low: float, high: float, unit: str, *, rows: Rows, to: float = 1) -> Bound:
    """Two ends of a range in one unit, both rounded to a multiple of `to`.

    >>> bound_range(9800, 12100, "persons", rows=["S001"], to=1000).text
    '10,000 to 12,000 persons'
    """
    ends = [number(end, "", rows=rows, to=to).text for end in (low, high)]
    return Bound(wording.in_unit(wording.from_to(*ends), unit), (low, high), unit, _nearest(to), ids(rows))


def day(value: date, *, rows: Rows) -> Bound:
    """A day, written out.

    >>> day(date(2024, 11, 12), rows=["S001"]).text
    '12 November 2024'
    """
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

    KeyError for another name; ValueError where the verdict has no such value.

    >>> from utils.verdicts import verdict
    >>> of(verdict(archive, "C01"), "day").text == written_day(archive.clock)
    True
    """
    interval, probability = verdict.interval, verdict.probability

    def there(value: Value | None) -> Value:
        if value is None:
            raise ValueError(f"the verdict on {verdict.claim} as of {verdict.as_of} has no {name}")
        return value

    if name in ("likelihood", "share", "confidence"):
        there(probability)
    if name == "range":
        return _range(verdict, there(interval))
    if name == "share":
        chance = there(probability)
        return Bound(wording.percent(chance), chance, "share", TO_PER_CENT, ids(verdict))
    made = {
        "day": lambda: day(verdict.as_of, rows=verdict),
        "label": lambda: words(verdict.label, rows=verdict),
        "told": lambda: words(answers.told(verdict), rows=verdict),
        "likelihood": lambda: words(there(verdict.likelihood), rows=verdict),
        "confidence": lambda: words(there(verdict.confidence), rows=verdict),
        "tellers": lambda: count(there(verdict.tellers), "teller", rows=verdict),
        "tellings": lambda: count(there(verdict.tellings), "telling", rows=verdict),
    }
    require("value of a verdict", name, (*made, "range", "share"))
    return made[name]()


def _range(verdict: Verdict, interval: Interval) -> Bound:
    low, high, unit = interval.low, interval.high, interval.unit
    rounding = TO_PER_CENT if unit == "probability" else _nearest(10.0 ** wording.two_digits(low, high))
    return Bound(wording.interval(low, high, unit), (low, high), unit, rounding, ids(verdict))
