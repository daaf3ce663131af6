"""The controls for a statement of one's own."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ipywidgets as widgets

from ..archive import Archive
from ..evidence.parameters import BuiltCheck
from ..evidence.schema import Access
from .turns import Turn

__all__ = ["GRID", "OwnRow"]

# A mapping: a warm kernel finds this module loaded, and no page would know of a widget that was made with it.
GRID = {"grid_template_columns": "repeat(auto-fit, minmax(320px, 1fr))", "width": "98%"}
STANCES = ("", "affirms", "denies", "unconfirmed")
Taken = Callable[[Mapping[str, Any] | None], bool]


class OwnRow:
    """A form for a statement; `box` is all of it.

    take: is given the row, or None to take the last back. turn: has that be done when it is its turn.
    """

    def __init__(self, archive: Archive, take: Taken, turn: Turn) -> None:
        self.archive, self.take = archive, take
        access = [one for one in typing.get_args(Access) if isinstance(one, str)]
        sources = sorted((source.name, source.id) for source in archive.sources.values())
        self.fields: dict[str, Any] = {
            "quantity": widgets.Dropdown(description="About"),
            "value": widgets.Text(description="Number"),
            "stance": widgets.Dropdown(options=STANCES, description="Stance"),
            "source": widgets.Dropdown(options=sources, description="Teller"),
            "access": widgets.Dropdown(options=access, description="Known by"),
            "valid_from": widgets.DatePicker(description="True from", value=archive.article.published),
            "valid_to": widgets.DatePicker(description="True to", value=archive.article.published),
            "published": widgets.DatePicker(description="Public on", value=archive.article.published),
        }
        self.added = widgets.Button(description="Add the row")
        self.taken = widgets.Button(description="Take the last row back", layout=widgets.Layout(width="auto"))
        self.added.on_click(lambda _: turn(lambda: self.take(self.row())))
        self.taken.on_click(lambda _: turn(lambda: self.take(None)))
        buttons = widgets.HBox([self.added, self.taken])
        self.box = widgets.VBox([widgets.GridBox([*self.fields.values()], layout=GRID), buttons])
        self.count = 0

    def about(self, checks: Iterable[BuiltCheck]) -> None:
        """Offer the quantities that checks look up first."""
        asked = [name for check in checks for name in check.quantities_used()]
        names = [name for name in dict.fromkeys((*asked, *self.archive.quantities))]
        options = [
            (self.archive.quantities[name].label, name) for name in names if name in self.archive.quantities
        ]
        # Without any, a folder has no quantity at all.
        self.fields["quantity"].options = options
        self.fields["quantity"].value = options[0][1] if options else None

    def row(self) -> dict[str, Any]:
        """What the form says, as `Archive.with_rows` takes it; what is left empty is left out."""
        told = {name: field.value for name, field in self.fields.items() if field.value not in ("", None)}
        while (name := f"own{self.count + 1}") in self.archive.rows:
            self.count += 1
        self.count += 1
        return {"id": name, **told}
