"""Which files of the project a notebook reads: an audit hook inside its kernel.

It sees every file that Python opens and every folder that it lists (PEP 578). What a library opens in C is
not seen; `runs` counts such files as read by every notebook.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from typing import Any

__all__ = ["seen", "start"]

_files: dict[str, None] = {}
_folders: dict[str, None] = {}


def start() -> None:
    """Note from now on what is read; an audit hook cannot be taken away again."""
    sys.addaudithook(_note)


def seen(root: str, *others: str) -> str:
    """JSON of the ``files`` and ``folders`` below these folders that were read, sorted: those of the first
    relative to it, those of others whole."""
    found = {"files": _files, "folders": _folders}
    return json.dumps(
        {
            kind: sorted({*_below(names, root), *(name for other in others for name in _whole(names, other))})
            for kind, names in found.items()
        }
    )


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and not isinstance(arguments[0], int):
        _files[os.path.abspath(os.fsdecode(arguments[0]))] = None
    elif event in ("os.listdir", "os.scandir") and not isinstance(arguments[0], int):
        # Python lists the folders in which it looks for modules and packages; that is no reading of theirs.
        asking = sys._getframe(1).f_globals.get("__name__", "")
        if asking.startswith(("importlib", "_frozen_importlib", "pkgutil")):
            return
        _folders[os.path.abspath(os.fsdecode(arguments[0] or "."))] = None


def _below(names: dict[str, None], root: str) -> set[str]:
    return {os.path.relpath(name, root) for name in _whole(names, root) if name != root}


def _whole(names: dict[str, None], folder: str) -> set[str]:
    inside = {_source(name) for name in list(names) if name.startswith(folder + os.sep) or name == folder}
    return {name for name in inside if os.path.exists(name)}


def _source(path: str) -> str:
    """The module whose compiled form a file is; any other file itself."""
    return importlib.util.source_from_cache(path) if path.endswith(".pyc") else path
