"""How tellings of one number stray from it together: by the path of the number, parties and tellers.

The rule stands in `utils.checks.pool`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .tellings import Telling

if TYPE_CHECKING:
    from numpy import ndarray

__all__ = ["Covariances", "frozen", "middles", "normal_nodes"]

SPREADS = 7  # nodes of each lean's spread
DRIFTS = 5  # nodes of the drift of one quantity
FACTOR = 4.0  # one standard deviation between the drifts of quantities of one kind
MEMORY = 30.0  # days after which about a third of a teller's own error is still the same
SMALLEST = 0.005  # what no figure is more exact than: half a percent
AT_ONCE = 1_000_000  # covariances in memory at a time, each of eight bytes


def middles(count: int) -> ndarray:
    """The shares in the middle of so many equal masses."""
    import numpy

    return (numpy.arange(count) + 0.5) / count


def frozen(array: ndarray) -> ndarray:
    array.setflags(write=False)
    return array


@functools.cache
def normal_nodes(count: int) -> ndarray:
    """Nodes of equal mass of a standard normal distribution."""
    from scipy.special import ndtri

    return frozen(ndtri(middles(count)))


@functools.cache
def _spreads(lean: float, drift: float, nodes: int) -> ndarray:
    """Variances of parties, tellers and a day's path: 3 × combinations, all of one mass.

    Leans are half-normal, the drift log-normal around that of the kind; without a drift there is no path.
    """
    import numpy
    from scipy.special import ndtri

    leans = lean * ndtri((1 + middles(nodes)) / 2)
    drifts = drift * FACTOR ** normal_nodes(DRIFTS) if drift else numpy.zeros(1)
    every = numpy.meshgrid(leans, leans, drifts, indexing="ij")
    return frozen(numpy.stack([one.ravel() for one in every]) ** 2)


class Covariances:
    """Covariances of the tellings around the truth: spreads of all drifts and leans × tellings × tellings.

    They come by as many spreads at a time as memory is for, since of hundreds of tellings all would fill it.
    """

    def __init__(
        self, tellings: Sequence[Telling], priors: Sequence[tuple[float, float]], nodes: int = SPREADS
    ) -> None:
        import numpy

        def same(names: list[str]) -> ndarray:
            array = numpy.asarray(names)
            return numpy.asarray(array[:, None] == array)

        teller, party = same([one.teller for one in tellings]), same([one.party for one in tellings])
        error = numpy.asarray([one.error for one in tellings]) ** 2
        days = numpy.asarray([one.days for one in tellings], dtype=float)
        ways = numpy.minimum(abs(days)[:, None], abs(days)) * (days[:, None] * days > 0)
        rounding = [one.rounding**2 + SMALLEST**2 for one in tellings]
        renewed = numpy.exp(-abs(days[:, None] - days) / MEMORY)
        self._common = numpy.minimum(error[:, None], error) * renewed * teller + numpy.diag(rounding)
        moves = bool(ways.any())
        self._spreads = numpy.hstack(
            [_spreads(lean, drift if moves else 0.0, nodes) for drift, lean in priors]
        )
        self._shared = numpy.asarray([party, teller, ways])

    def __iter__(self) -> Iterator[ndarray]:
        import numpy

        many = max(1, AT_ONCE // self._common.size)
        for first in range(0, self._spreads.shape[1], many):
            spreads = self._spreads[:, first : first + many]
            yield numpy.asarray(self._common + numpy.tensordot(spreads, self._shared, axes=(0, 0)))
