"""What a cell gives now and what the notebook holds of it, in words, where nbval would show neither.

nbval compares the outputs of a cell type by type. Where the number of one type differs it names the type, and
fails over itself for a type that holds JSON, as figures and sentences do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..mime import CREDIT_MIME, FIGURE_MIME, PAGE_MIME, SENTENCE_MIME

__all__ = ["difference"]

WIDTH = 80
NAMES = {
    FIGURE_MIME: "figure",
    CREDIT_MIME: "credit line",
    SENTENCE_MIME: "sentence",
    PAGE_MIME: "header",
    "image/svg+xml": "picture",
    "image/png": "picture",
    "image/jpeg": "picture",
    "text/html": "HTML",
}


def difference(
    held: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]], skipped: Sequence[str]
) -> list[str]:
    """Lines on the outputs that the notebook holds and those that came; none where each type is as frequent.

    skipped: the fields of outputs that are not compared.
    """
    if _fields(held, skipped) == _fields(given, skipped):
        return []
    lines = ["The cell gives other outputs than the notebook holds."]
    for words, every in (("The notebook holds", held), ("Now there came", given)):
        lines += [f"{words} {len(every) or 'none'}{':' if every else '.'}", *map(_line, every)]
    return lines


def _fields(every: Sequence[Mapping[str, Any]], skipped: Sequence[str]) -> Counter[str]:
    """How many outputs have each field that nbval compares."""
    names = (
        name
        for output in every
        for name in ([output["name"]] if output["output_type"] == "stream" else {**output, **_data(output)})
    )
    return Counter(name for name in names if name not in (*skipped, "data"))


def _data(output: Mapping[str, Any]) -> Mapping[str, Any]:
    data: Mapping[str, Any] = output.get("data", {})
    return data


def _line(output: Mapping[str, Any]) -> str:
    """An output by its kind and the beginning of its words."""
    data = _data(output)
    if output["output_type"] == "stream":
        kind, text = output["name"], output["text"]
    elif output["output_type"] == "error":
        kind, text = "error", f"{output['ename']}: {output['evalue']}"
    else:
        kind = next((name for mime, name in NAMES.items() if mime in data), "output")
        text = data.get("text/plain", "")
    words = "".join(text).strip().partition("\n")[0]
    return f"  {kind}: {words if len(words) <= WIDTH else words[: WIDTH - 1] + '…'}"
