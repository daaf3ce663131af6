"""No table is kept for show: each is read by a claim, or cited by a notebook."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from ours import TABLES

from utils.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def asked(archive: Archive) -> Iterator[str]:
    """The tables that some check of a claim reads."""
    for claim in archive.claims:
        for check in claim.built:
            yield from check.tables_used()


def cited(path: Path) -> set[str]:
    """The names in the list of sources with which a notebook ends."""
    outputs = nbformat.read(path, as_version=4).cells[-1].outputs
    return set(
        re.findall(r"<tr><td[^>]*>(\w+)</td>", "".join(one.data.get("text/html", "") for one in outputs))
    )


def idle(tables: Iterable[str], archive: Archive, notebooks: Iterable[Path]) -> set[str]:
    """Those of the tables that nobody reads."""
    return set(tables) - set(asked(archive)) - {name for path in notebooks for name in cited(path)}


def test_no_table_is_idle(archive):
    assert idle(TABLES, archive, NOTEBOOKS) == set()


def test_a_table_that_nobody_reads_is_found(archive):
    assert idle([*TABLES, "invented"], archive, NOTEBOOKS) == {"invented"}
    only_claims = idle(TABLES, archive, [])
    assert only_claims and only_claims.isdisjoint(asked(archive))
    assert all(cited(path) & {row.id for row in archive.statements} for path in NOTEBOOKS)
