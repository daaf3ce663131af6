"""`make report`: from the data folder and the notebooks to a static site, and how long each step took."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import yaml
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..archive import Archive
from ..schema import DataError
from . import card, downloads, execute, outputs, pages, site
from .results import Results

__all__ = ["notebooks", "render", "report"]

CITATION = Path(__file__).resolve().parents[2] / "CITATION.cff"


class Clock:
    """Times the steps of a build and tells them at the end."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float]] = []

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        start = time.perf_counter()
        yield
        self.steps.append((name, time.perf_counter() - start))

    def tell(self, console: Console) -> None:
        """Print a line a step and the sum."""
        for name, seconds in (*self.steps, ("All", sum(seconds for _, seconds in self.steps))):
            console.print(f"  {name:<24}{seconds:6.1f} s", highlight=False)


def _run(root: Path, target: Path, console: Console) -> list[Path]:
    """Run every notebook of the project into a folder; the notebooks written, in reading order."""
    sources = sorted((root / "notebooks").glob("*.ipynb"))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Running the notebooks", total=len(sources))
        execute.run({path: target / path.name for path in sources}, lambda path: progress.advance(task))
    return [target / path.name for path in sources]


def notebooks(root: Path) -> int:
    """Run the notebooks and keep their outputs in place."""
    console = Console()
    try:
        _run(root, root / "notebooks", console)
    except execute.NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def report(root: Path) -> int:
    """Build the site at ``reports/html`` below `root`; 0 when it stands, 1 when something failed.

    The site is built beside the old one and takes its place only when it is whole.
    """
    console, clock = Console(), Clock()
    work, html = root / "reports" / "source", root / "reports" / "html"
    shutil.rmtree(work, ignore_errors=True)
    try:
        with clock.step("Reading the data"):
            archive = Archive.read(root / "data")
        with clock.step("Running the notebooks"):
            written = _run(root, work / "notebooks", console)
        with clock.step("Computing the verdicts"):
            results = Results.of(archive)
        warnings = render(results, written, work, root / "reports" / "html.new", clock)
    except (DataError, execute.NotebookFailed) as error:
        print(error, file=sys.stderr)
        return 1
    if warnings:
        print(warnings, file=sys.stderr)
        return 1
    shutil.rmtree(html, ignore_errors=True)
    os.replace(root / "reports" / "html.new", html)
    clock.tell(console)
    console.print(f"The report is at {html / 'index.html'}", soft_wrap=True, highlight=False)
    return 0


def render(results: Results, notebooks: list[Path], work: Path, new: Path, clock: Clock) -> str:
    """Make the site `new` from results and executed notebooks; the warnings, of which there should be none.

    notebooks: executed, below ``work/notebooks``; they are rewritten for the report. work: Sphinx's source.
    """
    facts, extra = _facts(), work / "extra"
    extra.mkdir(parents=True, exist_ok=True)
    with clock.step("Writing the pages"):
        figures = outputs.prepare(results.archive, notebooks, extra)
        told = pages.write(results, notebooks, figures, work, facts)
        downloads.write(results, extra, facts)
        card.write(results, extra / "card.png", facts["project"])
    with clock.step("Building the site"):
        return site.build(results.archive, told, work, new, facts["version"])


def _facts() -> dict[str, str]:
    """The project's name, version and author, as its citation file gives them."""
    cited = yaml.safe_load(CITATION.read_text(encoding="utf-8"))
    return {"project": cited["title"], "version": cited["version"], "author": cited["authors"][0]["name"]}
