"""Observations of one number pooled with random effects, first within each party, then across the parties.

The rule, its assumptions and the literature stand in `utils.checks.quantity`, which asks for it.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ..evidence.parameters import Spread
from ..evidence.schema import Access, Statement

__all__ = [
    "ACCESS_ERROR",
    "Z90",
    "AccessError",
    "Observation",
    "Pooled",
    "own",
    "pool",
    "rounding_error",
    "share_within",
]

AccessError = Annotated[
    dict[Access, Spread],
    Field(
        description="standard error on the log scale of a figure that states no range, by how it came about"
    ),
]
ACCESS_ERROR: dict[Access, float] = {"official": 0.15, "anonymous": 0.20, "count": 0.10, "model": 0.25}
Z90 = 1.6448536269514722  # half-width of a 90 % interval in standard deviations


@dataclass(frozen=True)
class Observation:
    """What one origin says of the claimed number, in the unit of the quantity.

    value: the figure, completed by the rest where the row counts only a part; completed_by: the rest's rows.
    error: its standard error on the log scale for the day it was meant for.
    days: whole days between that day and the claimed one.
    """

    origin: str
    party: str
    belligerent: bool
    counted: bool
    value: float
    error: float
    days: int
    row: str
    completed_by: tuple[str, ...] = ()

    def variance(self, drift: float) -> float:
        """Variance on the log scale as evidence for the claimed day."""
        return self.error**2 + drift**2 * self.days

    def interval(self, drift: float) -> tuple[float, float]:
        """90 % interval of the number on the claimed day, by this witness alone."""
        half = Z90 * math.sqrt(self.variance(drift))
        return self.value * math.exp(-half), self.value * math.exp(half)


@dataclass(frozen=True)
class Pooled:
    """A pooled number: median, standard error on the log scale, 90 % interval."""

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """90 % interval in the unit of the value."""
        return self.value * math.exp(-Z90 * self.error), self.value * math.exp(Z90 * self.error)


def rounding_error(value: float) -> float:
    """Standard error on the log scale that rounding leaves in a figure.

    The trailing zeros show the unit of rounding; a figure spread evenly over one unit has a standard
    deviation of unit/√12. A figure without trailing zeros is taken as exact to one. ValueError for a figure
    that has no logarithm.
    """
    if value <= 0:
        raise ValueError(f"a figure above zero, not {value}")
    unit = 1.0
    while value % (unit * 10) == 0:
        unit *= 10
    return unit / math.sqrt(12) / value


def own(row: Statement, access_error: Mapping[Access, float]) -> tuple[float, float]:
    """Value and standard error on the log scale of one row that has a point, by its range or its access."""
    if row.ends is None:
        raise ValueError(f"{row.id} gives neither a number nor both ends of a range")
    low, high = row.low, row.high
    value = row.value if row.value is not None else math.sqrt(row.ends[0] * row.ends[1])
    if low is not None and high is not None and low < high:
        return value, math.log(high / low) / (2 * Z90)
    return value, math.hypot(access_error[row.access], rounding_error(value))


def _combine(values: Sequence[float], variances: Sequence[float]) -> tuple[float, float]:
    """Random-effects mean and variance; a single value stands for itself."""
    if len(values) == 1:
        return values[0], variances[0]
    import numpy
    from statsmodels.stats.meta_analysis import combine_effects

    # Values that agree better than their errors leave a share of heterogeneity undefined that is not used.
    with numpy.errstate(divide="ignore"):
        result = combine_effects(numpy.asarray(values), numpy.asarray(variances), method_re="iterated")
    return float(result.mean_effect_re), float(result.sd_eff_w_re**2)


def pool(witnesses: Sequence[Observation], *, drift: float, shared_error: float = 0.0) -> Pooled:
    """Pool observations within parties, then across them; ValueError when there are none."""
    if not witnesses:
        raise ValueError("nothing to pool")
    return _pooled(tuple(witnesses), drift, shared_error)


@functools.lru_cache(4096)
def _pooled(witnesses: tuple[Observation, ...], drift: float, shared_error: float) -> Pooled:
    # Day after day and choice after choice, the same few figures are pooled.
    by_party: dict[str, list[Observation]] = defaultdict(list)
    for witness in witnesses:
        by_party[witness.party].append(witness)
    parties = [
        _combine([math.log(one.value) for one in group], [one.variance(drift) for one in group])
        for group in by_party.values()
    ]
    mean, variance = _combine([mean for mean, _ in parties], [variance for _, variance in parties])
    return Pooled(value=math.exp(mean), error=math.sqrt(variance + shared_error**2))


def share_within(pooled: Pooled, value: float, tolerance: float) -> float:
    """Share of the pooled distribution between value·(1 - tolerance) and value·(1 + tolerance)."""
    from scipy.special import ndtr

    def below(bound: float) -> float:
        return float(ndtr(math.log(bound / pooled.value) / pooled.error))

    return below(value * (1 + tolerance)) - below(value * (1 - tolerance))
