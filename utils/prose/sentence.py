"""Sentences whose values are bound; a number that is stated by hand is refused."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from typing import Any

from .. import words as wording
from ..evidence.nearest import require
from ..mime import SENTENCE_MIME
from ..verdicts import Verdict
from ..words import loose_numerals
from .bound import Bound, of
from .credits import credit_of
from .page import cited_names, display

__all__ = ["loose_numerals", "say"]


def say(template: str, **values: Bound | Verdict) -> None:
    """State a sentence; every ``{name}`` in it is a `Bound`, and ``{name.share}`` is `of` a verdict.

    ValueError for a number in the template itself, TypeError for a value that is not bound, KeyError for a
    name without a value or a value without a place.

    >>> from utils import prose
    >>> say("It was said by {many}.", many=prose.count(archive.statements[:2], "row"))
    It was said by 2 rows.
    """
    if loose := loose_numerals(re.sub(r"\{[\w.]+\}", "", template)):
        raise ValueError(f"numbers stated by hand: {', '.join(loose)}")
    parts: list[str | dict[str, Any]] = []
    placed = set()
    for text, place, _, _ in string.Formatter().parse(template):
        parts += [text] if text else []
        if place is None:
            continue
        name, _, part = place.partition(".")
        placed.add(name)
        require("value in the sentence for", name, values)
        bound = values[name]
        if part and isinstance(bound, Verdict):
            bound = of(bound, part)
        elif part or not isinstance(bound, Bound):
            raise TypeError(f"{place} is {type(bound).__name__}, not a bound value")
        cited_names().update(dict.fromkeys(bound.rows))
        parts.append({**asdict(bound), "value": _stored(bound.value)})
    if unplaced := values.keys() - placed:
        raise KeyError(f"no place for {', '.join(sorted(unplaced))}")
    plain = "".join(part if isinstance(part, str) else part["text"] for part in parts)
    markup = "".join(escape(part) if isinstance(part, str) else _link(part) for part in parts)
    display(plain, f"<p>{markup}</p>", {SENTENCE_MIME: {"parts": parts}})


def _stored(value: float | str | tuple[float, float]) -> float | str | list[float]:
    """A value as the page keeps it: nine significant digits, as the last ones differ between processors."""
    if isinstance(value, tuple):
        return [_nine_digits(end) for end in value]
    return value if isinstance(value, str) else _nine_digits(value)


def _nine_digits(value: float) -> float:
    rounded = float(f"{value:.9g}")
    # Whole numbers without a point, as JavaScript writes them when JupyterLab saves.
    return int(rounded) if rounded.is_integer() else rounded


def _link(part: Mapping[str, Any]) -> str:
    """A bound value as a link to the page of its first row, for JupyterLab; the report shows a card."""
    addresses = (credit_of(name).address for name in part["rows"])
    address = next((one for one in addresses if one), None)
    title = escape(
        f"{wording.unit(part['unit'])}, {part['rounding']}; rows {', '.join(part['rows']) or 'none'}"
    )
    if address is None:
        return f'<span title="{title}">{escape(part["text"])}</span>'
    return f'<a href="{escape(address)}" title="{title}">{escape(part["text"])}</a>'
