"""The sentences of findings, the questions of checks and the reasons of unused rows, in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ..words import (
    counted,
    exact,
    give_or_take,
    in_unit,
    listed,
    number,
    plural,
    rounded,
    share,
    unit,
    written_day,
)
from .values import (
    Balance,
    Changes,
    Checkable,
    Forecasts,
    MapFlows,
    MapOrigins,
    PooledNumber,
    Reason,
    Relays,
    Said,
    Sides,
)

if TYPE_CHECKING:
    from ..archive import Archive
    from ..checks.attribution import AttributionCheck
    from ..checks.balance import BalanceCheck
    from ..checks.forecast import ForecastCheck
    from ..checks.independence import IndependenceCheck
    from ..checks.occurrence import OccurrenceCheck
    from ..checks.quantity import QuantityCheck
    from ..checks.testimony import WitnessCheck
    from ..checks.transfer import TransferCheck
    from ..checks.trend import TrendCheck

__all__ = [
    "REASONS",
    "attribution",
    "attribution_asks",
    "balance",
    "balance_asks",
    "basis",
    "forecast",
    "forecast_asks",
    "independence",
    "independence_asks",
    "occurrence",
    "occurrence_asks",
    "quantity",
    "quantity_asks",
    "range_of",
    "transfer",
    "transfer_asks",
    "trend",
    "trend_asks",
]

REASONS = {
    Reason.GARBLED: "a relay changed the figure or its meaning",
    Reason.UNSEEN: "the page was not seen",
    Reason.DOUBTFUL: "the page is weak, or the figure or its date is uncertain",
    Reason.NO_NUMBER: "it gives no number, or one bound only",
    Reason.NO_STANCE: "it neither affirms nor denies",
    Reason.NOT_AS_CLAIMED: "it gives another figure, or another meaning",
    Reason.OTHER_DAYS: "it is meant for other days",
    Reason.OTHER_ACCESS: "others cannot check how it came about",
    Reason.WARRING_PARTY: "its teller is a warring party, and the question leaves them out",
    Reason.UNDECIDED: "its origin both affirms and denies on that day",
    Reason.OPEN: "what it foresees cannot be judged",
    Reason.OUTLET_HEARD: "the same outlet is already heard",
    Reason.TELLER_HEARD: "the same teller is already heard",
    Reason.HEARD: "the same origin is already heard",
    Reason.NOT_NEEDED: "the answer does not depend on it",
}


def _window(since: date, until: date) -> str:
    return f"from {written_day(since)} to {written_day(until)}"


def _labels(archive: Archive, quantities: Iterable[str]) -> str:
    return "; ".join(archive.quantities[name].label for name in quantities)


def basis(origins: int, outside: int, counts: int) -> str:
    """What the confidence in a finding rests on."""
    return (
        f"{counted(origins, 'independent origin')}, {number(outside)} outside the warring parties, "
        f"{number(counts)} resting on a count"
    )


def quantity(said: PooledNumber) -> str:
    """How many there were, by the origins with a number."""
    if said.middle is None or said.low is None or said.high is None:
        return f"Nobody had published a number for {written_day(said.on)} that can be weighed."
    middle, low, high = rounded(said.middle, said.low, said.high)
    return (
        f"{counted(said.origins, 'origin')} with a number put the total for {written_day(said.on)} at "
        f"{in_unit(middle, said.unit)} ({low} to {high}); the claim is "
        f"{number(said.claimed)}, give or take {share(said.tolerance)}."
    )


def quantity_asks(check: QuantityCheck, archive: Archive) -> str:
    """How many there were on the claimed day."""
    counted_in = archive.quantities[check.counts[0]].unit
    return f"{_labels(archive, check.counts)}: how many {unit(counted_in)} on {written_day(check.on)}?"


def range_of(value: float, low: float, high: float) -> str:
    """A figure and its range to the thousand, for a table."""
    middle, *ends = (number(round(end, -3)) for end in (value, low, high))
    return f"{middle} ({ends[0]} to {ends[1]})"


def occurrence(said: Sides) -> str:
    """How many origins affirm it and deny it."""
    if not said.affirm + said.deny:
        return "Nobody had said so or denied it in a row that can be used."
    return (
        f"{counted(said.affirm, 'independent origin')} {plural(said.affirm, 'affirms', 'affirm')} it and "
        f"{number(said.deny)} {plural(said.deny, 'denies', 'deny')} it; {number(said.outside)} of them from "
        "outside the warring parties."
    )


def occurrence_asks(check: OccurrenceCheck, archive: Archive) -> str:
    """Whether it was so in the days asked about."""
    return f"Was this {_sides(check, archive)}?"


def _sides(check: WitnessCheck, archive: Archive) -> str:
    """The days, what speaks for it, and what speaks against it."""
    days, against = _window(check.since, check.until), _labels(archive, check.against)
    if not check.counts:
        return f"not so {days}: {against}"
    but = f"; and not: {against}" if check.against else ""
    return f"so {days}: {_labels(archive, check.counts)}{but}"


def forecast(said: Forecasts | Sides) -> str:
    """What came, once it can be judged; the record of earlier forecasts before."""
    if isinstance(said, Sides):
        return occurrence(said)
    return (
        f"It can be judged from {written_day(said.judged_from)} on; until then its record speaks. Of "
        f"{number(said.told)} earlier {plural(said.told, 'forecast')} of this kind, {number(said.known)} "
        f"could be judged and {number(said.came_true)} came true."
    )


def forecast_asks(check: ForecastCheck, archive: Archive) -> str:
    """Whether it is so as foreseen."""
    return f"Is this, as foreseen, {_sides(check, archive)}?"


def attribution(said: Relays | Said) -> str:
    """What the outlets have the speaker say."""
    if isinstance(said, Said):
        if not said.so + said.opposite:
            return f"No outlet had {said.speaker} say so or the opposite."
        return (
            f"{counted(said.so, 'outlet has', 'outlets have')} {said.speaker} say so, "
            f"{number(said.opposite)} the opposite."
        )
    outlets = said.kept + said.changed + said.doubtful
    if not outlets:
        return f"No outlet had credited {said.speaker} with it."
    return (
        f"{counted(outlets, 'outlet credits', 'outlets credit')} {said.speaker}: {number(said.kept)} "
        f"{plural(said.kept, 'gives', 'give')} the figure as claimed, {number(said.changed)} changed it or "
        f"its meaning, {number(said.doubtful)} cannot be used."
    )


def attribution_asks(check: AttributionCheck, archive: Archive) -> str:
    """Whether the speaker gave the figure, or said so."""
    if check.since is None or check.until is None:
        return f"Did {check.speaker} give the figure of {exact(check.value or 0)}?"
    verb = "affirm" if check.stance == "affirms" else "deny"
    days = _window(check.since, check.until)
    return f"Did {check.speaker} {verb} this {days}: {_labels(archive, check.quantities)}?"


def independence(said: Checkable) -> str:
    """Who had published a figure that others can check."""
    who = "" if said.anybody else " outside the warring parties"
    if not said.tellers:
        return f"Nobody{who} had published a figure that others can check."
    return (
        f"{counted(len(said.tellers), 'teller')}{who} had published a figure that others "
        f"can check: {', '.join(said.tellers)}. Parties: {', '.join(said.parties)}. Known by: "
        f"{', '.join(said.access)}."
    )


def independence_asks(check: IndependenceCheck, archive: Archive) -> str:
    """Who had published a figure that others can check."""
    who = "Who" if check.belligerents else "Who outside the warring parties"
    asked = f"meant for a day {_window(check.since, check.until)}"
    return f"{who} had published a figure that others can check, {asked}: {_labels(archive, check.counts)}?"


def trend(said: Changes) -> str:
    """How the series changed."""
    name = f"{said.table} ({', '.join(said.rows).replace('_', ' ') or 'all rows'})"
    if not said.series:
        return f"{name}: nothing of those days was public that could show it."
    what = "the weekly change turned by" if said.turned else "the mean weekly change was"
    parts = [
        f"{'' if one.name is None else f'{one.name} '}{give_or_take(one.weekly, one.half_width)}"
        for one in said.series
    ]
    return f"{name}: {what} {in_unit(', '.join(parts), said.unit)}."


def trend_asks(check: TrendCheck, archive: Archive) -> str:
    """Whether the series grew, shrank or turned."""
    rows = "; ".join(f"{name} {', '.join(values)}" for name, values in check.where.items())
    shown = f"{check.value} in the table {check.table}{f' ({rows})' if rows else ''}"
    where = f", in at least {number(check.least)} of the series by {check.by}" if check.by else ""
    days = _window(check.since, check.until)
    if check.turn:
        other = {"up": "greater", "down": "smaller", "either": "other"}[check.direction]
        after = f"after {written_day(check.turn)} than before"
        return f"Was the weekly change of {shown} {other} {after}, {days}{where}?"
    verb = {"up": "grow", "down": "shrink", "either": "change"}[check.direction]
    return f"Did {shown} {verb} {days}{where}?"


def transfer(said: MapOrigins | MapFlows) -> str:
    """What the map shows of the units' ways."""
    if isinstance(said, MapFlows):
        new = ", new and vanished icons among them" if said.new_icons else ""
        return (
            f"From {written_day(said.before)} to {written_day(said.on)} the map moved "
            f"{number(said.departures)} of its units out of {listed(said.main)} and {number(said.arrivals)} "
            f"in{new}; of the units there it could place {number(said.units)} on both days."
        )
    if said.before is None or said.on is None:
        return "No map of those days was public that could place such a unit on both."
    return (
        f"Of {counted(said.units, 'unit')} that the map showed in {said.to} around {written_day(said.on)} "
        f"and could place around {written_day(said.before)}, {number(said.moved)} then stood in "
        f"{listed(said.sources, 'or')}."
    )


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


def balance(said: Balance) -> str:
    """What growth recruits less losses leave."""
    if said.growth is None:
        sides = (("how many recruits came", said.recruits), ("how many soldiers were lost", said.losses))
        missing = listed([words for words, origins in sides if not origins], "or")
        return f"Nobody had published {missing} in those days in a row that can be used."
    low, middle, high = rounded(*said.growth)
    least, most = (number(end) for end in said.needed)
    return (
        f"Recruits (by {number(said.recruits)} of the origins) less losses (by {number(said.losses)}) leave "
        f"a growth of {middle} persons ({low} to {high}) in the {number(said.days)} days to "
        f"{written_day(said.until)}; {least} to {most} were needed."
    )


def balance_asks(check: BalanceCheck, archive: Archive) -> str:
    """Whether recruits less losses could have given what was needed."""
    low, high = (exact(end) for end in check.needed)
    return (
        f"Could recruits less losses have given {low} to {high} persons {_window(check.since, check.until)}?"
    )
