"""How findings are joined: to conditions, to readings, and to the confidence in what stands behind them.

The rule stands in `utils.verdicts`, which asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .checks import Finding
from .sentences import english
from .words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED, Label

__all__ = [
    "REFUTE_TO",
    "SUPPORT_FROM",
    "Condition",
    "Reading",
    "confidence",
    "decisive",
    "known",
    "label",
    "last_known",
    "readings",
]

SUPPORT_FROM = 0.80
REFUTE_TO = 0.20


@dataclass(frozen=True)
class Condition:
    """The answer to one condition of a claim; None is the only condition."""

    condition: str | None
    label: Label
    probability: float | None


@dataclass(frozen=True)
class Reading:
    """The answer to one way of reading a claim; None is the claim as it stands."""

    reading: str | None
    label: Label
    probability: float | None
    conditions: tuple[Condition, ...]


def label(finding: Finding) -> Label:
    """The label of one finding."""
    if not finding.enough or finding.probability is None:
        return NOT_ENOUGH
    if finding.probability >= SUPPORT_FROM:
        return SUPPORTED
    if finding.probability <= REFUTE_TO:
        return REFUTED
    return CONFLICTING if finding.opposed else NOT_ENOUGH


def known(probability: float | None) -> float:
    """A key that puts an unknown probability first: it is the weakest of all."""
    return -1.0 if probability is None else probability


def readings(found: Sequence[Finding]) -> tuple[Reading, ...]:
    """The answer to each reading, in the order of the checks."""
    answers = []
    for reading in dict.fromkeys(finding.reading for finding in found):
        lines = [finding for finding in found if finding.reading == reading]
        conditions = tuple(
            _condition(condition, [finding for finding in lines if finding.condition == condition])
            for condition in dict.fromkeys(finding.condition for finding in lines)
        )
        weakest = min((one.probability for one in conditions), key=known)
        answers.append(Reading(reading, _shared_label(conditions), weakest, conditions))
    return tuple(answers)


def _condition(condition: str | None, lines: Sequence[Finding]) -> Condition:
    """What the lines of evidence on one condition say together."""
    speaking = [finding for finding in lines if label(finding) != NOT_ENOUGH]
    labels = {label(finding) for finding in speaking}
    if len(labels) > 1:
        return Condition(condition, CONFLICTING, None)
    cautious = min(speaking or lines, key=lambda finding: abs(known(finding.probability) - 0.5))
    return Condition(condition, labels.pop() if labels else NOT_ENOUGH, cautious.probability)


def _shared_label(conditions: Sequence[Condition]) -> Label:
    """The label of conditions that must all hold."""
    labels = {condition.label for condition in conditions}
    if len(labels) == 1:
        return labels.pop()
    if REFUTED in labels and SUPPORTED not in labels:
        return REFUTED
    return CONFLICTING if labels & {REFUTED, CONFLICTING} else NOT_ENOUGH


def decisive(found: Sequence[Finding], probability: float | None) -> Finding:
    """The finding that has the claim's probability, else the one with least behind it."""
    same = [finding for finding in found if probability is not None and finding.probability == probability]
    # A silent line may have the same number by chance; one that speaks goes before it.
    if same:
        return min(same, key=lambda finding: label(finding) == NOT_ENOUGH)
    return min(found, key=lambda finding: (finding.enough, finding.outside_origins, finding.weight))


def last_known(found: Sequence[Finding], as_of: date) -> date | None:
    """The day of the newest evidence, when every finding that has any is past its horizon."""
    told = [(finding.newest, finding.speaks_until) for finding in found if finding.newest is not None]
    if not told or any(until is None or until >= as_of for _, until in told):
        return None
    return max(newest for newest, _ in told)


def confidence(finding: Finding) -> tuple[str, str]:
    """Confidence and its basis in words, from what stands behind a finding."""
    if finding.outside_origins >= 3 and finding.counted_origins:
        word = "high"
    elif finding.weight >= 2 and finding.outside_origins:
        word = "moderate"
    else:
        word = "low"
    return word, english.basis(finding.independent_origins, finding.outside_origins, finding.counted_origins)
