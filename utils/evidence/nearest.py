"""A wrong name is answered with the nearest right ones."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import NoReturn, TypeVar

from ..words import foremost, listed

__all__ = ["Named", "meant", "near", "require", "unknown"]

Value = TypeVar("Value")

LEAST_ALIKE = 0.5
SHOWN = 12


class Named(dict[str, Value]):
    """Things of a kind by name; KeyError for another name says which are near."""

    def __init__(self, kind: str, things: Iterable[tuple[str, Value]]) -> None:
        super().__init__(things)
        self.kind = kind

    def __missing__(self, name: object) -> NoReturn:
        raise KeyError(unknown(self.kind, name, self))


def require(kind: str, name: object, known: Collection[str]) -> None:
    """KeyError for a name that is none of those known, whatever its type."""
    if not isinstance(name, str) or name not in known:
        raise KeyError(unknown(kind, name, known))


def _plain(name: str) -> str:
    """A name without what is easily mistaken: "C07", "c7" and "C7" are alike."""
    return re.sub(r"0+(?=\d)", "", name.casefold())


def near(name: object, known: Iterable[str]) -> list[str]:
    """At most three names: those that differ in case or leading zeros alone, then those that hold the wrong
    one or are held by it, then by likeness."""
    wrong = _plain(str(name))
    likeness: dict[str, float] = {}
    for other in known:
        right = _plain(other)
        within = bool(wrong) and (wrong in right or right in wrong)
        likeness[other] = (wrong == right) + within + difflib.SequenceMatcher(None, wrong, right).ratio()
    alike = [other for other, share in likeness.items() if share >= LEAST_ALIKE]
    return sorted(alike, key=likeness.__getitem__, reverse=True)[:3]


def meant(name: object, known: Iterable[str]) -> str:
    """The names that a wrong one comes near to, as the end of a sentence; empty where there is none such."""
    found = near(name, known)
    return f"; did you mean {listed(found, 'or')}?" if found else ""


def unknown(kind: str, name: object, known: Iterable[str]) -> str:
    """What to say of a name that is not known: those that it comes near to, else what there is.

    kind: what it should name, as "claim".

    >>> unknown("claim", "c7", ["C01", "C07"])
    "no claim 'c7'; did you mean C07 or C01?"
    """
    names = list(dict.fromkeys(known))
    if told := meant(name, names):
        return f"no {kind} {name!r}{told}"
    if not names:
        return f"no {kind} {name!r}; there is none"
    return f"no {kind} {name!r}; there are {foremost(names, SHOWN)}"
