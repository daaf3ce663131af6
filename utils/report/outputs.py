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
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from markupsafe import Markup
from nbformat import NotebookNode, v4

from ..archive import Archive
from ..evidence import glossary
from ..prose import MIME
from ..runs.keep import write_if_new
from .render import render
from .safe import csv_text, plain

__all__ = ["Figure", "prepare"]

FOLDER = "figures"
KNOWN = "figures.json"


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


def prepare(
    archive: Archive, notebooks: Mapping[str, NotebookNode], folder: Path, extra: Path
) -> list[Figure]:
    """Write executed notebooks for the report into a folder, their pictures and tables below `extra`.

    notebooks: by the name of the file; their outputs are replaced by what the report shows. Others that the
    folder has from before stay as they are. Returns the figures of all, by notebook.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures = _known(folder)
    for name, notebook in notebooks.items():
        for old in figures.get(name, ()):
            for file in filter(None, (old.path, old.table)):
                (extra / file).unlink(missing_ok=True)
        path = folder / name
        own: list[Figure] = []
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                cell.source = glossary.to_report(cell.source)
            elif cell.cell_type == "code":
                cell.metadata["tags"] = ["hide-input"]
                cell.outputs = _outputs(archive, cell.outputs, path.stem, f"n{number}", own, extra)
        figures[name] = own
        write_if_new(path, v4.writes(notebook) + "\n")
    kept = {name: [asdict(figure) for figure in own] for name, own in figures.items()}
    write_if_new(folder / KNOWN, json.dumps(kept))
    return [figure for name in sorted(figures) for figure in figures[name]]


def _known(folder: Path) -> dict[str, list[Figure]]:
    """The figures of the notebooks that are in a folder, by the name of the file."""
    path = folder / KNOWN
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: [Figure(**figure) for figure in own] for name, own in kept.items()}


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


def _html(output: NotebookNode, markup: Markup) -> NotebookNode:
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
