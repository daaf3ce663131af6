"""With what an analyst's question begins: an archive, and a claim of it or the claim's id."""

from __future__ import annotations

from .archive import Archive
from .evidence.claims import Claim

__all__ = ["claim_of", "require_archive"]


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
