"""Outputs of notebooks that are not this project's own, as a static page can show them.

What only a running program could show (scripts, frames, controls), what comes from another place and what
the pages' policy refuses (styles) is left out, and a note at its place says so. Long texts and tables fold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from ..words import counted, foremost, number
from . import formulas
from .render import render
from .safe import VOID, fitted, plain

__all__ = ["DROPPED", "NOTES", "Lines", "folded", "html", "is_long", "note", "output", "settled"]

LINES, SHOWN, ROWS, SIGNS = 60, 20, 100, 1_000_000
NOTES = {
    "iframe": "a page inside the page",
    "script": "a part that a script draws",
    "video": "a film",
    "audio": "a sound",
    "object": "an embedded file",
    "embed": "an embedded file",
    "form": "a form",
}
# How the tables of this project begin; its pages lead to their rows.
OWN_TABLE = '<table class="data">'
# Of a page's head, and what would change it for all that follows.
DROPPED = ("base", "link", "meta", "title", "noscript", "template")
SUSPECT = re.compile(rf"<(?:{'|'.join((*NOTES, *DROPPED))}|img)\b|\son\w+\s*=|javascript:", re.IGNORECASE)
COLOURS = re.compile(
    r"(?:background(?:-color)?|(?<![-\w])color)\s*:\s*(?!inherit|transparent)", re.IGNORECASE
)
STYLED = re.compile(r"<style\b.*?</style\s*>|\sstyle\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE | re.DOTALL)
ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]")
TEXTS = ("text/html", "text/latex", "text/markdown", "text/plain")

# Lines that say what is not shown.
Lines = list[str]


def output(data: Mapping[str, Any]) -> tuple[Markup | None, Lines]:
    """The HTML of an output that is no picture, and what is not shown of it; None for one that can stay."""
    if "text/html" in data:
        shown, left = html(data["text/html"])
        return shown + _noted(left), left
    if "text/latex" in data:
        return _formula(data["text/latex"])
    if "text/markdown" in data:
        return None, []
    objects = [mime for mime in data if mime.endswith("json") and mime.startswith("application/")]
    if "application/json" in objects or (objects and "geo" in objects[0]):
        return _json(data[objects[0]]), []
    others = [mime for mime in data if mime not in TEXTS]
    left = [f"an output of the type {foremost(others, 3)}"] if others else []
    if "text/plain" not in data:
        return _noted(left) if left else None, left
    text = settled(data["text/plain"])
    if not left and not is_long(text):
        return None, []
    return (folded(text) if is_long(text) else Markup("<pre>{}</pre>").format(text)) + _noted(left), left


def note(words: str) -> Markup:
    """A sentence in the place of what is not shown."""
    return render("left_out.html", words=words)


def _noted(left: Sequence[str]) -> Markup:
    return Markup("").join(note(f"Only in the notebook: {one}.") for one in left)


def _formula(tex: str) -> tuple[Markup, Lines]:
    bare = re.sub(r"^\$+|\$+$|^\\\[|\\\]$", "", tex.strip())
    drawn, known = formulas.markup(bare.replace(r"\displaystyle", ""), block=True)
    left = [] if known else [f"the drawing of a formula ({' '.join(bare.split())[:60]})"]
    return Markup(f'<div class="formula">{drawn}</div>') + _noted(left), left


def _json(content: Any) -> Markup:
    """JSON as JupyterLab opens it: folded."""
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except ValueError:
            return folded(content)
    text = json.dumps(content, indent=2, ensure_ascii=False)
    return _fold("JSON", str(plain(text[:SIGNS])))


def settled(text: str) -> str:
    """A printed text as a terminal leaves it: overwritten lines, erased signs, no marks that turn it around.

    Control characters other than those of colours are shown as signs.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    text = "\n".join(_overwritten(line) if "\r" in line else line for line in lines)
    while "\b" in text and (shorter := re.sub(r"[^\n\x08]\x08", "", text)) != text:
        text = shorter
    return str(plain(CONTROL.sub(lambda sign: chr(0x2400 + min(ord(sign[0]), 33)), text)))


def _overwritten(line: str) -> str:
    """What is seen of a line whose writer went back to its beginning."""
    seen = ""
    for part in line.split("\r"):
        seen = part + seen[len(part) :]
    return seen


def is_long(text: str) -> bool:
    """Whether a text folds."""
    return text.count("\n") > LINES or len(text) > 200 * LINES


def folded(text: str) -> Markup:
    """A long text: its first lines, and all of it in a fold; a very long one up to `SIGNS` signs."""
    bare = ANSI.sub("", text).replace("\x1b", "␛")
    lines = bare.rstrip("\n").split("\n")
    first = "\n".join(lines[:SHOWN])[: 80 * SHOWN]
    named = f"All {counted(len(lines), 'line')}" if len(lines) > 1 else f"All {number(len(bare))} characters"
    more = (
        note(f"Not shown here: what follows after {number(SIGNS)} characters.") if len(bare) > SIGNS else ""
    )
    return Markup('<pre class="first-lines">{}\n…</pre>').format(first) + _fold(named, bare[:SIGNS]) + more


def _fold(named: str, text: str) -> Markup:
    return render("fold.html", named=named, text=text)


def html(text: str) -> tuple[Markup, Lines]:
    """HTML of a notebook as it fits the pages, and what is left out of it."""
    text = str(plain(CONTROL.sub("", text)))
    left: Lines = []
    if any(COLOURS.search(style) for style in STYLED.findall(text)):
        left.append("colours and other styles")
    if SUSPECT.search(text) or not _is_balanced(text):
        text = _harmless(text, left)
    shown = fitted(text)
    rows = len(re.findall(r"<tr\b", shown, re.IGNORECASE))
    if rows > ROWS and OWN_TABLE not in shown:
        named = f"A table of {counted(rows, 'row')}"
        return render("fold.html", named=named, html=Markup(shown)), left
    return Markup(shown), left


def _is_balanced(text: str) -> bool:
    """Whether every tag of a text is closed, in order; what is not would take in what follows it."""
    opened: list[str] = []
    for closing, name, alone in re.findall(r"<(/?)([a-zA-Z][\w-]*)(?:[^<>]*?)(/?)>", text):
        name = name.lower()
        if name in VOID or alone:
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and "<!--" not in text


def _harmless(text: str, left: Lines) -> str:
    """HTML without what the pages' policy refuses, a note in its place; every tag closed."""
    soup = BeautifulSoup(text, "html.parser")
    for tag in soup.find_all(DROPPED):
        tag.decompose()
    for tag in soup.find_all([*NOTES, "img"]):
        if tag.decomposed:
            continue
        source = str(tag.get("src") or tag.get("data") or "")
        if tag.name == "img" and source.startswith("data:image/"):
            tag.attrs.setdefault("alt", "A picture without a description")
            continue
        words = NOTES.get(tag.name, "a picture that is not in the notebook")
        left.append(f"{words} ({source[:200]})" if source and not source.startswith("data:") else words)
        tag.decompose()
    for tag in soup.find_all(True):
        _disarm(tag)
    left[:] = dict.fromkeys(left)
    return str(soup)


def _disarm(tag: Tag) -> None:
    """Take from a tag what would start a script."""
    for name in list(tag.attrs):
        if name.lower().startswith("on") or "javascript:" in str(tag.attrs[name]).lower():
            del tag.attrs[name]
