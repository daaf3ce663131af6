"""What was built and what was not, for the last line of a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..runs.reach import SKIPPED
from ..runs.update import Notebook
from ..words import counted, listed
from .cells import tags_of
from .outputs import Note
from .pictured import Picture

__all__ = ["what_was_built"]

REMOVED = frozenset({"remove-cell", "remove-input", "remove-output", "remove-stdout", "remove-stderr"})
# A cell with this tag stands in its notebook with what it once gave.
NOT_RUN = SKIPPED


def what_was_built(html: Path, notebooks: Sequence[Notebook], left: Iterable[Picture | Note]) -> str:
    """How many notebooks and pages a site has, and what of the notebooks does not stand on its pages.

    html: the folder of the site. left: the pictures and notes that were told while it was built.
    """
    pages = sum(1 for _ in html.rglob("*.html"))
    built = listed([counted(len(notebooks), "notebook"), counted(pages, "page")])
    return f"{built}; {', '.join(_not_built(notebooks, left)) or 'nothing is left out'}"


def _not_built(notebooks: Sequence[Notebook], left: Iterable[Picture | Note]) -> Iterator[str]:
    tags = [tags_of(cell) for one in notebooks for cell in one.content["cells"]]
    notes = sum(isinstance(one, Note) or one.fault is not None for one in left)
    for many, one, what in (
        (sum(bool(of & REMOVED) for of in tags), "cell", "hidden by tags"),
        (sum(NOT_RUN in of for of in tags), "cell", "not run"),
        (notes, "part", "shown only as a note"),
    ):
        if many:
            yield f"{counted(many, one)} {what}"
