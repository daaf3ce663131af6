"""Whether this Python can run the project; like `__main__`, it is readable from Python 3.8 on."""

from __future__ import annotations

import re
import sys
from pathlib import Path

OLDEST = (3, 11)
# Modules that are not called as their package is.
PACKAGES = {
    "bs4": "beautifulsoup4",
    "cyclonedx": "cyclonedx-python-lib",
    "ibis": "ibis-framework",
    "markdown-it": "markdown-it-py",
    "packageurl": "packageurl-python",
    "pil": "pillow",
    "stemmer": "pystemmer",
    "yaml": "pyyaml",
}
ROOT = Path(__file__).resolve().parent.parent


class UnfitError(Exception):
    """This Python cannot run the project; one line that says what to do."""


def require_version() -> None:
    """UnfitError when this Python is older than the project's language."""
    if sys.version_info[:2] < OLDEST:
        version = ".".join(str(part) for part in sys.version_info[:2])
        raise UnfitError(_unfit(f"is Python {version}, older than 3.11"))


def lacks(error: ModuleNotFoundError) -> str | None:
    """What to do when a package of the project is missing; None when it is none that the lock names."""
    module = (error.name or "").split(".")[0]
    package = module.lower().replace("_", "-")
    if PACKAGES.get(package, package) not in _locked():
        return None
    return _unfit(f"has no {module}")


def _unfit(reason: str) -> str:
    return (
        f"{sys.executable} {reason}; `make check` installs all that is needed into .venv, "
        "then run .venv/bin/python -m utils"
    )


def _locked() -> set[str]:
    """The packages that are installed for the project, by name."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
