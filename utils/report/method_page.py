"""The method page: the rule for verdicts, what a finding is, and what each method says of itself."""

from __future__ import annotations

import inspect
import re

from .. import history, robustness, verdicts
from ..checks import METHODS, learning

__all__ = ["page"]

OPENING = (
    "Each chapter is kept beside the code that does what it says. Whether what it says comes true is on the "
    "page [How often is it right?](calibration.md)"
)
FINDINGS = """
A finding is what one method says of one claim as of one day. It sees what was public on that day and nothing
else. It holds:

- the probability that what the claim needs is so; none where there is nothing to judge by;
- where something is measured, the best estimate and its 90 % interval;
- the tellers behind it, each once. Rows that go back to one first telling are one origin, however many
  repeat it. How many of them are outsiders to the war, and how many rest on a count that others can repeat,
  goes into the confidence;
- the rows that it rests on, and those that its question touches and that it does not use. The page of a claim
  shows both;
- the choices that another analyst might make otherwise. The last chapter of this page says what becomes of a
  verdict then.

A finding is no verdict yet. The rule above makes verdicts of findings, in the same way for all methods. The
chapters below say for each method how it comes to its finding, what it takes for granted, and on which
literature it rests.
"""


def page() -> str:
    """The method page as Markdown: the chapters in the order of the argument, each with a name to link to."""
    chapters = (
        ("verdict", "The verdict", verdicts.__doc__),
        ("findings", "Findings", FINDINGS),
        *((method.name, method.title, method.rule) for method in METHODS.values()),
        ("learning", "Learning: what other quantities teach of errors", learning.__doc__),
        ("history", "History: the verdict on every day", history.__doc__),
        ("robustness", "Robustness: do other choices keep the label?", robustness.__doc__),
    )
    parts = ["# Method", "", OPENING, ""]
    for name, title, rule in chapters:
        parts += [f"(method-{name})=", f"## {title}", "", _chapter(rule), ""]
    return "\n".join(parts)


def _chapter(rule: str | None) -> str:
    """A docstring as Markdown, its headings one level below the chapter's."""
    return re.sub(r"^(.+)\n-{3,}$", r"### \1", inspect.cleandoc(rule or ""), flags=re.MULTILINE)
