"""What a notebook reads: inside its kernel, Python's audit hook and the system's own watch.

The hook sees every file that Python opens, every folder that it lists and every program that it starts (PEP
578); `opened` sees what of the article's folders is opened past Python. A file outside that a library opens
in C is known by its name in the code, or as long as it is open; the rest has to be declared.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from . import opened

__all__ = ["seen", "start"]

_files: dict[str, None] = {}
_folders: dict[str, None] = {}
_variables: dict[str, None] = {}
_past: dict[str, None] = {}
_written: dict[str, None] = {}
_begun: list[float] = []
_inherited: set[str] = set()
_watch: list[opened.Watch] = []
STARTS = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty"}
# Through these modules a name is asked for on behalf of whoever called them.
GO_BETWEEN = ("os", "_collections_abc", "collections.abc", __name__)
# Set by who started the kernel, anew each time.
OF_THE_START = ("JPY_", "IPYTHONDIR")
SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/run")
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def start(*roots: str) -> None:
    """Note from now on what is read; an audit hook cannot be taken away again."""
    with contextlib.suppress(OSError):
        _watch.append(opened.Watch(opened.folders_of(map(Path, roots))))
    _begun.append(time.time())
    _inherited.update(_open_now())
    sys.addaudithook(_note)
    os.environ.__class__ = _Asked


def seen(code: str, root: str, *others: str) -> str:
    """JSON of what was read, sorted: ``files`` and ``folders`` below these folders, those of the first
    relative to it, all others whole; files ``outside``; ``variables`` that code of the project asked for;
    ``named`` files outside that a text of the code names and nothing saw; what may have read ``past`` all
    this; and whether the system ``watched``.

    code: the names and paths that stand in the cells, as JSON.
    """
    found, whole = _watch[0].opened(bool(_past)) if _watch else (set(), False)
    _files.update(dict.fromkeys(sorted(found - _written.keys())))
    _files.update(dict.fromkeys(set(_open_now()) - _inherited))
    outside = {name for name in list(_files) if _is_outside(name, (root, *others))}
    named = {name for name in _named(json.loads(code)) if _is_outside(name, (root, *others))}
    told: dict[str, Any] = {
        kind: sorted({*_below(names, root), *(name for other in others for name in _whole(names, other))})
        for kind, names in (("files", _files), ("folders", _folders))
    }
    told |= {"outside": sorted(outside), "named": sorted(named - outside), "past": sorted(_past)}
    return json.dumps(told | {"variables": sorted(_variables), "watched": whole})


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and not isinstance(arguments[0], int):
        mode = arguments[1] or ""
        writes = set(mode) & set("wx") if mode else (arguments[2] or 0) & (os.O_WRONLY | os.O_TRUNC)
        (_written if writes else _files)[os.path.abspath(os.fsdecode(arguments[0]))] = None
    elif event == "sqlite3.connect":
        _files[os.path.abspath(os.fsdecode(arguments[0]))] = None
    elif event in STARTS:
        _past[f"a program ({_program(event, arguments)})"] = None
    elif event == "socket.getaddrinfo" and arguments[0] and arguments[0] not in THIS_MACHINE:
        _past[f"the network ({os.fsdecode(arguments[0])})"] = None
    elif event in ("os.listdir", "os.scandir") and not isinstance(arguments[0], int):
        # Python lists the folders in which it looks for modules and packages; that is no reading of theirs.
        asking = sys._getframe(1).f_globals.get("__name__", "")
        if asking.startswith(("importlib", "_frozen_importlib", "pkgutil")):
            return
        _folders[os.path.abspath(os.fsdecode(arguments[0] or "."))] = None


def _program(event: str, arguments: tuple[Any, ...]) -> str:
    """What was started, as far as it is told."""
    what = arguments[0] if arguments else None
    if event == "subprocess.Popen" and not what and arguments[1]:
        what = arguments[1] if isinstance(arguments[1], str | bytes) else arguments[1][0]
    return os.path.basename(os.fsdecode(what).split()[0]) if what else "a shell"


class _Asked(os._Environ[str]):
    """The environment, of which a variable is noted where a cell or the project's code asks for it."""

    def __getitem__(self, name: str) -> str:
        if isinstance(name, str) and not name.startswith(OF_THE_START) and _asks_itself(sys._getframe(1)):
            _variables[name] = None
        return super().__getitem__(name)


def _asks_itself(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_globals.get("__name__") in GO_BETWEEN:
        frame = frame.f_back
    asking = "" if frame is None else frame.f_globals.get("__name__", "")
    return asking == "__main__" or asking.partition(".")[0] == __name__.partition(".")[0]


def _open_now() -> Iterator[str]:
    """The files that this process has open or mapped, past Python or not."""
    names: list[str] = []
    with contextlib.suppress(OSError):
        for number in os.listdir("/proc/self/fd"):
            with contextlib.suppress(OSError):
                held = Path(f"/proc/self/fdinfo/{number}").read_text(encoding="ascii")
                flags = int(held.partition("flags:")[2].split()[0], 8)
                if flags & os.O_ACCMODE != os.O_WRONLY:
                    names.append(os.readlink(f"/proc/self/fd/{number}"))
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
        names += [line[73:] for line in maps.splitlines()]
    # Libraries are mapped, and their versions are in the key.
    yield from {name for name in names if name.startswith("/") and not name.startswith(sys.prefix)}


def _named(texts: list[str]) -> Iterator[str]:
    """The files that texts of the code name, from the notebook's folder or a folder that a variable holds."""
    spaces = vars(sys.modules["__main__"]).values()
    kept = [str(value) for value in list(spaces) if isinstance(value, str | Path) and len(str(value)) < 4096]
    folders = [Path.cwd(), Path.home(), *(Path(one) for one in kept if one.startswith("/"))]
    for text in {*texts, *kept}:
        for folder in folders:
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                path = (folder / Path(text).expanduser()).resolve()
                if path.is_file():
                    yield str(path)


def _is_outside(name: str, roots: tuple[str, ...]) -> bool:
    """Whether a name is of a file that is neither the article's, the system's, the interpreter's nor ours."""
    ours = filter(None, (os.environ.get("IPYTHONDIR"), os.environ.get("MPLCONFIGDIR")))
    known = (*roots, *SYSTEM, sys.prefix, sys.base_prefix, sys.exec_prefix, *ours)
    if not name.startswith("/") or any(name == one or name.startswith(f"{one}/") for one in known):
        return False
    if not os.path.isfile(name) or name.endswith((".pyc", ".ipynb")):
        return False
    # What the notebook itself has put aside for a while.
    return not (name.startswith(tempfile.gettempdir()) and os.stat(name).st_mtime >= _begun[0])


def _below(names: dict[str, None], root: str) -> set[str]:
    return {os.path.relpath(name, root) for name in _whole(names, root) if name != root}


def _whole(names: dict[str, None], folder: str) -> set[str]:
    inside = {_source(name) for name in list(names) if name.startswith(folder + os.sep) or name == folder}
    # Packages are in the key, and a kernel that is forked early loads some of them itself.
    return {name for name in inside if os.path.exists(name) and not name.startswith(sys.prefix + os.sep)}


def _source(path: str) -> str:
    """The module whose compiled form a file is; any other file itself."""
    return importlib.util.source_from_cache(path) if path.endswith(".pyc") else path
