"""What a check asks, as a question in words.

A check that has a question of its own in the claims file keeps it. For the others the method makes one from
its parameters and the labels of the quantities: plain, and the same for every claim.
"""

from __future__ import annotations

from ..archive import Archive
from ..checks import METHODS
from ..evidence.parameters import BuiltCheck

__all__ = ["question"]


def question(check: BuiltCheck, archive: Archive) -> str:
    """The question of a check."""
    return check.asked or METHODS[check.method].question(check, archive)
