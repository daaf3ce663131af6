"""What the icons of a map that errs say of the true moves of units.

The rule stands in `utils.checks.transfer`, which asks for it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    Counts = int | numpy.ndarray

__all__ = ["Net", "Origins", "net", "origins"]

TAIL = 0.05  # on either side of an interval
NO_MORE = 1e-9  # than the arithmetic adds to a sum of probabilities


@dataclass(frozen=True)
class Origins:
    """What a map's icons say of the share of units that came from elsewhere.

    none: probability that not one did. low, high: 90 % interval of the share.
    """

    none: float
    low: float
    high: float


@functools.lru_cache(4096)
def origins(moved: int, units: int, wrong_share: float, prior: float) -> Origins:
    """What `moved` icons of so many say; prior: probability that none came, before the map is looked at."""
    from scipy.special import betainc, betaincinv

    # A share s shows itself as s + (1 - s) · wrong_share, and all of them are alike: a beta distribution cut
    # off below the share of wrong icons.
    shape = (moved + 1, units - moved + 1)
    cut = float(betainc(*shape, wrong_share))
    by_error = prior * float(_binomial(moved, units, wrong_share))
    by_moves = (1 - prior) * (1 - cut) / (units + 1) / (1 - wrong_share)
    none = by_error / (by_error + by_moves)
    seen = (float(betaincinv(*shape, cut + tail * (1 - cut))) for tail in (TAIL, 1 - TAIL))
    low, high = (min(1.0, max(0.0, (one - wrong_share) / (1 - wrong_share))) for one in seen)
    return Origins(none, 0.0 if none >= TAIL else low, high)


@dataclass(frozen=True)
class Net:
    """What a map's icons say of arrivals less departures: probability of zero or more, 90 % interval."""

    kept: float
    low: float
    high: float


@functools.lru_cache(4096)
def net(arrivals: int, departures: int, units: int, wrong_share: float) -> Net:
    """What the moves that a map shows, of so many units, say of the true ones."""
    import numpy

    came, left = (_true_moves(shown, units, wrong_share) for shown in (arrivals, departures))
    chances = numpy.convolve(came, left[::-1])
    # From either end, so that places and their mirror images have mirrored ends.
    low, high = (
        int(numpy.searchsorted(numpy.cumsum(one), TAIL - NO_MORE)) - units for one in (chances, chances[::-1])
    )
    return Net(min(1.0, float(chances[units:].sum())), low, -high)


def _true_moves(shown: int, units: int, wrong_share: float) -> numpy.ndarray:
    """Probability of each true number of moves, from none to all units, where so many are shown."""
    import numpy

    moves = numpy.arange(units + 1)[:, None]
    missed = numpy.arange(units + 1)[None]
    # Of those that moved some are missed; the others that are shown did not move.
    false = shown - (moves - missed)
    seen = _binomial(missed, moves, wrong_share) * _binomial(false, units - moves, wrong_share)
    likely = numpy.asarray(seen).sum(1)
    return numpy.asarray(likely / likely.sum())


def _binomial(hits: Counts, cases: Counts, share: float) -> numpy.ndarray:
    """Probability of so many hits among so many cases; none of more hits than cases, or fewer than none.

    `scipy.stats` has it too, but takes a second to load.
    """
    import numpy
    from scipy.special import gammaln, xlog1py, xlogy

    hits, misses = numpy.asarray(hits), numpy.asarray(cases) - numpy.asarray(hits)
    some, others = numpy.maximum(hits, 0), numpy.maximum(misses, 0)
    ways = gammaln(some + others + 1) - gammaln(some + 1) - gammaln(others + 1)
    chance = numpy.exp(ways + xlogy(some, share) + xlog1py(others, -share))
    return numpy.where((hits >= 0) & (misses >= 0), chance, 0.0)
