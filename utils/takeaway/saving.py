"""A table written to a file, in the format that the name of the file asks for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..evidence.nearest import unknown
from .described import described

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["put", "save"]

SUFFIXES = (".csv", ".parquet", ".xlsx")


def save(archive: Archive, name: str, path: Path | str) -> Path:
    """Write a table as it was public on the archive's clock; the path of its file.

    path: ends with .csv (its description comes beside it, as `PATH-metadata.json`), .parquet or .xlsx.
    KeyError for an unknown table, ValueError for another ending or for what the format cannot hold; both
    tell what would be right. OSError when the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path.name}: {unknown('format for a file that ends with', path.suffix, SUFFIXES)}")
    table = described(archive, name)
    if suffix == ".parquet":
        from .parquet import as_parquet

        put(path, as_parquet(table))
    elif suffix == ".xlsx":
        from .excel import as_excel

        put(path, as_excel(table))
    else:
        from .text import as_csv, metadata

        put(path.with_name(f"{path.name}-metadata.json"), metadata(table, path.name))
        put(path, as_csv(table))
    return path


def put(path: Path, content: bytes) -> None:
    """Replace a file in one step; the old one stays when that fails."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
