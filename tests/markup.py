"""HTML as tests read it: its elements, its words, what does not close, and what could do harm."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["Markup", "harmful", "read"]

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Markup(HTMLParser):
    """What a page or a piece of one holds: elements with attributes, words, scripts, and tags that do not
    match; links within links are among these."""

    text: str
    elements: list = field(default_factory=list)
    words: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    unmatched: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.feed(self.text)
        self.close()
        self.unmatched += self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "a" and "a" in self.open:
            self.unmatched.append("a link within a link")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unmatched.append(f"/{tag}")

    def handle_data(self, data):
        (self.blocks if self.open and self.open[-1] == "script" else self.words).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def read(site: Path) -> dict[str, Markup]:
    """Every page of a site by its path below it."""
    return {
        path.relative_to(site).as_posix(): Markup(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def harmful(page: Markup) -> list[str]:
    """What a page holds that could run, load from elsewhere, or style from within."""
    found = []
    for tag, attributes in page.elements:
        found += [f"{tag} {name}" for name in attributes if name.startswith("on") or name == "style"]
        if tag in ("style", "iframe", "object", "embed", "base"):
            found.append(tag)
        if tag == "script" and attributes.get("type") != "application/ld+json":
            address = attributes.get("src", "inline")
            if not re.fullmatch(r"(\.\./)*(_static/\w+\.js|searchindex\.js)", address):
                found.append(f"script {address}")
        for name in ("href", "src", "action", "xlink:href", "srcset", "poster"):
            address = (attributes.get(name) or "").strip()
            scheme = urlsplit(re.sub(r"[\s\x00-\x20]", "", address)).scheme.lower()
            if scheme not in ("", "http", "https") or (scheme and (tag, name) != ("a", "href")):
                found.append(f"{tag} {name}={address[:60]}")
    return found
