"""What the icons of a map that errs say of the true moves of units.

The rule stands in `utils.checks.transfer`, which asks for it.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

__all__ = ["Net", "Origins", "net", "origins"]

TAIL = 0.05  # on either side of an interval
NO_MORE = 1e-9  # than the arithmetic adds to a sum of probabilities
NEARLY_ALL = 1 - 2**-53  # the greatest share below one


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
    from scipy.optimize import brentq
    from scipy.special import expit, logit

    # A share s shows itself as s + (1 - s) · wrong_share, and all of them are alike: a beta distribution cut
    # off below the share of wrong icons. As much of it lies beyond a share as there is chance of at most
    # `moved` icons of one unit more.
    beyond = functools.partial(_log_at_most, moved, units + 1, wrong_share)
    by_error = float(_log_chances(units, wrong_share, 0.0)[moved])
    by_moves = beyond(0.0) - math.log(units + 1) - math.log1p(-wrong_share)
    none = float(expit(logit(prior) + by_error - by_moves))

    def end(part: float) -> float:
        """The share beyond which such a part of the distribution lies."""
        left = beyond(0.0) + math.log(part)
        return float(brentq(lambda share: beyond(share) - left, 0.0, NEARLY_ALL, xtol=1e-15))

    low, high = end(1 - TAIL), end(TAIL)
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

    factorials, false_odds = _log_factorials(units), math.log(wrong_share) - math.log1p(-wrong_share)
    likely = numpy.empty(units + 1)
    for moves in range(units + 1):
        # Of those that moved some are missed; the others that are shown did not move.
        missed = numpy.arange(max(0, moves - shown), min(moves, units - shown) + 1)
        false, others = shown - moves + missed, units - moves
        ways = factorials[moves] - factorials[missed] - factorials[moves - missed]
        ways += factorials[others] - factorials[false] - factorials[others - false]
        likely[moves] = _log_sum(ways + (missed + false) * false_odds)
    chances = numpy.exp(likely - likely.max())
    return numpy.asarray(chances / chances.sum())


def _log_at_most(hits: int, cases: int, wrong_share: float, share: float) -> float:
    """Logarithm of the probability that a map shows at most so many of the cases to have moved."""
    return _log_sum(_log_chances(cases, wrong_share, share)[: hits + 1])


def _log_chances(cases: int, wrong_share: float, share: float) -> numpy.ndarray:
    """Logarithm of the probability of each number of moves that a map shows, from none to all cases, if a
    share of them moved. Of thousands the probability itself would be rounded to nothing.

    `scipy.stats` has it too, but takes a second to load.
    """
    import numpy

    factorials, hits = _log_factorials(cases), numpy.arange(cases + 1)
    ways = factorials[-1] - factorials - factorials[::-1]
    hit, miss = (
        math.log(wrong_share + share * (1 - wrong_share)),
        math.log1p(-wrong_share) + math.log1p(-share),
    )
    return numpy.asarray(ways + hits * hit + hits[::-1] * miss)


@functools.lru_cache(8)
def _log_factorials(most: int) -> numpy.ndarray:
    """Logarithm of each factorial up to one."""
    import numpy
    from scipy.special import gammaln

    return numpy.asarray(gammaln(numpy.arange(most + 1) + 1.0))


def _log_sum(logarithms: numpy.ndarray) -> float:
    """Logarithm of the sum of what these are the logarithms of."""
    import numpy

    most = logarithms.max()
    return float(most + numpy.log(numpy.exp(logarithms - most).sum()))
