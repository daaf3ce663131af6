"""The Markdown of notebooks as JupyterLab reads it, in Sphinx: no directives, no roles, links as they are.

What a link or a picture of it asks for is looked up among what the site has. A link that leads nowhere
stands as its words; in the place of a picture that is not there stands a note.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from markupsafe import escape
from myst_nb.sphinx_ import Parser
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from . import foreign
from .safe import VOID, fitted

__all__ = ["FOLDER", "NotebookParser", "Plain", "setup"]

FOLDER = "notebooks/"
_ANCHOR = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
# What IPython reads beside Python: shell commands, magics, questions.
_MAGIC = re.compile(r"^\s*[!%?]|\?\s*$", re.MULTILINE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)\b[^<>]*>")
_DROPPED = re.compile(rf"</?(?:{'|'.join((*foreign.NOTES, *foreign.DROPPED))})\b[^<>]*>", re.IGNORECASE)
_STARTING = re.compile(
    r"""\s(?:on\w+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>]+)|\w+\s*=\s*["']?\s*javascript:[^\s<>"']*["']?)(?=[^<>]*>)""",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)


class NotebookParser(Parser):  # type: ignore[misc]  # myst-nb has no types
    """As myst-nb's, with the Markdown of GitHub for what is a notebook: JupyterLab reads no more."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        env = document.settings.env
        whole = env.myst_config
        if env.docname.startswith(FOLDER):
            env.myst_config = whole.copy(gfm_only=True)
        try:
            super().parse(inputstring, document)
        finally:
            env.myst_config = whole


class Plain(SphinxTransform):
    """Makes of a notebook's links, pictures, code and HTML what a page of the site can hold."""

    default_priority = 210

    def apply(self, **kwargs: Any) -> None:
        if not self.env.docname.startswith(FOLDER):
            return
        for node in list(self.document.findall(nodes.literal_block)):
            _colour(node)
        for image in list(self.document.findall(nodes.image)):
            _show(image)
        for rule in list(self.document.findall(nodes.transition)):
            # docutils wants text on both sides of it.
            rule.replace_self(nodes.raw("", '<hr class="docutils">', format="html"))
        anchors = dict(_anchors(self.document))
        for link in list(self.document.findall(nodes.reference)):
            self._lead(link, anchors)
        tags: dict[nodes.Element, list[nodes.raw]] = {}
        for raw in list(self.document.findall(nodes.raw)):
            if raw.get("format") == "html" and not _is_output(raw):
                _tame(raw)
                tags.setdefault(raw.parent, []).append(raw)
        for parent, own in tags.items():
            _balance(parent, own)

    def _lead(self, link: nodes.reference, anchors: dict[str, str]) -> None:
        """Send a link where the site has what it asks for; one that leads nowhere becomes its words."""
        address = link.get("refuri", "")
        path, anchor = urlsplit(address).path, unquote(urlsplit(address).fragment)
        if re.match(r"[\w+.-]+:|//", address):
            if re.match(r"(?:https?|mailto):", address, re.IGNORECASE):
                return
        elif not path:
            if anchor.startswith("term-"):
                return self._inside(link, f"../glossary.html#{anchor}", "std std-ref")
            if found := anchors.get(anchor) or anchors.get(anchor.lower()):
                return self._inside(link, f"#{found}")
        elif path.endswith(".ipynb"):
            name = posixpath.normpath(posixpath.join(FOLDER, unquote(path)))
            if name.removesuffix(".ipynb") in self.env.found_docs:
                whole = posixpath.relpath(name.removesuffix(".ipynb"), FOLDER)
                return self._inside(link, f"{whole}.html")
        words = nodes.inline("", "", *link.children, classes=["left-link"])
        link.replace_self(words)

    @staticmethod
    def _inside(link: nodes.reference, address: str, classes: str = "") -> None:
        link["refuri"], link["internal"] = address, True
        if classes:
            words = nodes.inline("", "", *link.children, classes=classes.split())
            link.clear()
            link += words


def _is_output(node: nodes.Node) -> bool:
    """Whether a node stands in the outputs of a code cell, which are in form already."""
    while node := node.parent:
        if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            return True
    return False


def _colour(node: nodes.literal_block) -> None:
    """Colour code by its language, as far as it can be; a language that nobody knows is plain text."""
    language = node.get("language", "text")
    if language == "python" and _MAGIC.search(node.astext()):
        node["language"] = language = "ipython3"
    try:
        get_lexer_by_name(language)
        node["force"] = True
    except ClassNotFound:
        node["language"] = "text"
    if language == "mermaid" and node.parent is not None:
        told = foreign.note("Not drawn here: a diagram in Mermaid; its text stands above.")
        node.parent.insert(node.parent.index(node) + 1, nodes.raw("", str(told), format="html"))


def _show(image: nodes.image) -> None:
    """A picture of Markdown as the site has it; else a note."""
    address, words = image.get("uri", ""), " ".join(image.get("alt", "").split())
    image.replace_self(nodes.raw("", _picture(address, words), format="html"))


def _picture(address: str, words: str) -> str:
    if address.startswith(("../figures/", "data:image/")):
        return f'<img src="{escape(address)}" alt="{escape(words or "A picture without a description")}">'
    told = f"Not shown here: the picture {words or 'without a description'} ({address[:200]})"
    return f'<span class="left-out">{escape(told)}</span>'


def _tame(raw: nodes.raw) -> None:
    """Make the HTML of a Markdown cell fit: pictures as the site has them, nothing that starts a script."""

    def image(found: re.Match[str]) -> str:
        source = re.search(r"""\ssrc\s*=\s*["']?([^"'\s<>]+)""", found[0], re.IGNORECASE)
        words = re.search(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", found[0], re.IGNORECASE)
        return _picture(source[1] if source else "", (words[1] or words[2] or "") if words else "")

    text = _DROPPED.sub("", _IMAGE.sub(image, raw.astext()))
    raw.clear()
    raw += nodes.Text(fitted(_STARTING.sub("", text)))


def _balance(parent: nodes.Element, tags: Sequence[nodes.raw]) -> None:
    """Close at the end of a parent what is opened in its tags, and leave out what closes nothing there.

    Nothing of a cell takes in, or ends, what stands around it.
    """
    opened: list[str] = []

    def close(found: re.Match[str]) -> str:
        closing, name, alone = found[1], found[2].lower(), found[0].endswith("/>")
        if name in VOID or alone:
            return found[0]
        if not closing:
            opened.append(name)
            return found[0]
        if name not in opened:
            return ""
        inner = [opened.pop() for _ in range(opened[::-1].index(name) + 1)]
        return "".join(f"</{one}>" for one in inner)

    for raw in tags:
        text = raw.astext()
        whole = text if text.startswith("<!--") and text.rstrip().endswith("-->") else _TAG.sub(close, text)
        raw.clear()
        raw += nodes.Text(whole.replace("<!--", "&lt;!--") if "-->" not in whole else whole)
    if opened:
        parent += nodes.raw("", "".join(f"</{name}>" for name in reversed(opened)), format="html")


def _anchors(document: nodes.document) -> Iterator[tuple[str, str]]:
    """Every heading by the names that JupyterLab and GitHub give it, and what authors named themselves."""
    for section in document.findall(nodes.section):
        words = section[0].astext() if len(section) else ""
        for name in (words.replace(" ", "-"), re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")):
            yield name, section["ids"][0]
    for raw in document.findall(nodes.raw):
        for name in _ANCHOR.findall(raw.astext()):
            yield name, name


def setup(app: Sphinx) -> dict[str, bool]:
    """Put both in the place of what myst-nb has set up."""
    app.add_source_parser(NotebookParser, override=True)
    app.add_transform(Plain)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
