"""The method page: the rule for verdicts, what a finding is, and what each method says of itself."""

from __future__ import annotations

import inspect
import re

from .. import history, robustness, verdicts
from ..answers import labels
from ..checks import METHODS, learning
from ..evidence.article import Partial
from ..evidence.review import Review
from ..words import counted, number, plural, share, written_day
from . import tried
from .evidence_page import second_look_interval

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
  repeat it. How many of them are outside the interested parties, and how many rest on a count that others
  can repeat, goes into the confidence;
- the rows that it rests on, and those that its question touches and that it does not use. The page of a claim
  shows both;
- the choices that another analyst might make otherwise. The last chapter of this page says what becomes of a
  verdict then.

A finding is no verdict yet. The rule above makes verdicts of findings, in the same way for all methods. The
chapters below say for each method how it comes to its finding, what it takes for granted, and on which
literature it rests.
"""


NOT_REVIEWED = """
Rows are entered by people, and nobody has yet looked a second time at a sample of the rows of this folder.
How often they are wrong is not known.
"""


def page(review: Review | None = None, partial: Partial | None = None) -> str:
    """The method page as Markdown: the chapters in the order of the argument, each with a name to link to.

    review: the second look at the rows of the folder, where there was one. partial: what its article calls a
    party whose own word is partial.
    """
    chapters = (
        ("verdict", "The verdict", verdicts.__doc__),
        ("labels", "Labels for readers", labels.__doc__),
        ("rows", "Rows: how often are they wrong?", _second_look(review) if review else NOT_REVIEWED),
        ("findings", "Findings", FINDINGS),
        *((method.name, method.title, method.rule) for method in METHODS.values()),
        ("learning", "Learning: what other quantities teach of errors", learning.__doc__),
        ("history", "History: the verdict on every day", history.__doc__),
        ("robustness", "Robustness: do other choices keep the label?", robustness.__doc__),
        *(("torture", "Spoilt input: what becomes of it?", told) for told in [tried.chapter()] if told),
    )
    parts = ["# Method", "", OPENING, ""]
    for name, title, rule in chapters:
        parts += [f"(method-{name})=", f"## {title}", "", _chapter(rule), ""]
    return (partial or Partial()).tell("\n".join(parts))


def _second_look(review: Review) -> str:
    low, high = second_look_interval(review)
    wrong = f"{number(review.wrong.rows)} {plural(review.wrong.rows, 'was', 'were')} wrong"
    return (
        f"Rows are entered by people. On {written_day(review.day)}, {counted(review.drawn, 'row')} of "
        f"{number(review.sound)} sound ones were drawn at random and looked up again without the notes of "
        f"the first look. The pages of {number(review.checked)} could be read again, and of those {wrong}. "
        f"So the share of wrong rows is between {share(low)} and {share(high)} (95 % interval, Clopper and "
        "Pearson 1934). What was wrong is on [Where the evidence comes from](evidence.md)."
    )


def _chapter(rule: str | None) -> str:
    """A docstring as Markdown, its headings one level below the chapter's."""
    return re.sub(r"^(.+)\n-{3,}$", r"### \1", inspect.cleandoc(rule or ""), flags=re.MULTILINE)
