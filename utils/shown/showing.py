"""What a class inherits to show itself; it gives a `View` and nothing else."""

from __future__ import annotations

from typing import Any

from .markup import markup
from .text import line, text
from .view import View

__all__ = ["Shown"]

# Classes whose names are no part of what an analyst asks of an object.
FOREIGN = ("builtins", "pydantic")


class Shown:
    """An object that shows itself: `repr` in a line, `str` in fifteen, in a notebook as HTML of one screen.

    `dir` has what an analyst may ask of it, and no more.
    """

    __slots__ = ()

    def _view(self) -> View:
        raise NotImplementedError(f"{type(self).__name__} says nothing of itself")

    def __repr__(self) -> str:
        return f"<{line(self._view())}>"

    def __str__(self) -> str:
        return text(self._view())

    def _repr_html_(self) -> str:
        return markup(self._view())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # IPython takes `repr` for the text otherwise, which is meant for an object within another one.
        view = self._view()
        return {"text/plain": text(view), "text/html": markup(view)}

    def __dir__(self) -> list[str]:
        own = [vars(kind) for kind in type(self).__mro__ if kind.__module__.partition(".")[0] not in FOREIGN]
        held: dict[str, Any] = getattr(self, "__dict__", {})
        return sorted(
            {name for names in (*own, held) for name in names if not name.startswith(("_", "model_"))}
        )
