"""JupyterLab from the command line: with the contents of the notebook beside it, whatever was open before."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify

__all__ = ["SETTINGS", "WORKSPACES", "seed", "start"]

SETTINGS = "utils/lab/jupyter_server_config.json"
# As the settings name it.
WORKSPACES = "reports/lab"
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


def start(root: Path) -> None:
    """Become JupyterLab on the project in a folder."""
    seed(root / WORKSPACES)
    os.chdir(root)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", "--config", SETTINGS])
