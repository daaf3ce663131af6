"""The scale on which figures are compared, and the step to which a figure is rounded.

Rule
----
1. Figures, bounds and a claimed number that are all above zero are compared on the log scale: errors are
   factors, and no unit or power of ten changes anything.
2. As soon as one of them is zero or below, all of them are compared on the signed scale asinh(x / unit). It
   is the log scale far from zero and a straight one around it. The unit is the median size of those that are
   not zero, so that it moves with the unit of the figures and nothing depends on that either. A told zero
   has the same error, as a share of that size, as another figure has as a share of itself.
3. Where nothing is below zero, nothing below zero is possible: what the errors would put there is at zero.
4. Where all is zero, the claimed number too, the answer is zero.
5. A figure is rounded to its last digit that is not zero: 500,000 to 100,000 and 0.5 million to 0.1 million,
   which is the same. Digits are those of the decimal text with 15 significant ones, which no change of unit
   by a power of ten alters. A zero is not rounded.

Literature
----------
Burbidge, Magee and Robb (1988), Journal of the American Statistical Association 83, for the inverse
hyperbolic sine where a logarithm is wanted and zeros occur.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

__all__ = ["LOG", "Z90", "Scale", "rounding_step", "scale_of"]

Z90 = 1.6448536269514722  # half-width of a 90 % interval in standard deviations


@dataclass(frozen=True)
class Scale:
    """The log scale, or with a unit the signed scale; `floor`: the least number that is possible."""

    unit: float | None = None
    floor: float = 0.0

    def of(self, number: float) -> float:
        """A number's place on the scale; infinite where it has none inside it."""
        if math.isinf(number):
            return number
        if self.unit is None:
            return math.log(number) if number > 0 else -math.inf
        if self.unit == 0:
            return math.copysign(math.inf, number) if number else 0.0
        return math.asinh(number / self.unit)

    def back(self, place: float) -> float:
        """The number at a place on the scale, never below the floor."""
        number = math.exp(place) if self.unit is None else self.unit * math.sinh(place)
        return max(number, self.floor)

    def share(self, size: float, number: float) -> float:
        """A small distance from a number, in the number's own unit, as a distance on the scale."""
        if size == 0:
            return 0.0
        return size / (number if self.unit is None else math.hypot(number, self.unit))


LOG = Scale()


def scale_of(figures: Iterable[float], claimed: float | None = None) -> Scale:
    """The scale for figures and bounds and the claimed number, all in one unit."""
    numbers = [*figures, *([] if claimed is None else [claimed])]
    if all(number > 0 for number in numbers):
        return LOG
    sizes = [abs(number) for number in numbers if number]
    floor = 0.0 if min(numbers) >= 0 else -math.inf
    return Scale(unit=median(sizes) if sizes else 0.0, floor=floor)


def rounding_step(value: float) -> float:
    """The unit of a figure's last digit that is not zero; 0 for a zero."""
    if value == 0:
        return 0.0
    digits = Decimal(f"{value:.15g}").normalize()
    return float(Decimal(1).scaleb(int(digits.as_tuple().exponent)))
