"""What an explorer is set to: a claim, a day, other choices, who is left out, and rows of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..archive import Archive
from ..evidence.cells import as_day
from ..evidence.nearest import unknown

__all__ = ["Choices", "State", "settled"]

# By the name of a check, the parameters that are other ones than the claim's own.
Choices = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class State:
    """What an explorer is set to.

    claim: its id. as_of: the day whose knowledge counts. without, sides: ids of the sources and parties that
    are left out. rows: statements of one's own, as mappings that `Archive.with_rows` takes.
    """

    claim: str
    as_of: date
    choices: Choices = field(default_factory=dict)
    without: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def variant(self) -> str:
        """All that makes it another archive, the day apart, as a text to compare by."""
        return repr((self.without, self.sides, self.rows))

    @property
    def code(self) -> str:
        """A line that gives the view of this state; `explorer` and `archive` are what they usually are."""
        given = [
            f"as_of={self.as_of.isoformat()!r}",
            *([f"choices={_plain(self.choices)!r}"] if self.choices else []),
            *([f"without={list(self.without)!r}"] if self.without else []),
            *([f"sides={list(self.sides)!r}"] if self.sides else []),
            *([f"rows={_plain(self.rows)!r}"] if self.rows else []),
        ]
        return f"explorer.view(archive, {self.claim!r}, {', '.join(given)})"


def settled(
    archive: Archive,
    claim: str | None = None,
    *,
    as_of: date | str | None = None,
    choices: Choices | None = None,
    without: Iterable[str] = (),
    sides: Iterable[str] = (),
    rows: Iterable[Mapping[str, Any]] = (),
) -> State:
    """A state by what is given of it: else the first claim, the archive's clock, and nothing changed.

    KeyError for an unknown claim, check, source or side. What is wrong with rows and values is told by the
    view.
    """
    asked = archive.claims[0] if claim is None else archive.claim(claim)
    for kind, names, known in (
        ("check", choices or {}, [check.key for check in asked.built]),
        ("source", without, archive.sources),
        ("side", sides, archive.article.parties),
    ):
        for name in names:
            if name not in known:
                raise KeyError(unknown(kind, name, known))
    return State(
        claim=asked.id,
        as_of=archive.clock if as_of is None else as_day(as_of),
        choices={name: dict(changes) for name, changes in (choices or {}).items() if changes},
        without=tuple(dict.fromkeys(without)),
        sides=tuple(dict.fromkeys(sides)),
        rows=tuple(dict(row) for row in rows),
    )


def _plain(value: object) -> object:
    """A value of which `repr` is code that needs no import: days are texts, as data files have them."""
    if isinstance(value, datetime | date):
        return as_day(value).isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_plain(one) for one in value)
    return value.item() if hasattr(value, "item") else value
