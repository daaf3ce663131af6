"""What a verdict shows, and what two of one claim show beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import joining
from ..words import counted, interval, listed, number, percent, written_day
from .view import Listing, View, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..joining import Reading
    from ..verdicts import Verdict

__all__ = ["board", "results", "said", "two", "verdict"]


def said(shown: Verdict) -> str:
    """The label, with the likelihood and the probability where there is one."""
    if shown.probability is None:
        return shown.label
    return f"{shown.label}, {shown.likelihood} ({percent(shown.probability)})"


def verdict(shown: Verdict) -> View:
    """The verdict in short."""
    findings = [
        (one.name, joining.label(one), _chance(one.probability), one.proposition) for one in shown.findings
    ]
    return View.of(
        f"Verdict on {shown.claim} as of {written_day(shown.as_of)}: {said(shown)}",
        [
            ("confidence", shown.confidence and f"{shown.confidence}: {shown.basis}"),
            ("range", _range(shown)),
            ("behind it", _behind(shown)),
            ("last known on", None if shown.last_known is None else written_day(shown.last_known)),
            ("because", shown.reason),
        ],
        [
            _readings(shown.readings),
            Listing.of("Findings", ("check", "label", "probability", "asks whether"), findings, most=12),
        ],
    )


def _readings(shown: Sequence[Reading]) -> Listing:
    """The conditions of each reading, where there is more than one of either."""
    rows = [
        (reading.reading or "the claim", condition.condition or "the same", condition.label, reading.label)
        for reading in shown
        for condition in reading.conditions
    ]
    columns = ("read as", "condition", "label of the condition", "of the reading")
    return Listing.of("Readings and conditions", columns, rows if len(rows) > 1 else [])


def _chance(probability: float | None) -> str | None:
    return None if probability is None else percent(probability)


def _range(shown: Verdict) -> str | None:
    one = shown.interval
    return None if one is None else interval(one.low, one.high, one.unit)


def _behind(shown: Verdict) -> str | None:
    if shown.tellers is None or shown.tellings is None:
        return None
    told = f"{counted(shown.tellers, 'teller')}, {counted(shown.tellings, 'telling')}"
    return f"{told}, {counted(len(shown.evidence), 'row')}"


def two(then: Verdict, today: Verdict) -> View:
    """Two verdicts on one claim, field by field, and the rows that only one of them rests on."""
    days = [written_day(one.as_of) for one in (then, today)]
    both = (then, today)
    fields = [
        ("label", *(one.label for one in both)),
        ("likelihood", *(one.likelihood for one in both)),
        ("probability", *(_chance(one.probability) for one in both)),
        ("range", *map(_range, both)),
        ("confidence", *(one.confidence for one in both)),
        ("behind it", *map(_behind, both)),
    ]
    return View.of(
        f"Verdicts on {today.claim}: {then.label} on {days[0]}, {today.label} on {days[1]}",
        [
            ("new evidence", _apart(today, then)),
            ("no longer evidence", _apart(then, today)),
        ],
        [Listing.of("Both clocks", ("", *days), [row for row in fields if any(row[1:])])],
    )


def _apart(of: Verdict, other: Verdict) -> str | None:
    known = set(other.evidence)
    names = [name for name in of.evidence if name not in known]
    return f"{number(len(names))}: {', '.join(names)}" if names else None


def results(title: str, today: Sequence[Verdict]) -> View:
    """The verdicts of today, and that those of every day and their robustness are there as well."""
    held = [("holds", "archive, the verdicts of every day, robustness on both clocks")]
    return replace(board(today), title=f"Results of {one_line(title)}", facts=(*held,))


def board(shown: Sequence[Verdict]) -> View:
    """Verdicts on several claims, a line each."""
    rows = [(one.claim, one.label, _chance(one.probability), one.confidence, one.tellers) for one in shown]
    days = sorted({one.as_of for one in shown})
    told = f" as of {listed(map(written_day, days))}" if 0 < len(days) < 3 else ""
    columns = ("claim", "label", "probability", "confidence", "tellers")
    return View.of(
        f"{counted(len(rows), 'verdict')}{told}",
        [],
        [Listing.of("Claims", columns, rows, most=25, numbers=["probability", "tellers"])],
    )
