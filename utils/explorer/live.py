"""Show an explorer in a notebook: the controls where there are widgets, the plain view everywhere else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..archive import Archive
from .state import Choices, settled
from .turns import in_turn

__all__ = ["explore"]

# Until then the page is drawn and the cells that come after have begun.
PREPARE_AFTER, PAUSE = 3.0, 0.02


def explore(
    archive: Archive,
    claim: str | None = None,
    *,
    as_of: date | str | None = None,
    choices: Choices | None = None,
    without: Iterable[str] = (),
    sides: Iterable[str] = (),
    rows: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Show controls for an archive, set as `explorer.view` is; what is stored of them is that view."""
    from IPython.display import display

    # It takes half a second to load.
    from .panel import Panel

    state = settled(archive, claim, as_of=as_of, choices=choices, without=without, sides=sides, rows=rows)
    panel = Panel(archive, state, in_turn())
    plain = {"text/plain": repr(panel.view), "text/html": panel.view._repr_html_()}
    display({**panel.box._repr_mimebundle_(), **plain}, raw=True)
    # Without a loop nobody can move anything.
    with contextlib.suppress(RuntimeError):
        loop = asyncio.get_running_loop()
        loop.call_later(PREPARE_AFTER, _step, loop, panel.board.prepare())


def _step(loop: asyncio.AbstractEventLoop, steps: Iterator[None]) -> None:
    """Do a step, then let others have their turn."""
    if next(steps, loop) is not loop:
        loop.call_later(PAUSE, _step, loop, steps)
