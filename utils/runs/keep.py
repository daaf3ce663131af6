"""Which notebooks must run, why, and what the others gave when they last ran.

A run is a function of the notebook's code, of the modules that it reaches, of the files that it read, and of
the environment. Each of these is kept by its digest beside the run, and the run is served again as long as
all of them are what they were. Comments, Markdown cells, times of files and the day are none of them.

Outputs lie in ``reports/runs/objects`` under the digest of their content, and are checked against it when
they are taken out again. A build tool would know files and their times; what counts here are syntax trees and
the files that a run turned out to read, so this is written out instead.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .. import whole
from ..kernels import settings
from . import checked
from .environment import environment
from .place import Place
from .reach import Code, Modules, digest

__all__ = ["RUNS", "Run", "Runs", "State", "is_kept", "write_atomically", "write_if_new"]

# Runs kept of each notebook, so that going back to an earlier state is no new run.
KEPT = 8
# What `trace` is sure to see; libraries may open files of other kinds past Python.
SEEN_WHEN_READ = {".csv", ".json", ".md", ".yaml"}
# No sources of their own: modules are in the state of a run, and what was built follows from other files.
BUILT, CODE = "reports/", "utils/"
RUNS = "runs"
NEVER_RUN = "it has not been run yet"


@dataclass(frozen=True)
class Run:
    """What a notebook gave, and what it read.

    outputs: the outputs of each code cell, in order. files, folders: of the project, by their paths below it,
    and of the article. outside: files elsewhere. variables: those that it asked for. named: files
    elsewhere that stand in its code and were not seen being read. past: what it started, or asked on the
    network, of which nothing is seen. watched: whether what libraries open is seen.
    """

    outputs: tuple[list[dict[str, Any]], ...]
    files: tuple[str, ...]
    folders: tuple[str, ...]
    outside: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    watched: bool = True


@dataclass(frozen=True)
class State:
    """All that a run of a notebook depends on but the files it reads, by digest.

    modules: by path. environment: of the lock, the interpreter and the packages.
    """

    code: str
    modules: Mapping[str, str]
    environment: Mapping[str, str]


def write_atomically(path: Path, content: str) -> None:
    """Write a file so that a reader sees the old one or the new one, and a crash leaves no half."""
    whole.write(path, content.encode("utf-8"))


def write_if_new(path: Path, content: str) -> None:
    """Write a file unless it holds this already; then it keeps its time."""
    if not path.is_file() or path.read_text(encoding="utf-8") != content:
        write_atomically(path, content)


def is_kept(folder: Path, outputs: list[list[dict[str, Any]]]) -> bool:
    """Whether a run that is kept in a folder gave just these outputs, code cell by code cell."""
    return (folder / "objects" / f"{digest(json.dumps(outputs, sort_keys=True))}.json").is_file()


class Runs:
    """The runs of an article's notebooks, kept in a folder."""

    def __init__(self, place: Place, folder: Path | None = None) -> None:
        root = place.root
        self.place, self.root = place, root
        self.folder = folder or place.reports / RUNS
        self._digests: dict[str, str | None] = {}
        self.environment = environment(root)
        self._sources = self.folder / "sources.json"
        self._known = checked.read_json(self._sources, {})
        self.modules = Modules(root / "utils", dict(self._known))

    def state(self, code: Code) -> State:
        """What a run of a notebook with this code would depend on now."""
        return State(code.tree, self.modules.reached(code.imports), self.environment)

    def find(self, name: str, state: State) -> tuple[list[Any] | None, str]:
        """The outputs of an earlier run that is still good, or None; and why there must be a new one."""
        records = self._records(name)
        reasons = []
        for record in records:
            why = self._changed(record, state)
            if not why:
                outputs = self._object(record["outputs"])
                if outputs is not None:
                    return outputs, ""
                why = ["its kept outputs are damaged"]
            reasons.append(why)
        return None, _told(reasons[0]) if reasons else NEVER_RUN

    def keep(
        self, name: str, state: State, run: Run, since: float, declared: Sequence[Path] = ()
    ) -> list[Any]:
        """Keep the outputs of a run together with all that it depended on; the outputs as `find` gives them.

        declared: files and folders that its author says it reads. since: when the run began, in seconds of
        the epoch. A file that was written after that may have been read before, so it counts as changed next
        time.
        """
        content = json.dumps(run.outputs, sort_keys=True)
        place = digest(content)
        checked.put(self.folder / "objects" / f"{place}.json", content)
        inner = [path for one in declared for path in (one, *one.rglob("*"))]
        said = {self.place.named(path) for path in inner if not path.is_dir()}
        seen = {*map(self._named, (*run.files, *run.outside, *run.named)), *self._always(run.watched)}
        read = said | {path for path in seen if not self._is_known(path)}
        listed = {self.place.named(path) for path in inner if path.is_dir()}
        record = {
            **asdict(state),
            "files": {path: self._digest(path, since) for path in sorted(read)},
            "folders": {
                path: self._listing(path)
                for path in sorted({*map(self._named, run.folders), *listed})
                if not f"{path}/".startswith((BUILT, CODE))
            },
            "variables": {name: _variable(name) for name in run.variables},
            "outputs": place,
        }
        others = [other for other in self._records(name) if {**other, "outputs": place} != record]
        checked.write_json(self._record_path(name), [record, *others][:KEPT], indent=1)
        kept: list[Any] = json.loads(content)
        return kept

    def save(self) -> None:
        """Remember what the modules' syntax trees are, and drop outputs that no notebook refers to."""
        if self.modules.used and self.modules.used != self._known:
            checked.write_json(self._sources, self.modules.used)
        used = {
            record["outputs"]
            for path in self.folder.glob("*.ipynb.json")
            for record in checked.read_json(path, [])
        }
        for path in (self.folder / "objects").glob("*.json"):
            if path.stem not in used:
                checked.remove(path)

    def _changed(self, record: dict[str, Any], state: State) -> list[str]:
        """What differs between an earlier run and now, in words."""
        own = ["its code"] if record["code"] != state.code else []
        return [
            *own,
            *_differences(record["modules"], state.modules),
            *_differences(record["environment"], state.environment),
            *(path for path, old in record["files"].items() if self._digest(path) != old),
            *(f"the variable {name}" for name, old in record["variables"].items() if _variable(name) != old),
            *(f"what is in {path}" for path, old in record["folders"].items() if self._listing(path) != old),
        ]

    def _always(self, watched: bool) -> Iterator[str]:
        """Files of the data folder that a library may read unseen: all where the system does not watch."""
        for path in sorted(self.place.data.rglob("*")):
            own = self.place.notebooks in path.parents or not path.is_file()
            if not own and (not watched or path.suffix not in SEEN_WHEN_READ):
                yield self.place.named(path)

    def _named(self, seen: str) -> str:
        return self.place.named(self.root / seen)

    def _is_known(self, path: str) -> bool:
        """Whether a file is a module or was built."""
        if self.place.path(path).is_relative_to(self.place.reports):
            return True
        return path.startswith(BUILT) or (path.startswith(CODE) and path.endswith(".py"))

    def _digest(self, path: str, until: float = math.inf) -> str | None:
        """The digest of a file, read once; None where there is none, or it was written after `until`."""
        if path not in self._digests:
            try:
                self._digests[path] = digest(self.place.path(path).read_bytes())
            except OSError:
                self._digests[path] = None
        if until < math.inf and self._digests[path] and self.place.path(path).stat().st_mtime > until:
            return None
        return self._digests[path]

    def _listing(self, path: str) -> str | None:
        with contextlib.suppress(OSError):
            return digest("\n".join(sorted(os.listdir(self.place.path(path)))))
        return None

    def _record_path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _records(self, name: str) -> list[dict[str, Any]]:
        records: list[dict[str, Any]] = checked.read_json(self._record_path(name), [])
        return records

    def _object(self, place: str) -> list[Any] | None:
        path = self.folder / "objects" / f"{place}.json"
        content = path.read_bytes() if path.is_file() else b""
        return json.loads(content) if digest(content) == place else None


def _variable(name: str) -> str | None:
    """The digest of a variable as a kernel gets it; None where there is none. It may be a secret."""
    value = settings.of_kernel(os.environ).get(name)
    return None if value is None else digest(f"{name}={value}")


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]


def _told(names: list[str]) -> str:
    # Where nothing has changed no word is said, and Babel is not loaded.
    from ..words import foremost

    shown = foremost(names, 3)
    return shown if names[0].startswith("its kept") else f"{shown} changed"
