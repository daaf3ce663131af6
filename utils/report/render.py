"""The templates, and how values look in them."""

from __future__ import annotations

import functools
import re
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .. import words
from ..checks import Interval
from ..evidence.schema import Statement
from ..verdicts import Verdict
from ..words import CONFLICTING, unit, written_day
from .safe import plain

__all__ = ["figure", "likelihood_of", "likelihood_words", "percent", "render", "unit"]


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
    made.filters |= {
        "chance": lambda probability: "" if probability is None else f"({percent(probability)})",
        "clock": clock,
        "counted": words.counted,
        "day": written_day,
        "figure": figure,
        "likelihood_of": likelihood_of,
        "percent": percent,
        "range": interval,
        "share": share,
        "short_day": functools.partial(written_day, short=True),
        "slug": lambda text: re.sub(r"[^a-z]+", "-", text.lower()).strip("-"),
        "unit": unit,
        "value": value,
    }
    return made


def render(template: str, **context: object) -> Markup:
    """A template with its context; whatever comes from data is escaped."""
    return Markup(_environment().get_template(template).render(**context))


def percent(probability: float) -> str:
    """A probability in whole per cent, which a line does not break."""
    return words.percent(probability).replace(" %", "\u00a0%")


def share(value: float) -> str:
    """A share of things in whole per cent, which a line does not break."""
    return words.share(value).replace(" %", "\u00a0%")


def likelihood_words(verdict: Verdict) -> str:
    """The likelihood of a verdict in words and per cent; nothing where it has none."""
    if verdict.likelihood is None or verdict.probability is None:
        return ""
    return f"{verdict.likelihood} ({percent(verdict.probability)})"


def likelihood_of(verdict: Verdict) -> str:
    """What the likelihood of a Conflicting verdict speaks of, since its label does not follow from it alone.

    By the rule for labels it is that of the least likely condition; nothing for any other label.
    """
    if verdict.label != CONFLICTING or verdict.probability is None:
        return ""
    several = any(len(reading.conditions) > 1 for reading in verdict.readings)
    return "for its least likely condition" if several else "that it holds"


def interval(ends: Interval) -> str:
    """Two ends and their unit, both to the second digit of the larger."""
    return words.span(ends.low, ends.high, ends.unit)


def clock(verdict: Verdict) -> str:
    """What a verdict's clock shows: the day as of which, or the last day from which anything is known."""
    if verdict.last_known:
        return f"Last known, {written_day(verdict.last_known)}"
    return f"As known on {written_day(verdict.as_of)}"


def value(one: object) -> str:
    """A choice of a check in words."""
    if one is None or one == () or one == {}:
        return "none"
    if isinstance(one, bool):
        return "yes" if one else "no"
    if isinstance(one, date):
        return written_day(one)
    if isinstance(one, int | float):
        return words.exact(one)
    if isinstance(one, dict):
        return "; ".join(f"{key}: {value(each)}" for key, each in one.items())
    if isinstance(one, list | tuple):
        return ", ".join(map(value, one))
    return str(one)


def figure(row: Statement) -> str:
    """What a statement says, as a number with its bounds, or its stance."""
    return words.bounded(row.value, row.low, row.high) or row.stance or ""
