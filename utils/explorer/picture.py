"""The findings on a claim as a drawing: how likely each is, and its figure beside the claimed one.

A mark is full in the state that is shown and hollow as it was before. Lines and letters have the colour of
the text around them, so that the drawing is read on light and on dark paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..checks import Finding
from ..evidence.claims import Claim
from ..joining import REFUTE_TO, SUPPORT_FROM
from ..verdicts import Verdict
from ..words import exact, in_unit, percent

__all__ = ["drawing"]

WIDTH, LEFT, RIGHT, STEP = 640, 12, 130, 48
LETTERS = 84


def drawing(claim: Claim, before: Verdict, after: Verdict) -> str:
    """The drawing as SVG; empty for a claim that is not checked."""
    old = {finding.name: finding for finding in before.findings}
    lines = [line for one in after.findings for line in _lines(claim, old.get(one.name), one)]
    if not lines:
        return ""
    height = STEP * len(lines) + 22
    drawn = "".join(
        f'<g transform="translate(0 {STEP * place})">{line}</g>' for place, line in enumerate(lines)
    )
    told = " ".join(f"{_sentence(one.proposition)}: {_chance(one)}." for one in after.findings)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="100%" '
        f'role="img" aria-label="{escape(told)}" fill="currentColor" stroke="none" '
        f'font-family="sans-serif" font-size="13">{drawn}'
        f'<text x="{LEFT}" y="{height - 6}" font-size="12">● as set here &#160; ○ nothing changed</text>'
        "</svg>"
    )


def _sentence(proposition: str) -> str:
    return f"{proposition[:1].upper()}{proposition[1:].rstrip('.')}"


def _chance(finding: Finding) -> str:
    return "no probability" if finding.probability is None else percent(finding.probability)


def _lines(claim: Claim, old: Finding | None, new: Finding) -> Iterator[str]:
    """The probability of a finding, then its figure where it has one in the unit of a claimed number."""
    label = _text(new.proposition, _chance(new))
    ends = [_at(bound, 0, 1) for bound in (REFUTE_TO, SUPPORT_FROM)]
    marks = "".join(_rule(x, 0.35) for x in (_at(0, 0, 1), *ends, _at(1, 0, 1)))
    points = "".join(
        _point(_at(one.probability, 0, 1), full)
        for one, full in ((old, False), (new, True))
        if one is not None and one.probability is not None
    )
    yield label + _axis() + marks + points
    yield from _figure(getattr(claim.parameters(new.name), "value", None), old, new)


def _figure(claimed: object, old: Finding | None, new: Finding) -> Iterator[str]:
    """The figure of a finding with its interval, and the claimed one as a line across."""
    told = [(one, full) for one, full in ((old, False), (new, True)) if one is not None and _has_figure(one)]
    if not told or not isinstance(claimed, int | float):
        return
    values = [float(claimed), *(end for one, _ in told for end in _ends(one))]
    low, high = min(0.0, *values), max(values) * 1.05 if max(values) > 0 else 0.0
    unit = new.interval.unit if new.interval else ""
    text = _text("The figure, with its 90 % interval; the line across is the claimed one", "")
    parts = [text, _axis(), _rule(_at(float(claimed), low, high), 1)]
    for one, full in told:
        estimate, first, last = _ends(one)
        start, end = _at(first, low, high), _at(last, low, high)
        stroke = 'stroke-width="4"' if full else 'stroke-width="1.5" stroke-dasharray="4 3"'
        parts.append(f'<path d="M{start:.1f} 32H{end:.1f}" stroke="currentColor" {stroke}/>')
        parts.append(_point(_at(estimate, low, high), full))
    parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="36">{escape(in_unit(exact(high, 2), unit))}</text>')
    yield "".join(parts)


def _has_figure(finding: Finding) -> bool:
    interval = finding.interval
    return finding.estimate is not None and interval is not None and interval.unit != "probability"


def _ends(finding: Finding) -> tuple[float, float, float]:
    if finding.estimate is None or finding.interval is None:
        raise ValueError(f"{finding.name} has no figure")
    return finding.estimate, finding.interval.low, finding.interval.high


def _at(value: float, low: float, high: float) -> float:
    """The place of a value on the axis, in user units of the drawing."""
    room = WIDTH - LEFT - RIGHT
    return LEFT + room * (min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5)


def _text(words: str, end: str) -> str:
    cut = words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…"
    return (
        f'<text x="{LEFT}" y="16">{escape(cut)}</text>'
        f'<text x="{WIDTH - RIGHT + 8}" y="36">{escape(end)}</text>'
    )


def _axis() -> str:
    return f'<path d="M{LEFT} 32H{WIDTH - RIGHT}" stroke="currentColor" stroke-opacity="0.35"/>'


def _rule(x: float, opacity: float) -> str:
    return f'<path d="M{x:.1f} 24V40" stroke="currentColor" stroke-opacity="{opacity}"/>'


def _point(x: float, full: bool) -> str:
    fill = "currentColor" if full else "none"
    return f'<circle cx="{x:.1f}" cy="32" r="6" fill="{fill}" stroke="currentColor" stroke-width="1.5"/>'
