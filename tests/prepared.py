"""Notebooks with pictures in them, and what the report makes of one."""

import base64
import io
from pathlib import Path

import nbformat
from PIL import Image

from utils import mime
from utils.report import outputs

__all__ = ["CAPTION", "FIGURE", "GIF", "JPEG", "PNG", "WEBP", "Prepared", "drawn", "notebook", "text"]


def drawn(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of many colours as the bytes of a kind that Pillow writes."""
    made = Image.radial_gradient("L").resize(size).convert("RGB")
    content = io.BytesIO()
    made.save(content, kind)
    return content.getvalue()


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


PNG, JPEG, GIF, WEBP = (drawn(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP"))
CAPTION = {
    "title": "A title that states the finding",
    "alt": "A grey disc.",
    "credit": "Sources: a.",
    "fingerprint": "0123456789abcdef",
    "table": "x\n1\n",
}
FIGURE = {mime.FIGURE_MIME: CAPTION, "image/png": text(PNG)}


def notebook(*cells: list[dict], metadata: dict | None = None) -> nbformat.NotebookNode:
    """A notebook of a Markdown cell and of code cells with outputs of these data, whatever they hold."""
    made = [nbformat.v4.new_markdown_cell("# Words")]
    for every in cells:
        made.append(nbformat.v4.new_code_cell("1"))
        for data in every:
            output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
            made[-1].outputs.append(nbformat.from_dict(output))
    return nbformat.v4.new_notebook(cells=made)


class Prepared:
    """What the report makes of one notebook, in a folder."""

    def __init__(self, archive, folder: Path, made: nbformat.NotebookNode, name: str = "00_a") -> None:
        self.extra = folder / "extra"
        made = {f"{name}.ipynb": made}
        self.figures, self.pictures = outputs.prepare(archive, made, folder / "notebooks", self.extra)
        self.cells = nbformat.read(folder / "notebooks" / f"{name}.ipynb", as_version=4).cells
        self.html = ["".join(one.data["text/html"]) for cell in self.cells[1:] for one in cell.outputs]
