"""Writing files whole or not at all."""

from __future__ import annotations

import glob
import os
from pathlib import Path

__all__ = ["write"]


def write(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one; OSError leaves the old one alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # One that is there is of a process that died, or a link of somebody's that leads elsewhere.
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            file.write(content)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _clear(path: Path) -> None:
    """Remove what processes left that were killed while they wrote this file."""
    for part in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        number = part.name.split(".")[-2]
        if number.isdigit() and not _lives(int(number)):
            part.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    """Whether there is a process of this number; yes where it cannot be told."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
