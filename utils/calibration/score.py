"""How what the engine stated compares with what was true."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from ..words import REFUTED, SUPPORTED
from .run import Outcome

__all__ = ["ALL", "Score", "Share", "as_json", "score", "scores", "together"]

ALL = "all"  # the name of several worlds or methods together
DECILES = 10
SUREST = 0.99  # beyond it the report prints no probability, so that none is punished for more


@dataclass(frozen=True)
class Share:
    """Some verdicts: how many, the mean stated probability and the true share; None for both without any."""

    count: int
    stated: float | None
    true: float | None

    @property
    def holding(self) -> int:
        """Of how many the claim was true."""
        return 0 if self.true is None else round(self.true * self.count)


@dataclass(frozen=True)
class Score:
    """What came of the verdicts on one method's claims in one world, on one clock.

    verdicts: how many. supported, refuted: those with the label. deciles: those with a probability, by the
    tenth in which it lies. intervals: how many gave a 90 % interval of something measured; coverage: the
    share of them that holds the true value. brier: mean square of probability less truth, 0 at best.
    log_score: mean natural logarithm of the probability of what was true, 0 at best; probabilities beyond
    1 or 99 % count as those. true_claims: how many were true; supported_of_true: the share of them called
    Supported; refuted_of_false: the share of the others called Refuted.
    """

    world: str
    method: str
    clock: str
    verdicts: int
    supported: Share
    refuted: Share
    deciles: tuple[Share, ...]
    intervals: int
    coverage: float | None
    brier: float | None
    log_score: float | None
    true_claims: int
    supported_of_true: float | None
    refuted_of_false: float | None


def scores(outcomes: Iterable[Outcome]) -> list[Score]:
    """One score for each world, method and clock, in the order of the outcomes."""
    cells: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        cells[outcome.world, outcome.method, outcome.clock].append(outcome)
    return [score(*cell, group) for cell, group in cells.items()]


def score(world: str, method: str, clock: str, group: Sequence[Outcome]) -> Score:
    """The score of some outcomes under a name."""
    told = [(one.probability, one.holds) for one in group if one.probability is not None]
    covered = [one.covered for one in group if one.covered is not None]
    right = [one for one in group if one.holds]
    wrong = [one for one in group if not one.holds]
    return Score(
        world=world,
        method=method,
        clock=clock,
        verdicts=len(group),
        supported=_share([one for one in group if one.label == SUPPORTED]),
        refuted=_share([one for one in group if one.label == REFUTED]),
        deciles=tuple(
            _share(
                [one for one in group if one.probability is not None and _decile(one.probability) == tenth]
            )
            for tenth in range(DECILES)
        ),
        intervals=len(covered),
        coverage=_mean(covered),
        brier=_mean((stated - holds) ** 2 for stated, holds in told),
        log_score=_mean(_log(stated if holds else 1 - stated) for stated, holds in told),
        true_claims=len(right),
        supported_of_true=_mean(one.label == SUPPORTED for one in right),
        refuted_of_false=_mean(one.label == REFUTED for one in wrong),
    )


def _share(group: Sequence[Outcome]) -> Share:
    stated = [one.probability for one in group if one.probability is not None]
    return Share(len(group), _mean(stated), _mean(one.holds for one in group))


def _mean(numbers: Iterable[float]) -> float | None:
    every = list(numbers)
    return fmean(every) if every else None


def _decile(probability: float) -> int:
    return min(DECILES - 1, math.floor(probability * DECILES))


def _log(probability: float) -> float:
    return math.log(min(SUREST, max(1 - SUREST, probability)))


def together(every: Sequence[Score], *, world: str = ALL, method: str = ALL, clock: str = ALL) -> Score:
    """The score of all the verdicts behind some scores, under names of its own; ValueError without any."""
    if not every:
        raise ValueError("no scores to put together")
    told = [sum(tenth.count for tenth in one.deciles) for one in every]
    true = [one.true_claims for one in every]
    return Score(
        world=world,
        method=method,
        clock=clock,
        verdicts=sum(one.verdicts for one in every),
        supported=_joined([one.supported for one in every]),
        refuted=_joined([one.refuted for one in every]),
        deciles=tuple(_joined(tenths) for tenths in zip(*(one.deciles for one in every), strict=True)),
        intervals=sum(one.intervals for one in every),
        coverage=_weighed([one.coverage for one in every], [one.intervals for one in every]),
        brier=_weighed([one.brier for one in every], told),
        log_score=_weighed([one.log_score for one in every], told),
        true_claims=sum(true),
        supported_of_true=_weighed([one.supported_of_true for one in every], true),
        refuted_of_false=_weighed(
            [one.refuted_of_false for one in every],
            [one.verdicts - own for one, own in zip(every, true, strict=True)],
        ),
    )


def _joined(shares: Sequence[Share]) -> Share:
    counts = [share.count for share in shares]
    return Share(
        sum(counts),
        _weighed([share.stated for share in shares], counts),
        _weighed([share.true for share in shares], counts),
    )


def _weighed(means: Sequence[float | None], counts: Sequence[int]) -> float | None:
    """The mean of all that some means are of; None when they are of nothing."""
    total = sum(counts)
    parts = [mean * count for mean, count in zip(means, counts, strict=True) if mean is not None]
    return sum(parts) / total if total else None


def as_json(every: Iterable[Score]) -> list[dict[str, Any]]:
    """The scores as other programs read them; to six decimals, so that all machines print the same."""
    return [_plain(asdict(one)) for one in every]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return round(value, 6) if isinstance(value, float) else value
