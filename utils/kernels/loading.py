"""What every kernel finds loaded and read, and whether a fork with it is safe and still true to the files."""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
import sys
import threading
import time
import warnings
from collections.abc import Callable
from functools import partial

__all__ = ["Loading"]

# What a kernel itself is made of, and what nearly every notebook imports first.
FIRST = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "tornado.platform.asyncio",
    "pandas",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
)
# What the rooms import when they are used.
THEN = (
    "scipy.optimize",
    "statsmodels.regression.linear_model",
    "statsmodels.stats.meta_analysis",
    "statsmodels.stats.proportion",
    "scipy.spatial.distance",
    "pyogrio",
    "geopandas",
)
# Rooms that no notebook enters.
NOT_FOR_NOTEBOOKS = {
    "__main__",
    "bench",
    "commands",
    "crate",
    "exports",
    "kernels",
    "report",
    "runs",
    "terminal",
    "upstream",
}


class Loading:
    """Modules loaded one after another; between two of them a fork may be made.

    refusal: why no fork may be made, in words; nothing when it may.
    """

    def __init__(self) -> None:
        self.refusal = ""
        self._files: dict[str, tuple[int, int]] = {}
        self._waiting: list[Callable[[], None]] = []
        for name in FIRST:
            self._load(name)
        modules = (*_rooms(__package__.partition(".")[0]), *THEN)
        self._waiting = [*(partial(self._load, name) for name in modules), _read_data]

    @property
    def done(self) -> bool:
        """Whether all is loaded, or nothing more need be as no fork may be made."""
        return not self._waiting or bool(self.refusal)

    def go_on(self) -> None:
        """Load one module more; the last step reads the data."""
        self._waiting.pop(0)()

    def finish(self) -> None:
        """Load all that is left."""
        while not self.done:
            self.go_on()

    def changed(self) -> str | None:
        """The file of a loaded module that is not what it was when it was loaded; None when all are."""
        return next((path for path, stamp in self._files.items() if _stamp(path) != stamp), None)

    def _load(self, name: str) -> None:
        begun = time.time_ns()
        with warnings.catch_warnings(record=True) as told:
            try:
                importlib.import_module(name)
            except Exception:
                # The notebook that imports this module shall show the error, in its own cell.
                logging.getLogger(__name__).debug("not loaded: %s", name, exc_info=True)
        for path in _files() - self._files.keys():
            written, size = _stamp(path)
            # A file that was written while it was read counts as changed.
            self._files[path] = (0, 0) if written > begun else (written, size)
        if told:
            # A forked kernel imports nothing anew, so the warning would be missing from the notebook.
            self.refusal = f"the import of {name} warns: {told[0].message}"
        elif len(os.listdir("/proc/self/task")) > 1 or threading.active_count() > 1:
            self.refusal = f"{name} has started a thread"


def _read_data() -> None:
    """Read what most notebooks read, the tables that checks rest on; `evidence.tables` knows the same content
    again, and a kernel that finds another reads it itself."""
    from ..archive import Archive

    try:
        archive = Archive.read()
        checks = [check for claim in archive.claims for check in claim.built]
        for name in sorted({name for check in checks for name in check.tables_used()}):
            archive.table(name)
    except Exception:
        logging.getLogger(__name__).debug("the data are not read", exc_info=True)


def _rooms(package: str) -> list[str]:
    """The project's modules that a notebook may import, those of its packages after them."""
    folders = list(sys.modules[package].__path__)
    found = [
        one
        for one in pkgutil.iter_modules(folders, f"{package}.")
        if _last(one.name) not in NOT_FOR_NOTEBOOKS
    ]
    inner = [
        other
        for one in found
        if one.ispkg
        for other in pkgutil.iter_modules(
            [os.path.join(folder, _last(one.name)) for folder in folders], f"{one.name}."
        )
    ]
    return [one.name for one in (*found, *inner)]


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _files() -> set[str]:
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    return {path for path in files if path}


def _stamp(path: str) -> tuple[int, int]:
    """Time in nanoseconds and size in bytes of a file; zeros where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
