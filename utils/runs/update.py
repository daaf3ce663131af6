"""Bring the runs of the notebooks up to date, and give each notebook its outputs.

What must run is decided by `runs`; what need not is taken from there.
"""

from __future__ import annotations

import copy
import functools
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from ..kernels import last_first
from .keep import Run, Runs
from .place import Place
from .reach import SKIPPED, Code, digest, notebook_code
from .written import NotebookUnreadable, read

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["KERNELSPEC", "LANGUAGE", "Notebook", "decide", "notebooks", "run", "text", "with_outputs"]

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}


@dataclass(frozen=True)
class Notebook:
    """A notebook as its author wrote it, without outputs."""

    path: Path
    content: dict[str, Any]

    @property
    def key(self) -> str:
        """The digest of all that is written in it."""
        return digest(json.dumps(self.content, sort_keys=True))

    @property
    def title(self) -> tuple[str, str]:
        """Its name, and its first heading or the name again."""
        name = self.path.stem
        return name, next((line[2:].strip() for line in self.headings if line.startswith("# ")), name)

    @functools.cached_property
    def code(self) -> Code:
        """What its code is and imports."""
        return notebook_code(self.content)

    @property
    def declared(self) -> tuple[Path, ...]:
        """The files and folders that its metadata say it reads; ValueError where they are no texts."""
        reads = self.content["metadata"].get("reads", [])
        if not isinstance(reads, list) or not all(isinstance(one, str) and one for one in reads):
            raise ValueError(f"{self.path.name}: reads, in its metadata, is no list of files and folders")
        return tuple((self.path.parent / Path(one).expanduser()).resolve() for one in reads)

    @property
    def headings(self) -> list[str]:
        """The lines of its Markdown that are headings, in order."""
        texts = ["".join(cell["source"]) for cell in self.content["cells"] if cell["cell_type"] == "markdown"]
        return [line for text in texts for line in text.splitlines() if line.startswith("#")]


def notebooks(place: Place) -> list[Notebook]:
    """The notebooks of an article, in reading order, then those to try things in; the outputs that stand in
    the files are left out. NotebookUnreadable names all that are none."""
    folder = place.notebooks
    paths = [*sorted(folder.glob("*.ipynb")), *sorted((folder / "explore").glob("*.ipynb"))]
    found, faults = [], []
    for path in paths:
        try:
            found.append(_read(path))
        except NotebookUnreadable as error:
            faults.append(str(error))
    if faults:
        raise NotebookUnreadable("; ".join(faults))
    return found


def _read(path: Path) -> Notebook:
    content = read(path)
    for cell in content["cells"]:
        if cell["cell_type"] == "code" and SKIPPED not in cell["metadata"].get("tags", ()):
            cell["outputs"], cell["execution_count"] = [], None
    # Of the kernel only what every machine has in common is kept.
    content["metadata"] |= {"kernelspec": KERNELSPEC, "language_info": LANGUAGE}
    return Notebook(path, content)


def decide(runs: Runs, found: list[Notebook]) -> tuple[dict[Path, list[Any]], dict[Path, str]]:
    """The outputs of those that need not run, and why the others must."""
    good: dict[Path, list[Any]] = {}
    stale: dict[Path, str] = {}
    for one in found:
        outputs, why = runs.find(one.path.name, runs.state(one.code))
        if outputs is None:
            stale[one.path] = why
        else:
            good[one.path] = outputs
    return good, stale


def run(
    place: Place, runs: Runs, found: list[Notebook], stale: Mapping[Path, str], console: Console
) -> dict[Path, list[Any]]:
    """Run the stale notebooks, tell why, and keep what they gave; their outputs by path.

    NotebookFailed when one stops; what the others gave is kept.
    """
    from . import execute

    states = {one.path: runs.state(one.code) for one in found if one.path in stale}
    try:
        declared = {one.path: one.declared for one in found}
    except ValueError as error:
        raise execute.NotebookFailed(str(error)) from None
    outputs: dict[Path, list[Any]] = {}
    since = time.time()

    def done(path: Path, made: Run | None) -> None:
        told = f"ran, because {stale[path]}" if made is not None else "failed"
        console.print(f"  {path.stem:<24}{told}", soft_wrap=True)
        if made is not None:
            outputs[path] = runs.keep(path.name, states[path], made, since, declared[path])
            for line in _unseen(made, declared[path]):
                console.print(f"    {line}", soft_wrap=True)

    try:
        execute.run(last_first(stale), place.watched, done)
    finally:
        runs.save()
    return outputs


def _unseen(made: Run, declared: Sequence[Path]) -> Iterator[str]:
    """Lines on what a notebook may have read outside of the project that was neither seen nor declared."""
    from ..words import listed

    if others := [name for name in made.named if not any(map(Path(name).is_relative_to, declared))]:
        yield f"named in it and not seen being read, so taken as read: {listed(others)}"
    if made.past and not declared:
        yield (
            f"it asked {listed(made.past)}; what that reads outside is not seen, and a change of it "
            'counts only if "reads" in the notebook\'s metadata lists it'
        )
    if not made.watched:
        yield "what libraries open is not seen here, so every file of the data folder is taken as read"


def with_outputs(notebook: Notebook, outputs: list[Any]) -> NotebookNode:
    """The notebook as it stands after a run from its first cell to its last."""
    import nbformat
    from nbformat.v4.rwbase import rejoin_lines

    content = copy.deepcopy(notebook.content)
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    count = 0
    for cell, made in zip(code, outputs, strict=True):
        if SKIPPED in cell["metadata"].get("tags", ()):
            # It keeps what stands in the file, of whatever run that is.
            continue
        cell["outputs"] = made
        if "".join(cell["source"]).strip():
            count += 1
            cell["execution_count"] = count
    whole: NotebookNode = rejoin_lines(nbformat.from_dict(content))
    return whole


def text(notebook: Notebook, outputs: list[Any]) -> str:
    """The file of a notebook with its outputs."""
    import nbformat

    return f"{nbformat.writes(with_outputs(notebook, outputs))}\n"
