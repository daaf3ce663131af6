"""The check methods, one module each: pure functions of an archive and a claim.

Every module opens with its rule, its assumptions and the literature, and offers
``check(archive, claim, parameters) -> Finding``. None of them filters by date of knowledge: they see what
the archive shows. What a finding means for the verdict is decided in `utils.verdicts` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Finding", "Interval"]


@dataclass(frozen=True)
class Interval:
    """A 90 % interval and its unit; ``unit`` is "probability" where nothing else is measured."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True)
class Finding:
    """What one check says of one claim.

    reading: the way of reading the claim that it answers, None for the claim as it stands.
    probability: that the claim's condition holds; None when there is nothing to judge by.
    estimate, interval: the best value and its 90 % interval, None without one.
    direction: where the estimate lies from the claim: "below", "within" or "above" it, "for" or "against".
    independent_origins: how many first tellings stand behind it.
    witnesses: how many independent witnesses that makes for the method's own question.
    outside_origins: how many origins come from tellers who are not a warring party.
    counted_origins: how many of them rest on a count that others can repeat.
    enough: whether the method's own least evidence is there.
    opposed: whether single witnesses contradict each other on the claim.
    evidence: ids of the rows used, in order of publication.
    considered: ids of all rows that the question touches, used or not, in order of publication.
    choices: parameters that another analyst might choose otherwise.
    sentence: the finding in words.
    """

    claim: str
    method: str
    reading: str | None
    as_of: date
    probability: float | None
    estimate: float | None
    interval: Interval | None
    direction: str | None
    independent_origins: int
    witnesses: float
    outside_origins: int
    counted_origins: int
    enough: bool
    opposed: bool
    evidence: tuple[str, ...]
    considered: tuple[str, ...]
    sentence: str
    choices: Mapping[str, object] = field(default_factory=dict)
