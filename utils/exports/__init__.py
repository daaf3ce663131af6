"""The ledger for other programs: its own JSON with a schema, AVeriTeC's form, and ClaimReview.

`write` puts into one folder:

- ``verdicts.json`` and ``verdicts.schema.json`` (`utils.exports.ledger`);
- ``averitec.json``, the verdicts on the day of the article, and ``averitec_today.json``
  (`utils.exports.averitec`);
- ``claimreview/<claim>.json``, one for the verdict of today on each claim (`utils.exports.claimreview`).

A claim with a check that is not built yet stands in ``verdicts.json`` alone: the other formats know no such
label. Every file is UTF-8 with sorted keys and a newline at its end, and holds no time of its making.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import robustness, verdicts, whole
from ..archive import Archive
from ..robustness import Robustness
from ..verdicts import Verdict
from .averitec import averitec
from .claimreview import claim_review
from .ledger import Ledger, as_json, ledger, schema

__all__ = ["Ledger", "as_json", "averitec", "claim_review", "files", "ledger", "schema", "write"]


def files(
    archive: Archive,
    site: str | None = None,
    both: Mapping[str, Sequence[Verdict]] | None = None,
    leaning: Mapping[str, Sequence[Robustness]] | None = None,
) -> dict[str, bytes]:
    """The content of every file of the export by its path within the folder.

    site: the whole address under which the report is published, for the addresses in ClaimReview. both,
    leaning: `verdicts.two_clocks` of every claim and `robustness.two_clocks` of every checked one, by id,
    where the caller has them already. With an empty `leaning` no robustness is computed, and none is told.
    """
    checked = [claim for claim in archive.claims if claim.is_checked]
    both = both or {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    if leaning is None:
        leaning = {claim.id: robustness.two_clocks(archive, claim, both[claim.id]) for claim in checked}
    today = {name: clocks[1] for name, clocks in leaning.items()}
    content: dict[str, object] = {
        "verdicts.json": ledger(archive, both, leaning).model_dump(mode="json"),
        "verdicts.schema.json": schema(),
        "averitec.json": [averitec(archive, claim, both[claim.id][0]) for claim in checked],
        "averitec_today.json": [averitec(archive, claim, both[claim.id][1]) for claim in checked],
        **{
            f"claimreview/{claim.id}.json": claim_review(
                archive, claim, both[claim.id][1], site, today.get(claim.id)
            )
            for claim in checked
        },
    }
    return {name: _bytes(one) for name, one in content.items()}


def _bytes(content: object) -> bytes:
    text = json.dumps(_rounded(content), indent=2, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _rounded(content: object) -> object:
    """Numbers to six digits after the point: the last digits of a sum differ from one machine to another."""
    if isinstance(content, float):
        return round(content, 6)
    if isinstance(content, Mapping):
        return {key: _rounded(value) for key, value in content.items()}
    return [_rounded(value) for value in content] if isinstance(content, list) else content


def write(content: Mapping[str, bytes], folder: Path) -> None:
    """Write each file whole or not at all; a ClaimReview of a claim that has none any more goes.

    content: what `files` gives. OSError when the folder cannot be written.
    """
    for name, one in content.items():
        whole.write(folder / name, one)
    for path in (folder / "claimreview").glob("*.json"):
        if f"claimreview/{path.name}" not in content:
            path.unlink()
