"""Texts that run from right to left, each kept apart from the English sentence in which it stands.

Without that, a number behind such a name moves to its other side, and reads as part of the next name. HTML
has the element `bdi` for it (Unicode Standard Annex 9, isolates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from pathlib import Path

from ..archive import Archive
from ..words import teller
from .safe import PART, VOID

__all__ = ["Isolating", "isolate", "lines_apart"]

# Hebrew, Arabic and the other scripts from right to left, with their forms for display.
LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
RUNS_LEFT = re.compile(f"[{LEFTWARD}]")
RUNS_RIGHT = re.compile(rf"(?![{LEFTWARD}])[^\W\d_]")
# From the first such sign to the last, over blanks, digits and marks, but no mark that ends a name.
STRETCH = re.compile(rf"[{LEFTWARD}](?:(?:(?![{LEFTWARD}])[\W\d](?<![,;:()\n]))*[{LEFTWARD}]+)*")
BETWEEN = " \n\u00a0,;:/·"
TEXT_OF_XML = re.compile("(?<=>)[^<]+")
# What can hold no element.
WITHIN_NONE = {"option", "script", "select", "style", "svg", "textarea", "title"}
NEXT = re.compile(PART, re.DOTALL)
BODY = re.compile(r"<body\b.*", re.DOTALL)
# Isolates of Unicode, for what is no HTML.
FIRST_STRONG, END = "\u2068", "\u2069"


class Isolating:
    """What keeps the texts of one folder apart: each as a whole, wherever it stands in a sentence."""

    def __init__(self, archive: Archive) -> None:
        found = {text.strip() for text in _texts(archive) if RUNS_LEFT.search(text)}
        named = "|".join(re.escape(text) for text in sorted(found, key=lambda text: (-len(text), text)))
        self.needed = bool(found)
        self._apart = re.compile(f"(?:{named})|{STRETCH.pattern}") if found else STRETCH

    def text(self, text: str) -> str:
        """A text with isolates of Unicode around what runs from right to left."""
        return self._marked(text, FIRST_STRONG, END)

    def html(self, page: str) -> str:
        """A page with `bdi` around what runs from right to left in its body."""
        return BODY.sub(lambda body: "".join(self._parts(body[0])), page)

    def xml(self, feed: str) -> str:
        """A feed with such isolates, as its texts hold no elements."""
        if not self.needed:
            return feed
        return TEXT_OF_XML.sub(lambda text: escape(self.text(unescape(text[0])), quote=False), feed)

    def _parts(self, body: str) -> Iterator[str]:
        depth = 0
        for part in NEXT.finditer(body):
            name, markup = part["name"], part[0]
            if name is None:
                told = not depth and not markup.startswith("<") and RUNS_LEFT.search(markup)
                yield self._escaped(markup) if told else markup
                continue
            if name not in VOID and not part["empty"] and (depth or name in WITHIN_NONE):
                depth += -1 if part["close"] else 1
            yield markup

    def _escaped(self, markup: str) -> str:
        marked = self._marked(unescape(markup), FIRST_STRONG, END)
        return escape(marked, quote=False).replace(FIRST_STRONG, "<bdi>").replace(END, "</bdi>")

    def _marked(self, text: str, before: str, after: str) -> str:
        if not RUNS_RIGHT.search(text):
            # Nothing else is in it: its brackets and its full stop are its own, marks between texts are not.
            own = text.strip(BETWEEN)
            return text.replace(own, f"{before}{own}{after}") if RUNS_LEFT.search(own) else text
        return self._apart.sub(lambda found: f"{before}{found[0]}{after}", text)


def isolate(isolating: Isolating, site: Path) -> None:
    """Keep the texts of a folder apart on every page of its built site."""
    if isolating.needed:
        for path in sorted(site.rglob("*.html")):
            path.write_text(isolating.html(path.read_text(encoding="utf-8")), encoding="utf-8")


def lines_apart(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a text that has isolates, each with what is open at its beginning and its end."""
    open_before = False
    for line in lines:
        opened = line.rfind(FIRST_STRONG) > line.rfind(END) or (open_before and END not in line)
        yield f"{FIRST_STRONG if open_before else ''}{line}{END if opened else ''}"
        open_before = opened


def _texts(archive: Archive) -> Iterator[str]:
    """All that people wrote in a folder: names, words, notes, wordings; tellers also without their office."""
    rows = (archive.article, *archive.claims, *archive.sources.values(), *archive.quantities.values())
    for row in (*rows, *archive.statements, *archive.events, *archive.glossary):
        yield from _within(row.model_dump())
    for source in archive.sources.values():
        yield from (teller(source.name), teller(source.name, brief=True))


def _within(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _each(value.values())
    elif isinstance(value, list | tuple):
        yield from _each(value)


def _each(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield from _within(value)
