"""What the report makes of the outputs of executed notebooks, before Sphinx reads them.

A picture becomes a file of its own (`pictured`). A sentence with bound numbers becomes a paragraph in which
every number is a link to its rows and opens a card. Terms lead to the
glossary page. Code is folded: the argument is read first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode, v4

from ..archive import Archive
from ..evidence import glossary
from ..prose import FIGURE_MIME, MIME
from ..runs.keep import write_if_new
from . import pictured
from .pictured import Figure, Picture
from .render import render
from .safe import plain

__all__ = ["prepare"]

KNOWN = "figures.json"


def prepare(
    archive: Archive, notebooks: Mapping[str, NotebookNode], folder: Path, extra: Path
) -> tuple[list[Figure], list[Picture]]:
    """Write executed notebooks for the report into a folder, their pictures and tables below `extra`.

    notebooks: by the name of the file; their outputs are replaced by what the report shows. Others that the
    folder has from before stay as they are. Returns the figures of all and the pictures that came another way
    than by `figures.show`, by notebook.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = _known(folder)
    for name, notebook in notebooks.items():
        figures, pictures = known.get(name, ((), ()))
        old = [file for one in figures for file in (one.path, one.table)] + [one.path for one in pictures]
        for file in filter(None, old):
            (extra / file).unlink(missing_ok=True)
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = glossary.to_report(cell.source)
        path = folder / name
        known[name] = _outputs(archive, notebook, path.stem, extra)
        write_if_new(path, v4.writes(notebook) + "\n")
    kept = {
        name: [[asdict(figure) for figure in figures], [asdict(picture) for picture in pictures]]
        for name, (figures, pictures) in known.items()
    }
    write_if_new(folder / KNOWN, json.dumps(kept))
    shown = [known[name] for name in sorted(known)]
    return [one for figures, _ in shown for one in figures], [one for _, own in shown for one in own]


def _known(folder: Path) -> dict[str, tuple[list[Figure], list[Picture]]]:
    """The figures and pictures of the notebooks that are in a folder, by the name of the file."""
    path = folder / KNOWN
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        name: ([Figure(**one) for one in figures], [Picture(**one) for one in pictures])
        for name, (figures, pictures) in kept.items()
    }


def _outputs(
    archive: Archive, notebook: NotebookNode, name: str, extra: Path
) -> tuple[list[Figure], list[Picture]]:
    """Replace the outputs of a notebook by what the report shows; its figures and its other pictures."""
    figures: list[Figure] = []
    pictures: list[Picture] = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = ["hide-input"]
        for position, output in enumerate(cell.outputs):
            data = output.get("data", {})
            if FIGURE_MIME in data:
                figures.append(pictured.figure(output, name, len(figures) + 1, extra))
                _show(output, figures[-1].markup("../"))
            elif kind := pictured.kind(data):
                pictures.append(pictured.plain(data[kind], kind, name, number, len(pictures) + 1, extra))
                _show(output, pictures[-1].markup("../"))
            elif MIME in data:
                _show(output, _sentence(archive, data[MIME], f"n{number}-{position}"))
            elif "text/html" in data:
                output.data["text/html"] = plain("".join(data["text/html"]))
    return figures, pictures


def _show(output: NotebookNode, markup: Markup) -> None:
    """Leave an output nothing but this HTML."""
    output.data = {"text/html": str(markup)}
    output.metadata = {}


def _sentence(archive: Archive, content: dict[str, Any] | str, place: str) -> Markup:
    parts = (json.loads(content) if isinstance(content, str) else content)["parts"]
    return render("sentence.html", parts=parts, archive=archive, place=place, top="../")
