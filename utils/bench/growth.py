"""How a cost grows with its input: the exponent of a power law, fitted by least squares on the logarithms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Growth", "exponent"]


@dataclass(frozen=True)
class Growth:
    """What a cost was at so many times its input, in median seconds of the processors, by the factor."""

    name: str
    of: str
    seconds: Mapping[int, float]

    @property
    def exponent(self) -> float:
        """The exponent over all sizes; 1 is linear, less where a fixed cost is part of it."""
        return exponent(list(self.seconds), list(self.seconds.values()))

    @property
    def last(self) -> float:
        """The exponent between the two largest sizes, where a fixed cost hides least."""
        return exponent(list(self.seconds)[-2:], list(self.seconds.values())[-2:])


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the costs' logarithms over those of the sizes; at least two sizes, all above zero."""
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    middle = sum(x) / len(x)
    return sum((a - middle) * b for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x)
