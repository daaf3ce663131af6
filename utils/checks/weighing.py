"""What witnesses weigh together: the odds that something was so on some day, or on all days.

The rule stands in `utils.checks.testimony`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .testimony import Witness
from .witness_check import WitnessCheck

__all__ = ["interval", "probability", "uncovered"]


def probability(witnesses: Iterable[Witness], parameters: WitnessCheck, power: float = 1.0) -> float:
    """Probability that it was so; every ratio is raised to `power`."""
    turned = parameters.days == "all"
    leaning = _leaning(witnesses, parameters.crowding, power)
    if turned:
        leaning = [replace(witness, affirms=not witness.affirms) for witness in leaning]
    share = 1 - parameters.prior if turned else parameters.prior
    odds = math.log(share / (1 - share)) + _some(leaning, parameters.length)
    some = _chance(odds)
    return 1 - some if turned else some


def interval(witnesses: Sequence[Witness], parameters: WitnessCheck) -> tuple[float, float]:
    """What the square root and the square of every ratio make of the probability."""
    ends = [probability(witnesses, parameters, power) for power in (0.5, 2.0)]
    return min(ends), max(ends)


def uncovered(witnesses: Iterable[Witness], parameters: WitnessCheck) -> int:
    """How many days asked about are covered by no word of the side that must cover them."""
    covered = 0
    for witness in witnesses:
        if witness.affirms is (parameters.days == "all"):
            covered |= witness.days
    return parameters.length - covered.bit_count()


def _leaning(witnesses: Iterable[Witness], crowding: float, power: float) -> list[Witness]:
    """The witnesses with the ratios that are left where those of one party lean on each other."""
    sides: dict[tuple[str, bool], list[Witness]] = defaultdict(list)
    for witness in witnesses:
        sides[witness.party, witness.affirms].append(witness)
    return [
        replace(witness, ratio=witness.ratio ** (power * crowding**place))
        for side in sides.values()
        for place, witness in enumerate(sorted(side, key=lambda one: one.ratio, reverse=True))
    ]


def _some(witnesses: Sequence[Witness], length: int) -> float:
    """Log of what the witnesses make of the odds that it was so on some day of so many."""
    affirming = [witness for witness in witnesses if witness.affirms]
    denying = [witness for witness in witnesses if not witness.affirms]
    total = sum(math.log(witness.ratio) for witness in affirming)
    if not denying:
        return total
    shares, weights = [], []
    for first, last in _stretches(witnesses, length):
        share = (last - first) / length
        for witness in affirming:
            if witness.days >> first & 1:
                share += (witness.ratio - 1) * (last - first) / witness.days.bit_count()
        denied = sum(math.log(witness.ratio) for witness in denying if witness.days >> first & 1)
        shares.append(share)
        weights.append(math.log(share) - denied)
    # The product of what many deny would be more than a number can hold.
    most = max(weights)
    return total + most + math.log(sum(math.exp(weight - most) for weight in weights) / sum(shares))


def _chance(odds: float) -> float:
    """The probability of log odds, however long they are."""
    return 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))


def _stretches(witnesses: Iterable[Witness], length: int) -> list[tuple[int, int]]:
    """Runs of days, from the first to before the last, over which no witness begins or ends to speak."""
    edges = 1
    for witness in witnesses:
        edges |= witness.days ^ (witness.days << 1)
    starts = [day for day in range(length) if edges >> day & 1]
    return list(zip(starts, [*starts[1:], length], strict=True))
