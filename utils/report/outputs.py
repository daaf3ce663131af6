"""What the report makes of the outputs of executed notebooks, before Sphinx reads them.

A picture becomes a file of its own (`pictured`). A sentence with bound numbers becomes a paragraph in which
every number is a link to its rows and opens a card. Terms lead to the glossary page. Code is folded: the
argument is read first. An output that does not hold what its type says is told by notebook and cell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from markupsafe import Markup
from nbformat import NotebookNode, v4

from ..archive import Archive
from ..mime import CREDIT_MIME, FIGURE_MIME, PAGE_MIME, SENTENCE_MIME, OutputError, sentence_parts
from ..prose.page import header
from ..runs.keep import write_if_new
from . import cells, foreign, pictured
from .pictured import Figure, Picture
from .render import render

__all__ = ["Note", "prepare"]

KNOWN = "figures.json"


@dataclass(frozen=True)
class Note:
    """What of a cell is not shown in the report; `cell` counts all cells of the notebook from one."""

    notebook: str
    cell: int
    words: str

    @property
    def told(self) -> str:
        """For the person who builds the report."""
        return f"{self.notebook}, cell {self.cell}, not shown: {self.words}"


@dataclass
class Shown:
    """What a notebook shows in the report beside its words: its figures, its other pictures and those of its
    Markdown, by file; and what it does not show."""

    figures: list[Figure] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """Their files, below the site's root."""
        own = [path for one in self.figures for path in one.files]
        return [*own, *(one.path for one in self.pictures if one.path), *self.beside]


def prepare(
    archive: Archive,
    notebooks: Mapping[str, NotebookNode],
    folder: Path,
    extra: Path,
    beside: Mapping[str, Path] | None = None,
) -> tuple[list[Figure], list[Picture | Note]]:
    """Write executed notebooks for the report into a folder, their pictures and tables below `extra`.

    notebooks: by the name of the file; their outputs are replaced by what the report shows. Others that the
    folder has from before stay as they are. beside: the folders in which they lie. Returns the figures of all
    and, by notebook, the pictures that came another way than by `figures.show` and what is not shown.
    OutputError with a line for each output that cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known, faults = _known(folder), []
    for name, notebook in notebooks.items():
        for file in known.get(name, Shown()).files:
            (extra / file).unlink(missing_ok=True)
        path = folder / name
        known[name] = own = Shown()
        own.beside, left = cells.arrange(notebook, path.stem, (beside or {}).get(name), extra)
        own.notes += [Note(path.stem, *one) for one in left]
        faults += _replace_outputs(archive, notebook, path.stem, known[name], extra)
        write_if_new(path, v4.writes(notebook) + "\n")
    if faults:
        raise OutputError("\n".join(faults))
    write_if_new(folder / KNOWN, json.dumps({name: asdict(shown) for name, shown in known.items()}))
    every = [known[name] for name in sorted(known)]
    figures = [one for shown in every for one in shown.figures]
    others: list[Picture | Note] = []
    for shown in every:
        others += [*shown.pictures, *shown.notes]
    return figures, others


def _known(folder: Path) -> dict[str, Shown]:
    """What the notebooks that are in a folder show, by the name of the file."""
    path = folder / KNOWN
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        name: Shown(
            [Figure(**one) for one in own["figures"]],
            [Picture(**one) for one in own["pictures"]],
            [Note(**one) for one in own["notes"]],
            own["beside"],
        )
        for name, own in kept.items()
    }


def _replace_outputs(
    archive: Archive, notebook: NotebookNode, name: str, shown: Shown, extra: Path
) -> list[str]:
    """Put what the report shows in the place of a notebook's outputs, and note its pictures in `shown`.

    Returns a line for each output that does not hold what its type says.
    """
    faults = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        number = cell.metadata[cells.NUMBER] - 1
        # The caption in the report has what the line below a figure says.
        cell.outputs = [one for one in cell.outputs if CREDIT_MIME not in one.get("data", {})]
        for position, output in enumerate(cell.outputs):
            if "data" not in output:
                _fold(output)
                continue
            place = f"n{number}-{position}"
            try:
                markup = _markup(archive, output, name, number, place, shown, extra)
            except OutputError as error:
                faults.append(f"{name}.ipynb, cell {number + 1}: {error}")
                continue
            if markup is not None:
                output.data, output.metadata = {"text/html": str(markup)}, {}
    return faults


def _markup(
    archive: Archive, output: NotebookNode, name: str, cell: int, place: str, shown: Shown, extra: Path
) -> Markup | None:
    """The HTML in the place of an output; None for one that stays as it is, but for marks that turn text.

    cell: its position among all cells, from zero. place: a name for the output that no other has.
    """
    data = output.data
    for mime, content in data.items():
        if not mime.endswith("json"):
            # In one piece or in lines.
            data[mime] = "".join(content)
    if PAGE_MIME in data:
        _require_own(archive, data.pop(PAGE_MIME))
    if FIGURE_MIME in data:
        shown.figures.append(pictured.figure(data, output.metadata, name, len(shown.figures) + 1, extra))
        return shown.figures[-1].markup("../")
    if pictured.is_picture(data):
        number = len(shown.pictures) + 1
        shown.pictures.append(pictured.plain(data, output.metadata, name, cell, number, extra))
        return shown.pictures[-1].markup("../")
    if SENTENCE_MIME in data:
        return _sentence(archive, data[SENTENCE_MIME], place)
    markup, left = foreign.output(data)
    shown.notes += [Note(name, cell + 1, one) for one in left]
    return markup


def _fold(output: NotebookNode) -> None:
    """What was printed as a terminal leaves it; in a fold where it is long."""
    if output.output_type != "stream":
        return
    output.text = foreign.settled("".join(output.text))
    if foreign.is_long(output.text):
        html = str(foreign.folded(output.text))
        output.clear()
        output.update(v4.new_output("display_data", {"text/html": html}))


def _require_own(archive: Archive, page: object) -> None:
    """OutputError for a page on another article, as its rows would be looked up among those of this one."""
    article = archive.article
    if page != (own := header(archive)):
        told = page if isinstance(page, Mapping) else {"article": page}
        same = all(told.get(name) == own[name] for name in ("article", "published"))
        other = "a copy of this folder with other content" if same else f"“{told.get('article')}”"
        raise OutputError(
            f"the page speaks of {other}, and this report is of “{article.title}”; begin it with the "
            "archive of this folder, or build it with its own"
        )


def _sentence(archive: Archive, content: object, place: str) -> Markup:
    """A sentence of `prose.say`; OutputError when it rests on rows that the report does not have."""
    parts = sentence_parts(content)
    rows = dict.fromkeys(row for part in parts if not isinstance(part, str) for row in part["rows"])
    if unknown := [row for row in rows if row not in archive.rows and not archive.tables.knows(row)]:
        raise OutputError(f"a sentence on {', '.join(unknown)}: no row and no table of the report's data")
    return render("sentence.html", parts=parts, archive=archive, place=place, top="../")
