"""A figure as SVG: real text, few bytes, the same bytes each time, and nothing that a strict page forbids.

matplotlib writes styles into attributes that a page's policy refuses, six digits after each point, and names
made of hashes. What is left here are shapes and words with plain attributes, in points.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

__all__ = ["svg"]

NAMESPACE = "http://www.w3.org/2000/svg"
LINK = "{http://www.w3.org/1999/xlink}href"
# DejaVu's metrics lay the words out; where a reader lacks it, Verdana is as wide and others are narrower.
FONTS = "DejaVu Sans, Verdana, sans-serif"
ROOT = {"stroke-linejoin": "round", "font-family": FONTS}
# What is so without being said, or is said once for all.
DEFAULTS = {
    "font-family": None,
    "stroke-linejoin": "round",
    "stroke-linecap": "butt",
    "font-weight": "400",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "text-anchor": "start",
    "stroke-width": "1",
    "stroke-dashoffset": "0",
}
FONT = re.compile(r"(?:(italic|oblique) )?(?:(\d+|bold) )?([\d.]+)px (.*)")
NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
GEOMETRY = ("x", "y", "width", "height", "transform", "stroke-width", "font-size", "stroke-dasharray")
UNTOLD = ("Date", "Creator", "Format", "Type")  # of a file: when and by what it was made
STEP = re.compile(r"([MLCQZz])([^MLCQZz]*)")
REFERENCE = re.compile(r"#([\w-]+)")


def svg(figure: Figure) -> str | None:
    """The figure as an SVG element without a title; None where it holds pixels, which gain nothing by it.

    Names within it are short and count from zero, so that a page can put its own before them.
    """
    written = io.StringIO()
    options: dict[RcKeyType, Any] = {"svg.fonttype": "none", "svg.hashsalt": "fifty-thousand"}
    grounds = [figure.patch, *(axes.patch for axes in figure.axes)]
    with matplotlib.rc_context(options):
        # The page is the ground.
        for ground in grounds:
            ground.set_visible(False)
        FigureCanvasSVG(figure).print_svg(written, metadata=dict.fromkeys(UNTOLD))
        for ground in grounds:
            ground.set_visible(True)
    root = ElementTree.fromstring(written.getvalue())
    if root.find(f".//{{{NAMESPACE}}}image") is not None:
        return None
    width, height = (_rounded(root.get(name, "").removesuffix("pt"), 2) for name in ("width", "height"))
    shown = Element("svg", {"xmlns": NAMESPACE, "viewBox": f"0 0 {width} {height}", **ROOT})
    shown.extend(one for child in root for one in _plain(child))
    _rename(shown)
    return ElementTree.tostring(shown, encoding="unicode")


def _plain(element: Element) -> Iterator[Element]:
    """An element with plain attributes, or what it holds where it adds nothing."""
    tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if tag in ("metadata", "style"):
        return
    attributes = _attributes(element)
    if tag in ("g", "defs"):
        attributes.pop("id", None)
    inside = [one for child in element for one in _plain(child)]
    if tag == "g" and not attributes:
        yield from inside
        return
    if tag in ("g", "defs") and not inside:
        return
    made = Element(tag, attributes)
    made.text = (element.text or "").strip() or None
    made.extend(inside)
    yield made


def _attributes(element: Element) -> dict[str, str]:
    """The attributes of an element with those of its style among them, numbers to two places."""
    found = {("href" if name == LINK else name): value for name, value in element.attrib.items()}
    for rule in found.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name == "font" and (font := FONT.fullmatch(value)):
            slant, weight, size, _ = font.groups()
            found |= {"font-size": size, **({"font-weight": weight} if weight else {})}
            found |= {"font-style": slant} if slant else {}
        elif name:
            found[name] = value.removesuffix("px")
    for name in set(GEOMETRY) & found.keys():
        found[name] = _rounded(found[name], 2)
    if "d" in found:
        found["d"] = _path(found["d"])
    if found.get("transform", "").startswith(("rotate(0 ", "rotate(-0 ")):
        del found["transform"]
    said = {name for name, value in found.items() if name in DEFAULTS and DEFAULTS[name] in (None, value)}
    return {name: value for name, value in found.items() if name not in said}


def _rounded(numbers: str, places: int) -> str:
    """A text with its numbers to so many places."""
    return NUMBER.sub(lambda one: f"{round(float(one[0]), places) + 0.0:g}", " ".join(numbers.split()))


def _path(steps: str) -> str:
    """A path to a tenth of a point, level and upright lines by one number, points on the spot left out."""
    made: list[str] = []
    here: list[str] = []
    for letter, numbers in STEP.findall(_rounded(steps, 1)):
        place = numbers.split()
        if letter != "L":
            made.append(letter + " ".join(place))
        elif place[0] != here[0]:
            made.append(f"H{place[0]}" if place[1] == here[1] else f"L{place[0]} {place[1]}")
        elif place[1] != here[1]:
            made.append(f"V{place[1]}")
        here = place[-2:] or here
    return "".join(made)


def _rename(root: Element) -> None:
    """Give what is referred to short names, and take its name from all else."""
    used = {name for one in root.iter() for value in one.attrib.values() for name in REFERENCE.findall(value)}
    names: dict[str, str] = {}
    for one in root.iter():
        own = one.attrib.pop("id", None)
        if own in used:
            one.set("id", names.setdefault(str(own), f"s{len(names)}"))
    for one in root.iter():
        for key, value in one.attrib.items():
            if key == "href" or value.startswith("url("):
                one.set(key, REFERENCE.sub(lambda found: f"#{names[found[1]]}", value))
