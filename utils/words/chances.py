"""Probabilities, shares and likelihoods in words."""

from __future__ import annotations

from . import spoken
from .numbers import from_to, in_unit, number, span, two_digits

__all__ = [
    "chance",
    "chances",
    "fraction",
    "in_percent",
    "interval",
    "likelihood",
    "likelihoods",
    "missing",
    "percent",
    "percent_range",
    "share",
    "truth",
]

# The upper end of each range of ICD 203.
ENDS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95, 1.00)


def percent(probability: float) -> str:
    """A probability from 0 to 1 in whole per cent; beyond 1 or 99 it says so, as none is told as certain."""
    return _in_percent(probability, certain=False)


def share(value: float) -> str:
    """A share of things from 0 to 1 in whole per cent; only none of them is 0 % and only all are 100 %."""
    return _in_percent(value, certain=True)


def fraction(value: float) -> str:
    """A share as one speaks of it, "a fifth"; in per cent where it has no name."""
    return spoken.LANGUAGE.fractions.get(value) or share(value)


def missing(what: str) -> str:
    """What is said of a value that there is none of: a confidence, likelihood, share, range or another."""
    return spoken.LANGUAGE.missing.get(what, spoken.LANGUAGE.missing["value"])


def in_percent(value: float) -> str:
    """A number in whole per cent, be it below 0 or above 1, as an axis or a change has it."""
    return spoken.LANGUAGE.per_cent.format(number(value * 100))


def _in_percent(value: float, *, certain: bool) -> str:
    if not 0 <= value <= 1:
        raise ValueError(f"a share or probability from 0 to 1, not {value}")
    if value < 0.01 and not (certain and value == 0):
        return spoken.LANGUAGE.less_than.format(in_percent(0.01))
    if value > 0.99 and not (certain and value == 1):
        return spoken.LANGUAGE.more_than.format(in_percent(0.99))
    return in_percent(value)


def chances(low: float, high: float) -> str:
    """The least and the largest of some probabilities, as "45 % to 60 %"; once where they read alike."""
    ends = percent(low), percent(high)
    return ends[0] if ends[0] == ends[1] else from_to(*ends)


def interval(low: float, high: float, of: str) -> str:
    """Two ends of an interval in its unit, of which "probability" is one; an end below zero is a fall."""
    if of == "probability":
        return chances(low, high)
    place = two_digits(low, high)
    fall, rise = (round(end, -place) for end in (-low, high))
    if fall <= 0:
        return span(max(low, 0), high, of)
    if rise < 0:
        return spoken.LANGUAGE.fall.format(span(-high, -low, of))
    ends = [in_unit(number(end, max(0, -place)), of) for end in (fall, rise)]
    above = spoken.LANGUAGE.rise.format(ends[1]) if rise else spoken.LANGUAGE.no_change
    return from_to(spoken.LANGUAGE.fall.format(ends[0]), above)


def likelihoods() -> tuple[tuple[float, str], ...]:
    """The upper end of each range of ICD 203, and its words."""
    return tuple(zip(ENDS, spoken.LANGUAGE.likelihoods, strict=True))


def likelihood(probability: float) -> str:
    """The words of ICD 203 for a probability from 0 to 1; ValueError outside it.

    The ranges of the directive share their ends. A probability on such an end takes the words nearer to
    certainty: 0.80 is very likely and 0.20 is very unlikely, as in the rule for labels.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability from 0 to 1, not {probability}")
    for end, words in likelihoods():
        if probability < end or (probability == end and end < 0.5) or end == 1:
            return words
    raise AssertionError("unreachable: the last range ends at 1")


def chance(probability: float) -> str:
    """A probability in the words of ICD 203 and in per cent, as "very likely (82 %)"."""
    return f"{likelihood(probability)} ({percent(probability)})"


def truth(probability: float) -> str:
    """A claim's probability as `chance`, in words that no label beside them turns round: "very unlikely to be
    true (12 %)"."""
    place = spoken.LANGUAGE.likelihoods.index(likelihood(probability))
    return f"{spoken.LANGUAGE.true[place]} ({percent(probability)})"


def percent_range(words: str) -> tuple[int, int]:
    """Lowest and highest percentage that ICD 203's words stand for; ValueError for other words."""
    low = 1
    for end, name in likelihoods():
        high = min(99, round(end * 100))
        if name == words:
            return low, high
        low = high
    raise ValueError(f"no words of likelihood: {words}")
