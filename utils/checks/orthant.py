"""The probability that several normal variables are all above zero, one taken in after the other.

After Mendell and Elston (1974), Biometrics 30: each that is taken in leaves the others normal again, with the
mean and the spread of what it cuts off.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import ndarray

__all__ = ["all_above"]


def all_above(means: ndarray, covariances: ndarray) -> ndarray:
    """Log probability that normal variables are all above zero, taken in one after the other.

    means: spreads × variables × places. covariances: spreads × variables × variables. Result: spreads ×
    places.
    """
    import numpy
    from scipy.special import log_ndtr

    count = means.shape[1]
    mean = [means[:, place] for place in range(count)]
    spread = {
        (one, other): covariances[:, one, other, None] for one in range(count) for other in range(one, count)
    }
    total = numpy.zeros((means.shape[0], means.shape[2]))
    for one in range(count):
        error = numpy.sqrt(spread[one, one])
        place = mean[one] / error
        log_share = log_ndtr(place)
        total = total + log_share
        pull = numpy.exp(-(place**2) / 2 - math.log(2 * math.pi) / 2 - log_share)
        narrower = pull * (pull + place)
        slope = {other: spread[one, other] / error for other in range(one + 1, count)}
        for other in slope:
            mean[other] = mean[other] + slope[other] * pull
            for third in range(other, count):
                spread[other, third] = spread[other, third] - slope[other] * slope[third] * narrower
    return total
