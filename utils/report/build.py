"""`make report`: from the data folder and the notebooks to a static site, and how long each step took.

Each step has a key, the digest of all that it depends on, and is left out while the key is what it was: a run
of a notebook (`runs`), the verdicts of every day (`results`), the site (Sphinx). When only notebooks have
changed, Sphinx reads those alone. A test holds the result against that of a build from nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from .. import citation
from ..kernels import formats, start
from . import update
from .reach import digest
from .runs import Runs, write_atomically, write_if_new
from .update import Notebook

if TYPE_CHECKING:
    from .results import Results

__all__ = ["Clock", "notebooks", "render", "report"]

# What the site in ``reports/html`` was built from, and what it consists of.
STATE = "state.json"


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
    from .execute import NotebookFailed

    console, runs, found = Console(), Runs(root), update.notebooks(root)
    good, stale = update.decide(runs, found)
    try:
        good |= update.run(root, runs, found, stale, console) if stale else {}
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    for one in found:
        write_if_new(one.path, update.text(one, good[one.path]))
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

    again = built.get("keys", {}).get("pages") == keys["pages"]
    try:
        warnings = _build(root, runs, found, good, stale, keys["pages"], again, console, clock)
    except (DataError, NotebookFailed) as error:
        print(error, file=sys.stderr)
        return 1
    if warnings:
        print(warnings, file=sys.stderr)
        return 1
    html = reports / "html"
    shutil.rmtree(html, ignore_errors=True)
    os.replace(reports / "html.new", html)
    write_atomically(reports / STATE, json.dumps({"keys": keys, "site": _fingerprints(html)}, indent=1))
    clock.tell(console)
    console.print(f"The report is at {html / 'index.html'}", soft_wrap=True, highlight=False)
    return 0


def _build(
    root: Path,
    runs: Runs,
    found: list[Notebook],
    good: dict[Path, list[Any]],
    stale: Mapping[Path, str],
    key: str,
    again: bool,
    console: Console,
    clock: Clock,
) -> str:
    """Do what must be done, the verdicts while the notebooks run; the warnings of Sphinx."""
    work = root / "reports" / "source"
    if not again:
        shutil.rmtree(work, ignore_errors=True)
    with ThreadPoolExecutor(1) as beside:
        computed = beside.submit(_results, root, key)
        with clock.step("Running the notebooks"):
            if stale:
                good |= update.run(root, runs, found, stale, console)
        with clock.step("Waiting for the verdicts"):
            results = computed.result()
    contents = {one.path.name: update.text(one, good[one.path]) for one in found}
    return render(results, contents, work, root / "reports" / "html.new", clock, again=again)


def _results(root: Path, key: str) -> Results:
    """The verdicts of every day, from the last build if nothing has changed that they depend on."""
    from . import results

    # Loaded here, while the notebooks keep the other core busy; it takes most of a second.
    importlib.import_module("sphinx.application")
    return results.kept(root / "data", root / "reports" / "results", key)


def render(
    results: Results,
    notebooks: Mapping[str, str],
    work: Path,
    new: Path,
    clock: Clock,
    *,
    again: bool = False,
) -> str:
    """Make the site `new` from results and executed notebooks; the warnings, of which there should be none.

    notebooks: the content of each by its name. work: Sphinx's source. again: only notebooks have changed
    since the last build into `work`.
    """
    from . import card, downloads, outputs, pages, site

    facts, extra = citation.cited(), work / "extra"
    extra.mkdir(parents=True, exist_ok=True)
    with clock.step("Writing the pages"):
        paths, figures = outputs.prepare(results.archive, notebooks, work / "notebooks", extra)
        told = pages.write(results, paths, figures, work, facts)
        if not again:
            downloads.write(results, extra, facts)
            card.write(results, extra / "card.png", facts["project"])
    with clock.step("Building the site"):
        return site.build(results.archive, told, work, new, facts["version"], again=again)


def _keys(root: Path, runs: Runs, found: list[Notebook]) -> dict[str, Any]:
    """What the pages and the notebooks of the site depend on, besides the runs."""
    files = sorted(
        path
        for folder in (root / "data", root / "utils")
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    content = {
        path.relative_to(root).as_posix(): digest(path.read_bytes()) for path in (*files, citation.FILE)
    }
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


def _fingerprints(html: Path) -> dict[str, str]:
    """The digest of every file of the site, so that a damaged one is built anew."""
    return {
        path.relative_to(html).as_posix(): digest(path.read_bytes())
        for path in sorted(html.rglob("*"))
        if path.is_file()
    }
