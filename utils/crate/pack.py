"""The crate: report, notebooks, data, code, lock and where each comes from, with the hash of every file."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..runs.reach import digest
from . import bom

if TYPE_CHECKING:
    from ..archive import Archive
    from ..runs.place import Place

__all__ = ["ARTICLE", "METADATA", "VERDICTS", "content", "description"]

METADATA, VERDICTS, REPORT, ARTICLE = "ro-crate-metadata.json", "verdicts.json", "report", "article"
# What another machine needs beside the code to install and run it.
FRONT = (
    *("Makefile", "pyproject.toml", "requirements.lock", "requirements-uv.lock", "LICENSE", "README.md"),
    *("docs/torture.json", "docs/hostile_notebooks.json", "docs/interrupted.json"),
)
KINDS = {
    REPORT: "a page or part of the report",
    "utils": "code",
    "data": "data of the article",
    "notebooks": "notebook",
    ARTICLE: "data or notebook of the article",
}


def content(place: Place, archive: Archive) -> dict[str, bytes]:
    """All files of the crate but its description, by path; the report must have been built."""
    from .. import exports
    from ..results import kept

    own = place.notebooks.parent != place.data
    folders = {REPORT: place.reports / "html", "utils": place.root / "utils"}
    folders |= (
        {"data": place.data, "notebooks": place.notebooks}
        if own
        else {f"{ARTICLE}/{place.data.name}": place.data}
    )
    found = {name: (place.root / name).read_bytes() for name in FRONT if (place.root / name).is_file()}
    for name, folder in folders.items():
        found |= _files(name, folder)
    results = kept(archive)
    found[VERDICTS] = exports.files(archive, None, results.both, results.leaning)[VERDICTS]
    every = bom.packages(found["requirements.lock"].decode())
    found["licences.csv"] = bom.as_csv(every)
    found["bom.json"] = bom.as_cyclonedx(every, archive.article.called, archive.article.version or "0")
    return dict(sorted(found.items()))


def _files(name: str, folder: Path) -> dict[str, bytes]:
    """The files below a folder by their path in the crate, without what is hidden, compiled or built."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if path.is_file() and not hidden and path.suffix != ".pyc":
            found["/".join((name, *parts))] = path.read_bytes()
    return found


def description(files: Mapping[str, bytes], archive: Archive, root: Path) -> bytes:
    """The crate's own description as RO-Crate wants it, with the SHA-256 of each file."""
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    article = archive.article
    crate = ROCrate(gen_preview=False, version="1.1")
    crate.name = article.called
    crate.description = article.description or article.title
    # The day of the data, as the day of packing would make each crate another file.
    crate.datePublished = (archive.vintage or archive.clock).isoformat()
    if article.licence:
        crate.license = str(article.licence.address or article.licence.name)
    entities = [crate.add_file(None, path, properties=_properties(path, one)) for path, one in files.items()]
    about = {"@type": "SoftwareApplication", "name": "Python", "version": platform.python_version()}
    python = crate.add(ContextEntity(crate, "#python", properties=about))
    for name, value in _made(root).items():
        python[name] = value
    made = [one for path, one in zip(files, entities, strict=True) if path.startswith(REPORT)]
    used = [one for one in entities if one not in made]
    crate.add_action(
        python, identifier="#build", object=used, result=made, properties={"name": "python -m utils report"}
    )
    plain = _without_none(crate.metadata.generate())
    return f"{json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True)}\n".encode()


def _properties(path: str, one: bytes) -> dict[str, Any]:
    kind = KINDS.get(path.partition("/")[0], path)
    return {"name": path, "description": kind, "sha256": digest(one), "contentSize": str(len(one))}


def _made(root: Path) -> dict[str, str]:
    """The commit that the code is of, where git knows it."""
    try:
        asked = ["git", "rev-parse", "HEAD"]
        said = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return {}
    return {"softwareVersion": said.stdout.strip()}


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(one) for key, one in value.items() if one is not None}
    return [_without_none(one) for one in value] if isinstance(value, list) else value
