"""Which data folder an archive is of, by its content: a copy that was changed is another one.

A page keeps it, so that a report takes no page on another folder, be its title and its day the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["content"]

KINDS = ("*.yaml", "*.csv", "datapackage.json", "tables/*")


def content(folder: Path) -> str:
    """Twelve signs that stand for the content of a folder's files, whatever its place."""
    whole = hashlib.sha256()
    for path in sorted(path for kind in KINDS for path in folder.glob(kind) if path.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]
