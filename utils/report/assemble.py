"""What Sphinx reads, from results and executed notebooks, and the site that it makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode

from ..results import Results
from ..runs.keep import write_if_new
from ..runs.update import Notebook
from . import downloads, outputs, pages, site
from .outputs import Note
from .pictured import Picture

__all__ = ["build", "render", "write_notebooks", "write_others"]

# The name and the title of each notebook, in the order in which they are read.
Titles = Sequence[tuple[str, str]]


def write_others(results: Results, titles: Titles, work: Path) -> str:
    """Write what shows no more of the notebooks than their titles into Sphinx's source folder.

    Returns what the cards cannot show, in a line; empty for nothing.
    """
    # They load matplotlib, which nothing else here needs.
    from ..figures.labels import style_sheet
    from . import card

    extra = work / "extra"
    extra.mkdir(parents=True, exist_ok=True)
    write_if_new(work / "static" / "labels.css", style_sheet())
    pages.write_others(results, titles, work)
    downloads.write(results, extra)
    card.write(results, extra / "card.png")
    card.write_claims(results, extra / "cards")
    return card.undrawn(results.archive)


def write_notebooks(
    results: Results,
    titles: Titles,
    notebooks: Mapping[str, NotebookNode],
    work: Path,
    beside: Mapping[str, Path] | None = None,
) -> list[Picture | Note]:
    """Write executed notebooks and the front page, which shows figures of theirs, into the source folder.

    notebooks: by the name of the file, those that are new or have changed since they were last written.
    beside: the folders in which they lie. Returns the pictures of all notebooks that have neither title nor
    alt text, and what is not shown of them.
    """
    extra = work / "extra"
    figures, pictures = outputs.prepare(results.archive, notebooks, work / "notebooks", extra, beside)
    pages.write_front(results, titles, figures, work)
    return pictures


def build(results: Results, titles: Titles, work: Path, new: Path, *, again: bool = False) -> str:
    """Make the site `new` of the source folder `work`; Sphinx's warnings, of which there should be none.

    again: only notebooks have changed since the last time.
    """
    told = pages.told(results, titles)
    return site.build(results.archive, told, work, new, again=again)


def render(results: Results, notebooks: Mapping[str, NotebookNode], work: Path, new: Path) -> str:
    """Make the site `new` from results and executed notebooks, from nothing; as `build`."""
    titles = [Notebook(Path(name), notebook).title for name, notebook in notebooks.items()]
    write_others(results, titles, work)
    write_notebooks(results, titles, notebooks, work)
    return build(results, titles, work, new)
