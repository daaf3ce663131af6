"""Zips of which the same files give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["as_zip"]

# The archive would hold the time of its making.
MOMENT = (1980, 1, 1, 0, 0, 0)


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by path, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        for path, one in files.items():
            whole.writestr(zipfile.ZipInfo(path, MOMENT), one, zipfile.ZIP_DEFLATED)
    return made.getvalue()
