"""What is kept for the next time, under its own digest: what has been damaged is as if it had never been."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from .. import whole
from .reach import digest

__all__ = ["put", "read", "read_json", "remove", "write", "write_json"]


def remove(path: Path) -> None:
    """Remove what stands where something is kept, a folder too: nobody else has a place there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Keep a text whole, its digest in the line before it."""
    put(path, f"{digest(text)}\n{text}")


def put(path: Path, text: str) -> None:
    """Keep a text whole, whatever has taken its place; for one whose name is its digest."""
    if path.is_dir():
        remove(path)
    whole.write(path, text.encode("utf-8"))


def read(path: Path) -> str | None:
    """The text that was kept; None where there is none, or it is not what was written."""
    try:
        own, _, text = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return text if digest(text) == own else None


def write_json(path: Path, value: Any, indent: int | None = None) -> None:
    """Keep a value as JSON."""
    write(path, json.dumps(value, indent=indent))


def read_json(path: Path, otherwise: Any) -> Any:
    """The value that was kept as JSON; `otherwise` where there is none, or it is damaged."""
    text = read(path)
    return otherwise if text is None else json.loads(text)
