"""Which outputs will not come again, so that nbval, which compares them with those of another run, fails.

They are known by their signs: places in the memory, names that a library draws, times that were taken. What
is random in another way shows when the notebooks are tested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["varying"]

# Tags and comments by which nbval does not compare.
LEFT_OUT = ("nbval-ignore-output", "nbval-skip", "skip-execution")
COMMENTS = re.compile(r"^\s*#+\s*NBVAL_(?:IGNORE_OUTPUT|SKIP)\s*$", re.MULTILINE)
# The name of a page stays, whatever it is made of.
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
SIGNS = {
    "a place in the memory": re.compile(r"\b0x[0-9a-f]{8,16}\b"),
    # UUIDs of the moment (kinds 1, 6 and 7) or of chance (4), as they are or bare; then the tables of pandas
    # and the files of `tempfile`.
    "a name drawn at random": re.compile(
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[1467][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b"
        r"|(?<![0-9a-f])[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}(?![0-9a-f])"
        r"|\bT_[0-9a-f]{5}_|/tmp[0-9a-z_]{8}\b"
    ),
    # %time, %timeit, and the bars of progress.
    "a time that was taken": re.compile(
        r"\b(?:Wall time|CPU times): |[\d.]+ [mnµμ]?s ± [\d.]+ |[\d.]+(?:it/s|s/it)\b"
    ),
}
# Not compared by nbval.
PASSED_OVER = ("application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg")


def varying(cells: list[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each cell of which nbval will not agree, and how to tag it; cells count from one."""
    for number, cell in enumerate(cells, 1):
        tags = cell["metadata"].get("tags", ())
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or set(tags) & set(LEFT_OUT) or COMMENTS.search(source):
            continue
        text = ADDRESS.sub("", "\n".join(map(_compared, cell["outputs"])))
        for name, sign in SIGNS.items():
            if sign.search(text):
                yield (
                    f"cell {number} shows {name}, which is another one in each run, so its outputs will not "
                    f'pass the test: change that, or give the cell the tag "{LEFT_OUT[0]}"'
                )
                break


def _compared(output: Mapping[str, Any]) -> str:
    """What nbval compares of an output, as a text."""
    data = [content for mime, content in output.get("data", {}).items() if mime not in PASSED_OVER]
    return _text([output.get("text"), output.get("evalue"), *data])


def _text(content: Any) -> str:
    """All that stands in a text, its lines or a JSON value, part by part below each other."""
    if isinstance(content, Mapping):
        content = [*content.keys(), *content.values()]
    return "\n".join(map(_text, content)) if isinstance(content, list) else str(content)
