"""Words that mean something exact here, and how a notebook links to them.

A link is plain Markdown, ``[casualties](../data/README.md#casualties)``: it leads to the data dictionary in
JupyterLab and wherever the repository is browsed. In the report the same link leads to the glossary page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from . import reading
from .cells import Identifier, Text
from .problems import Problem
from .schema import Record

__all__ = ["FILE", "Glossary", "Term", "address", "linked_terms", "markdown", "read", "to_report", "unlinked"]

FILE = "glossary.yaml"
DICTIONARY = "../data/README.md"


class Term(Record):
    """A word with what it means here and what it does not."""

    term: Annotated[str, Field(pattern=r"^[a-z]+(?:[ -][a-z]+)*$")]
    means: Text
    is_not: Text = Field(description="what the word is often taken for")
    forms: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="the words by which a text is seen to use the term"
    )
    linked: bool = Field(False, description="whether every notebook links it at its first use")
    quantities: tuple[Identifier, ...] = Field((), description="quantities that count by this meaning")

    @property
    def anchor(self) -> str:
        """Its name as a heading's anchor."""
        return self.term.replace(" ", "-")


class Glossary(Record):
    """The glossary file."""

    terms: Annotated[tuple[Term, ...], Field(min_length=1)]


def read(folder: Path, problems: list[Problem]) -> tuple[tuple[Term, ...], dict[reading.Place, int]]:
    """The terms of a data folder in the order of the file, with the line of every place in it.

    A folder need not have the file; then there are no terms. Whatever is wrong goes to `problems`.
    """
    if not reading.is_there(folder / FILE):
        return (), {}
    content, lines = reading.read_yaml(folder / FILE, Glossary, problems)
    terms = content.terms if content else ()
    names = [term.term for term in terms]
    problems += [
        Problem(FILE, lines["terms", place, "term"], "term", name, "a term of its own")
        for place, name in enumerate(names)
        if name in names[:place]
    ]
    return terms, lines


def address(term: Term) -> str:
    """Where a notebook's link to a term leads."""
    return f"{DICTIONARY}#{term.anchor}"


def linked_terms(text: str) -> list[str]:
    """The anchors of the glossary that a Markdown text links to, in order."""
    return re.findall(rf"\]\({re.escape(DICTIONARY)}#([\w-]+)\)", text)


def unlinked(terms: Sequence[Term], text: str) -> list[str]:
    """The terms that a Markdown text must link at their first use and does not.

    Headings, code and addresses are no use of a word.
    """
    prose = re.sub(r"^#.*$|`[^`]*`", "", text, flags=re.MULTILINE)
    return [
        term.term for term in terms if term.linked and _first_use(term, prose) not in (None, address(term))
    ]


def _first_use(term: Term, prose: str) -> str | None:
    """Where the first use of a term leads: an address, nothing where it is no link; None without a use."""
    words = rf"\b(?:{'|'.join(map(re.escape, term.forms))})\b"
    for found in re.finditer(rf"\[(?P<label>[^\]]*)\]\((?P<to>[^)]*)\)|{words}", prose, re.IGNORECASE):
        if found["label"] is None:
            return ""
        if re.search(words, found["label"], re.IGNORECASE):
            return found["to"]
    return None


def to_report(text: str) -> str:
    """A notebook's Markdown with its links to terms leading to the report's glossary page."""
    return re.sub(rf"\]\({re.escape(DICTIONARY)}#([\w-]+)\)", r"](#term-\1)", text)


def markdown(terms: Sequence[Term], *, level: int, targets: bool = False) -> Iterator[str]:
    """Lines of Markdown that tell the terms, each under a heading of this level.

    targets: whether each heading gets a name that other pages of the report can link to.
    """
    for term in terms:
        if targets:
            yield f"(term-{term.anchor})="
        yield from (f"{'#' * level} {term.term}", "", term.means, "")
        yield from (f"**What it is not.** {term.is_not}", "")
        if term.quantities:
            yield from (f"Counted as: {', '.join(f'`{name}`' for name in term.quantities)}.", "")
