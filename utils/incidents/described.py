"""Counts of one's own as a table of a data folder, which the checks of its claims may ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..evidence import descriptor

if TYPE_CHECKING:
    import pandas

__all__ = ["put"]

REQUIRED = {"required": True}
FIELDS: list[dict[str, Any]] = [
    {"name": "date", "type": "date", "constraints": REQUIRED},
    {"name": "area", "type": "string", "constraints": REQUIRED},
    {"name": "tag", "type": "string", "constraints": REQUIRED},
    {"name": "incidents", "type": "integer", "unit": "incidents", "constraints": REQUIRED | {"minimum": 1}},
]
NOTHING = "No event of that tag was reported there on that day."


def put(folder: Path, name: str, counts: pandas.DataFrame, title: str) -> Path:
    """Write counts into a data folder as the table `name`, and describe it there; its path.

    counts: as `run.count` gives them. title: what a row is, in a sentence. A table of this name is replaced.
    """
    path = folder / "tables" / f"{name}.csv"
    path.parent.mkdir(exist_ok=True)
    counts.to_csv(path, index=False, lineterminator="\n")
    described = folder / descriptor.FILE
    whole: dict[str, Any] = {"name": "own"}
    if described.is_file():
        whole = json.loads(described.read_text(encoding="utf-8"))
    table = {
        "name": name.replace("_", "-"),
        "path": f"tables/{name}.csv",
        "day": "date",
        "title": title,
        "description": NOTHING,
        "schema": {"fields": FIELDS, "primaryKey": ["date", "area", "tag"], "missingValues": [""]},
    }
    others = [one for one in whole.get("resources", []) if one.get("path") != table["path"]]
    text = json.dumps(whole | {"resources": [*others, table]}, indent=2, ensure_ascii=False)
    described.write_text(f"{text}\n", encoding="utf-8")
    return path
