"""What the engine must reach in every world, and where it does not.

Rule, written before the first run: among the claims called *Supported* the share of true ones is at least
0.80, among those called *Refuted* at most 0.20, and 90 % intervals hold the true value in 0.85 to 0.95. It is
asked of each method in each world on each clock, and of all methods of a world together. As a share of some
verdicts is no more than an estimate, it fails only where its 99 % interval (Clopper and Pearson 1934) lies
wholly on the wrong side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..words import number, share
from .score import ALL, Score, together

__all__ = ["CONFIDENCE", "Cell", "Failure", "Part", "band", "failures", "gate", "joint_confidence", "parts"]

CONFIDENCE = 0.99
SUPPORTED_LEAST, REFUTED_MOST = 0.80, 0.20
COVERED_LEAST, COVERED_MOST = 0.85, 0.95
Cell = tuple[str, str, str, str]  # world, method, clock and which share
JUDGED = {
    "supported": "called Supported are true",
    "refuted": "called Refuted are true",
    "coverage": "90 % intervals hold the true value",
}


@dataclass(frozen=True)
class Part:
    """A share that is judged: of what, how many of how many, and within what it must lie."""

    world: str
    method: str
    clock: str
    of: str
    holding: int
    count: int
    least: float = 0.0
    most: float = 1.0


@dataclass(frozen=True)
class Failure:
    """A share that is wrong beyond chance, with the 99 % interval of what it is an estimate of."""

    part: Part
    low: float
    high: float

    @property
    def cell(self) -> Cell:
        """World, method, clock and which share."""
        return self.part.world, self.part.method, self.part.clock, self.part.of

    def __str__(self) -> str:
        part = self.part
        asked = f"at least {share(part.least)}" if self.high < part.least else f"at most {share(part.most)}"
        return (
            f"{part.world}, {part.method}, {part.clock}: {number(part.holding)} of {number(part.count)} "
            f"{JUDGED[part.of]}, {share(part.holding / part.count)} ({share(self.low)} to "
            f"{share(self.high)}); {asked} is asked"
        )


def gate(scores: Iterable[Score], confidence: float = CONFIDENCE) -> list[str]:
    """What fails, in words; nothing when all is as it must be."""
    return [str(one) for one in failures(scores, confidence)]


def failures(scores: Iterable[Score], confidence: float = CONFIDENCE) -> list[Failure]:
    """The shares whose interval lies wholly on the wrong side, in the order of the scores."""
    found = []
    for part in parts(list(scores)):
        low, high = band(part.holding, part.count, confidence)
        if high < part.least or low > part.most:
            found.append(Failure(part, low, high))
    return found


def joint_confidence(scores: Iterable[Score], confidence: float = CONFIDENCE) -> float:
    """The confidence for each share that makes it `confidence` for all of them together (Bonferroni).

    With it, shares that are as they must be pass on a fresh seed, however many there are.
    """
    return 1 - (1 - confidence) / sum(1 for _ in parts(list(scores)))


def parts(scores: Sequence[Score]) -> Iterator[Part]:
    """All that is judged: each score, and the labels of all methods of a world together."""
    for score in scores:
        yield from _labels(score)
        if score.coverage is not None:
            held = round(score.coverage * score.intervals)
            yield _part(score, "coverage", held, score.intervals, least=COVERED_LEAST, most=COVERED_MOST)
    of_world: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for score in scores:
        of_world[score.world, score.clock].append(score)
    for (world, clock), group in of_world.items():
        if len(group) > 1:
            yield from _labels(together(group, world=world, method=ALL, clock=clock))


def _labels(score: Score) -> Iterator[Part]:
    supported, refuted = score.supported, score.refuted
    if supported.count:
        yield _part(score, "supported", supported.holding, supported.count, least=SUPPORTED_LEAST)
    if refuted.count:
        yield _part(score, "refuted", refuted.holding, refuted.count, most=REFUTED_MOST)


def _part(score: Score, of: str, holding: int, count: int, least: float = 0.0, most: float = 1.0) -> Part:
    return Part(score.world, score.method, score.clock, of, holding, count, least, most)


def band(holding: int, count: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Clopper and Pearson's interval of a share of so many."""
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = betaincinv(holding, count - holding + 1, tail) if holding else 0.0
    high = betaincinv(holding + 1, count - holding, 1 - tail) if holding < count else 1.0
    return float(low), float(high)
