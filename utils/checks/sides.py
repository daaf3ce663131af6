"""What each origin says of one side of a balance, in persons a day.

The rule stands in `utils.checks.balance`, which asks for it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..evidence.schema import Statement
from .asked import Asked
from .tellings import Telling, telling

if TYPE_CHECKING:
    from ..archive import Archive
    from .account import BalanceCheck

__all__ = ["Rate", "has_rate", "near", "rates"]


# Choices that leave a side's rates as they are.
UNREAD = ("lost_for_good", "needed", "shared_error", "lean", "draws", "seed")


@dataclass(frozen=True)
class Rate:
    """What one origin says of one side, in persons a day.

    error, rounding: standard errors on the log scale of what its teller knows, and of the figure's rounding.
    by_table: whether the figure is the mean of the teller's daily count, and not that of the row.
    """

    origin: str
    teller: str
    party: str
    belligerent: bool
    counted: bool
    per_day: float
    error: float
    rounding: float
    row: str
    by_table: bool = False

    @property
    def telling(self) -> Telling:
        """The rate as a telling of a number that is the same on all days."""
        return Telling(
            self.row, self.teller, self.party, self.per_day, None, None, self.error, self.rounding, 0
        )


def rates(archive: Archive, parameters: BalanceCheck, covers: Mapping[str, float | str]) -> tuple[Rate, ...]:
    """One rate an origin, in order of the origins' first rows.

    covers: the quantities of one side, each with the days that its figure covers.
    """
    return _rates(Asked(archive, parameters, *UNREAD), tuple(covers.items()))


@functools.lru_cache(128)
def _rates(asked: Asked[BalanceCheck], side: tuple[tuple[str, float | str], ...]) -> tuple[Rate, ...]:
    archive, parameters, covers = asked.archive, asked.parameters, dict(side)
    counted = _daily_mean(archive, parameters) if covers == parameters.losses else None
    told = []
    for origin, rows in archive.origins(_usable(archive, parameters, covers)).items():
        teller = archive.origin(origin)[0]
        if archive.is_belligerent(teller) and not parameters.belligerents:
            continue
        row = min(rows, key=lambda row: _rank(row, parameters))
        party = archive.sources[teller.source].party
        witness = archive.ground(teller.source)
        said = telling(row, witness, party, 0, parameters.access_error)
        rate = Rate(
            origin=origin,
            teller=witness,
            party=party,
            belligerent=archive.is_belligerent(teller),
            counted=row.access == "count",
            per_day=said.number / _days_covered(row, covers[row.quantity]),
            error=said.error,
            rounding=said.rounding,
            row=row.id,
        )
        if counted is not None and witness == counted[0]:
            rate = replace(rate, per_day=counted[1], rounding=0.0, by_table=True)
        told.append(rate)
    return tuple(told)


def _daily_mean(archive: Archive, parameters: BalanceCheck) -> tuple[str, float] | None:
    """The teller of the daily count and its mean, in persons a day; None before all its days are public."""
    daily = parameters.daily
    if daily is None:
        return None
    sums = archive.daily(daily.table, daily.value, {})["all"]
    window = sums.loc[str(parameters.since) : str(parameters.until)]
    complete = len(window) == (parameters.until - parameters.since).days + 1
    return (archive.ground(daily.source), float(window.mean())) if complete and window.mean() > 0 else None


def _days_covered(row: Statement, covers: float | str) -> float:
    return (row.valid_to - row.valid_from).days + 1 if isinstance(covers, str) else covers


def near(archive: Archive, parameters: BalanceCheck, names: Iterable[str]) -> list[Statement]:
    """Every row on the quantities that is meant for the window or days near it, in order of publication."""
    slack = timedelta(days=parameters.near_days)
    return [
        row
        for row in archive.about(*names)
        if row.valid_from <= parameters.until + slack and row.valid_to >= parameters.since - slack
    ]


def _usable(archive: Archive, parameters: BalanceCheck, names: Iterable[str]) -> list[Statement]:
    """The sound ones among them with a number or range above zero."""
    return [row for row in near(archive, parameters, names) if row.status == "sound" and has_rate(row)]


def has_rate(row: Statement) -> bool:
    """Whether a row gives a number or a range above zero."""
    return row.ends is not None and row.ends[0] > 0 and (row.low is None or row.low > 0)


def _rank(row: Statement, parameters: BalanceCheck) -> tuple[int, int, date, str]:
    """Lowest for the row of an origin that speaks."""
    shared = (min(row.valid_to, parameters.until) - max(row.valid_from, parameters.since)).days + 1
    middle = parameters.since + (parameters.until - parameters.since) / 2
    return -max(shared, 0), abs((row.middle - middle).days), row.published, row.id
