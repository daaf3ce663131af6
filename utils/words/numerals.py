"""Numbers that somebody wrote into a text by hand, where values are bound."""

from __future__ import annotations

import re

from .days import months

__all__ = ["loose_numerals"]

_MONTH = f"(?:{'|'.join(months())})"
# What may stand in prose as digits: days, years that are named as years, claim, row and notebook names.
_ALLOWED = re.compile(
    r"`[^`]*`"
    r"|\]\([^)]*\)"
    rf"|\b\d{{1,2}}(?: (?:to|and|or) \d{{1,2}})? {_MONTH}(?: \d{{4}})?"
    rf"|\b{_MONTH} \d{{4}}"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b(?i:in|of|since|by|until|from|early|late) (?:19|20)\d{2}\b"
    r"|\b[A-Z]\d{2}\b(?: to [A-Z]\d{2}\b)?"
    r"|\bparagraphs? \d+(?:(?:, | and )\d+)*"
    r"|\bICD 203\b"
    r"|\b\d{2}_[a-z_]+"
)


def loose_numerals(text: str) -> list[str]:
    """Numbers in a text that are stated by hand; dates, claim ids and paragraph numbers are not."""
    return re.findall(r"\d[\d,.]*", _ALLOWED.sub(" ", text))
