"""The ledger as it was last reviewed: `ledger.json`, on both clocks.

    python tests/golden.py

writes it anew. A test holds the engine against it, so that a changed verdict shows in review as a change of
that file. Probabilities have three digits, estimates four significant ones.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from utils import verdicts
from utils.archive import Archive
from utils.checks import Finding
from utils.verdicts import Verdict

__all__ = ["FILE", "clocks", "entry", "ledger", "read"]

FILE = Path(__file__).resolve().parent / "ledger.json"


def clocks(archive: Archive) -> dict[str, Archive]:
    """The archive on the article's day and today."""
    return {"article": archive.as_of(archive.article.published), "today": archive}


def entry(verdict: Verdict) -> dict[str, object]:
    """What is kept of a verdict."""
    return {
        "label": verdict.label,
        "probability": _digits(verdict.probability),
        "tellers": verdict.tellers,
        "tellings": verdict.tellings,
        "last_known": verdict.last_known.isoformat() if verdict.last_known else None,
        "evidence": " ".join(verdict.evidence),
        "readings": [
            {"reading": one.reading, "label": one.label, "probability": _digits(one.probability)}
            for one in verdict.readings
        ],
        "checks": [_check(finding) for finding in verdict.findings],
    }


def _check(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.name,
        "considered": " ".join(finding.considered),
        "label": verdicts.label(finding),
        "probability": _digits(finding.probability),
        "estimate": None if finding.estimate is None else float(f"{finding.estimate:.4g}"),
        "sentence": finding.sentence,
    }


def _digits(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 3)


def ledger(archive: Archive) -> dict[str, dict[str, object]]:
    """What is kept of every verdict, by clock and claim."""
    return {
        clock: {one.claim: entry(one) for one in verdicts.ledger(seen)}
        for clock, seen in clocks(archive).items()
    }


def read() -> dict[str, dict[str, object]]:
    """The reviewed ledger."""
    return json.loads(FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    FILE.write_text(json.dumps(ledger(Archive.read()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE.name} is written\n")
