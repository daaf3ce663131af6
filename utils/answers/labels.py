"""Which label readers are told, and whether it is firm: one rule for every claim, by its findings.

The rule was written down before it was asked what any claim gets by it.

**The kind of a reading.** *Supported*, *Refuted* and *Not enough evidence* are told as they are. A reading
that is *Conflicting evidence* is

- *Half true*, when one of its conditions is Supported and another Refuted;
- *Disputed* in every other case: witnesses, or lines of evidence, contradict each other.

**The kind of a claim** with one reading is that of the reading. Where it can be read in several ways, and

- all readings are of one kind, it is that kind;
- two readings came to different ends (Supported, Refuted or Half true), it *depends on the reading*;
- at most one end was reached and some reading is still open, the claim is open as a whole, however sure one
  reading of it is: *Disputed* when witnesses contradict each other on an open reading, else *Not enough
  evidence*. What is unproven is called so.

**Firm** is a label that at least two thirds of the other defensible choices keep (`utils.robustness`). The
choices are counted by AVeriTeC's label, of which the readers' labels are kinds. With no other choice, a label
is firm.

AVeriTeC's own labels stay in the exports, where other programs look for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..joining import Reading
from ..words import (
    BY_READING,
    CONFLICTING,
    DISPUTED,
    HALF_TRUE,
    NOT_CHECKED,
    REFUTED,
    SUPPORTED,
    Label,
    Told,
    told_alone,
)

__all__ = ["FIRM_FROM", "Judged", "firm", "of_reading", "told", "told_by"]

FIRM_FROM = 2 / 3
ENDS = frozenset((SUPPORTED, REFUTED, HALF_TRUE))


class Judged(Protocol):
    """What a readers' label is told of: a verdict."""

    @property
    def label(self) -> Label: ...

    @property
    def readings(self) -> tuple[Reading, ...]: ...


def told(verdict: Judged) -> Told:
    """The label that readers are told of a verdict."""
    if verdict.label == NOT_CHECKED:
        return "Not yet checked"
    return told_by([of_reading(reading) for reading in verdict.readings])


def of_reading(reading: Reading) -> Told:
    """The label that readers are told of one reading."""
    labels = {condition.label for condition in reading.conditions}
    half = reading.label == CONFLICTING and {SUPPORTED, REFUTED} <= labels
    return HALF_TRUE if half else told_alone(reading.label)


def told_by(readings: Sequence[Told]) -> Told:
    """The label of a claim by those of its readings, of which there is one at least."""
    kinds = set(readings)
    if len(kinds) == 1:
        return readings[0]
    if len(kinds & ENDS) > 1:
        return BY_READING
    return DISPUTED if DISPUTED in kinds else "Not enough evidence"


def firm(share: float) -> bool:
    """Whether a label is firm that this share of the other choices keeps, from 0 to 1."""
    return share >= FIRM_FROM
