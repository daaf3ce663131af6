"""What forecasts and printing days are worth: scores, losses that followed, labels by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas

from .. import answers, verdicts
from ..archive import Archive
from ..checks import Interval, forecast, testimony, weighing
from ..checks.witness_check import WitnessCheck
from ..evidence.claims import Claim
from ..evidence.schema import Statement
from ..verdicts import Verdict
from ..words import Told, number, told_alone

__all__ = ["by_day_of_printing", "following_loss", "nearest", "scorecard", "strips_of"]


def scorecard(hits: Sequence[bool]) -> tuple[float, Interval, str]:
    """What forecasts that came true or not say of the next one: probability, 90 % interval, and in words.

    The words hold the Brier score (Brier 1950, Monthly Weather Review 78) of somebody who said without doubt
    that it comes: the mean squared distance of one from the outcome, which is the share of misses.
    """
    probability, interval = forecast.record(sum(hits), len(hits))
    if not hits:
        return probability, interval, "none could be scored: an interval of pure ignorance"
    brier = sum((1 - hit) ** 2 for hit in hits) / len(hits)
    return (
        probability,
        interval,
        f"{number(sum(hits))} of {number(len(hits))} came true; Brier score {number(brier, 2)}",
    )


def following_loss(area: pandas.Series, days: int) -> pandas.Series:
    """What was lost in the days after each day, in the unit of `area`; negative where ground was gained.

    area: by day, as timestamps. A day that has no map, or whose end day has none, is left out: gaps are not
    filled in.
    """
    daily = area.resample("D").mean()
    return (daily - daily.shift(-days)).dropna()


def nearest(archive: Archive, quantity: str, day: date) -> Statement:
    """The sound statement with a number whose days lie closest to a day; the earlier published one of two."""
    rows = [row for row in archive.evidence(quantity) if row.has_point or row.low or row.high]
    return min(rows, key=lambda row: (abs((row.middle - day).days), row.published, row.id))


def by_day_of_printing(
    archive: Archive, claim: Claim, days: Sequence[date], *, week: int = 7
) -> pandas.DataFrame:
    """Probability that it came within a week, and that none was under way in the week before, by day.

    claim: one with the checks `came` and `none_before`, which are the columns; days: those on which it might
    have been printed. Missing where fewer than two speak of the days. The archive's own clock judges all.
    """
    lines = []
    for day in days:
        asked = {
            "came": {"since": day, "until": day + timedelta(days=week)},
            "none_before": {"since": day - timedelta(days=week), "until": day - timedelta(days=1)},
        }
        line = {}
        for name, window in asked.items():
            check = claim.vary(name, **window).parameters(name)
            if not isinstance(check, WitnessCheck):
                raise ValueError(f"{name} is no check of an occurrence")
            witnesses = testimony.witnesses(archive, check)
            line[name] = weighing.probability(witnesses, check) if testimony.enough(witnesses) else None
        lines.append(line)
    return pandas.DataFrame(lines, index=pandas.DatetimeIndex(list(days)), dtype=float)


def strips_of(days: Sequence[Verdict], names: Mapping[str, str]) -> dict[str, list[tuple[date, Told]]]:
    """Readers' labels by day from a history: of each named check, and under "The claim" of the claim."""
    strips = {
        name: [(verdict.as_of, told_alone(verdicts.label(verdict.finding(check)))) for verdict in days]
        for check, name in names.items()
    }
    return {**strips, "The claim": [(verdict.as_of, answers.told(verdict)) for verdict in days]}
