"""Records of the project as JSON, and back: the same types and values, and nothing but records.

Verdicts and findings hold values of any kind (a day, a number, a mapping), which a schema could not tell
apart; so each record says its class and each day that it is one. Only classes of records of this project's
own modules, loaded already, are made from a text, whoever wrote it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

__all__ = ["from_text", "to_text"]

PACKAGE = __name__.partition(".")[0]
CLASS = "class"
DAY = "day"


def to_text(value: object) -> str:
    """Records, mappings by text, tuples, days, numbers and texts as JSON; TypeError for anything else."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Any:
    """What a text says, its lists as tuples; ValueError where it says nothing that `to_text` would write."""
    try:
        return json.loads(text, object_hook=_record)
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _plain(value: object) -> dict[str, Any]:
    if type(value) is date:
        return {CLASS: DAY, DAY: value.isoformat()}
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{value!r} is no record")
    kind = type(value)
    own = {field.name: getattr(value, field.name) for field in fields(value)}
    return {CLASS: f"{kind.__module__}.{kind.__qualname__}", **own}


def _record(plain: dict[str, Any]) -> Any:
    content = {name: _tuples(value) for name, value in plain.items()}
    if CLASS not in content:
        return content
    kind = content.pop(CLASS)
    return date.fromisoformat(content[DAY]) if kind == DAY else _class(kind)(**content)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def _class(name: str) -> type:
    """The class of a record; ValueError for any other name."""
    module, _, own = name.rpartition(".")
    kind = vars(sys.modules[module]).get(own) if module.startswith(f"{PACKAGE}.") else None
    if not isinstance(kind, type) or not is_dataclass(kind):
        raise ValueError(f"{name} is no class of records")
    return kind
