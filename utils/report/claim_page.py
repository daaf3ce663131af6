"""What the page of one claim shows: reasons, history, evidence by origin, robustness, ClaimReview."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from .. import answers, history, robustness, verdicts
from ..archive import Archive
from ..asking import question
from ..checks import METHODS, Listing
from ..evidence.claims import Claim
from ..exports import claim_review
from ..results import Results
from ..robustness import Robustness
from ..sentences import english
from ..sentences.values import Reason
from ..verdicts import Verdict
from ..words import Told, month_and_year, written_day
from . import choices_told
from .render import chances
from .safe import plain

__all__ = ["Run", "context", "runs"]

# A history that is shorter names the days at its ends, a longer one their months.
SHORT_DAYS = 62
# Per cent of the axis: so near an end of it half of a name finds no room on a telephone.
NEAR_AN_END = 20


@dataclass(frozen=True)
class Run:
    """Days on end with one label; start and width in per cent of the whole history."""

    first: date
    last: date
    label: str
    chances: str
    start: float
    width: float


def context(results: Results, claim: Claim) -> dict[str, object]:
    """The values of the template ``claim.html``."""
    archive, days = results.archive, results.days[claim.id]
    then, now = results.both[claim.id]
    origins = _by_origin(archive, now)
    tables = dict.fromkeys(name for finding in now.findings for name in finding.tables)
    asked = {check.key: question(check, archive) for check in claim.built}
    article_at = _share(results.then_index + 0.5, len(days))
    return {
        "claim": claim,
        "clocks": (then, now),
        "reasons": _reasons(archive, claim, then, now),
        "first": days[0].as_of,
        "length": len(days),
        "since": answers.since_then(claim),
        "since_rows": claim.answer.since_then.rows if claim.answer and claim.answer.since_then else (),
        "strongest": answers.strongest(archive, now),
        "follows": answers.follows(now),
        "unknown": unknown(claim),
        "strips": _strips(days),
        "ticks": _ticks(days[0].as_of, days[-1].as_of),
        "article_at": article_at,
        "article_anchor": _anchor(article_at),
        "changes": history.changes(days, answers.told),
        "support_from": verdicts.SUPPORT_FROM,
        "refute_to": verdicts.REFUTE_TO,
        "origins": origins,
        "number_of_rows": sum(1 + len(group["others"]) for group in origins),
        "tables": [(name, archive.tables.maker(name)) for name in tables],
        "listings": _listings(archive, claim, now),
        "leaning": _leaning(results, claim),
        "flip_words": functools.partial(robustness.change, archive),
        "asked": asked,
        "parameters": [
            (asked[check.key], check.method, choices_told.in_words(archive, check)) for check in claim.built
        ],
        "review": _review(archive, claim, now, results.leaning[claim.id][1]),
    }


def unknown(claim: Claim) -> str:
    """What is not known about a claim, in a sentence: as people wrote it, else the first of what its verdict
    does not show."""
    if claim.answer and claim.answer.not_known:
        return claim.answer.not_known
    if claim.does_not_show is None:
        return "What nobody has published is not known here."
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z])", claim.does_not_show.strip())[0]
    return f"The verdict does not show {first[:1].lower()}{first[1:]}"


def _review(archive: Archive, claim: Claim, now: Verdict, leaning: Robustness) -> Markup:
    """The ClaimReview as a data block that no content can end early."""
    review = claim_review(archive, claim, now, leaning=leaning)
    text = str(plain(json.dumps(review, ensure_ascii=False, separators=(",", ":"))))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _reasons(archive: Archive, claim: Claim, then: Verdict, now: Verdict) -> list[dict[str, object]]:
    """Reading by reading, condition by condition: each check with its question and both of its findings."""
    return [
        {
            "name": after.reading,
            "then": before,
            "now": after,
            "conditions": [
                {
                    "name": new.condition,
                    "then": old,
                    "now": new,
                    "checks": [
                        {
                            "question": question(claim.parameters(finding.name), archive),
                            "then": then.finding(finding.name),
                            "then_label": verdicts.label(then.finding(finding.name)),
                            "now": finding,
                            "now_label": verdicts.label(finding),
                        }
                        for finding in now.findings
                        if (finding.reading, finding.condition) == (after.reading, new.condition)
                    ],
                }
                for old, new in zip(before.conditions, after.conditions, strict=True)
            ],
        }
        for before, after in zip(then.readings, now.readings, strict=True)
    ]


def _share(part: float, whole: int) -> float:
    return round(100 * part / whole, 3)


def runs(shown: Sequence[tuple[date, str, float | None]]) -> list[Run]:
    """Days with their label and probability, as runs of one label."""
    groups: list[list[tuple[int, date, str, float | None]]] = []
    for place, (day, label, chance) in enumerate(shown):
        if not groups or groups[-1][0][2] != label:
            groups.append([])
        groups[-1].append((place, day, label, chance))
    return [
        Run(
            first=group[0][1],
            last=group[-1][1],
            label=group[0][2],
            chances=_chances([chance for *_, chance in group if chance is not None]),
            start=_share(group[0][0], len(shown)),
            width=_share(len(group), len(shown)),
        )
        for group in groups
    ]


def _chances(known: Sequence[float]) -> str:
    """The range of the likelihood in words; nothing where there is none."""
    if not known:
        return ""
    return f"(likelihood {chances(min(known), max(known))})"


def _strips(days: Sequence[Verdict]) -> list[dict[str, object]]:
    """The history of the claim, and of each of its readings where there are several."""
    shown: list[tuple[str | None, list[tuple[date, Told, float | None]]]] = [
        (None, [(one.as_of, answers.told(one), one.probability) for one in days])
    ]
    names = [reading.reading for reading in days[-1].readings] if len(days[-1].readings) > 1 else []
    for place, name in enumerate(names):
        each = [(one.as_of, one.readings[place]) for one in days]
        shown.append((name, [(day, answers.of_reading(one), one.probability) for day, one in each]))
    return [
        {
            "name": f"Read as “{name}”" if name else ("The claim" if names else None),
            "runs": runs(strip),
            "path": _path([chance for *_, chance in strip]),
            "words": _words(runs(strip)),
        }
        for name, strip in shown
    ]


def _words(found: Sequence[Run]) -> str:
    """A strip in a sentence, for those who listen."""
    return "; ".join(f"from {written_day(run.first)} on: {run.label}" for run in found) + "."


def _path(chances: Sequence[float | None]) -> str:
    """The likelihood as an SVG path of steps, 0 on top for certain; nothing where it is never known."""
    steps: list[str] = []
    before: float | None = None
    for place, chance in enumerate(chances):
        if chance is not None:
            height = f"{100 - 100 * chance:.4g}"
            if before is None:
                steps.append(f"M{place} {height}")
            elif chance != before:
                steps.append(f"V{height}")
            else:
                # The step to the side goes on.
                steps.pop()
            steps.append(f"H{place + 1}")
        before = chance
    return "".join(steps)


def _anchor(at: float) -> str:
    """How a name stands at a place of the axis, in per cent, so that neither end cuts it."""
    if at < NEAR_AN_END:
        return "start"
    return "end" if at > 100 - NEAR_AN_END else "middle"


def _ticks(first: date, last: date) -> list[dict[str, object]]:
    """The ends of the axis and every half-year between them that leaves room for its name."""
    whole = (last - first).days + 1
    ends = [(first, "start"), (last, "end")]
    halves = [
        (date(year, month, 1), "middle") for year in range(first.year, last.year + 1) for month in (1, 7)
    ]
    room = timedelta(days=whole // 4)
    between = [(day, anchor) for day, anchor in halves if first + room < day < last - room]
    # Two ends of one name would tell nothing.
    named = written_day if whole <= SHORT_DAYS else month_and_year
    return [
        {
            "at": _share((day - first).days, whole),
            "anchor": anchor,
            "name": named(day),
        }
        for day, anchor in sorted([*between, *ends])
    ]


def _by_origin(archive: Archive, verdict: Verdict) -> list[dict[str, Any]]:
    """Every row that the claim's checks looked at, by origin; why a row is not evidence of its own."""
    why: dict[str, Reason | None] = {
        row: reason for finding in verdict.findings for row, reason in finding.unused.items()
    }
    why |= dict.fromkeys(verdict.evidence)
    groups = archive.origins(row for row in archive.statements if row.id in why)
    shown = []
    for origin, rows in groups.items():
        reasons = [
            (row, "" if (left := why[row.id]) is None else english.reason(left, archive)) for row in rows
        ]
        # The row that counts stands for its origin; the relays fold below it.
        head = next((pair for pair in reasons if not pair[1]), reasons[0])
        shown.append(
            {
                "origin": origin,
                "first": head[0],
                "why": head[1],
                "used": any(why[row.id] is None for row in rows),
                "partial": archive.is_belligerent(head[0]),
                "others": [pair for pair in reasons if pair is not head],
            }
        )
    return shown


def _listings(archive: Archive, claim: Claim, verdict: Verdict) -> list[Listing]:
    """The statements that each check lists, as known today, with what it makes of them."""
    listings = (
        METHODS[finding.method].listing(archive, claim.parameters(finding.name), finding)
        for finding in verdict.findings
    )
    return [listing for listing in listings if listing is not None]


def _leaning(results: Results, claim: Claim) -> list[tuple[str | None, Robustness | None, Robustness]]:
    """The robustness of the claim and of each of its readings, on both clocks."""
    before, after = results.leaning[claim.id]
    old = {one.reading: one for one in before.readings}
    return [(None, before, after), *((one.reading, old.get(one.reading), one) for one in after.readings)]
