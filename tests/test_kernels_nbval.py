"""nbval judges the same with warm kernels that run ahead as with ordinary ones, one after the other."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from utils import kernels
from utils.kernels import pytest_plugin
from utils.kernels.compared import difference

ROOT = Path(__file__).resolve().parent.parent
BEGIN = """
from utils import figures, prose
from utils.archive import Archive
archive = Archive.read()
prose.begin(archive, version="1.0", claims=[])
rows = archive.statements[:1]
"""
FIGURE = """
figure, axes = figures.new()
axes.plot([1, 2, 3], [1, 4, {last}])
figures.show(figure, title="The line ends at {last} steps", alt="A line that rises in steps.", sources=rows)
"""
SENTENCE = """
prose.say("There is {row} behind it.", row=prose.count(rows, "row"))
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
def folder(tmp_path_factory, kernel_name) -> Path:
    """Notebooks that pass, and one for every way to fail."""
    place = tmp_path_factory.mktemp("notebooks")
    nine, eight = FIGURE.format(last=9), FIGURE.format(last=8)
    write(place, "sound", ["x = 1", "print(x)"])
    write(place, "output", ["x = 1", "print(x)", "x"], ["x = 2", "print(x)", "x - 1"])
    shown = {
        "sound": (nine, nine),
        "picture": (nine, nine.replace("4, 9]", "4, 8]")),
        "more": (nine, nine + eight),
        "fewer": (nine + eight, eight),
        "none": (nine, "x = 1"),
        "said": (SENTENCE, SENTENCE + SENTENCE),
    }
    write(place, "shown", *([BEGIN, *cells] for cells in zip(*shown.values(), strict=True)))
    write(place, "error", ["x = 1", "x", "x + 1"], ["x = 1", "x / 0", "x + 1"])
    write(place, "skipped", ["x = 1", "x = 2", "x"], ["x = 1", "# NBVAL_SKIP\nx = 2", "x - 1"])
    write(place, "ignored", ["import os; os.getpid()"], ["# NBVAL_IGNORE_OUTPUT\nimport os; os.getpid()"])
    write(place, "expected", ["1 / 0", "2"], ["# NBVAL_RAISES_EXCEPTION\n1 / 0", "2"])
    write(place, "streams", ["import sys; print('a'); print('b', file=sys.stderr); print('c')"])
    return place


def told(folder: Path, *options: str, cell: str = "") -> str:
    """What nbval prints."""
    command = [sys.executable, "-m", "pytest", "-rA", "--color=no", "--nbval", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", str(folder), *options, f"{folder}{cell}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return done.stdout + done.stderr


def outcomes(folder: Path, *options: str, cell: str = "") -> dict[str, str]:
    """What became of each cell, by its name."""
    printed = told(folder, *options, cell=cell)
    found = re.findall(r"^(PASSED|FAILED|SKIPPED|ERROR|XFAIL) (\S+::Cell \d+)", printed, re.MULTILINE)
    assert found, printed
    return {name.rpartition("/")[2]: outcome for outcome, name in found}


WARM = ("-p", "utils.kernels.pytest_plugin", "--nbval-kernel-name", kernels.NAME)


def test_the_outcomes_are_those_of_stock_nbval(folder):
    stock, warm = outcomes(folder), outcomes(folder, *WARM)
    assert warm == stock
    failed = sorted(name for name, outcome in warm.items() if outcome == "FAILED")
    assert failed == [
        "error.ipynb::Cell 1",
        "output.ipynb::Cell 1",
        *(f"shown.ipynb::Cell {number}" for number in range(2, 7)),
        "skipped.ipynb::Cell 2",
    ]


LINE = "  credit line: Sources: Unnamed former special operations commander of South Korea."


@pytest.fixture(scope="module")
def of_shown(folder) -> str:
    """What nbval prints of the notebook that shows figures and sentences."""
    return told(folder, *WARM, cell="/shown.ipynb")


@pytest.mark.parametrize(
    "lines",
    [
        ["holds 2:", "figure: 9", "credit", "came 4:", "figure: 9", "credit", "figure: 8"],
        ["holds 4:", "figure: 9", "credit", "figure: 8", "credit", "came 2:", "figure: 8"],
        ["holds 2:", "figure: 9", "credit", "came none."],
        ["holds 1:", "sentence", "came 2:", "sentence", "sentence"],
    ],
    ids=["more", "fewer", "none", "said"],
)
def test_other_outputs_than_before_are_told_by_what_they_show(of_shown, lines):
    shown = {
        "figure: 9": "  figure: The line ends at 9 steps",
        "figure: 8": "  figure: The line ends at 8 steps",
        "credit": LINE,
        "sentence": "  sentence: There is 1 row behind it.",
    }
    lead = {"holds": "The notebook holds", "came": "Now there came"}
    expected = "\n".join(
        shown.get(line, re.sub("^holds|^came", lambda one: lead[one[0]], line)) for line in lines
    )
    assert f"The cell gives other outputs than the notebook holds.\n{expected}\n" in of_shown
    assert "plugin exception" not in of_shown


def test_a_changed_drawing_is_told_by_its_fingerprint(of_shown):
    old, new = re.search(r"\{'fingerprint': '(\w+)'\} != \{'fingerprint': '(\w+)'\}", of_shown).groups()
    assert len(old) == len(new) == 16 and old != new


@pytest.mark.parametrize(
    ("held", "given", "same"),
    [
        ([], [], True),
        ([{"stdout": "a"}], [{"stdout": "b"}], True),
        ([{"stdout": "a"}], [{"stderr": "a"}], False),
        ([{"data": {"text/plain": "1"}}], [{"data": {"text/plain": "2"}}], True),
        ([{"data": {"text/plain": "1"}}], [{"data": {"text/plain": "1", "image/png": "x"}}], True),
        ([{"data": {"text/plain": "1"}}], [{"data": {"text/plain": "1", "text/html": "x"}}], False),
        ([{"data": {"text/plain": "1"}}], [{"data": {"text/plain": "1"}}] * 2, False),
        ([{"data": {"application/json": dict.fromkeys("abc" * 99, 1)}}], [], False),
    ],
)
def test_only_another_number_of_a_type_is_told(held, given, same):
    def output(content: dict) -> dict:
        if "data" in content:
            return {"output_type": "display_data", "metadata": {}, **content}
        ((name, text),) = content.items()
        return {"output_type": "stream", "name": name, "text": text}

    skipped = ("metadata", "output_type", "name", "image/png")
    lines = difference([output(one) for one in held], [output(one) for one in given], skipped)
    assert (lines == []) == same


def test_a_cell_chosen_by_name_runs_alone(folder):
    chosen = outcomes(folder, *WARM, cell="/error.ipynb::Cell 2")
    assert chosen == {"error.ipynb::Cell 2": "FAILED"}


@pytest.mark.usefixtures("kernel_name")
def test_a_cell_that_takes_too_long_is_interrupted(tmp_path):
    write(tmp_path, "slow", ["x = 1", "x"], ["import time; time.sleep(60)", "x"])
    options = ("--nbval-cell-timeout", "2")
    stock, warm = outcomes(tmp_path, *options), outcomes(tmp_path, *WARM, *options)
    assert warm == stock and warm["slow.ipynb::Cell 0"] == "FAILED"


@pytest.mark.usefixtures("kernel_name")
def test_a_display_that_a_later_cell_updates_is_compared_as_it_is_in_the_end(tmp_path):
    first = "from IPython.display import display\nhandle = display('a', display_id=True)"
    cells = [first, "print('between')", "handle.update('b')"]
    write(tmp_path, "updated", cells)
    stored = nbformat.read(tmp_path / "updated.ipynb", as_version=4)
    assert [one.data["text/plain"] for one in stored.cells[0].outputs] == ["'b'"]
    write(tmp_path, "otherwise", cells, [*cells[:2], "handle.update('c')"])
    assert outcomes(tmp_path, *WARM) == {
        "otherwise.ipynb::Cell 0": "FAILED",
        "otherwise.ipynb::Cell 1": "PASSED",
        "otherwise.ipynb::Cell 2": "PASSED",
        **{f"updated.ipynb::Cell {number}": "PASSED" for number in range(3)},
    }


@pytest.mark.usefixtures("kernel_name")
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


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["tests"], False),
        (["tests/test_rooms.py::test_a_circle_is_found"], False),
        (["notebooks"], True),
        (["tests", "notebooks"], True),
        (["notebooks/04_east.ipynb::Cell 3"], True),
        (["."], True),
        ([], False),
    ],
)
def test_the_libraries_are_loaded_for_notebooks_only(monkeypatch, arguments, wanted):
    monkeypatch.chdir(ROOT)
    assert pytest_plugin._has_notebooks(arguments) == wanted
