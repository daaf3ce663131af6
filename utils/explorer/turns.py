"""Moves of an explorer are made one after another, in whatever thread they are heard.

JupyterLab 4.6 sends what a control says over a subshell. ipykernel 7.4 then hears the second change of a
control, and all after it, in a thread beside that of the cells, which may look up the same things at that
moment. `make lab` asks JupyterLab not to; others do not.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

__all__ = ["Turn", "at_once", "in_turn"]

# Has a move be made: now, or when it is its turn.
Turn = Callable[[Callable[[], object]], object]


def at_once(move: Callable[[], object]) -> None:
    """Make a move now, where there is one thread."""
    move()


def in_turn() -> Turn:
    """Has moves be made by the thread that asks for this, between its cells; at once where it has no loop."""
    try:
        loop, home = asyncio.get_running_loop(), threading.get_ident()
    except RuntimeError:
        return at_once
    return lambda move: move() if threading.get_ident() == home else loop.call_soon_threadsafe(move)
