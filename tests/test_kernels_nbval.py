"""nbval judges the same with warm kernels that run ahead as with ordinary ones, one after the other."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from utils import kernels

ROOT = Path(__file__).resolve().parent.parent
FIGURE = """
from utils import figures, prose
from utils.archive import Archive
figure, axes = figures.new()
axes.plot([1, 2, 3], [1, 4, {last}])
archive = Archive.read()
prose.begin(archive, version="1.0", claims=[])
rows = archive.statements[:1]
figures.show(figure, title="The line rises to its end", alt="A line that rises in three steps.", sources=rows)
"""


def write(folder: Path, name: str, ran: list[str], now: list[str] | None = None) -> None:
    """A notebook whose stored outputs come from some cells and whose cells are, in the end, others."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in ran])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    NotebookClient(made, kernel_name=kernels.NAME, allow_errors="1 / 0" in ran).execute()
    for cell, source in zip(made.cells, now or ran, strict=True):
        cell.source = source
    nbformat.write(made, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Notebooks that pass, and one for every way to fail."""
    place = tmp_path_factory.mktemp("notebooks")
    write(place, "sound", ["x = 1", "print(x)", FIGURE.format(last=9)])
    write(place, "output", ["x = 1", "print(x)", "x"], ["x = 2", "print(x)", "x - 1"])
    write(place, "picture", [FIGURE.format(last=9)], [FIGURE.format(last=8)])
    write(place, "error", ["x = 1", "x", "x + 1"], ["x = 1", "x / 0", "x + 1"])
    write(place, "skipped", ["x = 1", "x = 2", "x"], ["x = 1", "# NBVAL_SKIP\nx = 2", "x - 1"])
    write(place, "ignored", ["import os; os.getpid()"], ["# NBVAL_IGNORE_OUTPUT\nimport os; os.getpid()"])
    write(place, "expected", ["1 / 0", "2"], ["# NBVAL_RAISES_EXCEPTION\n1 / 0", "2"])
    write(place, "streams", ["import sys; print('a'); print('b', file=sys.stderr); print('c')"])
    return place


def outcomes(folder: Path, *options: str, cell: str = "") -> dict[str, str]:
    """What became of each cell, by its name."""
    command = [sys.executable, "-m", "pytest", "-rA", "--color=no", "--nbval", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", str(folder), *options, f"{folder}{cell}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    found = re.findall(r"^(PASSED|FAILED|SKIPPED|ERROR|XFAIL) (\S+::Cell \d+)", done.stdout, re.MULTILINE)
    assert found, done.stdout + done.stderr
    return {name.rpartition("/")[2]: outcome for outcome, name in found}


WARM = ("-p", "utils.kernels.pytest_plugin", "--nbval-kernel-name", kernels.NAME)


def test_the_outcomes_are_those_of_stock_nbval(folder):
    stock, warm = outcomes(folder), outcomes(folder, *WARM)
    assert warm == stock
    failed = sorted(name for name, outcome in warm.items() if outcome == "FAILED")
    assert failed == [
        "error.ipynb::Cell 1",
        "output.ipynb::Cell 1",
        "picture.ipynb::Cell 0",
        "skipped.ipynb::Cell 2",
    ]


def test_a_cell_chosen_by_name_runs_alone(folder):
    chosen = outcomes(folder, *WARM, cell="/error.ipynb::Cell 2")
    assert chosen == {"error.ipynb::Cell 2": "FAILED"}


def test_a_cell_that_takes_too_long_is_interrupted(tmp_path):
    write(tmp_path, "slow", ["x = 1", "x"], ["import time; time.sleep(60)", "x"])
    options = ("--nbval-cell-timeout", "2")
    stock, warm = outcomes(tmp_path, *options), outcomes(tmp_path, *WARM, *options)
    assert warm == stock and warm["slow.ipynb::Cell 0"] == "FAILED"


def test_a_kernel_that_dies_fails_its_cell_and_those_after_it(tmp_path):
    write(tmp_path, "dead", ["x = 1", "x", "x"], ["x = 1", "import os; os._exit(3)", "x"])
    write(tmp_path, "other", ["x = 1", "x"])
    assert outcomes(tmp_path, *WARM) == {
        "dead.ipynb::Cell 0": "PASSED",
        "dead.ipynb::Cell 1": "FAILED",
        "dead.ipynb::Cell 2": "FAILED",
        "other.ipynb::Cell 0": "PASSED",
        "other.ipynb::Cell 1": "PASSED",
    }
