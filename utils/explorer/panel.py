"""The controls of an explorer in a notebook, over the pure functions of this room.

What a cell stores is the plain view: whoever has no widgets, as the report, nbconvert and nbval, sees that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets

from ..archive import Archive
from .board import Board
from .choices import Offered, offered
from .own_row import GRID, OwnRow
from .state import State
from .turns import Turn, at_once
from .views import View, shown

__all__ = ["Panel"]

WIDE = {"width": "98%", "max_width": "60em"}
WORDS = {"description_width": "initial"}


class Panel:
    """Controls that set a state, and the view of it; `box` is all of it as one widget.

    turn: has a move be made, at once or when it is its turn; moves are never made side by side.
    """

    def __init__(self, archive: Archive, state: State, turn: Turn = at_once) -> None:
        self.archive, self.board, self.state, self.turn = archive, Board(archive), state, turn
        self.quiet = False
        self.view = shown(self.board, state)
        self.page, self.code = widgets.HTML(), widgets.Textarea(rows=2, description="Code", layout=WIDE)
        self._make()
        self._fill()
        self.show(self.view)
        heard = widgets.HBox([*self.sides.values()], layout=widgets.Layout(flex_flow="row wrap"))
        self.parts = {
            "Other choices": widgets.VBox([self.check, self.choices]),
            "Who is heard": widgets.VBox([heard, self.without]),
            "A row of one's own": self.own.box,
        }
        self.folds = [_fold(name, part, name == "Other choices") for name, part in self.parts.items()]
        self.box = widgets.VBox(
            [
                self.claim,
                self.day,
                widgets.HBox([self.then, self.now, self.reset, *self.folds]),
                *self.parts.values(),
                self.page,
                self.code,
            ]
        )

    def _make(self) -> None:
        """The controls, each of which says what it does to the state."""
        claims = [(f"{one.id}: {one.wording}", one.id) for one in self.archive.claims]
        self.claim = widgets.Dropdown(options=claims, description="Claim", layout=WIDE)
        self.day = widgets.SelectionSlider(
            options=_days(self.archive, self.state), description="As of", continuous_update=False, layout=WIDE
        )
        self.check = widgets.Dropdown(options=[""], description="Choices of the check", style=WORDS)
        self.choices = widgets.GridBox(layout=GRID)
        self.without = widgets.SelectMultiple(description="Left out", rows=5, layout=WIDE)
        self.without.tooltip = "Tellers that are left out; Ctrl or Shift takes several"
        self.sides = {
            name: widgets.Checkbox(description=party.name, indent=False)
            for name, party in self.archive.article.parties.items()
        }
        self.own = OwnRow(self.archive, self.add, self.turn)
        self.reset = _button("Reset", lambda: self.set(State(self.state.claim, self.archive.clock)), self)
        article = self.archive.article
        self.then = _button(
            f"Day of the {article.noun}", lambda: self.set(replace(self.state, as_of=article.published)), self
        )
        self.now = _button("Newest", lambda: self.set(replace(self.state, as_of=self.archive.clock)), self)
        _on(self.claim, lambda name: self.set(replace(self.state, claim=name, choices={})), self)
        _on(self.day, lambda day: self.move(as_of=date.fromisoformat(day)), self)
        _on(self.check, lambda _: self._fill_choices(), self)
        _on(self.without, lambda names: self.move(without=tuple(names)), self)
        for box in self.sides.values():
            _on(box, lambda _: self.move(sides=self._sides_out()), self)

    def _sides_out(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.sides.items() if not box.value)

    def move(self, **changes: Any) -> None:
        """Change the state by what a control says."""
        self.state = replace(self.state, **changes)
        self.show(shown(self.board, self.state))

    def set(self, state: State) -> None:
        """Take a state as a whole: the controls follow."""
        self.state = state
        self._fill()
        self.show(shown(self.board, state))

    def add(self, row: Mapping[str, Any] | None) -> bool:
        """Take a row of one's own, or take the last one back; whether it fits. One that does not is told."""
        rows = self.state.rows[:-1] if row is None else (*self.state.rows, row)
        tried = replace(self.state, rows=rows)
        seen = shown(self.board, tried)
        fits = row is None or len(seen.faults) == len(self.board.seen(self.state).faults)
        if fits:
            self.state = tried
        self.show(seen if fits else replace(seen, state=self.state))
        return fits

    def show(self, view: View) -> None:
        """Put a view on the page."""
        self.view = view
        self.page.value = view._repr_html_()
        self.code.value = view.code

    def _fill(self) -> None:
        """Have the controls say what the state is, without a move of their own."""
        with self.still():
            self.claim.value = self.state.claim
            self.day.value = self.state.as_of.isoformat()
            built = self.archive.claim(self.state.claim).built
            self.check.options = [(check.key.replace("_", " "), check.key) for check in built] or [("", "")]
            for name, box in self.sides.items():
                box.value = name not in self.state.sides
            self.without.options = self._tellers()
            self.without.value = self.state.without
            self.own.about(built)
        self._fill_choices()

    def _tellers(self) -> list[tuple[str, str]]:
        """Who tells anything that the claim touches, and who is left out already."""
        verdict = self.view.before[self.state.claim]
        rows = {row for finding in verdict.findings for row in finding.considered}
        told = {self.archive.statement(row).source for row in rows} | {*self.state.without}
        return sorted((self.archive.sources[name].name, name) for name in told)

    def _fill_choices(self) -> None:
        """The controls for the choices of the check that is chosen."""
        claim = self.archive.claim(self.state.claim)
        if not claim.built:
            self.choices.children = ()
            return
        check = claim.parameters(self.check.value)
        changed = self.state.choices.get(check.key, {})
        self.choices.children = tuple(
            self._control(check.key, one, changed) for one in offered(self.archive, check)
        )

    def _control(self, key: str, one: Offered, changed: Mapping[str, object]) -> widgets.Widget:
        value = changed.get(one.name, one.value)
        options: dict[str, Any] = {"description": one.label, "style": WORDS, "tooltip": one.meaning}
        if one.kind == "list":
            return self._list(key, one, changed, options)
        kinds = {
            "switch": widgets.Checkbox,
            "number": widgets.FloatText,
            "whole": widgets.IntText,
            "day": widgets.DatePicker,
        }
        made = kinds[one.kind](value=value, **options)
        _on(made, lambda new: self._choose(key, one, None if new == one.value else {one.name: new}), self)
        return made

    def _list(
        self, key: str, one: Offered, changed: Mapping[str, object], options: Mapping[str, Any]
    ) -> widgets.Widget:
        """A choice among what the method declares; the first is the claim's own."""
        words = ["as the claim has it", *(said for said, _ in one.others)]
        changes = [{}, *(dict(change) for _, change in one.others)]
        taken = [place for place, change in enumerate(changes) if change.items() <= changed.items()]
        made = widgets.Dropdown(
            options=[*zip(words, range(len(words)), strict=True)], value=taken[-1], **options
        )
        _on(made, lambda place: self._choose(key, one, changes[place]), self)
        return made

    def _choose(self, key: str, one: Offered, change: Mapping[str, object] | None) -> None:
        """Take a choice, or go back to the claim's own where there is no change."""
        names = {one.name, *(name for _, other in one.others for name in other)}
        kept = {name: value for name, value in self.state.choices.get(key, {}).items() if name not in names}
        mine = {**kept, **(change or {})}
        others = {name: value for name, value in self.state.choices.items() if name != key}
        self.move(choices={**others, key: mine} if mine else others)

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Controls that are set inside move nothing."""
        self.quiet = True
        try:
            yield
        finally:
            self.quiet = False


def _on(control: widgets.Widget, say: Callable[[Any], None], panel: Panel) -> None:
    """Have a control say its new value, where a person has set it."""

    def changed(change: Any) -> None:
        panel.turn(lambda: None if panel.quiet else say(change["new"]))

    control.observe(changed, names="value")


def _button(words: str, press: Callable[[], None], panel: Panel) -> widgets.Button:
    made = widgets.Button(description=words, layout=widgets.Layout(width="auto"))
    made.on_click(lambda _: panel.turn(press))
    return made


def _fold(words: str, part: widgets.Widget, is_open: bool) -> widgets.Widget:
    """A button that shows a part of the controls, or folds it away."""
    made = widgets.ToggleButton(value=is_open, description=words, layout=widgets.Layout(width="auto"))

    def turn(_: Any = None) -> None:
        part.layout.display = None if made.value else "none"

    made.observe(turn, names="value")
    turn()
    return made


def _days(archive: Archive, state: State) -> list[str]:
    """Every day of the history, and that of the state."""
    first = min(archive.article.history_from, state.as_of, archive.article.published)
    last = max(archive.clock, state.as_of)
    return [(first + timedelta(days=count)).isoformat() for count in range((last - first).days + 1)]
