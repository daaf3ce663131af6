"""The mean of weekly changes, or how it turned, with an error that allows for autocorrelation.

The rule stands in `utils.checks.trend`, which asks for it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .weeks import ROUNDING, WEEK, Step, exact

if TYPE_CHECKING:
    import numpy

__all__ = ["Change", "at_least", "fit"]

STEP = 0.05  # between the correlations of neighbouring weeks that are tried


@dataclass(frozen=True)
class Change:
    """A mean weekly change, or a difference of two, in units a week, with what is known of it.

    It is a mixture of Student distributions around the estimate: `weights` that add up to one, `errors` in
    units a week, degrees of `freedom`. typical: root mean square of the weekly changes behind it.
    """

    weekly: float
    errors: tuple[float, ...]
    freedom: tuple[float, ...]
    weights: tuple[float, ...]
    typical: float

    @property
    def share_up(self) -> float:
        """Probability that it is above zero; what is exactly zero is not."""
        return self._beyond(self.weekly)

    @property
    def share_down(self) -> float:
        """Probability that it is below zero; what is exactly zero is not."""
        return self._beyond(-self.weekly)

    def _beyond(self, way: float) -> float:
        if way == 0 and not any(self.errors):
            return 0.0
        return self._within(way)

    def _within(self, way: float) -> float:
        """Share of the mixture that lies less than this above its middle."""
        from scipy.special import stdtr

        parts = zip(self.errors, self.freedom, self.weights, strict=True)
        return sum(
            weight * (float(stdtr(freedom, way / error)) if error else float(way > 0))
            for error, freedom, weight in parts
        )

    def share_either(self, smallest: float, breadth: float) -> float:
        """Probability that there is a change at all.

        smallest: the share of the typical weekly change that is not worth the word. breadth: how many errors
        wide the estimate lies where something happened.
        """
        import numpy
        from scipy.special import gammaln

        if not self.weekly:
            return 0.0
        scale = numpy.hypot(self.errors, smallest * self.typical)
        free, place = numpy.array(self.freedom), self.weekly / scale
        # Densities of Student's t and of Cauchy's distribution.
        height = numpy.exp(gammaln((free + 1) / 2) - gammaln(free / 2)) / numpy.sqrt(free * math.pi)
        nothing = height * (1 + place**2 / free) ** (-(free + 1) / 2) / scale
        something = 1 / (math.pi * breadth * scale * (1 + (place / breadth) ** 2))
        some, none = (float(numpy.dot(self.weights, story)) for story in (something, nothing))
        return some / (some + none)

    @property
    def half_width(self) -> float:
        """Half of the 90 % interval, in units a week."""
        return _half_width(self.errors, self.freedom, self.weights)

    def no_surer_than(self, error: float) -> Change:
        """The same with no error smaller than this, in units a week."""
        return replace(self, errors=tuple(max(own, error) for own in self.errors))


def fit(
    earlier: tuple[numpy.ndarray, numpy.ndarray],
    weeks: tuple[numpy.ndarray, numpy.ndarray],
    after: numpy.ndarray | None,
    memory: float,
    step: Step = WEEK,
) -> Change:
    """The mean of the changes of some weeks, or with `after` how it differs between those and the others.

    earlier, weeks: cells with which weeks end, and their changes in units a week; the earlier ones tell only
    of memory. after: which of the weeks lie after a turn. memory: the largest correlation of neighbouring
    weeks. step: of what these are, where they are no weeks.
    """
    places = [tuple(((cells - weeks[0][0]) // step.cells).tolist()) for cells in (earlier[0], weeks[0])]
    later = None if after is None else tuple(after.tolist())
    return _fit_once(
        places[0], tuple(earlier[1].tolist()), places[1], tuple(weeks[1].tolist()), later, memory
    )


# The same weeks are asked for as often as they are fitted.
@functools.lru_cache(8192)
def _half_width(errors: tuple[float, ...], freedom: tuple[float, ...], weights: tuple[float, ...]) -> float:
    """How far from the middle of a mixture of Student distributions its 95 % point lies."""
    import numpy
    from scipy.optimize import brentq
    from scipy.special import stdtr, stdtrit

    ends = numpy.array(errors) * stdtrit(freedom, 0.95)
    if ends.max() - ends.min() <= ROUNDING * ends.max():
        return float(ends.max())
    free, per_error = numpy.array(freedom), 1 / numpy.array(errors)
    shares = numpy.array(weights)
    return float(
        brentq(lambda end: shares @ stdtr(free, end * per_error) - 0.95, ends.min(), ends.max(), rtol=1e-12)
    )


@functools.lru_cache(8192)
def _fit_once(
    before: tuple[int, ...],
    earlier: tuple[float, ...],
    places: tuple[int, ...],
    changes: tuple[float, ...],
    after: tuple[bool, ...] | None,
    memory: float,
) -> Change:
    # Day after day the same weeks are fitted, once all days of a window are known.
    import numpy

    told = numpy.array(changes)
    typical = float(numpy.sqrt((told**2).mean()))
    design, ratios, freedom = _errors(places, after, memory)
    coefficients = numpy.linalg.lstsq(design, told, rcond=None)[0]
    misses = exact(told - design @ coefficients, told)
    squares = float((misses**2).sum())
    alone = numpy.ones((len(before), 1))
    weights = _weights([(before, numpy.array(earlier), alone), (places, told, design)], memory)
    return Change(
        weekly=float(exact(coefficients[-1:], told)[0]),
        errors=tuple(numpy.sqrt(ratios * squares).tolist()),
        freedom=tuple(freedom.tolist()),
        weights=tuple(weights.tolist()),
        typical=typical,
    )


def _memories(memory: float) -> numpy.ndarray:
    """The correlations of neighbouring weeks that are tried."""
    import numpy

    return STEP * numpy.arange(math.floor(memory / STEP + ROUNDING) + 1)


@functools.lru_cache(1024)
def _errors(
    places: tuple[int, ...], after: tuple[bool, ...] | None, memory: float
) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """The design of some weeks; for each memory the variance of the last coefficient, in sums of squares that
    are left, and Satterthwaite's degrees of freedom."""
    import numpy

    columns = [numpy.ones(len(places)), *([] if after is None else [numpy.array(after, dtype=float)])]
    design = numpy.column_stack(columns)
    solved = numpy.linalg.pinv(design)
    rest = numpy.eye(len(places)) - design @ solved
    apart = numpy.abs(numpy.subtract.outer(places, places))
    ratios, freedom = [], []
    for correlation in _memories(memory):
        alike = correlation**apart
        left = rest @ alike
        expected = numpy.trace(left)
        ratios.append(float(solved[-1] @ alike @ solved[-1]) / expected)
        freedom.append(expected**2 / float((left * left.T).sum()))
    return design, numpy.maximum.accumulate(ratios), numpy.minimum.accumulate(freedom)


def _weights(
    stretches: Iterable[tuple[Sequence[int], numpy.ndarray, numpy.ndarray]], memory: float
) -> numpy.ndarray:
    """How likely each memory is by some stretches of weeks, all of them alike before.

    stretches: places of weeks, their changes and their design; each has a mean and a spread of its own.
    """
    import numpy

    memories = _memories(memory)
    logs = sum(_restricted(*stretch, memories) for stretch in stretches)
    likely = numpy.exp(logs - numpy.max(logs))
    return numpy.asarray(likely / likely.sum())


def _restricted(
    places: Sequence[int], changes: numpy.ndarray, design: numpy.ndarray, memories: numpy.ndarray
) -> numpy.ndarray:
    """Restricted log likelihood of an autoregression of the first order at each memory, up to a constant.

    Zero where nothing is left to explain.
    """
    import numpy

    free = len(changes) - design.shape[1]
    if free < 1 or not changes.any():
        return numpy.zeros(len(memories))
    told = numpy.column_stack([design, changes / numpy.abs(changes).max()])
    kept = memories[:, None, None] ** numpy.diff(places)[:, None]
    news = numpy.sqrt(1 - kept**2)
    first = numpy.broadcast_to(told[:1], (len(memories), 1, told.shape[1]))
    white = numpy.concatenate([first, (told[1:] - kept * told[:-1]) / news], axis=1)
    columns, target = white[:, :, :-1], white[:, :, -1:]
    across = columns.transpose(0, 2, 1)
    squared = across @ columns
    misses = target - columns @ numpy.linalg.solve(squared, across @ target)
    squares = (misses**2).sum((1, 2))
    if squares.min() <= ROUNDING**2:
        return numpy.zeros(len(memories))
    spread = numpy.linalg.slogdet(squared)[1]
    return numpy.asarray(-numpy.log(news).sum((1, 2)) - spread / 2 - free / 2 * numpy.log(squares))


def at_least(shares: Sequence[float], least: int) -> float:
    """Probability that at least so many of independent events happen."""
    counts = [1.0]
    for share in shares:
        grown = [*counts, 0.0]
        for place in range(len(counts), -1, -1):
            gained = counts[place - 1] * share if place else 0.0
            grown[place] = (counts[place] * (1 - share) if place < len(counts) else 0.0) + gained
        counts = grown
    return min(1.0, sum(counts[least:]))
