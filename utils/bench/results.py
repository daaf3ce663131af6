"""What a run of the bench has measured."""

from __future__ import annotations

from dataclasses import dataclass, field

from .growth import Growth
from .measure import Sample, summary

__all__ = ["FASTER", "Results", "faster"]

FASTER = 4


@dataclass
class Results:
    """All measurements of a run, by the name of what was measured; bars in seconds.

    failed: what could not be measured, and why.
    """

    machine: str
    rounds: int
    notebooks: int
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    bars: dict[str, float] = field(default_factory=dict)
    growths: list[Growth] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def faster(found: Results) -> float | None:
    """How many times faster nbval is with warm kernels than stock nbval; None when one was not measured."""
    names = ("nbval, stock", "nbval, warm kernels")
    if not all(name in found.samples for name in names):
        return None
    stock, warm = (summary(found.samples[name]).seconds for name in names)
    return stock / warm
