"""With what an analyst's question begins, an archive and a claim of it or the claim's id; and what a check
asks in words."""

from __future__ import annotations

from .archive import Archive
from .checks import METHODS
from .evidence.claims import Claim
from .evidence.parameters import BuiltCheck

__all__ = ["claim_of", "question", "require_archive"]


def require_archive(archive: object) -> None:
    """TypeError for what is no archive, as when arguments stand in another order."""
    if not isinstance(archive, Archive):
        raise TypeError(f"the archive comes first; {archive!r:.60} is {type(archive).__name__}")


def claim_of(archive: Archive, claim: Claim | str) -> Claim:
    """A claim, or that of an id; KeyError for an unknown id, TypeError for what is neither."""
    require_archive(archive)
    if isinstance(claim, str):
        return archive.claim(claim)
    if not isinstance(claim, Claim):
        raise TypeError(f"a claim or its id comes second; {claim!r:.60} is {type(claim).__name__}")
    return claim


def question(check: BuiltCheck, archive: Archive) -> str:
    """The question of a check: its own in the claims file, or else the one that its method makes.

    That is plain, and the same for every claim: made from the parameters and the labels of the quantities.
    """
    return check.asked or METHODS[check.method].question(check, archive)
