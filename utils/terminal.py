"""What commands print on: data appear as they are, and never move the cursor, the colours or the title.

rich would take `[red]` in a notebook's name for a colour, `:warning:` for a picture and a number for
something to stress, and would hand signs on that the terminal obeys.
"""

from __future__ import annotations

from typing import IO, Any, NoReturn

from rich.console import Console
from rich.text import Text

from .words.signs import shown

__all__ = ["say", "terminal"]


class _Plain(Console):
    """A console for which a text is nothing but a text, and a closed pipe an error as for all others."""

    def render_str(self, text: str, **options: Any) -> Text:
        """The text with every sign that a terminal would obey written out."""
        return super().render_str(shown(text), **options)

    def on_broken_pipe(self) -> NoReturn:
        """BrokenPipeError, whatever is printed next."""
        raise BrokenPipeError


def terminal(file: IO[str] | None = None) -> Console:
    """A console that changes nothing in what it prints, on standard output or a file."""
    return _Plain(file=file, markup=False, emoji=False, highlight=False)


def say(line: str) -> None:
    """Print a line on standard output, as long as it is."""
    terminal().print(line, soft_wrap=True)
