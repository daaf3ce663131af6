"""The templates, and how values look in them."""

from __future__ import annotations

import functools
from collections.abc import Callable

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .. import words
from ..answers import of_reading, told
from ..checks import Interval
from ..evidence.schema import Statement
from ..sentences.values import PooledNumber
from ..verdicts import Verdict
from ..words import unit, written_day
from .safe import plain

__all__ = [
    "chances",
    "figure",
    "likelihood_of",
    "likelihood_words",
    "percent",
    "render",
    "share",
    "unit",
]


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("utils.report"),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= _filters()
    return made


def _filters() -> dict[str, Callable[..., object]]:
    """What templates turn values into words with, by name."""
    return {
        "chance": lambda probability: "" if probability is None else f"({percent(probability)})",
        "counted": words.counted,
        "day": written_day,
        "figure": figure,
        "likelihood_of": likelihood_of,
        "likelihood_words": likelihood_words,
        "listed": words.listed,
        "more": words.more,
        "number": words.number,
        "number_day": number_day,
        "part": words.told_alone,
        "percent": percent,
        "plural": words.plural,
        "range": interval,
        "share": share,
        "short_day": functools.partial(written_day, short=True),
        "slug": words.slug,
        "stored": stored,
        "told": told,
        "told_reading": of_reading,
        "unit": unit,
        "value": words.choice,
    }


def render(template: str, **context: object) -> Markup:
    """A template with its context; whatever comes from data is escaped."""
    return Markup(_environment().get_template(template).render(**context))


def percent(probability: float) -> str:
    """A probability in whole per cent, which a line does not break."""
    return _unbroken(words.percent(probability))


def share(value: float) -> str:
    """A share of things in whole per cent, which a line does not break."""
    return _unbroken(words.share(value))


def chances(low: float, high: float) -> str:
    """The least and the largest of some probabilities, which a line does not break before its sign."""
    return _unbroken(words.chances(low, high))


def _unbroken(text: str) -> str:
    return text.replace(" %", "\u00a0%")


def likelihood_words(verdict: Verdict) -> str:
    """The likelihood of a verdict in words and per cent; nothing where it has none."""
    return "" if verdict.probability is None else _unbroken(words.truth(verdict.probability))


def likelihood_of(verdict: Verdict) -> str:
    """That a label does not follow from the likelihood beside it alone; nothing where it does."""
    kind = told(verdict)
    if verdict.probability is None or kind not in ("Half true", "Disputed"):
        return ""
    return "all of it together" if kind == "Half true" else "by the weight of both sides"


def number_day(verdict: Verdict) -> str:
    """The day that a claimed number is of, to follow it; nothing for other findings."""
    days = [one.values.on for one in verdict.findings if isinstance(one.values, PooledNumber)]
    return f" for {written_day(days[0])}" if days else ""


def interval(ends: Interval) -> str:
    """Two ends and their unit, both to the second digit of the larger; those of a probability in per cent."""
    return words.interval(ends.low, ends.high, ends.unit)


def stored(value: float | str | list[float]) -> str:
    """The value behind a bound number, or the two ends of a bound range, with all digits that are kept."""
    if isinstance(value, list):
        return words.from_to(*map(words.exact, value))
    return value if isinstance(value, str) else words.exact(value)


def figure(row: Statement) -> str:
    """What a statement says, as a number with its bounds, or its stance."""
    return words.bounded(row.value, row.low, row.high) or row.stance or ""
