"""Records of the project as JSON, and back: the same types and values, and nothing but records.

Verdicts and findings hold values of any kind (a day, a number, a record of a method's own), which a schema
could not tell apart; so each record says its class and each day that it is one. Only records of this
project's own modules, loaded already, are made from a text, whoever wrote it.
"""

from __future__ import annotations

import functools
import json
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

__all__ = ["from_text", "to_text"]

PACKAGE = __name__.partition(".")[0]
CLASS, DAY = "class", "day"


def to_text(value: object) -> str:
    """Records, words of a list, mappings by text, tuples, days, numbers and texts as JSON; TypeError for
    anything else."""
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
    kind: type = type(value)
    return {CLASS: f"{kind.__module__}.{kind.__qualname__}"} | {
        name: getattr(value, name) for name in _names(kind)
    }


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """What a record of a class is made of; TypeError where it is no class of records."""
    if issubclass(kind, BaseModel):
        return tuple(kind.model_fields)
    if issubclass(kind, Enum):
        return ("value",)
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    raise TypeError(f"{kind.__name__} is no class of records")


def _record(plain: dict[str, Any]) -> Any:
    if plain.get(CLASS) == DAY:
        return date.fromisoformat(plain[DAY])
    content = {name: _tuples(value) if type(value) is list else value for name, value in plain.items()}
    return _class(content.pop(CLASS))(**content) if CLASS in content else content


def _tuples(value: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(one) if type(one) is list else one for one in value)


@functools.cache
def _class(name: str) -> type:
    """The class of a record by its name; TypeError for any other, KeyError for none that is loaded."""
    module, _, own = name.rpartition(".")
    kind = vars(sys.modules[module])[own] if module.startswith(f"{PACKAGE}.") else None
    if not isinstance(kind, type):
        raise TypeError(f"{name} is no class of records")
    _names(kind)
    return kind
