"""JupyterLab as `make lab` starts it: nothing is dirty on opening, and a save keeps what was stored."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from utils.lab.contents import WARM, kept, shown
from utils.runs.update import KERNELSPEC, LANGUAGE

ROOT = Path(__file__).resolve().parents[1]
# The shortest, and the one with the most outputs.
OPENED = ("00_article.ipynb", "08_echo.ipynb")
SECONDS = 120


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory, kernel_name) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab with the project's settings on a copy of the notebooks, and the copy."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "project" / "notebooks")
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--config", "utils/lab/jupyter_server_config.json"),
        *("--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=open"),
        *(f"--ServerApp.root_dir={home / 'project'}", "--expose-app-in-browser"),
    ]
    folders = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    environment = os.environ | {f"JUPYTER_{name}": str(home / name) for name in folders}
    environment |= {f"JUPYTERLAB_{name}_DIR": str(home / name) for name in ("SETTINGS", "WORKSPACES")}
    with open(home / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            await_answer(f"http://127.0.0.1:{port}/api?token=open", server, home / "log")
            yield f"http://127.0.0.1:{port}", home / "project"
        finally:
            server.terminate()
            server.wait(SECONDS)


def await_answer(address: str, server: subprocess.Popen, log: Path) -> None:
    """Until the server answers; its log where it ends or says nothing for long."""
    for _ in range(SECONDS * 4):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(log.read_text(encoding="utf-8"))


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
