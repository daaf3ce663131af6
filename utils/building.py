"""What the commands do that run the notebooks of a folder or build its report; as `commands`."""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .commands import ROOT, UsageError, check
from .runs.place import Place

__all__ = ["crate", "lab", "notebooks", "report", "test", "verify"]

SHELF = ROOT / "reports" / "shelf"


def notebooks(options: argparse.Namespace) -> int:
    """Run the notebooks of a folder and keep their outputs in place."""
    from .report import build

    with _building():
        return build.notebooks(_place(options.data))


def report(options: argparse.Namespace) -> int:
    """Run the notebooks and build the report of a folder, or of several on one shelf."""
    from .evidence.cells import whole_address
    from .report import build, shelf

    try:
        site = None if options.site is None else whole_address(options.site)
    except ValueError as error:
        raise UsageError(f"--site {options.site!r}: {error}") from None
    if len(options.data) == 1:
        with _building():
            return build.report(_place(options.data[0], options.out), site)
    if site is not None:
        raise UsageError("--site is the address of one report, and --data names several")
    try:
        with _building():
            return shelf.build([_place(folder) for folder in options.data], options.out or SHELF)
    except ValueError as error:
        raise UsageError(str(error)) from None


def test(options: argparse.Namespace) -> int:
    """Validate a folder and run its notebooks, whose stored outputs must come out again."""
    from .runs import update

    place = _place(options.data)
    status = check(options)
    if status or not any(place.notebooks.glob("*.ipynb")):
        return status
    with _readable():
        update.notebooks(place)
    own = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(place.notebooks), "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *own, str(place.notebooks)]
    return subprocess.run(command, cwd=ROOT).returncode


def crate(options: argparse.Namespace) -> int:
    """Build the report of a folder and pack it with all that it was made from."""
    from .crate import command
    from .report import build

    place = _place(options.data)
    with _building():
        if status := build.report(place):
            return status
        print(command.make(place, options.out or place.reports / "crate.zip"))
    return 0


def verify(options: argparse.Namespace) -> int:
    """Check a crate and run it again; 1 when it was changed or a verdict is another."""
    from .crate import command
    from .crate.verify import NoCrate

    try:
        well, lines = command.check(options.crate)
    except NoCrate as error:
        raise UsageError(str(error)) from None
    print("\n".join(lines))
    return 0 if well else 1


def lab(options: argparse.Namespace) -> int:
    """Become JupyterLab on the notebooks of a folder."""
    from .lab.start import start

    start(_place(options.data))
    return 0


@contextlib.contextmanager
def _building() -> Iterator[None]:
    """Under the project's own settings, as kernels are; UsageError as of `_readable`."""
    from .kernels import settings

    with settings.own(), _readable():
        yield


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """UsageError for files among the notebooks that are none; nothing has been done then."""
    from .runs.written import NotebookUnreadable

    try:
        yield
    except NotebookUnreadable as error:
        raise UsageError(f"{error}; nothing was built") from None


def _place(folder: Path, reports: Path | None = None) -> Place:
    """Where a data folder lies and its report goes; UsageError for no folder."""
    if not folder.is_dir():
        raise UsageError(f"no data folder {folder}")
    return Place.of(ROOT, folder, reports)
