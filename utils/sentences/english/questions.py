"""What a check asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evidence.spans import period
from ...words import exact, in_unit, listed, unit, written_day, written_period
from .phrases import came_in, labels_of, window

if TYPE_CHECKING:
    from ...archive import Archive
    from ...checks.attribution import AttributionCheck
    from ...checks.balance import BalanceCheck
    from ...checks.forecast import ForecastCheck
    from ...checks.independence import IndependenceCheck
    from ...checks.occurrence import OccurrenceCheck
    from ...checks.quantity import QuantityCheck
    from ...checks.transfer import TransferCheck
    from ...checks.witness_check import WitnessCheck

__all__ = [
    "attribution_asks",
    "balance_asks",
    "forecast_asks",
    "independence_asks",
    "occurrence_asks",
    "quantity_asks",
    "transfer_asks",
]


def quantity_asks(check: QuantityCheck, archive: Archive) -> str:
    """How many there were on the claimed day."""
    counted_in = archive.quantities[check.counts[0]].unit
    of = period(archive, check.counts, check.on)
    day = f"in {written_period(check.on, of)}" if of else f"on {written_day(check.on)}"
    counts = labels_of(archive, check.counts)
    if check.of:
        return f"{counts}: how much of {labels_of(archive, check.of)} {day}?"
    if check.since:
        word = "more" if check.relation == "highest since" else "fewer"
        before = f"in any {of}" if of else "on any day"
        return f"{counts}: {word} {day} than {before} before since {written_day(check.since)}?"
    return f"{counts}: how many {unit(counted_in)} {day}?"


def occurrence_asks(check: OccurrenceCheck, archive: Archive) -> str:
    """Whether it was so in the days asked about."""
    return f"Is it so that {check.says}, on {_which_days(check)}?"


def _which_days(check: WitnessCheck) -> str:
    """On how many of the days asked about it is said to have been so."""
    if check.since == check.until:
        return written_day(check.since)
    return f"{'some day' if check.days == 'some' else 'every day'} {window(check.since, check.until)}"


def forecast_asks(check: ForecastCheck, archive: Archive) -> str:
    """Whether it is so as foreseen."""
    return f"Is it so, as foreseen, that {check.says}, on {_which_days(check)}?"


def attribution_asks(check: AttributionCheck, archive: Archive) -> str:
    """Whether the speaker gave the figure, or said so."""
    if check.since is None or check.until is None:
        return f"Did {check.speaker} give the figure of {exact(check.value or 0)}?"
    verb = "affirm" if check.stance == "affirms" else "deny"
    days = window(check.since, check.until)
    return f"Did {check.speaker} {verb} this {days}: {labels_of(archive, check.quantities)}?"


def independence_asks(check: IndependenceCheck, archive: Archive) -> str:
    """Who had published a figure that others can check."""
    partial = archive.article.partial_words
    who = "Who" if check.belligerents or not partial else f"Who outside the {partial.many}"
    by = written_day(check.by or archive.article.published)
    days = window(check.since, check.until)
    one = f"meant for {written_day(check.since)}"
    asked = one if check.since == check.until else f"meant for a day {days}"
    labels = labels_of(archive, check.counts)
    return f"{who} had published a figure by {by} that others can check, {asked}: {labels}?"


def transfer_asks(check: TransferCheck, archive: Archive) -> str:
    """Which ways the units went."""
    before, on = written_day(check.before), written_day(check.on)
    if check.asks == "none_moved":
        return (
            f"How many of the units that the map shows in {check.to} around {on} stood in "
            f"{listed(check.sources, 'or')} around {before}?"
        )
    return (
        f"How many units did the map move out of {listed(check.main)}, and how many in, "
        f"from {before} to {on}?"
    )


def balance_asks(check: BalanceCheck, archive: Archive) -> str:
    """Whether what came, less losses, could have given what was needed."""
    low, high = (exact(end) for end in check.needed)
    of = archive.quantities[next(iter(check.recruits))].unit.partition("/")[0]
    given = f"{low} to {in_unit(high, of)}"
    return f"Could {came_in(of)}, less losses, have given {given} {window(check.since, check.until)}?"
