"""The answers of checks other than those on a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import counted, in_unit, listed, number, plural, rounded, unit, written_day
from ..values import Balance, Checkable, Forecasts, MapFlows, MapOrigins, Relays, Said, Sides
from .phrases import PERSONS, came_in, how_many

if TYPE_CHECKING:
    from ...evidence.article import Partial

__all__ = ["attribution", "balance", "forecast", "independence", "occurrence", "transfer"]


def occurrence(said: Sides) -> str:
    """How many tellers say what the claim says and how many deny that, and the days of which none speaks."""
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
    affirmed = f"{counted(yes, 'teller says', 'tellers say')} that {said.says}"
    if not no:
        return f"{affirmed}, and none {f'that {said.denial}' if said.denial else 'denies it'}"
    if said.denial:
        return f"{affirmed}; {number(no)} {plural(no, 'says', 'say')} that {said.denial}"
    return f"{affirmed}; {number(no)} {plural(no, 'denies', 'deny')} it"


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


def forecast(said: Forecasts | Sides) -> str:
    """What came, once it can be judged; the record of earlier forecasts before."""
    if isinstance(said, Sides):
        return occurrence(said)
    opening = f"It can be judged from {written_day(said.judged_from)} on; until then its record speaks."
    if not said.told:
        return f"{opening} No earlier forecast of this kind was known."
    return (
        f"{opening} Of {counted(said.told, 'earlier forecast')} of this kind, {how_many(said.known)} could "
        f"be judged and {how_many(said.came_true)} came true."
    )


def attribution(said: Relays | Said) -> str:
    """What the outlets have the speaker say."""
    if isinstance(said, Said):
        return f"{_said(said)}{_garbled(said)}"
    outlets = said.kept + said.changed + said.doubtful
    if not outlets:
        return f"No outlet had credited {said.speaker} with it."
    return (
        f"{counted(outlets, 'outlet credits', 'outlets credit')} {said.speaker}: {how_many(said.kept)} "
        f"{plural(said.kept, 'gives', 'give')} the figure as claimed, {how_many(said.changed)} changed it or "
        f"its meaning{f', {number(said.doubtful)} cannot be used' if said.doubtful else ''}."
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


KNOWN_BY = {
    "official": "an official word",
    "anonymous": "unnamed sources",
    "count": "a count",
    "model": "an estimate",
}


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


def transfer(said: MapOrigins | MapFlows) -> str:
    """What the map shows of the units' ways."""
    if isinstance(said, MapFlows):
        new = ", new and vanished icons among them" if said.new_icons else ""
        return (
            f"From {written_day(said.before)} to {written_day(said.on)} the map moved "
            f"{how_many(said.departures)} of its units out of {listed(said.main)} and "
            f"{how_many(said.arrivals)} in{new}; of the units there it could place "
            f"{number(said.units)} on both days."
        )
    if said.before is None or said.on is None:
        return "No map of those days was public that could place such a unit on both."
    return (
        f"Of {counted(said.units, 'unit')} that the map showed in {said.to} around {written_day(said.on)} "
        f"and could place around {written_day(said.before)}, {how_many(said.moved)} then stood in "
        f"{listed(said.sources, 'or')}."
    )


def balance(said: Balance) -> str:
    """What growth is left of what came, less losses."""
    if said.growth is None:
        came = "how many came" if said.unit == PERSONS else f"how many {unit(said.unit)} came"
        sides = ((came, said.recruits), ("how many were lost", said.losses))
        missing = listed([words for words, origins in sides if not origins], "or")
        return f"Nobody had published {missing} in those days in a row that can be used."
    low, middle, high = said.growth
    least, most = (number(end) for end in said.needed)
    came = came_in(said.unit)
    return (
        f"{came[0].upper()}{came[1:]}, by {counted(said.recruits, 'origin')}, less losses, by "
        f"{number(said.losses)}, leave {_growth(middle, said)} in the {number(said.days)} days to "
        f"{written_day(said.until)}, anything from {_growth(low, said)} to {_growth(high, said)}; a growth "
        f"of {least} to {most} was needed."
    )


def _growth(value: float, said: Balance) -> str:
    """A growth or a loss, rounded like the numbers beside it."""
    beside = said.growth or ()
    size = rounded(*map(abs, beside))[beside.index(value)]
    return f"a {'loss' if value < 0 else 'growth'} of {in_unit(size, said.unit)}"
