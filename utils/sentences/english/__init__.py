"""The sentences of findings, the questions of checks and the reasons of unused rows, in English."""

from .answers import attribution, balance, forecast, independence, occurrence, transfer
from .numbers import quantity, range_of
from .questions import (
    attribution_asks,
    balance_asks,
    forecast_asks,
    independence_asks,
    occurrence_asks,
    quantity_asks,
    transfer_asks,
)
from .reasons import REASONS, basis, reason

__all__ = [
    "REASONS",
    "attribution",
    "attribution_asks",
    "balance",
    "balance_asks",
    "basis",
    "forecast",
    "forecast_asks",
    "independence",
    "independence_asks",
    "occurrence",
    "occurrence_asks",
    "quantity",
    "quantity_asks",
    "range_of",
    "reason",
    "transfer",
    "transfer_asks",
]
