"""The drawings of figures as parts of a page: vector shapes with real words, and nothing else in them.

A drawing comes from a notebook, which anyone may have written. Only shapes, words and names of its own pass;
what could run, load or restyle the page is refused by name.
"""

from __future__ import annotations

import re
import textwrap
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..mime import OutputError
from .safe import plain

__all__ = ["file", "inline", "size"]

NAMESPACE = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(["svg", "g", "defs", "path", "use", "rect", "text", "clipPath", "pattern"])
PLACES = ["id", "href", "d", "x", "y", "width", "height", "transform", "viewBox", "patternUnits"]
PAINT = ["clip-path", "clip-rule", "opacity", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width"]
PAINT += ["stroke-opacity", "stroke-linejoin", "stroke-linecap", "stroke-dasharray", "stroke-dashoffset"]
WORDS = ["font-size", "font-family", "font-weight", "font-style", "text-anchor"]
ATTRIBUTES = frozenset([*PLACES, *PAINT, "stroke-miterlimit", *WORDS])
OWN = re.compile(r"(url\()?#([\w-]+)\)?")
VIEW = re.compile(r"0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)")
# Of a file that stands for itself: points, and letters in a line of a figure's width.
EDGE, TITLE, CREDIT = 8, 13, 8
TITLE_LETTERS, CREDIT_LETTERS = 56, 96
INK, FAINT, PAPER = "#1b1b1b", "#5f5f5f", "#ffffff"


def inline(text: str, prefix: str, kind: str, alt: str) -> str:
    """A drawing for a page: its names begin with `prefix`, and `alt` is what it says to those who listen.

    kind: "wide" or "narrow", which screens it is for. OutputError for what is no drawing.
    """
    root = _checked(text)
    for one in root.iter():
        for name, value in list(one.attrib.items()):
            if name == "id":
                one.set(name, f"{prefix}{value}")
            elif name == "href" or value.startswith("url("):
                one.set(name, value.replace("#", f"#{prefix}"))
    width, height = size(text)
    root.attrib |= {
        "class": f"drawing {kind}",
        "role": "img",
        "aria-label": alt,
        "width": f"{width:g}",
        "height": f"{height:g}",
    }
    return _written(root)


def file(text: str, title: str, credit: str) -> bytes:
    """A drawing as a file that stands for itself, on white, with its title above and its credit below."""
    width, height = size(text)
    above, below = textwrap.wrap(title, TITLE_LETTERS), textwrap.wrap(credit, CREDIT_LETTERS)
    top, bottom = EDGE + len(above) * 1.25 * TITLE + EDGE, EDGE + len(below) * 1.35 * CREDIT + EDGE
    whole = f"0 0 {width:g} {top + height + bottom:g}"
    drawing = _checked(text)
    root = Element("svg", {**drawing.attrib, "viewBox": whole})
    # The size at which it opens, three halves of that on paper.
    root.attrib |= {"width": f"{1.5 * width:g}", "height": f"{1.5 * (top + height + bottom):g}"}
    SubElement(root, "title").text = title
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    _lines(
        root, above, EDGE + TITLE, 1.25 * TITLE, {"font-size": str(TITLE), "font-weight": "700", "fill": INK}
    )
    SubElement(root, "g", {"transform": f"translate(0 {top:g})"}).extend(drawing)
    start = top + height + EDGE + CREDIT
    _lines(root, below, start, 1.35 * CREDIT, {"font-size": str(CREDIT), "fill": FAINT})
    return _written(root).encode()


def size(text: str) -> tuple[float, float]:
    """Width and height of a drawing in points, as its viewBox says; OutputError without one."""
    found = VIEW.fullmatch(_root(text).get("viewBox", ""))
    if found is None:
        raise OutputError("a figure whose drawing does not say its size")
    return float(found[1]), float(found[2])


def _lines(root: Element, lines: list[str], start: float, step: float, style: dict[str, str]) -> None:
    for place, line in enumerate(lines):
        SubElement(root, "text", {"x": str(EDGE), "y": f"{start + place * step:g}", **style}).text = line


def _root(text: str) -> Element:
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise OutputError(f"a figure whose drawing is no XML ({error})") from None


def _checked(text: str) -> Element:
    """The elements of a drawing without their namespace; OutputError for one that may not be there."""
    root = _root(text)
    for one in root.iter():
        space, _, tag = one.tag.rpartition("}")
        if space != f"{{{NAMESPACE}" or tag not in ELEMENTS:
            raise OutputError(f"a figure whose drawing holds {one.tag!r:.60}")
        one.tag = tag
        for name, value in one.attrib.items():
            refers = name == "href" or "url(" in value.lower()
            if name not in ATTRIBUTES or (refers and not OWN.fullmatch(value)):
                raise OutputError(f"a figure whose drawing says {name!r:.40} of a {tag}: {value!r:.40}")
    if root.tag != "svg":
        raise OutputError(f"a figure whose drawing is a {root.tag} and no svg")
    return root


def _written(root: Element) -> str:
    root.set("xmlns", NAMESPACE)
    return str(plain(ElementTree.tostring(root, encoding="unicode")))
