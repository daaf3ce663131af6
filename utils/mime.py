"""The outputs of notebooks that are this project's own: their types, and what one of each type holds.

`prose` and `figures` write them and the report reads them. They stand apart from both, so that the report
need not load matplotlib, and so that what is written by hand under such a type is told by its fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

__all__ = [
    "CREDIT_MIME",
    "FIGURE_MIME",
    "PAGE_MIME",
    "SENTENCE_MIME",
    "Caption",
    "OutputError",
    "page_of",
    "sentence_parts",
    "without_widget",
]

SENTENCE_MIME = "application/vnd.fifty-thousand.sentence+json"
FIGURE_MIME = "application/vnd.fifty-thousand.figure+json"
# Of the line below a figure for JupyterLab, which shows of an output its words or its picture, never both.
CREDIT_MIME = "application/vnd.fifty-thousand.credit+json"
# Of the header of a page: which article it speaks of.
PAGE_MIME = "application/vnd.fifty-thousand.page+json"
# Of the controls of a widget, which live as long as their kernel.
WIDGET_MIME = "application/vnd.jupyter.widget-view+json"
BOUND = {"text", "value", "unit", "rounding", "rows"}


class OutputError(ValueError):
    """An output that does not hold what its type says; what is wrong with it, in words."""


@dataclass(frozen=True)
class Caption:
    """All that belongs to a figure beside its picture; `table` is CSV, empty for a figure without one."""

    title: str
    alt: str
    credit: str
    fingerprint: str
    table: str

    @property
    def content(self) -> dict[str, str]:
        """As an output of the type `FIGURE_MIME` holds it."""
        return asdict(self)

    @classmethod
    def read(cls, content: object) -> Caption:
        """Of an output's content; OutputError when it is no caption."""
        names = [field.name for field in fields(cls)]
        if not isinstance(content, Mapping):
            raise OutputError(f"a figure whose {FIGURE_MIME} is no caption, but {content!r:.40}")
        wrong = [name for name in names if not isinstance(content.get(name), str)]
        if wrong:
            raise OutputError(f"a figure without a text as its {', '.join(wrong)}")
        return cls(**{name: content[name] for name in names})


def without_widget(output: dict[str, Any]) -> dict[str, Any]:
    """An output as it is stored: what else it shows in the place of controls, which nobody could move."""
    data = output.get("data", {})
    if WIDGET_MIME not in data or len(data) == 1:
        return output
    return {**output, "data": {mime: content for mime, content in data.items() if mime != WIDGET_MIME}}


def sentence_parts(content: object) -> list[Any]:
    """The parts of a sentence of `prose.say`, each a text or a bound value; OutputError for anything else.

    content: as the output holds it, as JSON or as the text of it.
    """
    try:
        told = json.loads(content) if isinstance(content, str) else content
    except ValueError:
        raise OutputError(f"a sentence that is no JSON, but {content!r:.40}") from None
    parts = told.get("parts") if isinstance(told, Mapping) else None
    if not isinstance(parts, list):
        raise OutputError("a sentence without its parts")
    for part in parts:
        if isinstance(part, str):
            continue
        if not isinstance(part, Mapping) or not part.keys() >= BOUND or not isinstance(part["rows"], list):
            raise OutputError(f"a sentence with a part that is no text and no bound value, but {part!r:.40}")
    return parts


def page_of(title: str, published: date, folder: str | None = None) -> dict[str, str]:
    """What the header of a page says of its article, as an output of `PAGE_MIME` holds it.

    folder: what stands for the content of its data folder; None for the project's own, which has one place.
    """
    own = {} if folder is None else {"folder": folder}
    return {"article": title, "published": published.isoformat(), **own}
