"""All that results depend on, as one digest: what the archive holds, the code, the environment.

Files are digested as they are now, but a process may have read them earlier: one that was written since then
gives no digest, as in `runs`. Nor does code in memory that is not what its file says: a notebook may bind
another threshold or register a method, and shall get what follows from that.
"""

from __future__ import annotations

import functools
import json
import operator
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from pydantic_core import to_json

from .. import LOADED
from ..archive import DATA, Archive
from ..runs.environment import environment
from ..runs.reach import Modules, digest

__all__ = ["key"]

ROOT = DATA.parent


def key(archive: Archive) -> str | None:
    """The digest of all that the results of an archive depend on; None where it cannot be told."""
    try:
        modules, tables = _modules(), archive.tables.files()
        if (
            _written_since(LOADED, (ROOT / path for path in modules))
            or _written_since(archive.tables.since, tables)
            or _environment() != _ENVIRONMENT
            or not _as_loaded(modules)
            # What is no file, as a pipe, may never come to its end.
            or not all(path.is_file() for path in tables)
        ):
            return None
        read = {path.name: digest(path.read_bytes()) for path in tables}
    except OSError:
        return None
    return digest(json.dumps([_content(archive), read, modules, _ENVIRONMENT]))


@functools.cache
def _modules() -> Mapping[str, str]:
    """The digests of the code that computes and keeps results, by its path below the project."""
    return Modules(ROOT / "utils", {}).reached([__package__])


def _content(archive: Archive) -> str:
    """The digest of what an archive holds besides its tables."""
    parts = {field.name: getattr(archive, field.name) for field in fields(archive) if field.name != "tables"}
    return digest(to_json(parts))


def _written_since(moment: float, paths: Iterable[Path]) -> bool:
    """Whether one of the files is younger than a moment in seconds of the epoch; OSError for one that is not
    there."""
    return any(path.stat().st_mtime > moment for path in paths)


def _environment() -> dict[str, str] | None:
    try:
        return environment(ROOT)
    except OSError:
        return None


def _globals() -> dict[str, dict[str, tuple[object, ...]]]:
    """What the names of the project's loaded modules stand for; mappings and lists by what is in them."""
    package = __name__.partition(".")[0]
    return {
        name: {own: _parts(value) for own, value in vars(module).items() if not own.startswith("__")}
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == package
    }


def _parts(value: object) -> tuple[object, ...]:
    if isinstance(value, dict):
        return *value, *value.values()
    return tuple(value) if isinstance(value, list | set) else (value,)


def _as_loaded(modules: Iterable[str]) -> bool:
    """Whether every name in these modules stands for what it did when they had been loaded."""
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in modules}
    now = _globals()
    return all(
        _same(now.get(name, {}).get(own, ()), parts)
        for name in names & _GLOBALS.keys()
        for own, parts in _GLOBALS[name].items()
    )


def _same(parts: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(parts) == len(others) and all(map(operator.is_, parts, others))


_GLOBALS, _ENVIRONMENT = _globals(), _environment()
