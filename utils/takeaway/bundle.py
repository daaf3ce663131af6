"""Every table of an archive in one file, for people who work elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .described import described, names
from .parquet import as_parquet
from .saving import put
from .zipped import as_zip

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["bundle"]


def bundle(archive: Archive, path: Path) -> int:
    """Write a zip with a Parquet file a table, and the data dictionary; how many tables are in it.

    The same data give the same bytes. OSError when the file cannot be written.
    """
    content = {f"{name}.parquet": as_parquet(described(archive, name)) for name in names(archive)}
    dictionary = archive.tables.folder / "README.md"
    if dictionary.is_file():
        content[dictionary.name] = dictionary.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, as_zip(content))
    return len(names(archive))
