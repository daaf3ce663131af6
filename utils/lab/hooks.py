"""Git in a clone: a commit is checked before it is made, and notebooks are compared cell by cell.

Nothing is fetched: `.pre-commit-config.yaml` names only commands of the project's own environment, and
`.gitattributes` the driver for notebooks, which is git's ordinary one where this has not been set up.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

__all__ = ["install", "settings"]

DRIVER = "jupyternotebook"


def settings(python: str) -> dict[str, str]:
    """What git is told in a clone: what `git project-python` is, which hooks call, and how it compares."""
    quoted = shlex.quote(python)
    return {
        "alias.project-python": f"!{quoted}",
        f"diff.{DRIVER}.command": f"{quoted} -m nbdime.vcs.git.diffdriver diff",
        f"merge.{DRIVER}.name": "notebooks are merged cell by cell",
        f"merge.{DRIVER}.driver": f"{quoted} -m nbdime.vcs.git.mergedriver merge %O %A %B %L %P",
    }


def install(root: Path) -> None:
    """Set up the clone in a folder with the interpreter that runs; CalledProcessError if git refuses."""
    for name, value in settings(sys.executable).items():
        subprocess.run(["git", "config", "--local", name, value], cwd=root, check=True)
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=root, check=True)
