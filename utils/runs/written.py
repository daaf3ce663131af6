"""A notebook's file as its content; one that JupyterLab could not open either is named, with what it is."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path
from typing import Any

__all__ = ["NotebookUnreadable", "read"]

FORMAT = 4
KINDS = ("markdown", "code", "raw")
CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)


class NotebookUnreadable(ValueError):
    """Files that are no notebooks: their names, and what is wrong with each."""


def read(path: Path) -> dict[str, Any]:
    """What is written in a notebook of any format up to 4, as format 4 has it; NotebookUnreadable otherwise.

    What a cell must have and lacks is filled in; tags that are no texts are left out.
    """
    try:
        return _whole(_current(_parsed(path.read_bytes())))
    except OSError as error:
        raise NotebookUnreadable(f"{path.name}: it cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise NotebookUnreadable(f"{path.name}: {error}") from None


def _parsed(content: bytes) -> Any:
    if not content:
        raise ValueError("it has 0 bytes and is no notebook; delete it")
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ValueError(
            "it begins with a byte order mark, with which JupyterLab opens none; save it without"
        )
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"it is no UTF-8 (at byte {error.start})") from None
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except json.JSONDecodeError as error:
        if found := CONFLICT.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise ValueError(
                f"it holds the marks of a conflict that git left to you, in line {line}"
            ) from None
        raise ValueError(f"it is no JSON (line {error.lineno}: {error.msg})") from None


def _current(content: dict[str, Any] | object) -> dict[str, Any]:
    """A notebook in format 4; older ones, which JupyterLab opens too, are converted."""
    version = content.get("nbformat") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(version, int) or version < 1:
        raise ValueError("it is JSON, and no notebook (it has no nbformat)")
    if version > FORMAT:
        raise ValueError(f"it has the format {version}, and this program reads up to {FORMAT}")
    if version == FORMAT:
        return content
    import nbformat

    try:
        found: dict[str, Any] = json.loads(json.dumps(nbformat.reads(json.dumps(content), FORMAT)))
    except Exception as error:
        # Converters look into whatever there is.
        raise ValueError(f"it has the format {version} and cannot be converted ({error!r:.60})") from None
    return found


def _whole(content: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(content.get("cells"), list) or not isinstance(content.setdefault("metadata", {}), dict):
        raise ValueError("it has no list of cells")
    for number, cell in enumerate(content["cells"], 1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in KINDS:
            raise ValueError(f"cell {number} is none of {', '.join(KINDS)}")
        source = cell.setdefault("source", "")
        texts = source if isinstance(source, list) else [source]
        if not all(isinstance(one, str) for one in texts):
            raise ValueError(f"cell {number} has no text as its source")
        if not isinstance(cell.setdefault("metadata", {}), dict):
            raise ValueError(f"cell {number} has metadata that are no names with values")
        _tags(cell["metadata"])
        if cell["cell_type"] == "code":
            cell.setdefault("execution_count", None)
            if not isinstance(cell.setdefault("outputs", []), list):
                raise ValueError(f"cell {number} has no list of outputs")
    return content


def _tags(metadata: dict[str, Any]) -> None:
    """Leave out of a cell's tags what is no text, as nbval does."""
    if "tags" in metadata:
        tags = metadata["tags"] if isinstance(metadata["tags"], list) else []
        metadata["tags"] = [tag for tag in tags if isinstance(tag, str)]
