"""What a check asks, as a question in words.

A check that has a question of its own in the claims file keeps it. For the others one is built from the
method's parameters and the labels of the quantities: plain, and the same for every claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from ..archive import Archive
from ..checks.transfer import listed
from ..evidence.parameters import (
    AttributionCheck,
    BalanceCheck,
    BuiltCheck,
    ForecastCheck,
    IndependenceCheck,
    OccurrenceCheck,
    QuantityCheck,
    TransferCheck,
    TrendCheck,
    WitnessCheck,
)
from ..evidence.schema import written_day

__all__ = ["question"]


def question(check: BuiltCheck, archive: Archive) -> str:
    """The question of a check; NotImplementedError for a method that has no words yet."""
    return check.asked or _built(check, archive)


@singledispatch
def _built(check: BuiltCheck, archive: Archive) -> str:
    raise NotImplementedError(f"no words for the method {check.method}")


@_built.register
def _quantity(check: QuantityCheck, archive: Archive) -> str:
    unit = archive.quantities[check.counts[0]].unit
    return f"{_labels(archive, check.counts)}: how many {unit} on {written_day(check.on)}?"


@_built.register
def _attribution(check: AttributionCheck, archive: Archive) -> str:
    if check.origin is not None:
        return f"Did {check.speaker} give the figure of {check.value:,.10g}?"
    verb = "affirm" if check.stance == "affirms" else "deny"
    return f"Did {check.speaker} {verb} this {_days(check)}: {_labels(archive, check.quantities)}?"


@_built.register
def _occurrence(check: OccurrenceCheck, archive: Archive) -> str:
    return f"Was this {_sides(check, archive)}?"


@_built.register
def _forecast(check: ForecastCheck, archive: Archive) -> str:
    return f"Is this, as foreseen, {_sides(check, archive)}?"


@_built.register
def _independence(check: IndependenceCheck, archive: Archive) -> str:
    who = "Who" if check.belligerents else "Who outside the warring parties"
    labels = _labels(archive, check.counts)
    return f"{who} had published a figure that others can check, meant for a day {_days(check)}: {labels}?"


@_built.register
def _trend(check: TrendCheck, archive: Archive) -> str:
    rows = "; ".join(f"{name} {', '.join(values)}" for name, values in check.where.items())
    series = f"{check.value} in the table {check.table}{f' ({rows})' if rows else ''}"
    where = f", in {check.least} or more of the series by {check.by}" if check.by else ""
    if check.turn:
        other = {"up": "greater", "down": "smaller", "either": "other"}[check.direction]
        days = f"after {written_day(check.turn)} than before, {_days(check)}"
        return f"Was the weekly change of {series} {other} {days}{where}?"
    verb = {"up": "grow", "down": "shrink", "either": "change"}[check.direction]
    return f"Did {series} {verb} {_days(check)}{where}?"


@_built.register
def _transfer(check: TransferCheck, archive: Archive) -> str:
    before, on = written_day(check.before), written_day(check.on)
    if check.asks == "none_moved":
        return (
            f"How many of the units that the map shows in {check.to} around {on} stood in "
            f"{listed(check.sources, 'or')} around {before}?"
        )
    main = listed(check.main, "and")
    return f"How many units did the map move out of {main}, and how many in, from {before} to {on}?"


@_built.register
def _balance(check: BalanceCheck, archive: Archive) -> str:
    low, high = check.needed
    return f"Could recruits less losses have given {low:,.10g} to {high:,.10g} persons {_days(check)}?"


def _days(check: WitnessCheck | AttributionCheck | IndependenceCheck | TrendCheck | BalanceCheck) -> str:
    return f"from {written_day(check.since)} to {written_day(check.until)}"


def _sides(check: WitnessCheck, archive: Archive) -> str:
    """The days, what speaks for it, and what speaks against it."""
    if not check.counts:
        return f"not so {_days(check)}: {_labels(archive, check.against)}"
    but = f"; and not: {_labels(archive, check.against)}" if check.against else ""
    return f"so {_days(check)}: {_labels(archive, check.counts)}{but}"


def _labels(archive: Archive, quantities: Iterable[str]) -> str:
    return "; ".join(archive.quantities[name].label for name in quantities)
