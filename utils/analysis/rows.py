"""Why a row counts for a claim, or does not."""

from __future__ import annotations

from dataclasses import dataclass

from .. import verdicts
from ..archive import Archive
from ..asking import claim_of, require_archive
from ..checks import Finding
from ..evidence.claims import Claim
from ..evidence.schema import Statement
from ..sentences import english
from ..shown import Shown, View
from ..shown.asked import use

__all__ = ["Use", "why"]


@dataclass(frozen=True, repr=False)
class Use(Shown):
    """What the checks of a claim do with a row; checks: the name of each with its reason in words."""

    row: str
    claim: str
    used: bool
    checks: tuple[tuple[str, str], ...]

    def _view(self) -> View:
        return use(self)


def why(archive: Archive, row: str | Statement, claim: str | Claim) -> Use:
    """Whether each check of a claim uses a statement, and why not; KeyError for an unknown row or claim.

    >>> why(archive, "S001", "C01")
    <S001 is no evidence on C01>
    """
    require_archive(archive)
    name = row.id if isinstance(row, Statement) else row
    row = archive.statement(name).id
    asked = claim_of(archive, claim)
    found = verdicts.findings(archive, asked)
    used = any(row in finding.evidence for finding in found)
    return Use(row, asked.id, used, tuple((one.name, _reason(archive, one, row)) for one in found))


def _reason(archive: Archive, finding: Finding, row: str) -> str:
    if row in finding.evidence:
        return "used"
    if row in finding.unused:
        return english.reason(finding.unused[row], archive)
    label = archive.quantities[archive.statement(row).quantity].label
    return f"it asks nothing of “{label}”"
