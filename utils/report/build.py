"""`make report`: from the data folder and the notebooks to a static site, and how long each step took.

Each step has a key, the digest of all that it depends on, and is left out while the key is what it was:
a run of a notebook (`runs`), the pages (`pages`), the site (Sphinx). When only notebooks have changed, Sphinx
reads those alone. A test holds the result against that of a build from nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from ..kernels import formats, start
from . import update
from .reach import digest
from .runs import Runs, write_atomically
from .update import Notebook

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["notebooks", "report"]

# What the site in ``reports/html`` was built from, and what it consists of.
STATE = "state.json"

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
    "nb_mime_priority_overrides": [("html", "application/vnd.fifty-thousand.sentence+json", 0)],
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


def notebooks(root: Path) -> int:
    """Run the notebooks that must run and keep the outputs of all in place; 0 when all went well."""
    formats.on_demand()
    import nbformat

    from .execute import NotebookFailed

    console, runs, found = Console(), Runs(root), update.notebooks(root)
    good, stale = update.decide(runs, found)
    try:
        good |= update.run(root, runs, found, stale, console) if stale else {}
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    for one in found:
        content = nbformat.from_dict(update.with_outputs(one, good[one.path]))
        _write_if_new(one.path, nbformat.writes(content) + "\n")
    console.print(f"{len(stale)} of {len(found)} notebooks ran", highlight=False)
    return 0


def report(root: Path) -> int:
    """Build the site at ``reports/html`` below `root`; 0 when it stands, 1 when something failed.

    Nothing is printed about what need not be done but one line. The new site is built beside the old one and
    takes its place only when it is whole.
    """
    from ..schema import DataError

    console, clock = Console(), Clock()
    reports = root / "reports"
    with clock.step("Looking for changes"):
        runs, found = Runs(root), update.notebooks(root)
        good, stale = update.decide(runs, found)
        keys = _keys(root, runs, found)
        built = _read_state(reports)
    if built.get("site") != _fingerprints(reports / "html"):
        built = {}
    if not stale and built.get("keys") == keys:
        console.print(
            f"Nothing has changed; the report is at {reports / 'html' / 'index.html'}", soft_wrap=True
        )
        return 0
    (reports / STATE).unlink(missing_ok=True)
    formats.on_demand()
    if stale:
        start()
    from .execute import NotebookFailed

    try:
        warnings = _build(root, runs, found, good, stale, built.get("keys", {}), keys, console, clock)
    except (DataError, NotebookFailed) as error:
        print(error, file=sys.stderr)
        return 1
    if warnings:
        print(warnings, file=sys.stderr)
        return 1
    site = reports / "html"
    shutil.rmtree(site, ignore_errors=True)
    os.replace(reports / "html.new", site)
    write_atomically(reports / STATE, json.dumps({"keys": keys, "site": _fingerprints(site)}, indent=1))
    clock.tell(console)
    console.print(f"The report is at {site / 'index.html'}", soft_wrap=True, highlight=False)
    return 0


def _build(
    root: Path,
    runs: Runs,
    found: list[Notebook],
    good: dict[Path, list[Any]],
    stale: Mapping[Path, str],
    old: Mapping[str, Any],
    keys: Mapping[str, Any],
    console: Console,
    clock: Clock,
) -> str:
    """Do what must be done, the pages while the notebooks run; the warnings of Sphinx."""
    reports, work = root / "reports", root / "reports" / "source"
    again = old.get("pages") == keys["pages"] and work.is_dir() and (reports / "html").is_dir()
    if not again:
        shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(reports / "doctrees", ignore_errors=True)
    paths = [work / "notebooks" / one.path.name for one in found]
    with ThreadPoolExecutor(1) as beside:
        with clock.step("Running the notebooks"):
            written = beside.submit(_pages, root, work, paths, write=not again)
            if stale:
                good |= update.run(root, runs, found, stale, console)
        with clock.step("Writing the pages"):
            archive = written.result()
            _write_notebooks(found, good, work / "notebooks")
    with clock.step("Building the site"):
        return _sphinx(archive, work, reports, again=again)


def _pages(root: Path, work: Path, paths: list[Path], *, write: bool) -> Archive:
    """The archive; and write every page but the notebooks, from the data and the notebooks' names alone."""
    from ..archive import Archive
    from . import pages

    archive = Archive.read(root / "data")
    if write:
        pages.write(archive, paths, work)
    # Loaded here, while the notebooks keep the other cores busy; it takes most of a second.
    importlib.import_module("sphinx.application")
    importlib.import_module("utils.report.renderer")
    return archive


def _write_notebooks(found: list[Notebook], good: Mapping[Path, list[Any]], folder: Path) -> None:
    """Write the notebooks that are not there as they should be; what is as it should be keeps its time."""
    import nbformat

    from . import pages

    folder.mkdir(parents=True, exist_ok=True)
    for one in found:
        notebook = nbformat.from_dict(update.with_outputs(one, good[one.path]))
        pages.fold_code(notebook)
        _write_if_new(folder / one.path.name, nbformat.writes(notebook) + "\n")


def _write_if_new(path: Path, content: str) -> None:
    if not path.is_file() or path.read_text(encoding="utf-8") != content:
        write_atomically(path, content)


def _keys(root: Path, runs: Runs, found: list[Notebook]) -> dict[str, Any]:
    """What the pages and the notebooks of the site depend on, besides the runs."""
    files = sorted(
        path
        for folder in (root / "data", root / "utils")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    content = {path.relative_to(root).as_posix(): digest(path.read_bytes()) for path in files}
    # Every page shows the titles of all others.
    headings = {one.path.name: one.headings for one in found}
    return {
        "pages": digest(json.dumps([content, headings, runs.environment])),
        "notebooks": {one.path.name: one.key for one in found},
    }


def _read_state(reports: Path) -> dict[str, Any]:
    try:
        return json.loads((reports / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _fingerprints(site: Path) -> dict[str, str]:
    """The digest of every file of the site, so that a damaged one is built anew."""
    return {
        path.relative_to(site).as_posix(): digest(path.read_bytes())
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def _sphinx(archive: Archive, work: Path, reports: Path, *, again: bool) -> str:
    """Render the source folder to ``html.new``; the warnings, of which there should be none.

    again: the site that stands is to be changed only where notebooks have.
    """
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace

    from .renderer import Renderer

    Renderer.archive = archive
    new, warnings = reports / "html.new", io.StringIO()
    shutil.rmtree(new, ignore_errors=True)
    if again:
        # A static file that lies there already would get another address than in a build from nothing.
        shutil.copytree(reports / "html", new, ignore=shutil.ignore_patterns("_static"))
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
            freshenv=not again,
        ).build(force_all=not again)
    shutil.rmtree(new / ".doctrees", ignore_errors=True)
    _drop_old_images(new)
    return warnings.getvalue()


def _drop_old_images(site: Path) -> None:
    """Remove the pictures that no page shows any more; Sphinx only adds."""
    shown = {
        name
        for page in site.rglob("*.html")
        for name in re.findall(r"_images/([^\"'?#]+)", page.read_text(encoding="utf-8"))
    }
    for path in (site / "_images").glob("*"):
        if path.name not in shown:
            path.unlink()
