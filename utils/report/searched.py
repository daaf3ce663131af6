"""What the search looks through: sections of pages and rows of the data, each with its weight."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from html import unescape
from pathlib import Path

from ..archive import Archive
from ..words import bounded, in_unit, written_day
from .packed import pack
from .safe import PART, VOID, plain

__all__ = ["KINDS", "Document", "Kept", "of_rows", "script", "sections"]

# How much a find counts, and what the kind is called for one and for several.
KINDS = {
    "claim": (8.0, "section on a claim", "sections on the claims"),
    "glossary": (5.0, "term of the glossary", "terms of the glossary"),
    "notebook": (2.5, "section of a notebook", "sections of notebooks"),
    "dataset": (2.0, "section on the datasets", "sections on the datasets"),
    "page": (1.5, "section of another page", "sections of other pages"),
    "quantity": (1.2, "quantity", "quantities"),
    "statement": (1.0, "statement", "statements"),
    "event": (1.0, "event", "events"),
    "source": (0.8, "source", "sources"),
}
# A row that is not sound is found, behind those that are.
NOT_SOUND = 0.5
# What is no text of a section, or stands in it a second time: rows have documents of their own.
WITHOUT = {"button", "option", "pre", "script", "select", "style", "svg", "table", "template"}
UNSEEN = re.compile(r'class="[^"]*\b(?:headerlink|needs-script|origins|choices|hide)\b')
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
NEXT = re.compile(PART, re.DOTALL)
SECTION = re.compile(r'<(?:section|h3)\b[^>]*?\bid="([^"]+)"')


@dataclass(frozen=True)
class Document:
    """Something to find: a title, its address in the site, its words, and its share of its kind's weight."""

    kind: str
    title: str
    address: str
    text: str
    weight: float = 1.0


def kind_of(page: str) -> str:
    """The kind of what stands on a page of this name."""
    folder = page.partition("/")[0]
    return {"claims": "claim", "notebooks": "notebook", "glossary": "glossary", "datasets": "dataset"}.get(
        folder, "page"
    )


@dataclass
class _Section:
    """A part of a page while it is read: its address on the page, and the words of its heading and below."""

    anchor: str
    heading: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def sections(page: str, body: str) -> Iterator[Document]:
    """The sections of a page, well-formed HTML, by headings that have an address.

    A section's title names its page as well; without words it is left out.
    """
    whole = ""
    for place, part in enumerate(_parts(body)):
        own, words = _text(part.heading), _text(part.words)
        whole = whole or own
        title = f"{whole.rstrip('.')}: {own}" if own and own != whole else whole
        if words or (own and place == 1):
            yield Document(kind_of(page), title, f"{page}.html#{part.anchor}", words)


def _parts(body: str) -> list[_Section]:
    """A page from heading to heading; the first part is what stands above them all."""
    found, depth, anchor, in_heading = [_Section("")], 0, "", False
    for part in NEXT.finditer(body):
        name, markup, closes = part["name"], part[0], bool(part["close"])
        if depth:
            depth += 0 if name is None or name in VOID or part["empty"] else -1 if closes else 1
        elif name is None:
            if not markup.startswith("<"):
                (found[-1].heading if in_heading else found[-1].words).append(markup)
        else:
            if name not in INLINE:
                found[-1].words.append(" ")
            if not closes and (given := SECTION.match(markup)):
                anchor = given[1]
            if name in ("h1", "h2", "h3"):
                # A heading without an address of its own is text of the part that it stands in.
                in_heading = bool(anchor) and not closes
                found += [_Section(anchor)] if in_heading else []
                anchor = "" if in_heading else anchor
            elif not closes and name not in VOID and (name in WITHOUT or UNSEEN.search(markup)):
                depth = 1
    return found


def _text(parts: Sequence[str]) -> str:
    return " ".join(unescape("".join(parts)).split())


def of_rows(archive: Archive) -> Iterator[Document]:
    """Every statement, event, source and quantity of the data."""
    for row in archive.statements:
        source, quantity = archive.sources[row.source], archive.quantities[row.quantity]
        figure = bounded(row.value, row.low, row.high)
        told = in_unit(figure, quantity.unit) if figure else row.stance or ""
        days = written_day(row.published)
        text = f"Published {days}, {row.outlet}. {row.note or ''}"
        title = f"{row.id}, {source.name}: {quantity.label}, {told}"
        weight = 1.0 if row.status == "sound" else NOT_SOUND
        yield Document("statement", title, f"statements.html#{row.id}", text, weight)
    for event in archive.events:
        text = f"{written_day(event.date)}. {event.source}"
        yield Document("event", f"{event.id}, {event.title}", f"statements.html#{event.id}", text)
    for name, source in sorted(archive.sources.items()):
        yield Document("source", source.name, f"sources.html#source-{name}", source.reason)
    for name, quantity in archive.quantities.items():
        address = f"datasets.html#quantity-{name}"
        yield Document("quantity", quantity.label, address, f"{quantity.definition} {quantity.unit}")


@dataclass(frozen=True)
class Kept:
    """The documents of pages, kept in a folder by page, so that only changed pages are read again."""

    folder: Path

    def write(self, page: str, body: str) -> None:
        """Keep the sections of a page."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{page.replace('/', '-')}.json"
        rows = [astuple(one) for one in sections(page, body)]
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    def read(self) -> Iterator[Document]:
        """The sections of all pages, by the name of the page."""
        for path in sorted(self.folder.glob("*.json")):
            for row in json.loads(path.read_text(encoding="utf-8")):
                yield Document(*row)


def script(documents: Sequence[Document], apart: Callable[[str], str] = str) -> str:
    """The documents as a script that a page loads from the disk.

    apart: what keeps texts from right to left apart from those around them.
    """
    texts = [apart(str(plain(text))) for one in documents for text in (one.title, one.text)]
    words, packed = pack(texts)
    kinds = list(KINDS)
    pages = list(dict.fromkeys(one.address.partition("#")[0] for one in documents))
    rows = []
    for place, one in enumerate(documents):
        page, _, anchor = one.address.partition("#")
        title, text = packed[2 * place : 2 * place + 2]
        rows.append([kinds.index(one.kind), title, pages.index(page), anchor, text, one.weight])
    content = {"kinds": list(KINDS.values()), "pages": pages, "words": words, "documents": rows}
    return f"window.searched={json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"
