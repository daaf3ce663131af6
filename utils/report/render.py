"""The templates, and how values look in them."""

from __future__ import annotations

import functools
import math
import re
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..checks import Interval
from ..evidence.cells import written_day
from ..evidence.schema import Statement
from ..verdicts import CONFLICTING, Verdict
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
        "day": written_day,
        "figure": figure,
        "likelihood_of": likelihood_of,
        "percent": percent,
        "range": interval,
        "short_day": functools.partial(written_day, short=True),
        "slug": lambda text: re.sub(r"[^a-z]+", "-", text.lower()).strip("-"),
        "unit": unit,
        "value": value,
    }
    return made


def render(template: str, **context: object) -> Markup:
    """A template with its context; whatever comes from data is escaped."""
    return Markup(_environment().get_template(template).render(**context))


def percent(share: float) -> str:
    """A share in whole per cent; none is told as 0 or 100 that is not."""
    if 0 < share < 0.01:
        return "less than 1\u00a0%"
    if 0.99 < share < 1:
        return "more than 99\u00a0%"
    return f"{share * 100:.0f}\u00a0%"


def likelihood_words(verdict: Verdict) -> str:
    """The likelihood of a verdict in words and per cent; nothing where it has none."""
    return f"{verdict.likelihood} ({percent(verdict.probability)})" if verdict.likelihood else ""


def likelihood_of(verdict: Verdict) -> str:
    """What the likelihood of a Conflicting verdict speaks of, since its label does not follow from it alone.

    By the rule for labels it is that of the least likely condition; nothing for any other label.
    """
    if verdict.label != CONFLICTING or verdict.probability is None:
        return ""
    several = any(len(reading.conditions) > 1 for reading in verdict.readings)
    return "for its least likely condition" if several else "that it holds"


def unit(text: str) -> str:
    """A unit, or a text that names one, as it is printed."""
    return re.sub(r"\bkm2\b", "km²", text)


def interval(ends: Interval) -> str:
    """Two ends and their unit, both to the second digit of the larger."""
    place = 1 - math.floor(math.log10(max(abs(ends.low), abs(ends.high), 1e-9)))
    low, high = (f"{round(end, place):,.{max(0, place)}f}" for end in (ends.low, ends.high))
    return f"{low} to {high} {unit(ends.unit)}"


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
        return f"{one:,.10g}"
    if isinstance(one, dict):
        return "; ".join(f"{key}: {value(each)}" for key, each in one.items())
    if isinstance(one, list | tuple):
        return ", ".join(map(value, one))
    return str(one)


def figure(row: Statement) -> str:
    """What a statement says, as a number with its bounds, or its stance."""
    if row.value is not None:
        bounds = [
            f"{name} {end:,.10g}"
            for name, end in (("at least", row.low), ("at most", row.high))
            if end is not None and end != row.value
        ]
        exact = f"{row.value:,.10g}"
        if row.low == row.value:
            exact = f"{exact} or more"
        elif row.high == row.value:
            exact = f"{exact} or less"
        return exact + (f" ({', '.join(bounds)})" if bounds else "")
    if row.low is not None and row.high is not None:
        return f"{row.low:,.10g} to {row.high:,.10g}"
    if row.low is not None:
        return f"{row.low:,.10g} or more"
    if row.high is not None:
        return f"{row.high:,.10g} or less"
    return row.stance or ""
