"""The choices of a check, as what a person can set: a switch, a number, a day, or one of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..archive import Archive
from ..evidence.parameters import BuiltCheck
from ..robustness.choices import alternatives
from ..words import choice

__all__ = ["Offered", "offered"]

Kind = Literal["switch", "number", "whole", "day", "list"]


@dataclass(frozen=True)
class Offered:
    """A choice of a check.

    name: the parameter, or what several changes together are called. meaning: what it means, in words; empty
    where nothing says so. value: that of the claim. others: of a list, each alternative in words with the
    changes that it makes.
    """

    name: str
    meaning: str
    kind: Kind
    value: object
    others: tuple[tuple[str, Mapping[str, object]], ...]

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")


def offered(archive: Archive, check: BuiltCheck) -> tuple[Offered, ...]:
    """The choices that the method of a check declares, in its order; those that do not apply are left out."""
    fields = type(check).model_fields
    found = []
    for name, changes in alternatives(archive, check).items():
        value = getattr(check, name, None)
        kind = _kind(value) if name in fields else "list"
        if kind == "list" and not changes:
            continue
        meaning = (fields[name].description or "").replace("`", "") if name in fields else ""
        others = tuple((_said(name, change), change) for change in changes)
        found.append(Offered(name, meaning, kind, value, others))
    return tuple(found)


def _kind(value: object) -> Kind:
    if isinstance(value, bool):
        return "switch"
    if isinstance(value, int | float):
        return "whole" if isinstance(value, int) else "number"
    return "day" if isinstance(value, date) else "list"


def _said(name: str, change: Mapping[str, object]) -> str:
    return choice(change[name]) if set(change) == {name} else choice(dict(change))
