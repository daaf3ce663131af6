"""How findings are joined: to conditions, to readings, and to the confidence in what stands behind them.

The rule stands in `utils.verdicts`, which asks for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from .checks import Finding, Interval
from .checks.posterior import ENOUGH
from .sentences import english
from .words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED, Label

__all__ = [
    "REFUTE_TO",
    "SUPPORT_FROM",
    "Condition",
    "Line",
    "Reading",
    "beside",
    "confidence",
    "decisive",
    "interval",
    "known",
    "label",
    "last_known",
    "overall",
    "readings",
]

SUPPORT_FROM = ENOUGH
REFUTE_TO = 0.20


class Line(Protocol):
    """What a label follows from, with what it is a line of evidence on."""

    @property
    def reading(self) -> str | None: ...
    @property
    def condition(self) -> str | None: ...
    @property
    def probability(self) -> float | None: ...
    @property
    def judgement(self) -> str | None: ...
    @property
    def enough(self) -> bool: ...
    @property
    def opposed(self) -> bool: ...


@dataclass(frozen=True)
class Condition:
    """The answer to one condition of a claim; None is the only condition."""

    condition: str | None
    label: Label
    probability: float | None


@dataclass(frozen=True)
class Reading:
    """The answer to one way of reading a claim; None is the claim as it stands.

    bounds: of several conditions, what their joint probability is at least and at most, whatever their
    dependence; its point is what it is when they are independent.
    """

    reading: str | None
    label: Label
    probability: float | None
    conditions: tuple[Condition, ...]
    bounds: tuple[float, float] | None = None


def label(finding: Line) -> Label:
    """The label of one finding."""
    if not finding.enough or finding.probability is None:
        return NOT_ENOUGH
    if finding.judgement is not None:
        return _of_number(finding.judgement, finding.opposed)
    return _by_chance(finding.probability, finding.opposed)


def _of_number(judgement: str, opposed: bool) -> Label:
    """The label of a finding on a number, which refutes only on one side of the claimed range."""
    if judgement == "supported":
        return SUPPORTED
    if judgement.startswith("refuted"):
        return REFUTED
    return CONFLICTING if opposed and judgement == "open" else NOT_ENOUGH


def _by_chance(probability: float, opposed: bool = False) -> Label:
    if probability >= SUPPORT_FROM:
        return SUPPORTED
    if probability <= REFUTE_TO:
        return REFUTED
    return CONFLICTING if opposed else NOT_ENOUGH


def beside(label: Label, probability: float | None) -> float | None:
    """The probability that may stand beside a label: none that contradicts it."""
    if probability is None or label in (SUPPORTED, REFUTED) or REFUTE_TO < probability < SUPPORT_FROM:
        return probability
    return None


def known(probability: float | None) -> float:
    """A key that puts an unknown probability first: it is the weakest of all."""
    return -1.0 if probability is None else probability


def overall(readings: Sequence[Reading]) -> Label:
    """The label of a claim that can be read in these ways."""
    labels = {reading.label for reading in readings}
    return labels.pop() if len(labels) == 1 else CONFLICTING


def readings(found: Sequence[Line]) -> tuple[Reading, ...]:
    """The answer to each reading, in the order of the checks."""
    answers = []
    for reading in dict.fromkeys(finding.reading for finding in found):
        lines = [finding for finding in found if finding.reading == reading]
        conditions = tuple(
            _condition(condition, [finding for finding in lines if finding.condition == condition])
            for condition in dict.fromkeys(finding.condition for finding in lines)
        )
        answers.append(_reading(reading, conditions))
    return tuple(answers)


def _condition(condition: str | None, lines: Sequence[Line]) -> Condition:
    """What the lines of evidence on one condition say together."""
    speaking = [finding for finding in lines if label(finding) != NOT_ENOUGH]
    labels = {label(finding) for finding in speaking}
    if len(labels) > 1:
        return Condition(condition, CONFLICTING, None)
    heard = speaking or [finding for finding in lines if finding.enough]
    cautious = min(heard, key=lambda finding: abs(known(finding.probability) - 0.5), default=None)
    told = labels.pop() if labels else NOT_ENOUGH
    return Condition(condition, told, beside(told, cautious.probability if cautious else None))


def _reading(reading: str | None, conditions: tuple[Condition, ...]) -> Reading:
    """What conditions say that must all hold: their joint probability, and what it can be."""
    if len(conditions) == 1:
        only = conditions[0]
        return Reading(reading, only.label, only.probability, conditions)
    chances = [condition.probability for condition in conditions if condition.probability is not None]
    whole = len(chances) == len(conditions)
    joint = math.prod(chances) if whole else None
    told = _joint_label({condition.label for condition in conditions}, joint)
    least, most = max(0.0, sum(chances) - len(chances) + 1), min(chances, default=0.0)
    if told == REFUTED and not whole:
        # Whatever the others are, all of them together are at most as likely as the one that is known.
        return Reading(reading, told, most, conditions, (0.0, most))
    return Reading(reading, told, beside(told, joint), conditions, (least, most) if whole else None)


def _joint_label(labels: set[Label], joint: float | None) -> Label:
    """The label of conditions that must all hold, and of their joint probability where it is known."""
    if REFUTED in labels and SUPPORTED in labels:
        return CONFLICTING
    if REFUTED in labels:
        return REFUTED
    if CONFLICTING in labels:
        return CONFLICTING
    return NOT_ENOUGH if joint is None else _by_chance(joint)


def decisive(found: Sequence[Finding], reading: Reading) -> Finding:
    """The finding that decides a reading: the one with the probability of its least likely condition.

    Where there is none, it is the one with least behind it.
    """
    least = min((condition.probability for condition in reading.conditions), key=known)
    same = [finding for finding in found if least is not None and finding.probability == least]
    # A silent line may have the same number by chance; one that speaks goes before it.
    if same:
        return min(same, key=lambda finding: label(finding) == NOT_ENOUGH)
    return min(found, key=lambda finding: (finding.enough, finding.outside_tellers, finding.weight))


def interval(reading: Reading, decisive: Finding) -> Interval | None:
    """The interval of a reading: that of the finding that decides, of several conditions their bounds."""
    return decisive.interval if reading.bounds is None else Interval(*reading.bounds, "probability")


def last_known(found: Sequence[Finding], as_of: date) -> date | None:
    """The day of the newest evidence, when every finding that has any is past its horizon."""
    told = [(finding.newest, finding.speaks_until) for finding in found if finding.newest is not None]
    if not told or any(until is None or until >= as_of for _, until in told):
        return None
    return max(newest for newest, _ in told)


def confidence(finding: Finding) -> tuple[str, str]:
    """Confidence and its basis in words, from what stands behind a finding."""
    if finding.outside_tellers >= 3 and finding.counted_tellers:
        word = "high"
    elif finding.weight >= 2 and finding.outside_tellers:
        word = "moderate"
    else:
        word = "low"
    return word, english.basis(
        len(finding.tellers),
        finding.outside_tellers,
        finding.counted_tellers,
        finding.partial,
        finding.outlets,
    )
