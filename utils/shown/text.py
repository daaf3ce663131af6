"""A view as plain text of at most fifteen lines."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ..words import number
from .view import Listing, View, short

__all__ = ["LINES", "WIDTH", "line", "text"]

LINES, WIDTH = 15, 100
# Facts and letters of a cell that are shown, and lines from which a listing has the names of its columns.
FACTS, CELL, HEADED = 8, 60, 4


def line(view: View) -> str:
    """The title alone."""
    return short(view.title, WIDTH)


def text(view: View) -> str:
    """Title, facts and as many rows of each listing as there are lines for."""
    lines = [*_wrapped(view.title, "", 2), *_facts(view)]
    for place, listing in enumerate(view.listings):
        lines += _listing(listing, (LINES - len(lines)) // (len(view.listings) - place))
    return "\n".join(short(one, WIDTH) for one in lines[:LINES])


def _wrapped(words: str, begin: str, most: int) -> list[str]:
    """Words in so many lines at most, those after the first as far in as the first one begins."""
    wrap = textwrap.TextWrapper(
        WIDTH, initial_indent=begin, subsequent_indent=" " * len(begin), max_lines=most, placeholder="…"
    )
    return wrap.wrap(words) or [begin]


def _facts(view: View) -> list[str]:
    """The facts, each in as many lines as leave three to each listing, or all that it has."""
    facts = view.facts[:FACTS]
    width = max((len(name) for name, _ in facts), default=0)
    room = LINES - 2 - sum(min(1 + one.total, 3) for one in view.listings)
    lines: list[str] = []
    for most in (1, 2, 3):
        longer = [
            one for name, value in facts for one in _wrapped(value, f"  {f'{name}:'.ljust(width + 1)} ", most)
        ]
        lines = longer if most == 1 or len(longer) <= room else lines
    return lines


def _listing(listing: Listing, lines: int) -> list[str]:
    """Heading, names of columns and rows in so many lines; without the names where there is little room."""
    if lines < 2:
        return [f"  {listing.heading}"][:lines]
    heads = [listing.columns] if lines >= HEADED else []
    room = lines - 1 - len(heads)
    rows = listing.rows[: room if listing.total <= room else room - 1]
    left = listing.total - len(rows)
    ends = [f"    … {number(left)} more"] if left else []
    return [f"  {listing.heading}", *_columns([*heads, *rows], listing), *ends]


def _columns(rows: Sequence[tuple[str, ...]], listing: Listing) -> list[str]:
    """Cells below each other, each but the last of its row cut."""
    cut = [[*(short(cell, CELL) for cell in row[:-1]), row[-1]] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cut, strict=True)]
    return [
        "    "
        + "  ".join(
            f"{cell:>{width}}" if name in listing.numbers else f"{cell:{width}}"
            for cell, width, name in zip(row, widths, listing.columns, strict=True)
        ).rstrip()
        for row in cut
    ]
