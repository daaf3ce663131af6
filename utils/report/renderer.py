"""How the outputs of notebooks look in the report; myst-nb calls this for every output.

A bound number becomes a button that opens a card with its value, rounding and rows. Pictures get the alt
text that `utils.figures` put beside them.
"""

from __future__ import annotations

import json
from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from ..archive import Archive
from ..prose import MIME
from .pages import environment

__all__ = ["Renderer"]


class Renderer(NbElementRenderer):
    """myst-nb's renderer with bound numbers and alt texts. `archive` is set by the build."""

    archive: ClassVar[Archive | None] = None

    def render_mime_type(self, data: MimeData) -> list[nodes.Element]:
        """A sentence with bound numbers as HTML; everything else as myst-nb does it."""
        if data.mime_type != MIME:
            return super().render_mime_type(data)
        content = data.content if isinstance(data.content, dict) else json.loads(data.content)
        docname = self.renderer.sphinx_env.docname
        markup = (
            environment()
            .get_template("sentence.html")
            .render(
                parts=content["parts"],
                archive=self.archive,
                place=f"n{data.cell_index}-{data.output_index}",
                top="../" * docname.count("/"),
            )
        )
        return [nodes.raw(text=markup, format="html")]

    def render_image(self, data: MimeData) -> list[nodes.Element]:
        """A picture with its alt text."""
        pictures = super().render_image(data)
        alt = data.output_metadata.get(data.mime_type, {}).get("alt")
        for picture in pictures:
            if alt:
                picture["alt"] = alt
        return pictures
