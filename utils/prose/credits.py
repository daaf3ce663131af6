"""Who told the rows, and who made the tables, that a page rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .. import words as wording
from ..evidence.schema import Statement
from .page import Rows, cite, cited_names, ids, open_archive
from .tables import table

__all__ = ["credit", "credit_of", "sources"]


@dataclass(frozen=True)
class Credit:
    """Who told a row, or made a table: their name, the day, where it was read and its address."""

    name: str
    teller: str
    published: date | None
    read_in: str
    address: str | None


def credit_of(name: str) -> Credit:
    """Who told the row, or made the table, of this name."""
    archive = open_archive()
    row = archive.rows.get(name)
    if isinstance(row, Statement):
        return Credit(name, archive.sources[row.source].name, row.published, row.outlet, row.url)
    if row is not None:
        return Credit(name, row.source, row.published, "", row.url)
    maker = archive.tables.maker(name)
    if maker is None:
        return Credit(name, "this project", None, "table by hand", None)
    datasets = [archive.tables.datasets[key] for key in archive.tables.declared[name].datasets]
    tellers = dict.fromkeys(dataset.maker for dataset in datasets)
    return Credit(
        name,
        "; ".join(tellers),
        None,
        f"table computed from: {maker.title}",
        f"https://github.com/{maker.repository}",
    )


def credit(rows: Rows, most: int = 6) -> str:
    """Who told the rows and made the tables, in few words: the tellers with most of them first.

    >>> credit(["isw_area"])
    'Institute for the Study of War and Critical Threats'
    """
    tellers: dict[str, int] = {}
    cite(rows)
    for row in ids(rows):
        for teller in re.split(r"; ", credit_of(row).teller):
            name = wording.teller(teller)
            tellers[name] = tellers.get(name, 0) + 1
    ranked = sorted(tellers, key=lambda name: (-tellers[name], name))
    return wording.foremost(ranked, most, "; ")


def sources() -> None:
    """The rows and tables that this page has cited, with tellers, outlets, days and addresses, for its last
    section; tables come first.

    >>> sources()
    Tables and rows that this page rests on, in order of publication...
    """
    import pandas

    credits = sorted(
        map(credit_of, cited_names()), key=lambda credit: (credit.published or date.min, credit.name)
    )
    lines = [
        {
            "Row": credit.name,
            "Published": credit.published,
            "Teller": credit.teller,
            "Read in": credit.read_in,
            "Address": credit.address or "",
        }
        for credit in credits
    ]
    table(
        pandas.DataFrame(lines, columns=["Row", "Published", "Teller", "Read in", "Address"]),
        caption="Tables and rows that this page rests on, in order of publication",
        rows=[],
    )
