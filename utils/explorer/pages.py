"""A view as HTML, which needs no style sheet, and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..answers import told
from ..verdicts import Verdict
from ..words import counted, percent, written_day
from .picture import drawing

if TYPE_CHECKING:
    from .views import View

__all__ = ["html", "text"]


def html(view: View) -> str:
    """The answer, its drawing and findings, what moved, the labels of all claims, and the line of code."""
    head = f"{view.claim.id}, as of {written_day(view.state.as_of)}: {view.told}"
    return (
        f"<div>{_faults(view)}<p><b>{escape(head)}</b>"
        f"{escape(_chance(view.verdict))}. {escape(view.answer)}</p>"
        f"{drawing(view.claim, view.before[view.claim.id], view.verdict)}{_findings(view)}{_moved(view)}"
        f"{_board(view)}<p>This view in code: <code>{escape(view.code)}</code></p></div>"
    )


def text(view: View) -> str:
    """The answer, what moved, and the line of code, in at most fifteen lines."""
    head = f"{view.claim.id}, as of {written_day(view.state.as_of)}: {view.told}{_chance(view.verdict)}"
    moves = [f"  {one}" for one in view.moved[:8]]
    more = [f"  and {len(view.moved) - 8} more"] if len(view.moved) > 8 else []
    faults = [f"left out: {fault}" for fault in view.faults[:2]]
    return "\n".join([head, view.answer, *faults, _count(view), *moves, *more, view.code])


def _chance(verdict: Verdict) -> str:
    return "" if verdict.probability is None else f" ({percent(verdict.probability)})"


def _count(view: View) -> str:
    return f"{counted(len(view.moved), 'claim')} of {len(view.after)} moved by what is changed here"


def _faults(view: View) -> str:
    items = "".join(f"<li>{escape(fault)}</li>" for fault in view.faults)
    return (
        f'<div role="alert"><p>Left out, because it does not fit:</p><ul>{items}</ul></div>' if items else ""
    )


def _findings(view: View) -> str:
    rows = "".join(
        f"<tr><th scope='row' align='left'>{escape(one.name.replace('_', ' '))}</th>"
        f"<td align='left'>{escape(one.sentence)}</td></tr>"
        for one in view.verdict.findings
    )
    return (
        "<table><caption>What its checks say</caption><thead><tr><th scope='col' align='left'>Check</th>"
        f"<th scope='col' align='left'>Finding</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _moved(view: View) -> str:
    items = "".join(f"<li>{escape(str(one))}{_why(view, one.claim)}</li>" for one in view.moved)
    return f"<p>{escape(_count(view))}{':' if items else '.'}</p>" + (f"<ul>{items}</ul>" if items else "")


def _why(view: View, claim: str) -> str:
    """The sentences that are other ones now."""
    (one,) = [one for one in view.moved if one.claim == claim]
    said = {finding.name: finding.sentence for finding in view.after[claim].findings}
    now = [said[name] for name in one.checks if name in said]
    return f"<br>Now: {escape(' '.join(now))}" if now else ""


def _board(view: View) -> str:
    rows = "".join(_line(view, name) for name in view.after)
    return (
        "<details open><summary>The labels of all claims</summary><table><thead><tr>"
        "<th scope='col' align='left'>Claim</th><th scope='col' align='left'>As set here</th>"
        "<th scope='col' align='left'>Nothing changed</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def _line(view: View, name: str) -> str:
    now, before = (f"{told(one)}{_chance(one)}" for one in (view.after[name], view.before[name]))
    marked = now if now == before else f"→ {now}"
    wording = next(claim.wording for claim in view.archive.claims if claim.id == name)
    return (
        f"<tr><th scope='row' align='left'>{escape(name)}: {escape(wording)}</th>"
        f"<td align='left'>{escape(marked)}</td><td align='left'>{escape(before)}</td></tr>"
    )
