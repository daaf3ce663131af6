"""Tellers and words made for tests, beside the claims and the quantities of the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from utils.archive import Archive
from utils.checks import METHODS, Finding
from utils.checks.occurrence import OccurrenceCheck
from utils.evidence.schema import Source, Statement

MATTER = "nk_combat_confirmed"  # counts nothing: it is affirmed or denied
FIRST, LAST = date(2024, 11, 1), date(2024, 11, 12)  # twelve days
# The ratios of the letters used here: C 3, B 5, A 9, F 1.8.


def source(name: str, party: str = "none", reliability: str = "C", **cells: object) -> Source:
    """A teller."""
    plain = {"id": name, "name": name, "party": party, "co_party": None, "kind": "press", "reason": "-"}
    return Source.model_validate({**plain, "reliability": reliability, **cells})


# Three outsiders of three parties, a second one of the first party, and two warring parties.
SOURCES = {
    one.id: one
    for one in (
        source("ann", "us"),
        source("bea", "kr"),
        source("cem", "nato"),
        source("abe", "us"),
        source("kyiv", "ua"),
        source("moscow", "ru"),
    )
}


def word(
    name: str,
    teller: str,
    stance: str | None = "affirms",
    days: tuple[int, int] = (4, 4),
    published: date | int = 13,
    **cells: object,
) -> Statement:
    """A word of a teller on days of November 2024, first to last; published: a day of it as well."""
    first, last = (date(2024, 11, day) for day in days)
    told = {"id": name, "origin": name, "source": teller, "stance": stance, "quantity": MATTER}
    told |= {"valid_from": first, "valid_to": last, "dating": "day", "access": "official"}
    told |= {"published": published if isinstance(published, date) else date(2024, 11, published)}
    told |= {"outlet": name, "status": "sound", "note": None, "url": None}
    told |= {"value": None, "low": None, "high": None}
    return Statement.model_validate({**told, **cells})


def told(archive: Archive, *rows: Statement, sources: tuple[Source, ...] = (), **changes: object) -> Archive:
    """An archive of these words alone, with the tellers above and more."""
    ordered = tuple(sorted(rows, key=lambda row: (row.published, row.id)))
    tellers = {**archive.sources, **SOURCES, **{one.id: one for one in sources}}
    return replace(archive, **{"statements": ordered, "events": (), "sources": tellers, **changes})


def asked(**changes: object) -> OccurrenceCheck:
    """Whether it was so on some day of the first twelve of November."""
    plain = {"method": "occurrence", "says": "it was so", "counts": [MATTER], "since": FIRST, "until": LAST}
    return OccurrenceCheck.model_validate({**plain, **changes})


def found(archive: Archive, check: OccurrenceCheck) -> Finding:
    """What the check finds."""
    return METHODS[check.method].check(archive, archive.claim("C09"), check)
