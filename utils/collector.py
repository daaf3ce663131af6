"""Python's garbage collector, kept still while very many records are made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["still"]


@contextlib.contextmanager
def still() -> Iterator[None]:
    """Tens of thousands of findings are made or read; the collector would go through them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
