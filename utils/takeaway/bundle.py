"""Every table of an archive in one file, for people who work elsewhere."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from .described import described, names
from .parquet import as_parquet
from .saving import put

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["bundle"]

# The archive would hold the time of its making.
MOMENT = (1980, 1, 1, 0, 0, 0)


def bundle(archive: Archive, path: Path) -> int:
    """Write a zip with a Parquet file a table, and the data dictionary; how many tables are in it.

    The same data give the same bytes. OSError when the file cannot be written.
    """
    content = {f"{name}.parquet": as_parquet(described(archive, name)) for name in names(archive)}
    dictionary = archive.tables.folder / "README.md"
    if dictionary.is_file():
        content[dictionary.name] = dictionary.read_bytes()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as whole:
        for name, one in content.items():
            whole.writestr(zipfile.ZipInfo(name, MOMENT), one, zipfile.ZIP_DEFLATED)
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, file.getvalue())
    return len(names(archive))
