"""Other people's tools run, export and compare the notebooks as they do any others.

`make test` gives a tool that runs them one notebook, and others all; `make proof` gives each all of them.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest
from jupyters import ROOT
from nbconvert import HTMLExporter, PythonExporter
from proof import ALL

pytestmark = pytest.mark.usefixtures("kernel_name")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def for_tool(place: int) -> list[Path]:
    """The notebooks that the tool at a place is given."""
    return NOTEBOOKS if ALL else [NOTEBOOKS[place % len(NOTEBOOKS)]]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with a copy of the notebooks."""
    return Path(shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks"))


def run(folder: Path, *command: str) -> None:
    """Run a tool of this environment; what it told where it failed."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def outputs(path: Path) -> list[list[dict]]:
    """The outputs of a notebook's code cells, without the counts that a tool may begin anew, and without the
    controls that stand beside a plain view where a tool can keep them: their names are new in each run."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    every = [[{**one, "execution_count": None} for one in cell.outputs] for cell in cells]
    for one in (one for cell in every for one in cell if "text/html" in one.get("data", {})):
        one["data"].pop("application/vnd.jupyter.widget-view+json", None)
    return every


def sources(notebook: nbformat.NotebookNode) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


@pytest.mark.parametrize("notebook", for_tool(0), ids=lambda path: path.stem)
def test_papermill_gives_what_is_stored(notebook, folder):
    run(folder, "papermill", "--no-progress-bar", notebook.name, "made.ipynb")
    assert outputs(folder / "made.ipynb") == outputs(notebook)


@pytest.mark.parametrize("notebook", for_tool(4), ids=lambda path: path.stem)
def test_jupyter_execute_gives_what_is_stored(notebook, folder):
    run(folder, "nbclient.cli", "--inplace", notebook.name)
    assert outputs(folder / notebook.name) == outputs(notebook)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_nbconvert_makes_a_page_and_a_script(notebook):
    page, _ = HTMLExporter().from_filename(str(notebook))
    pictures = [one for cell in outputs(notebook) for one in cell if "image/png" in one.get("data", {})]
    assert page.count('src="data:image/png;base64') == len(pictures)
    script, _ = PythonExporter().from_filename(str(notebook))
    compile(script, notebook.stem, "exec")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_jupytext_goes_there_and_back(notebook):
    stored = nbformat.read(notebook, as_version=4)
    back = jupytext.reads(jupytext.writes(stored, fmt="py:percent"), fmt="py:percent")
    assert sources(back) == sources(stored)


@pytest.mark.parametrize("notebook", for_tool(5), ids=lambda path: path.stem)
def test_nbval_as_a_stranger_calls_it(notebook, folder):
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    run(folder, "pytest", "--nbval", "-q", "-p", "no:cacheprovider", notebook.name)


def test_every_notebook_is_of_a_form_that_every_tool_reads():
    for path in NOTEBOOKS:
        content = json.loads(path.read_text(encoding="utf-8"))
        nbformat.validate(content)
        assert content["metadata"]["kernelspec"]["name"] == "python3"
