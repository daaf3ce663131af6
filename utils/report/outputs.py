"""What the report makes of the outputs of executed notebooks, before Sphinx reads them.

A picture becomes a file of its own with its caption, the table that it draws and a link to its full size. A
sentence with bound numbers becomes a paragraph in which every number is a link to its rows and opens a card.
Terms lead to the glossary page. Code is folded: the argument is read first.
"""

from __future__ import annotations

import base64
import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
from markupsafe import Markup

from .. import glossary
from ..archive import Archive
from ..prose import MIME
from .render import render
from .safe import csv_text, plain

__all__ = ["Figure", "prepare"]

FOLDER = "figures"


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


def prepare(archive: Archive, notebooks: list[Path], extra: Path) -> list[Figure]:
    """Rewrite executed notebooks for the report, put their pictures and tables below `extra`; the figures."""
    figures: list[Figure] = []
    for path in notebooks:
        notebook = nbformat.read(path, as_version=4)
        own: list[Figure] = []
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                cell.source = glossary.to_report(cell.source)
            elif cell.cell_type == "code":
                cell.metadata["tags"] = ["hide-input"]
                cell.outputs = _outputs(archive, cell.outputs, path.stem, f"n{number}", own, extra)
        figures += own
        nbformat.write(notebook, path)
    return figures


def _outputs(archive, outputs, notebook: str, place: str, figures: list[Figure], extra: Path) -> list:
    shown = []
    for position, output in enumerate(outputs):
        data = output.get("data", {})
        told = "".join(data.get("text/plain", ""))
        if "image/png" in data:
            after = outputs[position + 1 : position + 2]
            caption = "".join(after[0].get("data", {}).get("text/plain", "")) if after else ""
            figures.append(_figure(output, caption, notebook, len(figures) + 1, extra))
            shown.append(_html(output, figures[-1].markup("../")))
        elif MIME in data:
            shown.append(_html(output, _sentence(archive, data[MIME], f"{place}-{position}")))
        elif "\nFingerprint: " not in told:
            if "text/html" in data:
                output.data["text/html"] = plain("".join(data["text/html"]))
            shown.append(output)
    return shown


def _html(output: nbformat.NotebookNode, markup: Markup) -> nbformat.NotebookNode:
    """The same output with nothing but HTML."""
    output.data = {"text/html": str(markup)}
    output.metadata = {}
    return output


def _figure(output, caption: str, notebook: str, number: int, extra: Path) -> Figure:
    title, credit, fingerprint = (*caption.split("\n"), "", "", "")[:3]
    picture = base64.b64decode(output.data["image/png"])
    name = f"{FOLDER}/{notebook}-{number}"
    (extra / FOLDER).mkdir(parents=True, exist_ok=True)
    (extra / f"{name}.png").write_bytes(picture)
    table = "".join(output.data.get("text/csv", ""))
    if table:
        rows = csv.reader(io.StringIO(table))
        (extra / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    # The size stands in the header of a PNG.
    width, height = (int.from_bytes(picture[place : place + 4], "big") for place in (16, 20))
    return Figure(
        notebook=notebook,
        title=title,
        alt=output.metadata["image/png"]["alt"],
        credit=credit,
        fingerprint=fingerprint.removeprefix("Fingerprint: "),
        path=f"{name}.png",
        table=f"{name}.csv" if table else None,
        width=width,
        height=height,
    )


def _sentence(archive: Archive, content: dict | str, place: str) -> Markup:
    parts = (json.loads(content) if isinstance(content, str) else content)["parts"]
    return render("sentence.html", parts=parts, archive=archive, place=place, top="../")
