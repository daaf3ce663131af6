"""The values that a written answer may name in braces, as words.

- ``{claimed}`` the claimed number and ``{unit}`` what it counts; ``{estimate}``, ``{low}`` and ``{high}``
  that of the evidence and the ends of its 90 % interval, and ``{range}`` both ends with their unit;
- ``{share}`` the likelihood in per cent, ``{likelihood}`` in words;
- ``{tellers}``, ``{tellings}`` counted; ``{last_known}`` a day;
- ``{check.field}`` a number, a day or a name that the check of this name found, as ``{units_moved.moved}``.

A text on the whole article names the claim before: ``{C01.claimed}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ..checks import Finding
from ..evidence.claims import Claim
from ..verdicts import Verdict
from ..words import counted, exact, likelihood, loose_numerals, percent, rounded, span, unit, written_day

__all__ = ["filled", "filled_by_claim"]

PLACE = re.compile(r"\{([\w.]+)\}")


def filled(text: str, claim: Claim, verdict: Verdict) -> str:
    """A written answer with its values; ValueError for a number by hand and for a value that is not there."""
    _refuse_loose(text)
    return PLACE.sub(lambda place: _value(place[1], claim, verdict), text)


def filled_by_claim(text: str, claims: Mapping[str, tuple[Claim, Verdict]]) -> str:
    """A text on the whole article with its values; as `filled`."""
    _refuse_loose(text)

    def value(place: re.Match[str]) -> str:
        claim, _, name = place[1].partition(".")
        if claim not in claims:
            raise ValueError(f"no claim for {{{place[1]}}}")
        return _value(name, *claims[claim])

    return PLACE.sub(value, text)


def _refuse_loose(text: str) -> None:
    if loose := loose_numerals(PLACE.sub("", text)):
        raise ValueError(f"numbers stated by hand: {', '.join(loose)}")


def _value(name: str, claim: Claim, verdict: Verdict) -> str:
    check, dot, field = name.partition(".")
    try:
        found = _of_check(verdict, check, field) if dot else _of_verdict(name, claim, verdict)
    except (AttributeError, KeyError):
        found = None
    if found is None:
        raise ValueError(f"no value {{{name}}}")
    return found


def _of_check(verdict: Verdict, check: str, field: str) -> str | None:
    value = getattr(verdict.finding(check).values, field)
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return written_day(value)
    return exact(value) if isinstance(value, int | float) else value if isinstance(value, str) else None


def _of_verdict(name: str, claim: Claim, verdict: Verdict) -> str | None:
    chance, ends = verdict.probability, verdict.interval
    if name in ("claimed", "unit"):
        values = _figures(claim)
        if not values:
            return None
        units = (_unit(finding) for finding in verdict.findings)
        return exact(values[0]) if name == "claimed" else next(filter(None, units), None)
    if name in ("estimate", "low", "high"):
        return _of_number(name, verdict)
    if name == "range":
        return None if ends is None or ends.unit == "probability" else span(ends.low, ends.high, ends.unit)
    if name in ("share", "likelihood"):
        return None if chance is None else percent(chance) if name == "share" else likelihood(chance)
    if name in ("tellers", "tellings"):
        many = getattr(verdict, name)
        return None if many is None else counted(many, name.removesuffix("s"))
    return written_day(verdict.last_known) if name == "last_known" and verdict.last_known else None


def _unit(finding: Finding) -> str | None:
    """The unit of what a finding counts, as it is printed; None where it counts nothing."""
    told = getattr(finding.values, "unit", None)
    return unit(told) if told and told != "none" else None


def _figures(claim: Claim) -> list[float]:
    """The numbers that are claimed, or that somebody is said to have given."""
    values = (getattr(check, "value", None) for check in claim.built)
    return [value for value in values if isinstance(value, int | float)]


def _of_number(name: str, verdict: Verdict) -> str | None:
    for finding in verdict.findings:
        if finding.estimate is not None and finding.interval and finding.interval.unit != "probability":
            numbers = (finding.estimate, finding.interval.low, finding.interval.high)
            return rounded(*numbers)[("estimate", "low", "high").index(name)]
    return None
