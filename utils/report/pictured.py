"""The pictures of executed notebooks as files of the site.

A figure of `figures.show` comes with its caption, the table that it draws and a link to its full size. A
picture that came another way (pyplot, pandas, IPython's Image or SVG) is shown as it is: nobody has said
what it shows.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from nbformat import NotebookNode

from ..prose import FIGURE_MIME
from .render import render
from .safe import csv_text

__all__ = ["Figure", "Picture", "figure", "kind", "plain"]

FOLDER = "figures"
# The kinds of pictures that browsers show, the sharpest first, with the endings of their files.
ENDINGS = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/webp": "webp",
    "image/jpeg": "jpg",
    "image/gif": "gif",
}


@dataclass(frozen=True)
class Figure:
    """A picture of a notebook as the report shows it; `path` and `table` lie below the site's root."""

    notebook: str
    title: str
    alt: str
    credit: str
    fingerprint: str
    path: str
    table: str | None
    width: int
    height: int

    def markup(self, top: str, caption: bool = True) -> Markup:
        """The figure for a page whose way to the root is `top`."""
        return render("figure.html", figure=self, top=top, caption=caption)


@dataclass(frozen=True)
class Picture:
    """A picture without title and alt text; `cell` counts all cells of the notebook from one."""

    notebook: str
    cell: int
    number: int
    path: str

    @property
    def place(self) -> str:
        """Where it comes from, in words."""
        return f"{self.notebook}, cell {self.cell}"

    def markup(self, top: str) -> Markup:
        """The picture for a page whose way to the root is `top`."""
        return render("picture.html", picture=self, top=top)


def kind(data: Mapping[str, object]) -> str | None:
    """The MIME type of the picture in an output's data that is shown; None without one."""
    return next((one for one in ENDINGS if one in data), None)


def figure(output: NotebookNode, notebook: str, number: int, extra: Path) -> Figure:
    """The figure of an output of `figures.show`, its picture and its table written below `extra`."""
    told = output.data[FIGURE_MIME]
    picture = base64.b64decode(output.data["image/png"])
    name = f"{FOLDER}/{notebook}-{number}"
    _write(extra / f"{name}.png", picture)
    if told["table"]:
        rows = csv.reader(io.StringIO(told["table"]))
        _write(extra / f"{name}.csv", csv_text(rows).encode())
    # The size stands in the header of a PNG.
    width, height = (int.from_bytes(picture[place : place + 4], "big") for place in (16, 20))
    return Figure(
        notebook=notebook,
        title=told["title"],
        alt=told["alt"],
        credit=told["credit"],
        fingerprint=told["fingerprint"],
        path=f"{name}.png",
        table=f"{name}.csv" if told["table"] else None,
        width=width,
        height=height,
    )


def plain(content: str | list[str], mime: str, notebook: str, cell: int, number: int, extra: Path) -> Picture:
    """A picture that came another way, written below `extra`.

    content: as a notebook holds it, SVG as text and all others in base64, in one piece or in lines. cell: its
    position among all cells, from zero.
    """
    text = content if isinstance(content, str) else "".join(content)
    path = f"{FOLDER}/{notebook}-picture-{number}.{ENDINGS[mime]}"
    _write(extra / path, text.encode() if mime == "image/svg+xml" else base64.b64decode(text))
    return Picture(notebook, cell + 1, number, path)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
