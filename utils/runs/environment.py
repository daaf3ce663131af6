"""The environment that runs and results depend on."""

from __future__ import annotations

import os
import platform
import site
from pathlib import Path

from .reach import digest

__all__ = ["environment"]


def environment(root: Path) -> dict[str, str]:
    """Digests of the lock, of the interpreter and of the names and versions of the installed packages."""
    packages = sorted(
        entry
        for folder in site.getsitepackages()
        if os.path.isdir(folder)
        for entry in os.listdir(folder)
        if entry.endswith((".dist-info", ".egg-info"))
    )
    return {
        "requirements.lock": digest((root / "requirements.lock").read_bytes()),
        "the interpreter": digest(" ".join((*platform.python_build(), *platform.uname()[4:5]))),
        "the installed packages": digest("\n".join(packages)),
    }
