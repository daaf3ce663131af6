"""Figures made for tests."""

from datetime import date, timedelta

from utils.checks.grading import Figure

START = date(2024, 9, 1)


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
