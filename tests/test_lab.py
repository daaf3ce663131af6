"""JupyterLab as `make lab` starts it: nothing is dirty on opening, and a save keeps what was stored."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyters import ROOT, SECONDS, served
from playwright.sync_api import Page, sync_playwright

from utils.lab.contents import WARM, kept, shown
from utils.runs.update import KERNELSPEC, LANGUAGE

# The shortest, and the one with the most outputs.
OPENED = ("00_article.ipynb", "08_echo.ipynb")


@pytest.fixture(scope="module")
def lab(tmp_path_factory, kernel_name) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab with the project's settings on a copy of the notebooks, and the copy."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "project" / "notebooks")
    options = (
        *("--config", "utils/lab/jupyter_server_config.json", "--expose-app-in-browser"),
        f"--ServerApp.root_dir={home / 'project'}",
    )
    with served(home, "jupyterlab", *options) as address:
        yield address, home / "project"


@pytest.fixture(scope="module")
def page(executable) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(SECONDS * 1000)
        yield page
        browser.close()


@pytest.mark.parametrize("name", OPENED)
def test_nothing_is_dirty_on_opening_and_a_save_keeps_the_file(lab, page, name):
    address, project = lab
    stored = (project / "notebooks" / name).read_bytes()
    page.goto(f"{address}/lab/workspaces/{name[:2]}/tree/notebooks/{name}?token=open")
    page.wait_for_selector(".jp-Notebook")
    kernel = "window.jupyterapp.shell.currentWidget?.context?.sessionContext?.session?.kernel"
    page.wait_for_function(f"() => {kernel}?.status === 'idle' && {kernel}.name === '{WARM['name']}'")
    context = "window.jupyterapp.shell.currentWidget.context"
    assert page.evaluate(f"() => {context}.model.dirty") is False
    assert page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []
    # The whole project is at hand beside the notebook.
    assert page.evaluate("() => window.jupyterapp.serviceManager.contents.get('').then(one => one.type)") == (
        "directory"
    )
    page.evaluate(f"async () => {{ await {context}.save(); }}")
    assert (project / "notebooks" / name).read_bytes() == stored


def test_a_cell_that_is_run_changes_its_own_cell_alone(lab, page):
    address, project = lab
    name = OPENED[0]
    before = json.loads((project / "notebooks" / name).read_text(encoding="utf-8"))
    page.goto(f"{address}/lab/workspaces/run/tree/notebooks/{name}?token=open")
    page.wait_for_selector(".jp-Notebook")
    kernel = "window.jupyterapp.shell.currentWidget?.context?.sessionContext?.session?.kernel"
    page.wait_for_function(f"() => {kernel}?.status === 'idle'")
    widget = "window.jupyterapp.shell.currentWidget"
    page.evaluate(
        f"""async () => {{
          const content = {widget}.content;
          content.activeCellIndex = 2;
          content.activeCell.model.sharedModel.setSource('41 + 1');
          await window.jupyterapp.commands.execute('notebook:run-cell');
          await {widget}.context.save();
        }}"""
    )
    after = json.loads((project / "notebooks" / name).read_text(encoding="utf-8"))
    assert [place for place, cell in enumerate(after["cells"]) if cell != before["cells"][place]] == [2]
    assert after["cells"][2]["outputs"][0]["data"]["text/plain"] == ["42"]
    assert after["metadata"] == before["metadata"]


def test_metadata_go_to_jupyterlab_and_come_back():
    stored = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE, "fifty_thousand": {"version": "1.0"}}
    assert shown(stored)["kernelspec"] == WARM and "version" in shown(stored)["language_info"]
    assert kept(shown(stored)) == stored == kept(stored)
    julia = {"kernelspec": {"name": "julia-1.11", "language": "julia", "display_name": "Julia"}}
    assert shown(julia) == kept(julia) == julia
