"""What the page "How to open the notebooks" shows: how a folder is opened, and asked something."""

from __future__ import annotations

from datetime import date

from ..archive import DATA, Archive

__all__ = ["context", "folder"]


def folder(archive: Archive) -> str | None:
    """The name of the folder that commands must be given; None for the one that they take themselves."""
    own = archive.tables.folder.resolve()
    return None if own == DATA else own.name


def context(archive: Archive) -> dict[str, object]:
    """The values of the template ``analysts.html``."""
    day = archive.article.published
    tables = [name for claim in archive.claims for check in claim.built for name in check.tables_used()]
    return {
        "claim": next((claim.id for claim in archive.claims if _has_tolerance(archive, claim.id)), None),
        "later": date(day.year + day.month // 12, day.month % 12 + 1, 1),
        "table": next(iter(tables), None),
    }


def _has_tolerance(archive: Archive, name: str) -> bool:
    """Whether a claim has a check `quantity` of a number, give or take."""
    checks = [check for check in archive.claim(name).built if check.key == "quantity"]
    return any(getattr(check, "tolerance", None) is not None for check in checks)
