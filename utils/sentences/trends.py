"""The sentences and questions of daily series, in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..evidence.choices import chosen
from ..words import in_unit, listed, number, two_digits, unit, written_day
from .values import Changes, SeriesChange

if TYPE_CHECKING:
    from ..archive import Archive
    from ..checks.trend import TrendCheck

# What happens in each step of a series.
EVERY = {"week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}

__all__ = ["noun", "trend", "trend_asks"]


def noun(check: TrendCheck) -> str:
    """What the series of a check is; of a table's columns where nobody wrote a noun."""
    rows = ", ".join(one for values in check.where.values() for one in values)
    return check.measured or unit(f"{check.value} ({rows})" if rows else check.value).replace("_", " ")


def trend(said: Changes) -> str:
    """How the series changed, or turned, without a sign: what grew and what shrank, and how sure that is."""
    by = f"By the data of {said.table}"
    if not said.series and said.unheld:
        turns = f"{_of_a_turn(said)} turns anyway"
        return f"{by}, too few other {_times(said)} were public to say how much {turns}."
    if not said.series:
        return f"{by}, nothing of those {_times(said)} was public that could show {said.measured}."
    if said.turn is not None:
        told = [_turned(one, said) for one in said.series]
        after = f"after {written_day(said.turn)} than before"
        return f"{by}, {_of_a_turn(said)} was {'; '.join(told)} {after}."
    told = [_changed(one, said) for one in said.series]
    if len(told) == 1 and said.series[0].name is None:
        return f"{by}, {said.measured} {told[0]}."
    return f"{by}, {said.measured}: {'; '.join(told)}."


def _of_a_turn(said: Changes) -> str:
    """What is held against what it was before the turn."""
    if said.sums == "shares":
        return f"the share of {said.measured} among those of {listed(said.among)}"
    return f"the {EVERY[said.step]} {_came(said.sums, said.single)} of {said.measured}"


def _came(sums: str, single: bool) -> str:
    """What is told of a step."""
    return "change" if sums == "levels" else "value" if single else "sum"


def _times(said: Changes) -> str:
    """What the rows of the table are about."""
    return "days" if said.step == "week" else f"{said.step}s"


def _changed(one: SeriesChange, said: Changes) -> str:
    name = "" if one.name is None else f"{one.name} "
    size = _size(one.weekly, said)
    if one.weekly == 0:
        return f"{name}did not change ({_give(one, said)})"
    way = "grew" if one.weekly > 0 else "shrank"
    return f"{name}{way} by {size} a {said.step} on average ({_give(one, said)})"


def _turned(one: SeriesChange, said: Changes) -> str:
    name = "" if one.name is None else f"in {one.name} "
    if one.weekly == 0:
        return f"{name}the same ({_give(one, said)})"
    size = _size(one.weekly, said)
    return f"{name}{size} {'higher' if one.weekly > 0 else 'lower'} ({_give(one, said)})"


def _give(one: SeriesChange, said: Changes) -> str:
    return f"give or take {_size(one.half_width, said)}"


def _size(value: float, said: Changes) -> str:
    """A number without its sign, in its unit: to the second digit of the largest of the sentence, or whole.

    What is there but rounds to nothing is less than one of that place.
    """
    largest = two_digits(*(size for one in said.series for size in (one.weekly, one.half_width)))
    places = max(0, -largest)
    size = number(abs(value), places)
    if value and not re.search("[1-9]", size):
        size = f"less than {number(10**-places, places)}"
    return in_unit(size, said.unit)


def is_single(archive: Archive, check: TrendCheck) -> bool:
    """Whether one row is all that a table has of a step of each series, so that nothing is added up."""
    if archive.tables.span(check.table) not in EVERY:
        return False
    rows = chosen(archive.table(check.table), check.where)
    day = archive.tables.declared[check.table].day
    return not rows.duplicated([day, *([check.by] if check.by else [])]).any()


def trend_asks(check: TrendCheck, archive: Archive) -> str:
    """Whether the series grew, shrank or turned."""
    where = f" in at least {number(check.least)} parts of it" if check.by else ""
    days = f"from {written_day(check.since)} to {written_day(check.until)}"
    table = f"by the data of {archive.tables.origin(check.table)}"
    if check.turn:
        other = {"up": "higher", "down": "lower", "either": "other"}[check.direction]
        after = f"after {written_day(check.turn)} than before"
        span = archive.tables.span(check.table)
        every = EVERY.get(span or "day", EVERY["week"])
        single = is_single(archive, check)
        what = "share" if check.sums == "shares" else f"{every} {_came(check.sums, single)}"
        among = f" among those of {listed(check.wider)}" if check.wider else ""
        return f"Was the {what} of {noun(check)}{among} {other} {after}{where}, {days}, {table}?"
    verb = {"up": "grow", "down": "shrink", "either": "change"}[check.direction]
    return f"Did {noun(check)} {verb}{where} {days}, {table}?"
