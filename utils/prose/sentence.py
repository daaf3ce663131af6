"""Sentences whose values are bound; a number that is stated by hand is refused."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from .. import words as wording
from ..evidence.nearest import require
from ..mime import SENTENCE_MIME
from ..verdicts import Verdict
from ..words import loose_numerals
from .bound import Bound, of
from .cards import folded
from .page import cited_names, display, open_archive

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
    parts: list[str | Bound] = []
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
        parts.append(bound)
    if unplaced := values.keys() - placed:
        raise KeyError(f"no place for {', '.join(sorted(unplaced))}")
    _show(parts)


def _show(parts: Sequence[str | Bound]) -> None:
    """Display a sentence; its HTML is for JupyterLab, as the report makes its own of the parts."""
    plain = "".join(part if isinstance(part, str) else part.text for part in parts)
    markup = "".join(escape(part) if isinstance(part, str) else _marked(part) for part in parts)
    stored = [part if isinstance(part, str) else _part(part) for part in parts]
    card = folded(open_archive(), [part for part in parts if isinstance(part, Bound)])
    display(plain, f"<p>{markup}</p>{card}", {SENTENCE_MIME: {"parts": stored}})


def _part(bound: Bound) -> dict[str, Any]:
    """A bound value as the page keeps it."""
    return {**asdict(bound), "value": _stored(bound.value)}


def _stored(value: float | str | tuple[float, float]) -> float | str | list[float]:
    """A value as the page keeps it: nine significant digits, as the last ones differ between processors."""
    if isinstance(value, tuple):
        return [_nine_digits(end) for end in value]
    return value if isinstance(value, str) else _nine_digits(value)


def _nine_digits(value: float) -> float:
    rounded = float(f"{value:.9g}")
    # Whole numbers without a point, as JavaScript writes them when JupyterLab saves.
    return int(rounded) if rounded.is_integer() else rounded


def _marked(bound: Bound) -> str:
    """A bound value with what a pointer at rest tells of it: its rounding and how many rows it rests on."""
    many = wording.counted(len(bound.rows), "row or table", "rows or tables")
    title = f"{bound.rounding}; {many}" if bound.rows else bound.rounding
    return f'<span title="{escape(title)}">{escape(bound.text)}</span>'
