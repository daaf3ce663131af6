"""The pictures of executed notebooks as files of the site.

A figure of `figures.show` comes with its caption, the table that it draws and a link to its full size; one
that is not whole is an error. A picture that came another way (pyplot, pandas, IPython's Image or SVG) is
shown as it is, with what its author says of it; in the place of one that no browser could show stands why.
"""

from __future__ import annotations

import base64
import csv
import io
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from ..mime import FIGURE_MIME, Caption, OutputError
from .drawing import file, inline
from .render import render
from .safe import csv_text

__all__ = ["FOLDER", "Figure", "Picture", "checked", "figure", "is_picture", "plain", "write"]

FOLDER = "figures"
KINDS = ("wide", "narrow")  # for which screens a drawing is
TOP = "{top}"  # in the place of the way to the site's root
SVG = "image/svg+xml"
NAMESPACE = "http://www.w3.org/2000/svg"
# What browsers show, the sharpest first.
TYPES = (SVG, "image/png", "image/webp", "image/jpeg", "image/gif")
# The endings of files by what their bytes are, as Pillow names it.
ENDINGS = {"PNG": "png", "WEBP": "webp", "JPEG": "jpg", "GIF": "gif"}
# What Pillow raises for bytes that begin as a picture and do not go on as one.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)


@dataclass(frozen=True)
class Figure:
    """A picture of a notebook as the report shows it; `path` and `table` lie below the site's root.

    drawings: for wide and for narrow screens, as HTML; a file of the site stands in it as `{top}` and its
    way. path: of the file with title and credit that the figure is enlarged to.
    """

    notebook: str
    title: str
    alt: str
    credit: str
    path: str
    table: str | None
    drawings: list[str]
    files: list[str]

    def markup(self, top: str, caption: bool = True) -> Markup:
        """The figure for a page whose way to the root is `top`."""
        drawings = [Markup(one.replace(TOP, top)) for one in self.drawings]
        return render("figure.html", figure=self, drawings=drawings, top=top, caption=caption)


@dataclass(frozen=True)
class Picture:
    """A picture without a caption; `cell` counts all cells of the notebook from one.

    alt: what its author says that it shows. path: None when it cannot be shown; `fault` says why.
    """

    notebook: str
    cell: int
    number: int
    alt: str | None
    path: str | None
    fault: str | None = None

    @property
    def words(self) -> str:
        """What stands in its place for those who listen."""
        place = f"Picture {self.number} of the notebook {self.notebook}, in cell {self.cell}"
        return self.alt or f"{place}; it has no description."

    @property
    def told(self) -> str:
        """Where it comes from and what it lacks, for the person who builds the report."""
        if self.fault:
            lack = f"a picture that cannot be shown: {self.fault}"
        elif self.alt:
            lack = "a picture without title and credit (figures.show gives it both)"
        else:
            lack = "a picture without title and alt text (figures.show gives it both)"
        return f"{self.notebook}, cell {self.cell}: {lack}"

    def markup(self, top: str) -> Markup:
        """The picture, or why it is not there, for a page whose way to the root is `top`."""
        return render("picture.html", picture=self, top=top)


def is_picture(data: Mapping[str, object]) -> bool:
    """Whether an output's data says that it holds a picture."""
    return any(mime in data for mime in TYPES)


def figure(
    data: Mapping[str, Any], metadata: Mapping[str, Any], notebook: str, number: int, extra: Path
) -> Figure:
    """The figure of an output of `figures.show`, its files written below `extra`.

    OutputError when the output is not whole.
    """
    caption = Caption.read(data[FIGURE_MIME])
    if "image/png" not in data:
        raise OutputError("a figure without its picture, image/png")
    name = f"{FOLDER}/{notebook}-{number}"
    drawings = _drawings(metadata.get(FIGURE_MIME)) or {"": data["image/png"]}
    files: dict[str, bytes] = {}
    shown = [_shown(caption, f"{name}-{kind}", kind, drawing, files) for kind, drawing in drawings.items()]
    enlarged = next(iter(files), f"{name}.svg")
    if not files:
        files[enlarged] = file(drawings[KINDS[0]], caption.title, caption.credit)
    if caption.table:
        files[f"{name}.csv"] = _safe_table(caption.table)
    for path, content in files.items():
        write(extra / path, content)
    return Figure(
        notebook=notebook,
        title=caption.title,
        alt=caption.alt,
        credit=caption.credit,
        path=enlarged,
        table=f"{name}.csv" if caption.table else None,
        drawings=shown,
        files=list(files),
    )


def _shown(caption: Caption, name: str, kind: str, drawing: str, files: dict[str, bytes]) -> str:
    """A drawing as HTML; one that is a PNG is put among the files under its name."""
    if drawing.startswith("<"):
        return inline(drawing, f"figure-{name.rpartition('/')[2]}-", kind, caption.alt)
    path = f"{name.removesuffix('-')}.png"
    files[path] = _png(drawing)
    return str(render("drawing.html", kind=kind, path=path, alt=caption.alt, size=_size(files[path])))


def _drawings(content: object) -> Mapping[str, str]:
    """The drawings of a figure by kind of screen, both as SVG or as PNG; none where it came without."""
    if content is None:
        return {}
    if not isinstance(content, Mapping) or not all(isinstance(content.get(kind), str) for kind in KINDS):
        raise OutputError(f"a figure without a text as its drawings, but {content!r:.40}")
    if len({content[kind].startswith("<") for kind in KINDS}) > 1:
        raise OutputError("a figure with drawings of two kinds, SVG and PNG")
    return {kind: content[kind] for kind in KINDS}


def _png(text: str) -> bytes:
    """The bytes of a PNG in base64; OutputError for anything else."""
    picture, ending = _decoded(text, "image/png")
    if ending != "png":
        raise OutputError(f"a figure whose image/png is another kind of picture, {ending}")
    return picture


def _size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels, which stand in the header of a PNG."""
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def plain(
    data: Mapping[str, Any], metadata: Mapping[str, Any], notebook: str, cell: int, number: int, extra: Path
) -> Picture:
    """A picture that came another way, in the sharpest form that can be shown, written below `extra`.

    cell: its position among all cells, from zero.
    """
    faults = []
    for mime in TYPES:
        if mime not in data:
            continue
        try:
            content, ending = _decoded(data[mime], mime)
        except OutputError as error:
            faults.append(str(error))
            continue
        path = f"{FOLDER}/{notebook}-picture-{number}.{ending}"
        write(extra / path, content)
        return Picture(notebook, cell + 1, number, _alt(metadata.get(mime)), path)
    return Picture(notebook, cell + 1, number, None, None, "; ".join(faults))


def _alt(metadata: object) -> str | None:
    """What the author of a picture says that it shows, as `IPython.display.Image(alt=…)` keeps it."""
    told = metadata.get("alt") if isinstance(metadata, Mapping) else None
    return told.strip() or None if isinstance(told, str) else None


def _safe_table(text: str) -> bytes:
    """A drawn table as a file that is safe to open; OutputError when it cannot be read."""
    try:
        return csv_text(csv.reader(io.StringIO(text))).encode()
    except csv.Error as error:
        raise OutputError(f"a figure whose table is no CSV ({error})") from None


def _decoded(text: str, mime: str) -> tuple[bytes, str]:
    """The bytes of a picture, and the ending that suits them, whatever type it was shown under.

    text: as a notebook holds it, SVG as it is and all others in base64. OutputError for what no browser could
    show.
    """
    if mime == SVG:
        return _svg(text), "svg"
    try:
        found = base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise OutputError(f"its {mime} is no base64") from None
    try:
        with Image.open(io.BytesIO(found), formats=list(ENDINGS)) as picture:
            # A PNG tells by its check sums that it is whole; others must be drawn for that.
            picture.verify() if picture.format == "PNG" else picture.load()
            return found, ENDINGS[picture.format or ""]
    except UnidentifiedImageError:
        raise OutputError(f"its {mime} holds no {', '.join(ENDINGS)}") from None
    except BROKEN as error:
        raise OutputError(f"its {mime} is broken ({error})") from None


def checked(content: bytes, address: str) -> tuple[bytes, str]:
    """The bytes of a picture from a file or a cell, and the ending that suits them; as `_decoded`."""
    if content.lstrip()[:1] == b"<":
        return _svg(content.decode("utf-8", "replace")), "svg"
    return _decoded(base64.b64encode(content).decode(), address)


def _svg(text: str) -> bytes:
    """An SVG that a browser shows as a file of its own; OutputError for anything else."""
    try:
        # In bytes, as the file will be: an encoding that it names counts.
        tag = ElementTree.fromstring(text.encode()).tag
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise OutputError(f"its {SVG} is no XML ({error})") from None
    if tag == "svg":
        # Inside a page it needs no name space, and JupyterLab adds one too.
        return re.sub(r"<svg\b", f'<svg xmlns="{NAMESPACE}"', text, count=1).encode()
    if tag != f"{{{NAMESPACE}}}svg":
        raise OutputError(f"its {SVG} holds {tag!r:.40} and no svg")
    return text.encode()


def write(path: Path, content: bytes) -> None:
    """Write a file of the site, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
