"""How what was drawn stands in the tables of a data folder: a row for each teller, matter and telling.

With `utils.calibration.asked` the only module that knows the schema. When the schema changes, these change
with it: nothing that draws truth or tellings knows a column.
"""

from __future__ import annotations

from typing import Any

from .case import Matter, Series, Stays, Teller, Telling

__all__ = ["cells", "quantity", "resource", "source", "statement"]

KINDS = {"north": "military", "south": "military", "coast": "government", "league": "alliance"}
HORIZON_DAYS = 90
SERIES = {"date": "date", "place": "string", "published": "date", "level": "number"}
STAYS = {"unit": "string", "place": "string", "first_seen": "date", "last_seen": "date"}
KEY = 3  # how many of the first columns of a table make its key, which is the order of its rows


def source(teller: Teller) -> dict[str, object]:
    """The row of a teller."""
    return {
        "id": teller.name,
        "name": f"Teller {teller.name}",
        "party": teller.party,
        "co_party": "",
        "derived_from": teller.eyes if teller.derived_known else "",
        "speaks_for": "",
        "kind": KINDS.get(teller.party, "institute"),
        "reliability": teller.letter,
        "reason": "Drawn.",
    }


def quantity(matter: Matter) -> dict[str, object]:
    """The row of a matter."""
    return {
        "id": matter.name,
        "unit": matter.unit or "none",
        "tense": "forecast" if matter.foreseen else "observed",
        "kind": _kind(matter),
        "horizon_days": HORIZON_DAYS,
        "label": f"Matter {matter.name}",
        "definition": "Made up.",
    }


def statement(name: str, telling: Telling) -> dict[str, object]:
    """The row of a telling."""
    stance = {True: "affirms", False: "denies", None: ""}[telling.affirms]
    return {
        "id": name,
        "quantity": telling.matter,
        "value": spelled(telling.number),
        "low": spelled(telling.at_least),
        "high": spelled(telling.at_most),
        "valid_from": telling.first,
        "valid_to": telling.last,
        "published": telling.public,
        "dating": "day",
        "source": telling.teller,
        "outlet": telling.outlet,
        "language": "",
        "origin": telling.origin,
        "access": telling.access,
        "standing": "",
        "stance": stance,
        "status": "sound",
        "note": "",
        "url": "",
        "read": "",
        "archived": "",
    }


def _kind(matter: Matter) -> str:
    """How a matter behaves in time; what is added up over days is a rate."""
    if matter.foreseen or matter.unit is None:
        return "other"
    return "rate" if matter.adds_up else "stock"


def spelled(number: float | None) -> str:
    """A number as a cell holds it; nothing for none."""
    if number is None:
        return ""
    return f"{number:.1f}".removesuffix(".0")


def resource(table: Series | Stays, dataset: str) -> dict[str, Any]:
    """The description of a table in `datapackage.json`."""
    columns = SERIES if isinstance(table, Series) else STAYS
    fields = [
        {"name": name, "type": kind, "constraints": {"required": True}} for name, kind in columns.items()
    ]
    return {
        "name": table.name.replace("_", "-"),
        "path": f"tables/{table.name}.csv",
        **({"day": "date"} if isinstance(table, Series) else {"day": "first_seen", "lastDay": "last_seen"}),
        "title": "A made-up table.",
        "description": "What is not there was not shown.",
        "datasets": [dataset],
        "profile": "tabular-data-resource",
        "schema": {"fields": fields, "primaryKey": list(columns)[:KEY], "missingValues": [""]},
    }


def cells(table: Series | Stays) -> list[tuple[object, ...]]:
    """A table as its file holds it, the header first."""
    if isinstance(table, Series):
        return [tuple(SERIES), *((*row[:3], spelled(row[3])) for row in table.rows)]
    return [tuple(STAYS), *table.rows]
