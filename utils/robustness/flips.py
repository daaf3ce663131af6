"""The nearest single change that gives a label another answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..evidence.parameters import BuiltCheck
from ..words import Label
from .choices import Base, World

__all__ = ["HALVINGS", "Flip", "nearest_flip"]

HALVINGS = 7


@dataclass(frozen=True)
class Flip:
    """One change that gives another label.

    claim: its id. check: name of the check, None where the change is not one of a check's own.
    choice: the parameter, or "without origin", "without check", "interested parties in all checks".
    old, new: the claim's value and the nearest that flips. size: as the package defines it.
    """

    claim: str
    check: str | None
    choice: str
    old: object
    new: object
    label: Label
    size: float


def nearest_flip(base: Base, world: World, reading: str | None) -> Flip:
    """The nearest change of a world's kind that gives a label another answer."""
    ((name, choice, new),) = world.what
    label, claim = world.labels[reading], base.claim.id
    if name is None or isinstance(new, str):
        size = 1 / len(base.origins()) if choice == "without origin" else 1.0
        return Flip(claim, None, choice, None, new, label, size)
    check = base.claim.parameters(name)
    old = {key: getattr(check, key) for key in new}
    if len(new) > 1:
        return Flip(claim, name, choice, old, new, label, 1.0)
    ((key, far),) = new.items()
    near = old[key]
    far, label = _nearest(base, check, key, near, far, label, reading)
    return Flip(claim, name, choice, near, far, label, _size(check, near, far))


def _nearest(
    base: Base, check: BuiltCheck, key: str, near: object, far: object, label: Label, reading: str | None
) -> tuple[object, Label]:
    """The value nearest to the claim's own that flips the label, by halving; `far` is known to flip it."""
    for _ in range(HALVINGS):
        middle = _between(near, far)
        outcome = None if middle is None else base.outcome(check, {key: middle})
        if outcome is None:
            break
        flipped = base.judged({check.key: outcome})[reading]
        near, far, label = (
            (middle, far, label) if flipped == base.labels[reading] else (near, middle, flipped)
        )
    return far, label


def _between(near: object, far: object) -> object | None:
    """The middle of two numbers or days; None when there is none, or when they are neither."""
    if isinstance(near, bool) or isinstance(far, bool):
        return None
    if isinstance(near, float) and isinstance(far, float):
        return (near + far) / 2
    if isinstance(near, int) and isinstance(far, int) and abs(far - near) > 1:
        return (near + far) // 2
    if isinstance(near, date) and isinstance(far, date) and abs((far - near).days) > 1:
        return near + timedelta(days=(far - near).days // 2)
    return None


def _size(check: BuiltCheck, old: object, new: object) -> float:
    """A change as a share of what there is to change."""
    if isinstance(old, date) and isinstance(new, date):
        bounds: list[date | None] = [
            getattr(check, name, None) for name in ("since", "before", "until", "on")
        ]
        days = [day for day in bounds if day]
        return abs((new - old).days) / max(1, (max(days) - min(days)).days)
    if isinstance(old, int | float) and isinstance(new, int | float) and not isinstance(old, bool) and old:
        return abs(new - old) / abs(old)
    return 1.0
