"""An answer to "how many?": a distribution on a grid of nodes, and what it says of a claimed range.

The rule stands in `utils.checks.pool`, which makes it.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from .scales import Z90, Scale

if TYPE_CHECKING:
    from numpy import ndarray

__all__ = ["ENOUGH", "NODES", "Judgement", "Posterior", "greater", "judged", "ratio"]

ENOUGH = 0.8
NODES = 201  # of the answer
FREEDOM = 4  # of the shared error
STRIDE = 20  # of the places of a quantile
ENDS = 1e100  # stands for the infinite ends of the scale

Judgement = Literal["supported", "refuted below", "refuted above", "coarser", "open"]


@dataclass(frozen=True, eq=False)
class Posterior:
    """The pooled number: nodes of equal mass on the scale, each the centre of a t of the shared error."""

    nodes: ndarray
    shared: float
    scale: Scale

    def below(self, number: float) -> float:
        """Probability that the truth is less than a number."""
        if number <= self.scale.floor:
            return 0.0
        return float(self._below(self.scale.of(number)))

    def above(self, number: float) -> float:
        """Probability that the truth is more than a number."""
        if number < self.scale.floor:
            return 1.0
        place = self.scale.of(number)
        # All mass on one place is neither less nor more than it.
        return float((self.nodes > place).mean()) if self._is_certain else 1 - float(self._below(place))

    def within(self, low: float, high: float) -> float:
        """Probability that the truth is from `low` to `high`, which may be infinite."""
        return max(0.0, 1 - self.below(low) - self.above(high))

    @property
    def median(self) -> float:
        """The number that the truth is as likely below as above."""
        return self.scale.back(self._quantile(0.5))

    def interval(self, share: float = 0.9) -> tuple[float, float]:
        """The ends of the middle share of the answer, in the unit of the quantity."""
        tail = (1 - share) / 2
        return self.scale.back(self._quantile(tail)), self.scale.back(self._quantile(1 - tail))

    @property
    def error(self) -> float:
        """Half of the 90 % interval on the scale, as a normal standard error."""
        return (self._quantile(0.95) - self._quantile(0.05)) / (2 * Z90)

    def log_density(self, number: float) -> float:
        """Natural logarithm of the density on the scale at a number; needs a shared error above zero."""
        place = (self.scale.of(number) - self.nodes) / self.shared
        density = 0.375 * (1 + place**2 / FREEDOM) ** (-(FREEDOM + 1) / 2)
        return math.log(density.mean() / self.shared)

    def moved(self, number: float) -> Posterior:
        """The same answer with its median at a number."""
        return Posterior(self.nodes - self._quantile(0.5) + self.scale.of(number), self.shared, self.scale)

    @property
    def _is_certain(self) -> bool:
        return self.shared == 0 and self.nodes[0] == self.nodes[-1]

    def _below(self, places: float | ndarray) -> ndarray:
        """Share of the answer below places on the scale."""
        import numpy

        places = numpy.clip(places, -ENDS, ENDS)
        if self._is_certain:
            certain: ndarray = (places > self.nodes[0]).astype(float)
            return certain
        if self.shared == 0:
            middles = (numpy.arange(self.nodes.size) + 0.5) / self.nodes.size
            return numpy.asarray(numpy.interp(places, self.nodes, middles, left=0.0, right=1.0))
        shares: ndarray = _t_below((places[..., None] - self.nodes) / self.shared).mean(-1)
        return shares

    @cached_property
    def _grid(self) -> tuple[ndarray, ndarray]:
        """Places on the scale, dense in the middle and far in the tails, and the share below every
        twentieth."""
        low, middle, high = self.nodes[[NODES // 20, NODES // 2, -NODES // 20]]
        spread = (high - low) / (2 * Z90) + self.shared
        places = middle + spread / 2 * _steps()
        return places, self._below(places[::STRIDE])

    def _quantile(self, share: float) -> float:
        import numpy

        if self.shared == 0:
            middles = (numpy.arange(self.nodes.size) + 0.5) / self.nodes.size
            return float(numpy.interp(share, middles, self.nodes))
        places, below = self._grid
        # The others are asked for between two of these alone, where the share is.
        first = STRIDE * min(max(0, int(below.searchsorted(share, side="right")) - 1), below.size - 2)
        near = places[first : first + STRIDE + 1]
        return float(numpy.interp(share, self._below(near), near))


@functools.cache
def _steps() -> ndarray:
    """Places from -333 to 333, dense in the middle."""
    import numpy

    return numpy.sinh(numpy.linspace(-6.5, 6.5, 401))


def _t_below(place: ndarray) -> ndarray:
    """Distribution function of Student's t with four degrees of freedom."""
    # Through the sine of an angle, which stays finite wherever the place does.
    sine = place / (FREEDOM + place**2) ** 0.5
    return 0.5 + 0.75 * sine * (1 - sine**2 / 3)


def ratio(of: Posterior, to: Posterior) -> Posterior:
    """One answer over another, both on the log scale, as if they did not err together.

    ValueError where one of them is not on the log scale.
    """
    import numpy

    if of.scale.unit is not None or to.scale.unit is not None:
        raise ValueError("no ratio of numbers that may be zero or below")
    pairs = numpy.sort((of.nodes[:, None] - to.nodes).ravel())
    middles = (numpy.arange(NODES) + 0.5) / NODES
    nodes = numpy.interp(middles, (numpy.arange(pairs.size) + 0.5) / pairs.size, pairs)
    return Posterior(nodes, math.hypot(of.shared, to.shared), of.scale)


def greater(one: Posterior, other: Posterior) -> float:
    """Probability that one answer is above another of the same witnesses, whose shared error is the same."""
    return float((one.nodes[:, None] > other.nodes).mean())


def judged(answer: Posterior, low: float, high: float, claimed: float | None) -> Judgement:
    """What the answer says of a claimed range, ends included; an end may be infinite.

    claimed: the middle of the range; None for a range without one, than which no evidence is coarser.
    """
    below, above = answer.below(low), answer.above(high)
    if 1 - below - above >= ENOUGH:
        return "supported"
    if below >= ENOUGH:
        return "refuted below"
    if above >= ENOUGH:
        return "refuted above"
    if claimed is None:
        return "open"
    return "coarser" if answer.moved(claimed).within(low, high) < ENOUGH else "open"
