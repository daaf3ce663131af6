"""A wrong name is answered with the nearest right ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..words import foremost, listed

__all__ = ["meant", "unknown"]

LEAST_ALIKE = 0.5
SHOWN = 12


def _near(name: object, known: Iterable[str]) -> list[str]:
    """At most three names, those that hold the wrong one or are held by it first, then by likeness."""
    wrong = str(name).casefold()
    likeness: dict[str, float] = {}
    for other in known:
        right = other.casefold()
        within = bool(wrong) and (wrong in right or right in wrong)
        likeness[other] = within + difflib.SequenceMatcher(None, wrong, right).ratio()
    near = [other for other, alike in likeness.items() if alike >= LEAST_ALIKE]
    return sorted(near, key=likeness.__getitem__, reverse=True)[:3]


def meant(name: object, known: Iterable[str]) -> str:
    """The names that a wrong one comes near to, as the end of a sentence; empty where there is none such."""
    near = _near(name, known)
    return f"; did you mean {listed(near, 'or')}?" if near else ""


def unknown(kind: str, name: object, known: Iterable[str]) -> str:
    """What to say of a name that is not known: those that it comes near to, else what there is.

    kind: what it should name, as "claim".
    """
    names = list(dict.fromkeys(known))
    if near := meant(name, names):
        return f"no {kind} {name!r}{near}"
    if not names:
        return f"no {kind} {name!r}; there is none"
    return f"no {kind} {name!r}; there are {foremost(names, SHOWN)}"
