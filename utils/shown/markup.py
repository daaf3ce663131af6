"""A view as HTML of one screen: a title, a list of facts and tables, readable without a stylesheet.

It sets no colour, so that it is as light or dark as the page around it.
"""

from __future__ import annotations

from html import escape

from ..words import number
from .view import Listing, View, short

__all__ = ["START", "markup"]

# JupyterLab puts every cell of a table to the right, and only what a cell says itself goes before that; of
# `start`, which is the same here, its sanitizer knows nothing.
START = ' style="text-align:left"'
VALUE, CELL = 400, 160


def markup(view: View) -> str:
    """The view in a block of its own, everything in it escaped."""
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(short(value, VALUE))}</dd>" for name, value in view.facts
    )
    title = f"<p><strong>{escape(short(view.title, VALUE))}</strong></p>"
    told = f"<dl>{facts}</dl>" if facts else ""
    return f'<div class="shown">{title}{told}{"".join(map(_listing, view.listings))}</div>'


def _listing(listing: Listing) -> str:
    heading = escape(listing.heading)
    head = "".join(f'<th scope="col"{_side(name, listing)}>{escape(name)}</th>' for name in listing.columns)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(name, listing)}>{escape(short(cell, CELL))}</td>"
            for name, cell in zip(listing.columns, row, strict=True)
        )
        + "</tr>"
        for row in listing.rows
    )
    left = f"<p>… {number(listing.left)} more</p>" if listing.left else ""
    caption = "" if listing.folded else f"<caption{START}>{heading}</caption>"
    table = (
        f'<div class="table-wrapper"><table class="data">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{left}"
    )
    return f"<details><summary>{heading}</summary>{table}</details>" if listing.folded else table


def _side(name: str, listing: Listing) -> str:
    return ' class="number"' if name in listing.numbers else START
