"""An answer in plain English, computed from a verdict, where nobody has written one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..verdicts import Verdict
from ..words import Told, listed, written_day
from .labels import of_reading, told
from .witnesses import who

if TYPE_CHECKING:
    from ..archive import Archive
    from ..joining import Reading

__all__ = ["computed"]

# What was said of the claim, or of one reading of it, on a past day, and what is said today. What was claimed
# is past on both days; whether it is proven is not.
WAS: dict[Told, tuple[str, str]] = {
    "Supported": ("it was so", "it was so"),
    "Refuted": ("it was not so", "it was not so"),
    "Half true": ("half of it was so", "half of it was so"),
    "Depends on the reading": ("it depended on the reading", "it depends on the reading"),
    "Disputed": ("it was disputed", "it is disputed"),
    "Not enough evidence": ("it was not proven either way", "it is not proven either way"),
    "Not yet checked": ("it was not checked", "it is not checked yet"),
}


def computed(archive: Archive, verdict: Verdict) -> str:
    """The answer to a claim in one to three sentences, by its label and who stands behind it."""
    kind = told(verdict)
    if kind == "Not yet checked":
        return "It has not been checked yet."
    now = verdict.as_of == archive.clock and verdict.as_of != archive.article.published
    day = "By what is known today" if now else f"By what was public on {written_day(verdict.as_of)}"
    opening = f"{day}, {WAS[kind][now]}"
    if len(verdict.readings) > 1:
        each = [f"read as “{one.reading}”, {WAS[of_reading(one)][now]}" for one in verdict.readings]
        return f"{opening}: {listed(each)}."
    (reading,) = verdict.readings
    if len(reading.conditions) > 1:
        return f"{opening}: {_conditions(reading)}."
    return f"{opening}. {who(archive, verdict.findings[0])}"


def _conditions(reading: Reading) -> str:
    """Which conditions held, which did not, and which are open."""
    parts = []
    for labels, one, several in (
        (("Supported",), "held", "held"),
        (("Refuted",), "did not hold", "did not hold"),
        (("Conflicting evidence",), "is disputed", "are disputed"),
        (("Not enough evidence",), "is not proven", "are not proven"),
    ):
        names = [f"“{part.condition}”" for part in reading.conditions if part.label in labels]
        if names:
            parts.append(f"{listed(names)} {one if len(names) == 1 else several}")
    return "; ".join(parts)
