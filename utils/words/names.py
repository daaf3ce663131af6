"""Things counted, names in a row, and the names of tellers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from . import spoken
from .numbers import number

__all__ = ["counted", "foremost", "listed", "more", "plural", "teller", "through"]


def plural(many: int, one: str, other: str | None = None) -> str:
    """The form that goes with so many: "origin" with 1, else `other` or "origins"."""
    several = other or spoken.LANGUAGE.several.format(one)
    forms: Mapping[str, str] = {"one": one}
    return forms.get(spoken.LANGUAGE.locale.plural_form(many), several)


def counted(many: int, one: str, other: str | None = None) -> str:
    """So many of a thing: "1 origin", "7 origins"."""
    return f"{number(many)} {plural(many, one, other)}"


def listed(names: Iterable[object], last: Literal["and", "or"] = "and") -> str:
    """Names in a row, of which all hold or one: "a, b and c", "a, b or c"."""
    *others, end = [*map(str, names)] or [""]
    ends = {"and": spoken.LANGUAGE.both, "or": spoken.LANGUAGE.either}[last]
    return ends.format(", ".join(others), end) if others else end


def foremost(names: Sequence[str], most: int, between: str = ", ") -> str:
    """The first names of a row and how many follow: "a, b, c and 4 more"."""
    shown = between.join(names[:most])
    return f"{shown} {more(len(names) - most)}" if len(names) > most else shown


def more(many: int) -> str:
    """So many that a row does not show: "and 4 more"."""
    return spoken.LANGUAGE.more.format(number(many))


def teller(name: str, *, brief: bool = False, within: bool = False) -> str:
    """The name of a teller without office and explanation: what stands before a comma or a bracket.

    brief: also without the beginning that only says that the name is not known. within: as it stands within
    a sentence.
    """
    own = re.split(r",| \(", name)[0]
    if brief:
        own = re.sub(spoken.LANGUAGE.unnamed, "", own)
    first, blank, rest = own.partition(" ")
    return f"{first.lower()}{blank}{rest}" if within and first in spoken.LANGUAGE.no_names else own


def through(name: str) -> str:
    """A teller whose name is not known, by who quotes them: "Unnamed, Axios"."""
    return spoken.LANGUAGE.unnamed_in.format(name.rpartition(spoken.LANGUAGE.quoted)[2])
