"""What `crate` and `verify` do."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from .. import whole
from ..takeaway.zipped import as_zip
from ..words import counted
from . import pack, verify

if TYPE_CHECKING:
    from ..runs.place import Place

__all__ = ["check", "make"]


def make(place: Place, path: Path) -> str:
    """Pack the report of an article, which is built, into a crate; a line on what it holds."""
    from ..archive import Archive

    archive = Archive.read(place.data)
    files = pack.content(place, archive)
    files = {pack.METADATA: pack.description(files, archive, place.root), **files}
    whole.write(path, as_zip(files))
    return f"{path}: {counted(len(files), 'file')}, {path.stat().st_size / 1e6:.1f} MB"


def check(path: Path) -> tuple[bool, list[str]]:
    """Whether a crate is whole and gives the same verdicts again, in lines; NoCrate for what is none."""
    files = verify.opened(path)
    if lines := verify.damage(files):
        return False, [*lines, f"{path}: {counted(len(lines), 'file')} not as packed; nothing was run"]
    with tempfile.TemporaryDirectory(prefix="crate-") as folder:
        verify.unpack(files, Path(folder))
        again, html, apart = verify.rerun(Path(folder))
        many, lines = verify.differences(files[pack.VERDICTS], again)
        same, pages = verify.same_pages(files, html)
    network = "without a network" if apart else "with no network that libraries would find"
    said = "every one is the same" if not lines else f"{counted(len(lines), 'is', 'are')} not the same"
    return not lines, [
        f"{counted(len(files), 'file')}, all as packed",
        *lines,
        f"Run again {network}: of {counted(many, 'verdict')}, {said}; {same} of {pages} files of the report "
        "came out byte for byte",
    ]
