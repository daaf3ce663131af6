"""Figures made for tests, and the kinds of the archive's quantities."""

import csv
from datetime import date, timedelta
from pathlib import Path

from utils.checks.grading import Figure

START = date(2024, 9, 1)


def kinds() -> dict[str, str]:
    """The kind of each quantity of the archive."""
    with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8") as file:
        return {row["quantity"]: row["kind"] for row in csv.DictReader(file)}


def figure(
    name, source, day, value=None, low=None, high=None, *, published=None, since=None, **other
) -> Figure:
    """A figure for `day` days after the start, published the day after; `since`: first day of its span."""
    fields = {
        "id": name,
        "quantity": "force",
        "kind": "stock",
        "source": source,
        "party": source[0],
        "origin": name,
        "value": value,
        "low": low,
        "high": high,
        "valid_from": START + timedelta(days=day if since is None else since),
        "valid_to": START + timedelta(days=day),
        "published": START + timedelta(days=day + 1 if published is None else published),
        "access": "official",
    }
    return Figure(**{**fields, **other})
