"""The cells of a notebook as Sphinx can read them: standard tags, raw cells, a title, pictures of Markdown.

The tags are those of Jupyter Book; what a person folded in JupyterLab is folded here too. Code is folded
everywhere: the argument is read first.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markupsafe import escape
from nbformat import NotebookNode, from_dict, v4

from ..evidence import glossary
from ..mime import OutputError
from ..runs.update import KERNELSPEC, LANGUAGE
from . import foreign, formulas, pictured
from .safe import heading

__all__ = ["NUMBER", "arrange", "tags_of"]

# Under which a cell's metadata keep its place among all cells of its notebook, from one.
NUMBER = "cell"
KEPT_TAGS = {"hide-output", "hide-cell", "remove-input", "scroll-output"}
FOLDED = {"source_hidden": "hide-input", "outputs_hidden": "hide-output"}
STREAMS = {"remove-stdout": "stdout", "remove-stderr": "stderr"}
_PARSER = MarkdownIt("commonmark").enable("table")
# The parser drops what is quoted deeper than it goes.
DEEP = re.compile(r"^((?:[ \t]*>){8})(?:[ \t]*>)+", re.MULTILINE)
_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SOURCE = re.compile(r"""<img\b[^<>]*?\ssrc\s*=\s*["']?(?P<source>[^"'\s<>]+)""", re.IGNORECASE)


def arrange(
    notebook: NotebookNode, name: str, beside: Path | None, extra: Path
) -> tuple[list[str], list[tuple[int, str]]]:
    """Bring a notebook's cells in the form of the report; files written below `extra`, and what is left out.

    name: of its file, without the ending. beside: the folder in which it lies, for pictures beside it; None
    where there is none. What is left out comes with the number of its cell.
    """
    files: list[str] = []
    left: list[tuple[int, str]] = []
    told = None
    cells = []
    for number, cell in enumerate(notebook.cells, 1):
        tags = tags_of(cell)
        if "remove-cell" in tags:
            continue
        if number == 1 and (found := _front(cell)):
            told = found
        if cell.cell_type == "raw":
            cell = _raw(cell)
        if cell.cell_type == "markdown":
            words = _markdown(cell, f"{name}-{number}", beside, extra, files)
            left += [(number, one) for one in words]
        cell.metadata = NotebookNode({NUMBER: number, "tags": tags_shown(cell, tags)})
        cells.append(cell)
    # Sphinx would take the rest for what a page says of itself.
    notebook.metadata = from_dict({"kernelspec": KERNELSPEC, "language_info": LANGUAGE})
    notebook.cells = _titled(cells, told or name)
    return files, left


def tags_shown(cell: NotebookNode, tags: set[str]) -> list[str]:
    """The tags that decide how a cell is shown, after what they remove is gone."""
    if cell.cell_type != "code":
        return []
    if "remove-output" in tags:
        cell.outputs = []
    cell.outputs = [
        one
        for one in cell.outputs
        if not any(tag in tags and one.get("name") == stream for tag, stream in STREAMS.items())
    ]
    shown = tags & KEPT_TAGS
    if not cell.source.strip():
        # myst-nb leaves out a cell without code, and with it what it shows.
        cell.source = "pass"
        shown.add("remove-input")
    return sorted(shown if shown & {"remove-input", "hide-cell"} else {*shown, "hide-input"})


def tags_of(cell: Mapping[str, Any]) -> set[str]:
    """A cell's tags with hyphens, and what was folded in JupyterLab as a tag."""
    tags = {str(tag).replace("_", "-") for tag in cell["metadata"].get("tags", [])}
    folded: Any = cell["metadata"].get("jupyter", {})
    if isinstance(folded, dict):
        tags |= {tag for name, tag in FOLDED.items() if folded.get(name) is True}
    return tags


def _front(cell: NotebookNode) -> str | None:
    """Take the front matter out of a first cell; its title, or None where it has none."""
    if cell.cell_type == "code" or not (found := _FRONT.match(cell.source)):
        return None
    if not re.search(r"^[\w-]+\s*:", found["fields"], re.MULTILINE):
        # Two rules with text between them.
        return None
    cell.source = cell.source[found.end() :]
    title = re.search(r"^title\s*:\s*(.+)$", found["fields"], re.MULTILINE)
    return title[1].strip().strip("\"'") if title else None


def _raw(cell: NotebookNode) -> NotebookNode:
    """A raw cell as what its format says, else as the text that JupyterLab shows."""
    kind = cell.metadata.get("raw_mimetype") or cell.metadata.get("format")
    if kind == "text/markdown" or not cell.source.strip():
        made: NotebookNode = v4.new_markdown_cell(cell.source)
        return made
    content = cell.source if kind == "text/html" else f"<pre>{escape(cell.source)}</pre>"
    made = v4.new_code_cell("", outputs=[v4.new_output("display_data", {"text/html": content})])
    return made


def _markdown(
    cell: NotebookNode, place: str, beside: Path | None, extra: Path, files: list[str]
) -> Iterator[str]:
    """Bring a Markdown cell in form; what of it is left out."""
    source = DEEP.sub(r"\1", glossary.to_report(foreign.settled(cell.source)))
    left = []
    addresses = list(dict.fromkeys(_addresses(source)))
    found_pictures = dict(_pictures(cell, addresses, beside))
    left += [
        f"the picture {address[:200]}" for address in addresses if not _is_there(address, found_pictures)
    ]
    for count, (address, content) in enumerate(found_pictures.items(), 1):
        try:
            found, ending = pictured.checked(content, address)
        except OutputError as error:
            left.append(f"the picture {address}: {error}")
            continue
        path = f"{pictured.FOLDER}/{place}-{count}.{ending}"
        pictured.write(extra / path, found)
        files.append(path)
        source = re.sub(rf"(\]\(\s*<?|src\s*=\s*[\"']?){re.escape(address)}", rf"\g<1>../{path}", source)
    cell.source, undrawn = formulas.in_markdown(source)
    cell.pop("attachments", None)
    yield from left
    yield from (f"the drawing of the formula {one[:60]}" for one in undrawn)


def _is_there(address: str, found: Mapping[str, bytes]) -> bool:
    """Whether a picture is in the page itself, or was found in any spelling of its address."""
    return address.startswith("data:image/") or unquote(address) in map(unquote, found)


def _pictures(cell: NotebookNode, addresses: list[str], beside: Path | None) -> Iterator[tuple[str, bytes]]:
    """The pictures that a Markdown cell shows from itself or from beside the notebook, by address."""
    attached = cell.get("attachments") or {}
    for address in addresses:
        if address.startswith("attachment:"):
            name = address.removeprefix("attachment:")
            held = attached.get(name) or attached.get(unquote(name)) or {}
            for content in held.values() if isinstance(held, dict) else ():
                text = "".join(content) if isinstance(content, list) else str(content)
                yield address, _bytes(text)
                break
        elif beside is not None and not re.match(r"[\w+.-]+:|/|#|\.\./figures/", address):
            path = beside / unquote(address)
            if path.is_file() and path.stat().st_size < 50_000_000:
                yield address, path.read_bytes()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return text.encode()


def _addresses(source: str) -> Iterator[str]:
    """The addresses of pictures as they are written in a Markdown text."""
    for token in _PARSER.parse(source):
        for one in [token, *(token.children or [])]:
            if one.type == "image":
                address = str(one.attrs["src"])
                yield from (form for form in (address, unquote(address), quote(address)) if form in source)
            elif one.type in ("html_inline", "html_block"):
                yield from (found["source"] for found in _SOURCE.finditer(one.content))


def _titled(cells: list[NotebookNode], title: str) -> list[NotebookNode]:
    """Cells with one first-level heading: the name of the notebook where there is none, and below the first
    one all others a level deeper."""
    tops = sum(
        token.type == "heading_open" and token.tag == "h1" and token.level == 0
        for cell in cells
        if cell.cell_type == "markdown"
        for token in _PARSER.parse(cell.source)
    )
    if tops == 0:
        return [v4.new_markdown_cell(f"# {heading(title)}", metadata={NUMBER: 0, "tags": []}), *cells]
    if tops > 1:
        first = True
        for cell in cells:
            if cell.cell_type == "markdown":
                cell.source, first = _deeper(cell.source, first)
    return cells


def _deeper(source: str, first: bool) -> tuple[str, bool]:
    """A Markdown text with its headings a level deeper, but for the very first one of the first level."""
    lines = source.split("\n")
    for token in _PARSER.parse(source):
        if token.type != "heading_open" or token.level or token.map is None:
            continue
        if first and token.tag == "h1":
            first = False
            continue
        start, end = token.map
        if token.markup.startswith("#"):
            lines[start] = lines[start].replace("#", "##", 1) if token.tag != "h6" else lines[start]
        elif token.markup == "=":
            lines[end - 1] = lines[end - 1].replace("=", "-")
        else:
            lines[start:end] = [f"### {' '.join(lines[start : end - 1])}", *[""] * (end - start - 1)]
    return "\n".join(lines), first
