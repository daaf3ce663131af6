"""What an analyst asks of an archive beside its verdicts: what moved, why a row counts, what a number is."""

from .comparing import Comparison, Moved, compare
from .pooling import pool
from .rows import Use, why

__all__ = ["Comparison", "Moved", "Use", "compare", "pool", "why"]
