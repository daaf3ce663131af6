"""The sentences of findings, the questions of checks and the reasons of unused rows, in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ..words import (
    counted,
    exact,
    in_percent,
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
    from ..checks.transfer import TransferCheck
    from ..checks.witness_check import WitnessCheck
    from ..evidence.article import Partial

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
    "reason",
    "transfer",
    "transfer_asks",
]

REASONS = {
    Reason.GARBLED: "a relay changed the figure or its meaning",
    Reason.UNSEEN: "the page was not seen",
    Reason.DOUBTFUL: "the page is weak, or the figure or its date is uncertain",
    Reason.NO_NUMBER: "it gives no number",
    Reason.NO_STANCE: "it neither affirms nor denies",
    Reason.NOT_AS_CLAIMED: "it gives another figure, or another meaning",
    Reason.OTHER_FIGURE: "it gives a figure of something else in the same report",
    Reason.OTHER_DAYS: "it is meant for other days",
    Reason.LATER: "it was published after the day that is asked about",
    Reason.OTHER_ACCESS: "others cannot check how it came about",
    Reason.PARTIAL: "its teller is an interested party, and the question leaves them out",
    Reason.OWN: "the claim has its number from there, and is no witness for itself",
    Reason.UNDECIDED: "its teller says both of the same days",
    Reason.DERIVED: "it rests on another teller who is already heard",
    Reason.REPLACED: "the same teller says otherwise, later or of other days",
    Reason.OPEN: "what it foresees cannot be judged",
    Reason.OUTLET_HEARD: "the same outlet is already heard",
    Reason.TELLER_HEARD: "the same teller is already heard",
    Reason.HEARD: "the same origin is already heard",
    Reason.NOT_NEEDED: "the answer does not depend on it",
}


def reason(why: Reason, archive: Archive) -> str:
    """Why a row is not used, in the words of the article."""
    return archive.article.partial_party.tell(REASONS[why])


KNOWN_BY = {
    "official": "an official word",
    "anonymous": "unnamed sources",
    "count": "a count",
    "model": "an estimate",
}


def _window(since: date, until: date) -> str:
    if since == until:
        return f"on {written_day(since)}"
    return f"from {written_day(since)} to {written_day(until)}"


def _labels(archive: Archive, quantities: Iterable[str]) -> str:
    return "; ".join(archive.quantities[name].label for name in quantities)


def _none(many: int) -> str:
    """How many of some; none of them is a word."""
    return number(many) if many else "none"


def basis(
    tellers: int, outside: int, counts: int, partial: Partial | None, outlets: int | None = None
) -> str:
    """What the confidence in a finding rests on. partial: what a party is called whose word is partial, None
    where there is none. outlets: where the question is what was printed, they are the witnesses, and no
    partial parties, whatever party the teller is."""
    if not tellers:
        return "nobody who can be heard"
    if outlets is not None:
        told = f"{counted(outlets, 'outlet')} relaying {counted(tellers, 'teller')}"
        return f"{told}; an outlet is no {partial.one}" if partial else told
    beyond = f"{number(outside)} outside the {partial.many}, " if partial else ""
    return f"{counted(tellers, 'teller')}, {beyond}{number(counts)} resting on a count"


def quantity(said: PooledNumber) -> str:
    """How many there were, by those who gave a number."""
    day = written_day(said.on)
    if said.middle is None or said.low is None or said.high is None:
        if not said.tellers:
            return f"{said.label}: nobody had published a number for {day} that can be weighed."
        only = "one teller had" if said.tellers == 1 else f"the {number(said.tellers)} tellers had only"
        return (
            f"{said.label}: {only} published {_too_little(said)} for {day}, which is too little to judge by."
        )
    who = _who_tell(said)
    verb = plural(said.tellers, "puts", "put")
    if said.other is not None:
        put = f"{said.label}: {who} {verb} it for {day} at {_compared(said)} “{said.other}”"
    else:
        middle, low, high = rounded(said.middle, said.low, said.high)
        at = f"{in_unit(middle, said.unit)} ({low} to {high})"
        put = f"{said.label}: {who} {verb} the number for {day} at {at}"
    return f"{put}; {_claim_is(said)}.{_coarser(said)}"


def _too_little(said: PooledNumber) -> str:
    return "a number" if said.tellers == 1 else "bounds on one side, or figures that do not fit together,"


def _who_tell(said: PooledNumber) -> str:
    tellers = counted(said.tellers, "teller")
    if said.tellings == said.tellers:
        return tellers
    return f"{tellers} in {counted(said.tellings, 'telling')}"


def _compared(said: PooledNumber) -> str:
    """The share or the multiple of another number, up to its name."""
    ends = (said.middle or 0.0, said.low or 0.0, said.high or 0.0)
    if said.relation == "share":
        middle, low, high = (in_percent(end) for end in ends)
        return f"{middle} ({low} to {high}) of"
    middle, low, high = rounded(*ends)
    return f"{middle} ({low} to {high}) times"


def _claim_is(said: PooledNumber) -> str:
    """What the claim says of the number."""
    if said.since is not None and said.earlier is not None and said.earlier_on is not None:
        word = "highest" if said.relation == "highest since" else "lowest"
        return (
            f"the {word} earlier one since {written_day(said.since)} is {rounded(said.earlier)[0]}, for "
            f"{written_day(said.earlier_on)}"
        )
    if said.ends is not None:
        return f"the claim is {exact(said.ends[0])} to {exact(said.ends[1])}"
    value = 0.0 if said.claimed is None else said.claimed
    told = in_percent(value) if said.relation == "share" else exact(value)
    told += " times" if said.relation == "times" else ""
    if said.tolerance is not None:
        return f"the claim is {told}, give or take {share(said.tolerance)}"
    return f"the claim is {said.relation} {told}"


def _coarser(said: PooledNumber) -> str:
    if not said.coarser:
        return ""
    return (
        " The evidence is coarser than the claim: even with its middle there, too little of it would lie in "
        "that range."
    )


def quantity_asks(check: QuantityCheck, archive: Archive) -> str:
    """How many there were on the claimed day."""
    counted_in, day = archive.quantities[check.counts[0]].unit, written_day(check.on)
    counts = _labels(archive, check.counts)
    if check.of:
        return f"{counts}: how much of {_labels(archive, check.of)} on {day}?"
    if check.since:
        word = "more" if check.relation == "highest since" else "fewer"
        return f"{counts}: {word} on {day} than on any day before since {written_day(check.since)}?"
    return f"{counts}: how many {unit(counted_in)} on {day}?"


def range_of(value: float, low: float, high: float) -> str:
    """A figure and its range, rounded alike, for a table."""
    middle, *ends = rounded(value, low, high)
    return f"{middle} ({ends[0]} to {ends[1]})"


def occurrence(said: Sides) -> str:
    """How many tellers say so and how many deny it, and the days of which nobody speaks."""
    if not said.affirm + said.deny:
        return f"Nobody had said that {said.says}, or denied it, in a row that can be used."
    outside = f"; {_outside(said, said.partial)}" if said.partial else ""
    return f"{_sides_say(said)}{outside}.{_uncovered(said)}"


def _sides_say(said: Sides) -> str:
    yes, no = said.affirm, said.deny
    if not yes:
        who = counted(no, "teller says", "tellers say")
        against = (
            f"{who} that {said.denial}"
            if said.denial
            else f"{counted(no, 'teller denies', 'tellers deny')} it"
        )
        return f"No teller says that {said.says}; {against}"
    for_it = f"{counted(yes, 'teller says', 'tellers say')} that {said.says}"
    if not no:
        return f"{for_it}, and none {f'that {said.denial}' if said.denial else 'denies it'}"
    if said.denial:
        return f"{for_it}; {number(no)} {plural(no, 'says', 'say')} that {said.denial}"
    return f"{for_it}; {number(no)} {plural(no, 'denies', 'deny')} it"


def _outside(said: Sides, partial: Partial) -> str:
    every, beyond = said.affirm + said.deny, f"outside the {partial.many}"
    if every == 1:
        return f"this teller is {beyond if said.outside else partial.a_party}"
    if not said.outside:
        return f"all of them are {partial.many}"
    if said.outside == every:
        return f"all of them are {beyond}"
    return f"{number(said.outside)} of them {plural(said.outside, 'is', 'are')} {beyond}"


def _uncovered(said: Sides) -> str:
    """The days that nobody of the side speaks of which must cover all of them."""
    side = said.affirm if said.every_day else said.deny
    if not side or not said.uncovered:
        return ""
    what = "say so" if said.every_day else "deny it"
    return (
        f" Those who {what} speak of {number(said.days - said.uncovered)} of the {number(said.days)} days "
        "that are asked about."
    )


def occurrence_asks(check: OccurrenceCheck, archive: Archive) -> str:
    """Whether it was so in the days asked about."""
    return f"Is it so that {check.says}, on {_which_days(check)}?"


def _which_days(check: WitnessCheck) -> str:
    """On how many of the days asked about it is said to have been so."""
    if check.since == check.until:
        return written_day(check.since)
    return f"{'some day' if check.days == 'some' else 'every day'} {_window(check.since, check.until)}"


def forecast(said: Forecasts | Sides) -> str:
    """What came, once it can be judged; the record of earlier forecasts before."""
    if isinstance(said, Sides):
        return occurrence(said)
    opening = f"It can be judged from {written_day(said.judged_from)} on; until then its record speaks."
    if not said.told:
        return f"{opening} No earlier forecast of this kind was known."
    return (
        f"{opening} Of {counted(said.told, 'earlier forecast')} of this kind, {_none(said.known)} could be "
        f"judged and {_none(said.came_true)} came true."
    )


def forecast_asks(check: ForecastCheck, archive: Archive) -> str:
    """Whether it is so as foreseen."""
    return f"Is it so, as foreseen, that {check.says}, on {_which_days(check)}?"


def attribution(said: Relays | Said) -> str:
    """What the outlets have the speaker say."""
    if isinstance(said, Said):
        return f"{_said(said)}{_garbled(said)}"
    outlets = said.kept + said.changed + said.doubtful
    if not outlets:
        return f"No outlet had credited {said.speaker} with it."
    return (
        f"{counted(outlets, 'outlet credits', 'outlets credit')} {said.speaker}: {_none(said.kept)} "
        f"{plural(said.kept, 'gives', 'give')} the figure as claimed, {_none(said.changed)} changed it or "
        f"its meaning, {_none(said.doubtful)} cannot be used."
    )


def _said(said: Said) -> str:
    if not said.so + said.opposite:
        kept = ", in a row that can be used," if said.garbled else ""
        return f"No outlet had {said.speaker} say so or the opposite{kept.rstrip(',')}"
    opposite = f"{number(said.opposite)} the opposite" if said.opposite else "none the opposite"
    return f"{counted(said.so, 'outlet has', 'outlets have')} {said.speaker} say so, {opposite}"


def _garbled(said: Said) -> str:
    if not said.garbled:
        return "."
    return f"; {counted(said.garbled, 'outlet')} changed what was said to this."


def attribution_asks(check: AttributionCheck, archive: Archive) -> str:
    """Whether the speaker gave the figure, or said so."""
    if check.since is None or check.until is None:
        return f"Did {check.speaker} give the figure of {exact(check.value or 0)}?"
    verb = "affirm" if check.stance == "affirms" else "deny"
    days = _window(check.since, check.until)
    return f"Did {check.speaker} {verb} this {days}: {_labels(archive, check.quantities)}?"


def independence(said: Checkable) -> str:
    """Who had published a figure that others can check."""
    who = f" outside the {said.partial.many}" if said.partial and not said.anybody else ""
    by = written_day(said.by)
    if not said.tellers:
        return f"Nobody{who} had published a figure by {by} that others can check."
    ways = listed(KNOWN_BY.get(way, way) for way in said.access)
    return (
        f"{counted(len(said.tellers), 'teller')}{who} had published a figure by {by} that others can check: "
        f"{listed(said.tellers)}, by {ways}."
    )


def independence_asks(check: IndependenceCheck, archive: Archive) -> str:
    """Who had published a figure that others can check."""
    partial = archive.article.partial_words
    who = "Who" if check.belligerents or not partial else f"Who outside the {partial.many}"
    by = written_day(check.by or archive.article.published)
    one, window = written_day(check.since), _window(check.since, check.until)
    asked = f"meant for {one if check.since == check.until else f'a day {window}'}"
    labels = _labels(archive, check.counts)
    return f"{who} had published a figure by {by} that others can check, {asked}: {labels}?"


def transfer(said: MapOrigins | MapFlows) -> str:
    """What the map shows of the units' ways."""
    if isinstance(said, MapFlows):
        new = ", new and vanished icons among them" if said.new_icons else ""
        return (
            f"From {written_day(said.before)} to {written_day(said.on)} the map moved "
            f"{_none(said.departures)} of its units out of {listed(said.main)} and {_none(said.arrivals)} "
            f"in{new}; of the units there it could place {number(said.units)} on both days."
        )
    if said.before is None or said.on is None:
        return "No map of those days was public that could place such a unit on both."
    return (
        f"Of {counted(said.units, 'unit')} that the map showed in {said.to} around {written_day(said.on)} "
        f"and could place around {written_day(said.before)}, {_none(said.moved)} then stood in "
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
        sides = (("how many recruits came", said.recruits), ("how many were lost", said.losses))
        missing = listed([words for words, origins in sides if not origins], "or")
        return f"Nobody had published {missing} in those days in a row that can be used."
    low, middle, high = said.growth
    least, most = (number(end) for end in said.needed)
    return (
        f"Recruits, by {counted(said.recruits, 'origin')}, less losses, by {number(said.losses)}, leave "
        f"{_growth(middle, said.growth)} in the {number(said.days)} days to {written_day(said.until)}, "
        f"anything from {_growth(low, said.growth)} to {_growth(high, said.growth)}; a growth of {least} to "
        f"{most} was needed."
    )


def _growth(value: float, beside: tuple[float, float, float]) -> str:
    """A growth or a loss of persons, rounded like the numbers beside it."""
    persons = rounded(*map(abs, beside))[beside.index(value)]
    return f"a {'loss' if value < 0 else 'growth'} of {persons} persons"


def balance_asks(check: BalanceCheck, archive: Archive) -> str:
    """Whether recruits less losses could have given what was needed."""
    low, high = (exact(end) for end in check.needed)
    return (
        f"Could recruits less losses have given {low} to {high} persons {_window(check.since, check.until)}?"
    )
