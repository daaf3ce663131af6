"""`make report`: from the data folder and the notebooks to a static site, and how long each step took."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..archive import Archive
from ..prose import MIME
from ..schema import DataError
from . import execute, pages

__all__ = ["notebooks", "report"]

SPHINX = {
    "project": "Fifty Thousand",
    "author": "The authors of Fifty Thousand",
    "copyright": "the authors of Fifty Thousand",
    "language": "en",
    "extensions": ["myst_nb"],
    "myst_enable_extensions": [],
    "nb_execution_mode": "off",
    "nb_code_prompt_show": "Show the code",
    "nb_code_prompt_hide": "Hide the code",
    "nb_render_plugin": "fifty_thousand",
    "nb_mime_priority_overrides": [("html", MIME, 0)],
    "html_theme": "furo",
    "html_title": "Fifty Thousand",
    "html_css_files": ["report.css"],
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_last_updated_fmt": None,
    # A figure is shown at the width of the text; a click on it would only show the same again.
    "html_scaled_image_link": False,
    "exclude_patterns": ["**/*.fragment.html"],
}


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
    work, site = root / "reports" / "source", root / "reports" / "html"
    shutil.rmtree(work, ignore_errors=True)
    try:
        with clock.step("Reading the data"):
            archive = Archive.read(root / "data")
        with clock.step("Running the notebooks"):
            written = _run(root, work / "notebooks", console)
        with clock.step("Writing the pages"):
            pages.fold_code(written)
            pages.link_terms(written)
            pages.write(archive, written, work)
        with clock.step("Building the site"):
            warnings = _sphinx(archive, work, root / "reports")
    except (DataError, execute.NotebookFailed) as error:
        print(error, file=sys.stderr)
        return 1
    if warnings:
        print(warnings, file=sys.stderr)
        return 1
    shutil.rmtree(site, ignore_errors=True)
    os.replace(root / "reports" / "html.new", site)
    clock.tell(console)
    console.print(f"The report is at {site / 'index.html'}", soft_wrap=True, highlight=False)
    return 0


def _sphinx(archive: Archive, work: Path, reports: Path) -> str:
    """Render the source folder to ``html.new``; the warnings, of which there should be none."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    from .renderer import Renderer

    Renderer.archive = archive
    new, warnings = reports / "html.new", io.StringIO()
    shutil.rmtree(new, ignore_errors=True)
    options = {**SPHINX, "html_static_path": [str(Path(__file__).parent / "static")]}
    with docutils_namespace():
        Sphinx(
            work,
            None,
            new,
            reports / "doctrees",
            "html",
            options,
            status=None,
            warning=warnings,
            freshenv=True,
        ).build(force_all=True)
    shutil.rmtree(reports / "doctrees")
    shutil.rmtree(new / ".doctrees", ignore_errors=True)
    return warnings.getvalue()
