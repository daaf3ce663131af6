"""What the report makes of hostile notebooks (`hostile_notebooks`), counted.

All of a batch are written by one run of the report's own steps, from outputs to the site, and each must be a
page, with all that its author did not remove, or be named in a line. `make torture` runs it, and a number
gives the same notebook again.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import tally
from folders import SECOND
from hostile_notebooks import GONE, MARK, PICTURE, notebook
from markup import Markup
from nbformat.v4.rwbase import rejoin_lines

from utils.archive import Archive
from utils.mime import OutputError
from utils.report import outputs, site
from utils.report.site import Page
from utils.runs import written

__all__ = ["Outcome", "campaign", "counts"]

ROOT = Path(__file__).resolve().parent.parent
BATCH = 60
SHOWN, NAMED, TRACEBACK, WARNED, LOST, LEAKED, REACHES, TALL, BREAKS = (
    *("a page", "named in a line", "traceback", "warned of without a name", "something lost without a word"),
    *("shows what was to be removed", "asks for another place or runs a script", "text that does not fold"),
    "takes in, or ends, what stands around it",
)


@dataclass(frozen=True)
class Outcome:
    """What came of one notebook: its number, the kinds of its cells, and how it ended."""

    number: int
    kinds: tuple[str, ...]
    ended: str
    said: str = ""


def campaign(first: int, many: int, archive: Archive) -> Iterator[Outcome]:
    """The outcomes of as many notebooks, from a first number on."""
    for start in range(first, first + many, BATCH):
        with tempfile.TemporaryDirectory() as scratch:
            yield from _batch(range(start, min(start + BATCH, first + many)), Path(scratch), archive)


def _batch(numbers: range, scratch: Path, archive: Archive) -> Iterator[Outcome]:
    """The outcomes of some notebooks, which become one site; a traceback of the site is of all of them."""
    beside, work, found = scratch / "own", scratch / "source", {}
    beside.mkdir()
    (work / "static").mkdir(parents=True)
    (work / "static" / "labels.css").touch()
    (beside / "pic.png").write_bytes(base64.b64decode(PICTURE))
    for number in numbers:
        content, kinds = notebook(number)
        ended, said = _prepared(content, number, beside, work, archive)
        if ended:
            yield Outcome(number, kinds, ended, said)
        else:
            found[number] = (content, kinds)
    names = "\n".join(f"notebooks/{number}" for number in found)
    (work / "index.md").write_text(f"# All\n\n```{{toctree}}\n{names}\n```\n", encoding="utf-8")
    try:
        warnings = site.build(archive, {"index": Page("All")}, work, scratch / "html")
    except Exception as error:
        yield from (Outcome(number, kinds, TRACEBACK, repr(error)) for number, (_, kinds) in found.items())
        return
    for number, (content, kinds) in found.items():
        page = scratch / "html" / "notebooks" / f"{number}.html"
        warned = [line for line in warnings.splitlines() if f"{number}.ipynb" in line]
        yield Outcome(number, kinds, *_ended(page, content, warned))


def _prepared(content: bytes, number: int, beside: Path, work: Path, archive: Archive) -> tuple[str, str]:
    """How a notebook ends that does not come to be a page; nothing for one that does."""
    path = beside / f"{number}.ipynb"
    path.write_bytes(content)
    try:
        made = {path.name: rejoin_lines(nbformat.from_dict(written.read(path)))}
        outputs.prepare(archive, made, work / "notebooks", work / "extra", {path.name: beside})
    except (written.NotebookUnreadable, OutputError) as error:
        (work / "notebooks" / path.name).unlink(missing_ok=True)
        said = str(error)
        return (NAMED if said.startswith(path.name) and "\n" not in said else WARNED), said
    except Exception as error:
        return TRACEBACK, repr(error)
    return "", ""


def _ended(page: Path, content: bytes, warned: list[str]) -> tuple[str, str]:
    """How a notebook ends that should be a page."""
    if warned:
        return WARNED, warned[0]
    if not page.is_file():
        return LOST, "its page"
    text = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    marks = set(re.findall(rf"{MARK}\d+x\d+x", content.decode()))
    if left := [mark for mark in marks if mark not in text]:
        return LOST, str(left)
    if re.search(rf"{GONE}\d+x", text):
        return LEAKED, ""
    if found := re.search(r"<(?:script|iframe|base|link|style)\b|\son\w+=|src=\"?https?:|javascript:", text):
        return REACHES, found[0]
    if max(map(_height, re.split(r"<details\b.*?</details>", text, flags=re.DOTALL)), default=0) > 1_500:
        return TALL, ""
    if left := Markup(text.partition(">")[2]).unmatched:
        return BREAKS, left[0]
    return SHOWN, ""


def _height(text: str) -> int:
    return text.count("\n") + text.count("<tr")


def counts(outcomes: list[Outcome]) -> dict[str, dict[str, int]]:
    """How many notebooks ended how, in all and by the kinds of cell that they hold."""
    ends = (SHOWN, NAMED, TRACEBACK, WARNED, LOST, LEAKED, REACHES, TALL, BREAKS)
    return tally.counted(((one.ended, one.kinds) for one in outcomes), ends)


def run() -> int:
    """Run the campaign by the arguments of the command line; 0 where nothing ended as it must not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebooks", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int, help="the notebook of this number alone")
    parser.add_argument("--write", type=Path, help="keep the counts as JSON")
    options = parser.parse_args()
    first, many = (options.first, options.notebooks) if options.only is None else (options.only, 1)
    archive, before, outcomes = Archive.read(SECOND), time.process_time(), []
    for one in campaign(first, many, archive):
        outcomes.append(one)
        if one.ended not in (SHOWN, NAMED):
            print(one.number, ", ".join(one.kinds), one.ended, " ".join(one.said.split())[:300], flush=True)
    told = counts(outcomes)
    tally.printed(told, "notebooks", len(outcomes), time.process_time() - before)
    tally.keep(options.write, {"notebooks": len(outcomes), "first": first, "ended": told})
    return int(any(one.ended not in (SHOWN, NAMED) for one in outcomes))


if __name__ == "__main__":
    sys.exit(run())
