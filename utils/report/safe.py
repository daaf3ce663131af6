"""What keeps foreign text harmless: no formula in a CSV, no mark that turns a line around, no Markdown.

Escaping for HTML is Jinja's; everything here is what escaping does not cover.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

__all__ = ["PART", "VOID", "cell", "csv_text", "fitted", "heading", "plain"]

# Elements of HTML that are never closed.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The next part of well-formed HTML: a comment, a tag with its name, or text.
PART = r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)[^>]*?(?P<empty>/?)>|[^<]+"
# Marks that turn the direction of what follows, up to the end of the line: they hide what a text says.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"[+-]?[\d.,]+(?:e[+-]?\d+)?", re.IGNORECASE)
_EMPTY_HEADING = re.compile(r"<th[^<>]*>\s*</th>")
_TABLE = re.compile(r'(?<!<div class="table-wrapper">)<table\b.*?</table\s*>', re.IGNORECASE | re.DOTALL)
_STYLE_SHEET = re.compile(r"<style\b.*?</style\s*>", re.IGNORECASE | re.DOTALL)
# Within a tag, as no tag begins between it and the end of that one.
_STYLE = re.compile(r"""\sstyle\s*=\s*(?:"[^"]*"|'[^']*')(?=[^<>]*>)""", re.IGNORECASE)


def fitted(html: str) -> str:
    """HTML of a cell's output as it fits the pages.

    It is without styles, which their policy refuses, and without headings of nothing, as the corner of pandas
    tables is one; each table has a box that scrolls.
    """
    bare = _STYLE.sub("", _STYLE_SHEET.sub("", html))
    return _TABLE.sub(r'<div class="table-wrapper">\g<0></div>', _EMPTY_HEADING.sub("<td></td>", bare))


def plain(value: object) -> object:
    """A text without marks that turn its direction; every other value as it is."""
    return _TURNING.sub("", value) if type(value) is str else value


def heading(text: str) -> str:
    """A text of one line in which Markdown finds nothing to format."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(str(plain(text)).split()))


def cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula: one that could be gets a leading apostrophe."""
    text = "" if value is None else str(plain(value))
    formula = text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if formula and not _NUMBER.fullmatch(text) else text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV, every cell safe to open in a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([cell(one) for one in row] for row in rows)
    return text.getvalue()
