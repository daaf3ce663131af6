"""The labels of a verdict: AVeriTeC's, which are names in exports as well as words, and the readers'.

Readers are told which kind of *Conflicting evidence* it is; `utils.answers.labels` has the rule.
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = [
    "BY_READING",
    "CONFLICTING",
    "DISPUTED",
    "HALF_TRUE",
    "LABELS",
    "NOT_CHECKED",
    "NOT_ENOUGH",
    "REFUTED",
    "SUPPORTED",
    "TOLD",
    "Label",
    "Told",
    "kept_as",
    "slug",
    "told_alone",
]

Label = Literal["Supported", "Refuted", "Conflicting evidence", "Not enough evidence", "Not yet checked"]
Told = Literal[
    "Supported",
    "Refuted",
    "Half true",
    "Depends on the reading",
    "Disputed",
    "Not enough evidence",
    "Not yet checked",
]

SUPPORTED: Label = "Supported"
REFUTED: Label = "Refuted"
CONFLICTING: Label = "Conflicting evidence"
NOT_ENOUGH: Label = "Not enough evidence"
NOT_CHECKED: Label = "Not yet checked"
LABELS: tuple[Label, ...] = (SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH, NOT_CHECKED)

HALF_TRUE: Told = "Half true"
BY_READING: Told = "Depends on the reading"
DISPUTED: Told = "Disputed"
# The label whose colour and mark a readers' label has.
KEPT_AS: dict[Told, Label] = {
    "Supported": SUPPORTED,
    "Refuted": REFUTED,
    "Half true": CONFLICTING,
    "Depends on the reading": CONFLICTING,
    "Disputed": CONFLICTING,
    "Not enough evidence": NOT_ENOUGH,
    "Not yet checked": NOT_CHECKED,
}
TOLD: tuple[Told, ...] = tuple(KEPT_AS)


def kept_as(told: Told) -> Label:
    """The label whose colour and mark a readers' label has."""
    return KEPT_AS[told]


def told_alone(label: Label) -> Told:
    """What readers are told of a label that no condition or reading explains: what conflicts is disputed."""
    return DISPUTED if label == "Conflicting evidence" else label


def slug(label: str) -> str:
    """A label as the names of the style sheet have it; the script of the board makes it likewise."""
    return re.sub(r"[^a-z]+", "-", label.lower())
