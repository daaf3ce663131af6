"""What commands print on: data appear as they are.

rich would take `[red]` in a notebook's name for a colour, `:warning:` for a picture and a number for
something to stress.
"""

from __future__ import annotations

from typing import IO

from rich.console import Console

__all__ = ["terminal"]


def terminal(file: IO[str] | None = None) -> Console:
    """A console that changes nothing in what it prints, on standard output or a file."""
    return Console(file=file, markup=False, emoji=False, highlight=False)
