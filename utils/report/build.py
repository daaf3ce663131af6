"""`make report`: from the data folder and the notebooks to a static site, and how long each step took.

Each step has a key, the digest of all that it depends on, and is left out while the key is what it was: a run
of a notebook (`runs`), the verdicts of every day (`results`), the site (Sphinx). When only notebooks have
changed, Sphinx reads those alone. A test holds the result against that of a build from nothing.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import multiprocessing
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from ..kernels import formats, start
from ..mime import OutputError
from ..runs import checked, update
from ..runs.alone import alone, end_with_parent, restore, swap
from ..runs.keep import Runs, write_if_new
from ..runs.place import Place
from ..runs.reach import digest
from ..runs.update import Notebook
from ..runs.varying import varying
from ..terminal import say, terminal

if TYPE_CHECKING:
    from ..results import Results
    from .outputs import Note
    from .pictured import Picture

__all__ = ["notebooks", "report"]

# They take a second to load; the notebooks, in processes of their own, leave time for it.
FOR_THE_SITE = ("myst_nb.sphinx_ext", "sphinx.application", "furo", f"{__package__}.assemble")
# What the site in ``html`` was built from, and what it consists of.
STATE = "state.json"
# What is kept of the last build to go on from.
KEPT = ("source", "sphinx", "doctrees", "searched")


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
            console.print(f"  {name:<24}{seconds:6.1f} s")


def notebooks(place: Place) -> int:
    """Run the notebooks that must run and keep the outputs of all in place; 0 when all went well."""
    with alone(place.reports, say):
        return _notebooks(place)


def _notebooks(place: Place) -> int:
    formats.on_demand()
    from ..runs.execute import NotebookFailed
    from ..words import counted

    console, runs, found = terminal(), Runs(place), update.notebooks(place)
    good, stale = update.decide(runs, found)
    try:
        good |= update.run(place, runs, found, stale, console) if stale else {}
    except NotebookFailed as error:
        print(f"{error}\nNo notebook was written", file=sys.stderr)
        return 1
    for one in found:
        write_if_new(one.path, update.text(one, good[one.path]))
        for line in varying(update.with_outputs(one, good[one.path]).cells):
            console.print(f"  {one.path.name}, {line}", soft_wrap=True, markup=False)
    console.print(f"{len(stale)} of {counted(len(found), 'notebook')} ran")
    return 0


def report(place: Place, site: str | None = None) -> int:
    """Build the site of an article at ``html`` below its reports; 0 when it stands, 1 when something failed.

    site: the whole address under which it will be published; by default that of the data folder.

    Nothing is printed about what need not be done but one line. The new site is built beside the old one and
    takes its place only when it is whole. One build is at work at a time.
    """
    with alone(place.reports, say):
        restore(place.reports / "html")
        return _report(place, site)


def _report(place: Place, site: str | None) -> int:
    from ..evidence.problems import DataError

    console, clock = terminal(), Clock()
    reports = place.reports
    if _touched(place):
        start()
    with clock.step("Looking for changes"):
        runs, found = Runs(place), update.notebooks(place)
        good, stale = update.decide(runs, found)
        keys = _keys(place, runs, found, site)
        built = _read_state(reports)
    if built.get("site") != _fingerprints(reports / "html"):
        built = {}
    if not stale and built.get("keys") == keys:
        console.print(
            f"Nothing has changed; the report is at {reports / 'html' / 'index.html'}: {built['told']}",
            soft_wrap=True,
        )
        return 0
    checked.remove(reports / STATE)
    formats.on_demand()
    from ..runs.execute import NotebookFailed
    from .last_line import what_was_built

    same = _same(reports, built, keys, stale)
    try:
        warnings, left = _build(place, site, runs, found, good, stale, same, console, clock)
    except (DataError, NotebookFailed, OutputError) as error:
        return _not_built(reports, error)
    if warnings:
        return _not_built(reports, warnings)
    html = reports / "html"
    swap(reports / "html.new", html)
    told = what_was_built(html, found, left)
    state = {"keys": keys, "site": _fingerprints(html), "kept": _kept(reports), "told": told}
    checked.write_json(reports / STATE, state, indent=1)
    clock.tell(console)
    console.print(f"The report is at {html / 'index.html'}: {told}", soft_wrap=True)
    return 0


def _same(
    reports: Path, built: Mapping[str, Any], keys: Mapping[str, Any], stale: Mapping[Path, str]
) -> Set[str] | None:
    """The notebooks of which the page is there from the last build; None when no page is."""
    last = built.get("keys")
    if not last or last["pages"] != keys["pages"] or built["kept"] != _kept(reports):
        return None
    unchanged = {name for name, key in keys["notebooks"].items() if last["notebooks"].get(name) == key}
    return unchanged - {path.name for path in stale}


def _not_built(reports: Path, why: object) -> int:
    """Say why a build failed, and in the last line what there is then; its exit code."""
    last = reports / "html" / "index.html"
    left = f"the last one is still at {last}" if last.is_file() else "there is none"
    print(f"{why}\nNo report was built; {left}", file=sys.stderr)
    return 1


def _build(
    place: Place,
    site: str | None,
    runs: Runs,
    found: list[Notebook],
    good: dict[Path, list[Any]],
    stale: Mapping[Path, str],
    same: Set[str] | None,
    console: Console,
    clock: Clock,
) -> tuple[str, list[Picture | Note]]:
    """Do what must be done, as much as can be while the notebooks run; the warnings of Sphinx and what of the
    notebooks is not shown.

    same: what `_same` gives.
    """
    work, titles, again = place.reports / "source", [one.title for one in found], same is not None
    if not again:
        shutil.rmtree(work, ignore_errors=True)
    # In a process of its own, as a thread at work would hold up the one that serves the kernels.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, _begin_beside) as other, ThreadPoolExecutor(1) as beside:
        written = None if again else other.submit(_write_beside, place, site, titles)
        beside.submit(_load, FOR_THE_SITE)
        computed = beside.submit(_results, place, site, written)
        with clock.step("Running the notebooks"):
            if stale:
                good |= update.run(place, runs, found, stale, console)
        with clock.step("Waiting for the verdicts"):
            results = computed.result()
    from . import assemble

    new = [one for one in found if one.path.name not in (same or ())]
    ran = {one.path.name: update.with_outputs(one, good[one.path]) for one in new}
    with clock.step("Writing the pages"):
        folders = {one.path.name: one.path.parent for one in new}
        pictures = assemble.write_notebooks(results, titles, ran, work, folders)
    lacking = written.result() if written else ""
    for line in (*(picture.told for picture in pictures), *filter(None, [lacking])):
        console.print(f"  {line}", soft_wrap=True)
    with clock.step("Building the site"):
        return assemble.build(results, titles, work, place.reports / "html.new", again=again), pictures


def _begin_beside() -> None:
    """Begin a process that has nothing to say to an interrupt, or to the end, of the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_parent()


def _load(modules: Sequence[str]) -> None:
    for name in modules:
        importlib.import_module(name)


def _results(place: Place, site: str | None, written: Future[str] | None = None) -> Results:
    """The verdicts of every day, once another process has `written` what rests on them, if one does.

    site: the address of the report, where another than that of the data folder is asked for.
    """
    from ..archive import Archive
    from ..results import kept

    if written:
        written.result()
    results = kept(Archive.read(place.data))
    return results if site is None else results.published_at(site)


def _write_beside(place: Place, site: str | None, titles: Sequence[tuple[str, str]]) -> str:
    """Compute the verdicts of every day and write the pages that show no more of notebooks than titles; a
    line on what cannot be shown."""
    from . import assemble

    lacking = assemble.write_others(_results(place, site), titles, place.reports / "source")
    gc.freeze()
    return lacking


def _files(*folders: Path) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def _touched(place: Place) -> bool:
    """Whether anything has been written since the last build, so that notebooks will most likely run.

    A hint, by times, to load the libraries early; what runs is decided by content.
    """
    state = place.reports / STATE
    files = _files(place.data, place.root / "utils", place.notebooks)
    return not state.is_file() or any(path.stat().st_mtime > state.stat().st_mtime for path in files)


def _keys(place: Place, runs: Runs, found: list[Notebook], site: str | None) -> dict[str, Any]:
    """What the pages and the notebooks of the site depend on, besides the runs."""
    # Notebooks show pictures that lie beside them, and the method page tells what the campaigns have counted.
    counted = sorted((place.root / "docs").glob("*.json"))
    files = [*_files(place.data, place.root / "utils", place.notebooks), *counted]
    content = {place.named(path): digest(path.read_bytes()) for path in files if path.suffix != ".ipynb"}
    # Every page shows the titles of all others.
    headings = {one.path.name: one.headings for one in found}
    return {
        "pages": digest(json.dumps([content, runs.environment, headings, site])),
        "notebooks": {one.path.name: one.key for one in found},
    }


def _read_state(reports: Path) -> dict[str, Any]:
    state: dict[str, Any] = checked.read_json(reports / STATE, {})
    return state


def _kept(reports: Path) -> str:
    """The digest of all that the next build may go on from."""
    found = {name: _fingerprints(reports / name) for name in KEPT}
    return digest(json.dumps(found))


def _fingerprints(html: Path) -> dict[str, str]:
    """The digest of every file of the site, so that a damaged one is built anew."""
    return {
        path.relative_to(html).as_posix(): digest(path.read_bytes())
        for path in sorted(html.rglob("*"))
        if path.is_file()
    }
