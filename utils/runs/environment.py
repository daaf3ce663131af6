"""The environment that runs and results depend on."""

from __future__ import annotations

import os
import platform
import site
from pathlib import Path

from .reach import digest

__all__ = ["environment"]


def environment(root: Path) -> dict[str, str]:
    """Digests of the lock, the interpreter, the installed packages by name and version, and what kernels are
    set to."""
    packages = sorted(
        entry
        for folder in site.getsitepackages()
        if os.path.isdir(folder)
        for entry in os.listdir(folder)
        if entry.endswith((".dist-info", ".egg-info"))
    )
    kernels = root / "utils" / "kernels"
    settings = sorted([*kernels.glob("settings.py"), *kernels.glob("own/*")])
    return {
        "requirements.lock": digest((root / "requirements.lock").read_bytes()),
        "the interpreter": digest(" ".join((*platform.python_build(), *platform.uname()[4:5]))),
        "the settings of kernels": digest(b"\n".join(path.read_bytes() for path in settings)),
        "the installed packages": digest("\n".join(packages)),
    }
