"""Articles of a world, each with one claim of every method; the same for a seed, whatever else is drawn."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from numpy.random import Generator, SeedSequence, default_rng

from .case import Case
from .cast import cast
from .draws import DRAWS
from .worlds import World

__all__ = ["article"]


def article(world: World, seed: int, number: int, methods: Sequence[str] = tuple(DRAWS)) -> tuple[Case, ...]:
    """The claims of one article. Its tellers are its own, and each claim has a stream of its own."""
    tellers_of = cast(world, _stream(world, seed, number, "cast"), f"a{number:04}")
    return tuple(
        DRAWS[method](world, tellers_of, _stream(world, seed, number, method), f"a{number:04}_{method}")
        for method in methods
    )


def _stream(world: World, seed: int, number: int, part: str) -> Generator:
    return default_rng(
        SeedSequence([seed, zlib.crc32(world.name.encode()), number, zlib.crc32(part.encode())])
    )
