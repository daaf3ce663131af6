"""A verdict in sentences, for formats that have one field of text for it."""

from __future__ import annotations

from ..verdicts import Verdict
from ..words import written_day

__all__ = ["explanation", "summary"]


def explanation(verdict: Verdict) -> str:
    """The findings, each reading and condition under its own label, and the age of what is known."""
    parts = []
    for reading in verdict.readings:
        if reading.reading is not None:
            parts.append(f"Read as “{reading.reading}”: {reading.label}.")
        for condition in reading.conditions:
            if condition.condition is not None:
                parts.append(f"Condition “{condition.condition}”: {condition.label}.")
            parts += [
                finding.sentence
                for finding in verdict.findings
                if (finding.reading, finding.condition) == (reading.reading, condition.condition)
            ]
    return " ".join([*parts, *_age(verdict)])


def summary(verdict: Verdict) -> str:
    """The labels of the readings where there are several, else of the conditions, else the findings."""
    if len(verdict.readings) > 1:
        parts = [f"Read as “{one.reading}”: {one.label}." for one in verdict.readings]
    elif len(verdict.readings[0].conditions) > 1:
        parts = [f"Condition “{one.condition}”: {one.label}." for one in verdict.readings[0].conditions]
    else:
        return explanation(verdict)
    return " ".join([*parts, *_age(verdict)])


def _age(verdict: Verdict) -> list[str]:
    if verdict.last_known is None:
        return []
    return [f"Last known on {written_day(verdict.last_known)}; the archive has no newer evidence of it."]
