"""How the claims of a method are drawn, a module each: truth first, then all that is told and shown of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from numpy.random import Generator

from ..case import Case, Teller
from ..worlds import World
from . import attribution, balance, forecast, independence, occurrence, quantity, transfer, trend

__all__ = ["DRAWS", "Draw"]

Draw = Callable[[World, tuple[Teller, ...], Generator, str], Case]

DRAWS: Mapping[str, Draw] = MappingProxyType(
    {
        "quantity": quantity.draw,
        "attribution": attribution.draw,
        "occurrence": occurrence.draw,
        "trend": trend.draw,
        "transfer": transfer.draw,
        "balance": balance.draw,
        "forecast": forecast.draw,
        "independence": independence.draw,
    }
)
