"""From what a label follows, and the two or three sentences that stand behind an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import joining
from ..verdicts import Verdict
from ..words import REFUTED, SUPPORTED, Told, listed, percent
from .labels import of_reading, told
from .witnesses import who

if TYPE_CHECKING:
    from ..archive import Archive
    from ..checks import Finding

__all__ = ["follows", "strongest"]

MOST = 3


def follows(verdict: Verdict) -> str:
    """From what the label follows, in a sentence."""
    kind: Told = told(verdict)
    if kind == "Not yet checked":
        return verdict.reason
    if len(verdict.readings) > 1:
        each = [f"read as “{one.reading}” it is {_within(of_reading(one))}" for one in verdict.readings]
        return f"The label follows from its readings: {listed(each)}."
    (reading,) = verdict.readings
    if len(reading.conditions) > 1 and kind != SUPPORTED:
        each = [f"“{one.condition}” is {_within(one.label)}" for one in reading.conditions]
        return f"The label follows from its conditions: {listed(each)}."
    if kind == "Disputed":
        return (
            "The label follows from witnesses who contradict each other, and not from the likelihood alone."
        )
    if kind in (SUPPORTED, REFUTED) and reading.probability is not None:
        side = "at least" if kind == SUPPORTED else "at most"
        line = joining.SUPPORT_FROM if kind == SUPPORTED else joining.REFUTE_TO
        return f"The label follows from the likelihood, which is {side} {percent(line)}."
    return "The label follows from what is missing: the evidence decides it neither way."


def _within(label: str) -> str:
    """A label within a sentence."""
    named = {"Not enough evidence": "not proven", "Conflicting evidence": "disputed"}
    return named.get(label, label.lower())


def strongest(archive: Archive, verdict: Verdict) -> list[tuple[str | None, str]]:
    """Two or three sentences that name the strongest evidence, each with the reading or condition it is of.

    The strongest for it, the strongest against it, and what is open, in the order of the checks.
    """
    findings = _one_each(verdict.findings)
    picked: list[Finding] = []
    for side in (SUPPORTED, REFUTED, None):
        of_side = [one for one in findings if _side(one) == side and one not in picked]
        picked += sorted(of_side, key=_weakness)[:1]
    rest = sorted((one for one in findings if one not in picked), key=_weakness)
    picked = [one for one in findings if one in [*picked, *rest][:MOST]]
    alone = len(findings) == 1
    return [(None if alone else one.condition or one.reading, who(archive, one)) for one in picked]


def _one_each(found: Sequence[Finding]) -> list[Finding]:
    """The strongest line of evidence of each condition on each side; a silent one where there is no other."""
    kept: dict[tuple[str | None, str | None, str | None], Finding] = {}
    for finding in found:
        key = (finding.reading, finding.condition, _side(finding))
        if key not in kept or _weakness(finding) < _weakness(kept[key]):
            kept[key] = finding
    decided = {key[:2] for key in kept if key[2] is not None}
    return [one for key, one in kept.items() if key[2] is not None or key[:2] not in decided]


def _side(finding: Finding) -> str | None:
    label = joining.label(finding)
    return label if label in (SUPPORTED, REFUTED) else None


def _weakness(finding: Finding) -> tuple[float, float]:
    """The smaller, the stronger: how near to even odds, then how few stand behind it."""
    chance = 0.5 if finding.probability is None or not finding.enough else finding.probability
    return -abs(chance - 0.5), -finding.weight
