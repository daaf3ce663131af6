"""Recruits and losses as persons a day, and what each pair of tellers makes of the force."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas

from ..archive import Archive
from ..checks.sides import Rate
from ..words import teller, written_day

__all__ = ["named_rates", "pairs", "per_day", "range_of"]


def per_day(frame: pandas.DataFrame, covers: Mapping[str, float | None]) -> pandas.DataFrame:
    """Statements as persons a day: the frame with `point`, `from_rate` and `to_rate`.

    frame: statements as `Archive.frame` gives them. covers: days that a figure of each quantity covers; None
    for a sum over the row's own window. A range without a value has its geometric middle as point, as in
    `utils.checks.quantity`; a single bound has none.
    """
    own = (frame.valid_to - frame.valid_from).dt.days + 1
    days = frame.quantity.map(lambda name: covers[name]).astype(float).fillna(own.astype(float))
    point = frame.value.where(frame.value.notna(), (frame.low * frame.high) ** 0.5)
    return frame.assign(point=point / days, from_rate=frame.low / days, to_rate=frame.high / days)


def named_rates(archive: Archive, rates: Sequence[Rate]) -> dict[str, Rate]:
    """Rates by who told them first and when the row that speaks was published, in order of publication."""
    ordered = sorted(rates, key=lambda rate: (archive.statement(rate.row).published, rate.origin))
    return {
        f"{teller(archive.sources[archive.origin(rate.origin)[0].source].name)}\n"
        f"{written_day(archive.statement(rate.row).published, short=True)}": rate
        for rate in ordered
    }


def range_of(rate: Rate) -> tuple[float, float]:
    """The 90 % range of a rate, by what its teller knows and by its rounding."""
    factor = math.exp(1.645 * math.hypot(rate.error, rate.rounding))
    return rate.per_day / factor, rate.per_day * factor


def pairs(
    recruits: Mapping[str, float], losses: Mapping[str, float], *, lost: float, days: int
) -> pandas.DataFrame:
    """The growth of the force by each pair of tellers, in persons: recruits by row, losses by column.

    recruits, losses: persons a day by name. lost: the share of casualties that is lost for good. days: of
    the window.
    """
    growth = {
        name: [(arrived - casualties * lost) * days for arrived in recruits.values()]
        for name, casualties in losses.items()
    }
    return pandas.DataFrame(growth, index=list(recruits))
