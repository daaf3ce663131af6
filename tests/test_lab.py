"""JupyterLab as `make lab` starts it: nothing is dirty on opening, a save keeps what is stored, a run gives
it again, also when it is asked for before the kernel is there.

`make test` runs one notebook and presses twice; `make proof` runs all and presses twenty times.
"""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path

import nbformat
import pytest
from jupyters import ROOT, SECONDS, TOKEN, served
from playwright.sync_api import Page, sync_playwright
from proof import ALL

from utils.lab.contents import WARM, kept, shown
from utils.lab.start import seed
from utils.runs.keep import RUNS, Run, Runs, is_kept
from utils.runs.place import Place
from utils.runs.reach import Code
from utils.runs.update import KERNELSPEC, LANGUAGE

NOTEBOOKS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").rglob("*.ipynb"))
RUN = NOTEBOOKS if ALL else NOTEBOOKS[:1]
PRESSES = 20 if ALL else 2
WIDGET = "window.jupyterapp?.shell?.currentWidget"
KERNEL = f"{WIDGET}?.context?.sessionContext?.session?.kernel"

# What pyzmq says where a channel is closed, with its page, while something is on its way to it.
CLOSED = "Got events for closed stream"


class Lab:
    """A JupyterLab with the project's settings on a copy of the notebooks."""

    def __init__(self, address: str, home: Path) -> None:
        self.address, self.project, self.log = address, home / "project", home / "log"
        self.read = 0

    def open(self, page: Page, path: str, lab: str = "lab/workspaces/other") -> None:
        """Have a page open a notebook alone, and wait until its cells are there."""
        page.goto(f"{self.address}/{lab}/tree/{path}?token={TOKEN}{'&reset' if lab != 'lab' else ''}")
        # The page before may stand there for a moment yet.
        page.wait_for_function(
            f"path => {WIDGET}?.context?.path === path && {WIDGET}.content.model?.cells.length && {KERNEL}",
            arg=path,
        )

    def ask(self, path: str) -> object:
        with urllib.request.urlopen(f"{self.address}/api/{path}?token={TOKEN}") as answer:
            return json.load(answer)

    def warnings(self) -> list[str]:
        """What the log tells since it was last asked, from the first line on that is more than information: a
        traceback says what it is in its last line."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        new, self.read = [line for line in lines[self.read :] if CLOSED not in line], len(lines)
        return list(dropwhile(lambda line: not line.startswith(("[W", "[E", "[C", "Traceback")), new))

    def trust(self, path: str) -> None:
        """Have the outputs of a notebook count as those of a run of the project's own."""
        runs = Runs(Place.own(ROOT), self.project / "reports" / RUNS)
        cells = nbformat.read(self.project / path, as_version=4).cells
        outputs = tuple(cell.outputs for cell in cells if cell.cell_type == "code")
        runs.keep(path.replace("/", "-"), runs.state(Code("a tree", ())), Run(outputs, (), ()), 0)


@pytest.fixture(scope="module")
def lab(tmp_path_factory, kernel_name) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "project" / "notebooks")
    seed(home / "workspaces")
    options = (
        *("--config", "utils/lab/jupyter_server_config.json", "--expose-app-in-browser"),
        *(f"--ServerApp.root_dir={home / 'project'}", f"--LabApp.workspaces_dir={home / 'workspaces'}"),
    )
    with served(home, "jupyterlab", *options) as address:
        lab = Lab(address, home)
        for path in NOTEBOOKS:
            lab.trust(path)
        yield lab


@pytest.fixture(scope="module")
def page(executable) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(SECONDS * 1000)
        yield page
        browser.close()


@pytest.fixture(autouse=True)
def no_kernel_is_left(request) -> Iterator[None]:
    """After each test with a page its kernels are ended, and none stays."""
    yield
    if "page" in request.fixturenames:
        page, lab = request.getfixturevalue("page"), request.getfixturevalue("lab")
        page.evaluate("() => window.jupyterapp.serviceManager.sessions.shutdownAll()")
        assert lab.ask("kernels") == lab.ask("sessions") == []


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_nothing_is_dirty_on_opening_and_a_save_keeps_the_file(lab, page, path):
    stored = (lab.project / path).read_bytes()
    lab.open(page, path)
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle' && {KERNEL}.name === '{WARM['name']}'")
    assert page.evaluate(f"() => {WIDGET}.context.model.dirty") is False
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    page.evaluate(f"async () => {{ await {WIDGET}.context.save(); }}")
    assert (lab.project / path).read_bytes() == stored
    assert lab.warnings() == []


def test_the_contents_stand_beside_the_notebook_and_the_whole_project_is_at_hand(lab, page):
    lab.open(page, NOTEBOOKS[0], "lab")
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle'")
    assert "The answer" in page.inner_text("#table-of-contents")
    assert page.evaluate("() => window.jupyterapp.serviceManager.contents.get('').then(one => one.type)") == (
        "directory"
    )


def restart_and_run_all(page: Page) -> None:
    """As the button does it, until the last cell has run."""
    page.evaluate("() => { window.ended = window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
    page.click(".jp-Dialog button.jp-mod-accept")
    page.evaluate("() => window.ended")


def assert_as_stored(lab: Lab, page: Page, path: str) -> None:
    """Save what the page has, and compare the file, output by output, with the one that the project keeps."""
    page.evaluate(f"async () => {{ await {WIDGET}.context.save(); }}")
    made, stored = (nbformat.read(folder / path, as_version=4) for folder in (lab.project, ROOT))
    wrong = [place for place, cell in enumerate(made.cells) if cell != stored.cells[place]]
    assert wrong == []
    assert (lab.project / path).read_bytes() == (ROOT / path).read_bytes()


@pytest.mark.parametrize("path", RUN)
def test_restart_and_run_all_gives_what_is_stored(lab, page, path):
    lab.open(page, path)
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle'")
    restart_and_run_all(page)
    assert_as_stored(lab, page, path)


def test_pressed_at_once_after_opening_nothing_is_lost(lab, page):
    for _ in range(PRESSES):
        # Without outputs a run that is lost leaves none.
        bare = nbformat.read(ROOT / NOTEBOOKS[0], as_version=4)
        for cell in bare.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(bare, lab.project / NOTEBOOKS[0])
        lab.open(page, NOTEBOOKS[0])
        restart_and_run_all(page)
        assert_as_stored(lab, page, NOTEBOOKS[0])
        page.evaluate("() => window.jupyterapp.serviceManager.sessions.shutdownAll()")


def test_a_cell_that_is_run_changes_its_own_cell_alone(lab, page):
    path = NOTEBOOKS[0]
    before = json.loads((lab.project / path).read_text(encoding="utf-8"))
    lab.open(page, path)
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle'")
    page.evaluate(
        f"""async () => {{
          const content = {WIDGET}.content;
          content.activeCellIndex = 2;
          content.activeCell.model.sharedModel.setSource('41 + 1');
          await window.jupyterapp.commands.execute('notebook:run-cell');
          await {WIDGET}.context.save();
        }}"""
    )
    after = json.loads((lab.project / path).read_text(encoding="utf-8"))
    assert [place for place, cell in enumerate(after["cells"]) if cell != before["cells"][place]] == [2]
    assert after["cells"][2]["outputs"][0]["data"]["text/plain"] == ["42"]
    assert after["metadata"] == before["metadata"]
    shutil.copy(ROOT / path, lab.project / path)


def trusted(lab: Lab, page: Page, path: str) -> set[bool]:
    """Whether the page trusts the outputs of a notebook's cells."""
    lab.open(page, path)
    page.wait_for_function(f"() => {KERNEL}?.status === 'idle'")
    code = f"[...{WIDGET}.content.model.cells].filter(one => one.type === 'code')"
    return set(page.evaluate(f"() => {code}.map(one => one.trusted)"))


def test_what_the_project_has_run_is_trusted_and_nothing_else(lab, page):
    path = NOTEBOOKS[-1]
    assert trusted(lab, page, path) == {True}
    changed = nbformat.read(lab.project / path, as_version=4)
    told = nbformat.v4.new_output("display_data", {"text/html": "<b>told</b>"})
    changed.cells[-1] = nbformat.v4.new_code_cell("1", outputs=[told])
    nbformat.write(changed, lab.project / path)
    assert False in trusted(lab, page, path)
    shutil.copy(ROOT / path, lab.project / path)


def test_outputs_are_kept_as_a_whole(tmp_path):
    runs = Runs(Place.own(ROOT), tmp_path)
    outputs = [[{"output_type": "stream", "name": "stdout", "text": "1\n"}], []]
    runs.keep("one", runs.state(Code("a tree", ())), Run(tuple(outputs), (), ()), 0)
    assert is_kept(tmp_path, outputs)
    assert not is_kept(tmp_path, outputs[:1]) and not is_kept(tmp_path, [[], []])


def test_the_workspace_of_a_reader_is_left_alone(tmp_path):
    seed(tmp_path)
    (written,) = tmp_path.iterdir()
    written.write_text("{}", encoding="utf-8")
    seed(tmp_path)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["{}"]


def test_metadata_go_to_jupyterlab_and_come_back():
    stored = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE, "fifty_thousand": {"version": "1.0"}}
    assert shown(stored)["kernelspec"] == WARM and "version" in shown(stored)["language_info"]
    assert kept(shown(stored)) == stored == kept(stored)
    julia = {"kernelspec": {"name": "julia-1.11", "language": "julia", "display_name": "Julia"}}
    assert shown(julia) == kept(julia) == julia
