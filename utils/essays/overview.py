"""The ledger as tables: every claim on both clocks and before a change of rules, its readings, its changes,
what flips it, close calls.

Labels are those that readers are told, but for the changes from day to day and the flips, which `history` and
`robustness` count by AVeriTeC's four.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from .. import answers, history, robustness, verdicts
from ..archive import Archive
from ..checks import Interval, forecast
from ..evidence.claims import Claim
from ..robustness import Robustness
from ..verdicts import Verdict
from ..words import kept_as, percent

if TYPE_CHECKING:
    import pandas

__all__ = [
    "before_and_now",
    "both_clocks",
    "changes",
    "checks",
    "close_calls",
    "differences",
    "in_short",
    "reached",
    "readings",
    "shares",
    "smallest_flips",
]

Clocks = Mapping[str, tuple[Verdict, Verdict]]


def _frame(lines: Sequence[Mapping[str, object]], columns: Sequence[str]) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame(lines, columns=list(columns))


def in_short(label: str, probability: float | None) -> str:
    """A label with its probability, where it has one."""
    return label if probability is None else f"{label}, {percent(probability)}"


def both_clocks(both: Clocks) -> pandas.DataFrame:
    """A row a claim: its label on each clock, and what else the second one says."""
    columns = ("id", "on the day", "today", "likelihood", "confidence", "tellers", "last known")
    lines = [
        (
            name,
            answers.told(old),
            answers.told(new),
            new.likelihood,
            new.confidence,
            new.tellers,
            new.last_known,
        )
        for name, (old, new) in both.items()
    ]
    return _frame([dict(zip(columns, line, strict=True)) for line in lines], columns)


def before_and_now(
    before: Mapping[str, tuple[str, float | None, str, float | None, str]], both: Clocks
) -> pandas.DataFrame:
    """A row a claim: label and probability before a change of rules and now, on each clock, and the reason.

    before: label and probability on the day of the article, the same of today, and why they changed.
    """
    lines = [
        {
            "id": name,
            "on the day, before": in_short(*before[name][:2]),
            "on the day, now": in_short(answers.told(old), old.probability),
            "today, before": in_short(*before[name][2:4]),
            "today, now": in_short(answers.told(new), new.probability),
            "why": before[name][4],
        }
        for name, (old, new) in both.items()
    ]
    return _frame(lines, tuple(lines[0]) if lines else ())


def checks(claims: Sequence[Claim]) -> pandas.DataFrame:
    """A row a check: the claim, the reading and the condition that it asks for, its name and method."""
    lines = [
        {
            "id": claim.id,
            "reading": check.reading or "",
            "condition": check.condition or "",
            "check": check.key.replace("_", " "),
            "method": check.method,
        }
        for claim in claims
        for check in claim.built
    ]
    return _frame(lines, ("id", "reading", "condition", "check", "method"))


def readings(both: Clocks) -> pandas.DataFrame:
    """A row a reading of the claims that have several, with its label on each clock."""
    lines = [
        {
            "id": name,
            "reading": first.reading,
            "on the day": answers.of_reading(first),
            "today": answers.of_reading(second),
        }
        for name, (old, new) in both.items()
        if len(new.readings) > 1
        for first, second in zip(old.readings, new.readings, strict=True)
    ]
    return _frame(lines, ("id", "reading", "on the day", "today"))


def changes(days: Mapping[str, Sequence[Verdict]]) -> pandas.DataFrame:
    """A row a day on which a label changed, with the checks that turned and the rows that came or went."""
    lines = [
        {
            "id": one.claim,
            "day": one.day,
            "from": one.before,
            "to": one.after,
            "check": ", ".join(one.checks).replace("_", " "),
            "rows": " ".join(one.rows),
        }
        for line in days.values()
        for one in history.changes(line)
    ]
    return _frame(lines, ("id", "day", "from", "to", "check", "rows"))


def reached(line: Sequence[Verdict], day: date) -> date:
    """The day since which the label that holds on `day` has held without a break."""
    seen = [one.day for one in history.changes(line) if one.day <= day]
    return max(seen, default=line[0].as_of)


def smallest_flips(
    archive: Archive, then: Mapping[str, Robustness], today: Mapping[str, Robustness]
) -> pandas.DataFrame:
    """A row a claim: the smallest change that flips its label on each clock, in words."""
    lines = [
        {
            "id": name,
            "on the day": robustness.in_words(archive, then[name].smallest),
            "today": robustness.in_words(archive, today[name].smallest),
        }
        for name in today
    ]
    return _frame(lines, ("id", "on the day", "today"))


def close_calls(clock: Mapping[str, Verdict], within: float) -> pandas.DataFrame:
    """A row a condition whose probability lies within so much of a line of the rule."""
    lines = [
        {
            "id": name,
            "condition": line.condition or reading.reading or "the claim",
            "probability": percent(line.probability),
        }
        for name, verdict in clock.items()
        for reading in verdict.readings
        for line in reading.conditions
        if line.probability is not None
        and min(abs(line.probability - edge) for edge in (verdicts.REFUTE_TO, verdicts.SUPPORT_FROM)) < within
    ]
    return _frame(lines, ("id", "condition", "probability"))


def differences(
    labels: Mapping[str, str], clock: Mapping[str, Verdict], name_of_clock: str
) -> list[dict[str, str]]:
    """The claims for which other labels differ from what is told by a clock, in AVeriTeC's four.

    labels: the ids of claims by label, separated by spaces.
    """
    return [
        {"id": name, "clock": name_of_clock, "by hand": label, "by the rule": answers.told(clock[name])}
        for label, names in labels.items()
        for name in names.split()
        if kept_as(answers.told(clock[name])) != label
    ]


def shares(labels: Mapping[str, int]) -> dict[str, tuple[float, Interval]]:
    """The share of each label with its 90 % interval, from how often each was given; ValueError for none.

    The interval is Jeffreys', as if the claims had been drawn at random.
    """
    total = sum(labels.values())
    if not total:
        raise ValueError("no claims, no shares")
    known = verdicts.LABELS[:4]
    return {
        label: (labels.get(label, 0) / total, forecast.record(int(labels.get(label, 0)), int(total))[1])
        for label in known
    }
