"""JupyterLab from the command line: with the contents of the notebook beside it, whatever was open before."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify

from ..runs.place import Place

__all__ = ["SETTINGS", "seed", "start"]

SETTINGS = "utils/lab/jupyter_server_config.json"
CONTENTS = "@jupyterlab/toc:plugin"
BESIDE = ["filebrowser", "running-sessions", CONTENTS, "extensionmanager.main-view"]


def seed(folder: Path) -> None:
    """Write the workspace that is opened first, unless the reader has one already."""
    path = folder / f"{slugify('default', '')}{WORKSPACE_EXTENSION}"
    if path.exists():
        return
    left = {"collapsed": False, "visible": True, "current": CONTENTS, "widgets": BESIDE}
    layout = {"left": left, "relativeSizes": [0.2, 0.8, 0]}
    folder.mkdir(parents=True, exist_ok=True)
    content = {"data": {"layout-restorer:data": layout}, "metadata": {"id": "default"}}
    path.write_text(json.dumps(content), encoding="utf-8")


def start(place: Place) -> None:
    """Become JupyterLab on the notebooks of an article, the first of them open."""
    workspaces = place.reports / "lab"
    seed(workspaces)
    first = next(iter(sorted(place.notebooks.glob("*.ipynb"))), None)
    opened = f"/lab/tree/notebooks/{first.name}" if first else "/lab"
    of_place = [
        f"--ServerApp.root_dir={place.notebooks.parent}",
        f"--LabApp.default_url={opened}",
        f"--LabApp.workspaces_dir={workspaces}",
    ]
    os.chdir(place.root)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", "--config", SETTINGS, *of_place])
