"""The commands that are measured: the project's own, and other tools on the same notebooks.

They run in a copy of the project, so that neither its report nor its runs are touched. What comes before a
command, as removing the report, is not measured.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import kernels

__all__ = ["Command", "commands", "environment", "scratch"]

COPIED = ("data", "notebooks", "utils", "pyproject.toml", "requirements.lock", "README.md")
PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")


@dataclass(frozen=True)
class Command:
    """A measured command. before: what puts the project in the state that the command starts from.

    times: how often it is measured in a round.
    """

    name: str
    words: Sequence[str]
    before: Callable[[], None] = lambda: None
    bar: float | None = None
    times: int = 1


def scratch(root: Path, folder: Path, notebooks: Sequence[Path] | None = None) -> Path:
    """A copy of the project to measure in; with other notebooks where they are given."""
    for name in COPIED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, folder / name)
    if notebooks is not None:
        shutil.rmtree(folder / "notebooks")
        (folder / "notebooks").mkdir()
        for path in notebooks:
            shutil.copy(path, folder / "notebooks")
    return folder


def environment(root: Path) -> dict[str, str]:
    """The environment in which everything is measured: the copy's code, no plugin but the named ones, and
    compiled modules kept, without which every ordinary kernel would compile the project again."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    tools = str(Path(PYTHON).parent)
    return {**kept, "PYTHONPATH": str(root), "PATH": os.pathsep.join((tools, os.environ["PATH"]))}


def commands(root: Path) -> list[Command]:
    """All commands over the notebooks of a copy of the project, the project's own first."""
    notebooks = [str(path) for path in sorted((root / "notebooks").glob("*.ipynb"))]
    reports = root / "reports"

    def nothing_built() -> None:
        shutil.rmtree(reports, ignore_errors=True)

    stock = (*PYTEST, "-c", os.devnull, "--rootdir", str(root))
    shared = ("-n", str(kernels.cores()), "--dist", "loadscope")
    report = (PYTHON, "-m", "utils", "report")
    warm = ("-p", "utils.kernels.pytest_plugin", "--nbval", "--nbval-kernel-name", kernels.NAME)
    return [
        Command("import utils", (PYTHON, "-c", "import utils"), bar=0.3),
        Command("utils --help", (PYTHON, "-m", "utils", "--help"), bar=0.5),
        Command("report, from nothing", report, nothing_built, bar=20),
        Command("report, nothing changed", report, bar=1),
        Command("report, one notebook changed", report, _changes(root), bar=4, times=2),
        Command("nbval, warm kernels", (*stock, *warm, "notebooks")),
        Command("nbval, stock", (*stock, "--nbval", "notebooks")),
        Command("nbval, stock, xdist", (*stock, "--nbval", *shared, "notebooks")),
        Command("nbmake", (*stock, "--nbmake", "notebooks")),
        Command("nbmake, xdist", (*stock, "--nbmake", *shared, "notebooks")),
        Command("jupyter execute", (PYTHON, "-m", "jupyter", "execute", *notebooks)),
        Command(
            "nbconvert --execute",
            (
                *(PYTHON, "-m", "jupyter", "nbconvert", "--to", "notebook", "--execute"),
                *("--output-dir", str(reports / "converted"), *notebooks),
            ),
        ),
    ]


def _changes(root: Path) -> Callable[[], None]:
    """Change the code of one notebook, each time of the next one in reading order."""
    turns = itertools.count()

    def change() -> None:
        turn, paths = next(turns), sorted((root / "notebooks").glob("*.ipynb"))
        path = paths[turn % len(paths)]
        content = json.loads(path.read_text(encoding="utf-8"))
        last = [cell for cell in content["cells"] if cell["cell_type"] == "code"][-1]
        source = [line for line in "".join(last["source"]).splitlines() if not line.startswith("bench_turn")]
        last["source"] = "\n".join([f"bench_turn = {turn}", *source])
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")

    return change
