"""What became of spoilt data, hostile notebooks, kills and spoilt state, as `make torture` has counted it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..words import counted, listed, number, plural

__all__ = ["chapter"]

DOCS = Path(__file__).resolve().parents[2] / "docs"
# What the campaigns have counted, by what they spoil; the last names its own.
FOLDERS, NOTEBOOKS, INTERRUPTED = "torture.json", "hostile_notebooks.json", "interrupted.json"
PAGE, NAMED = "a page", "named in a line"
SOUND, REFUSED, WHOLE = "sound, or of no account", "refused in lines", "whole, old or new"
Ends = Mapping[str, Mapping[str, int]]


def chapter(docs: Path = DOCS) -> str | None:
    """A paragraph a campaign; None where none has been counted."""
    spoilt = {"spoilt folders": _counted(docs / FOLDERS), "hostile notebooks": _counted(docs / NOTEBOOKS)}
    ends: dict[str, Ends] = {name: of for name, of in spoilt.items() if of} | _counted(docs / INTERRUPTED)
    told = [_told(name, of) for name, of in ends.items()]
    return "\n\n".join(told) or None


def _counted(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))["ended"] if path.is_file() else {}


def _told(name: str, ends: Ends) -> str:
    many = {end: of["all"] for end, of in ends.items() if of["all"]}
    every = sum(many.values())
    bad = [
        f"{number(of)} {end}" for end, of in many.items() if end not in (SOUND, REFUSED, WHOLE, PAGE, NAMED)
    ]
    otherwise = f" Of the others: {listed(bad)}." if bad else ""

    def share(end: str) -> str:
        return _share(many.get(end, 0), every)

    def were(end: str) -> str:
        return f"{share(end)} {'was' if many.get(end, 0) in (0, 1, every) else 'were'}"

    if name == "spoilt folders":
        return (
            f"{counted(every, 'copy', 'copies')} of data folders {plural(every, 'was', 'were')} spoilt at "
            "random, in bytes, cells, rows, columns, descriptions and files, and given to the commands. "
            f"{were(REFUSED)} refused in lines that say what is wrong, and "
            f"{were(SOUND).lower()} sound all the same, or spoilt where it is of no "
            f"account.{otherwise or ' None ended in any other way.'}"
        )
    if name == "hostile notebooks":
        return (
            f"{counted(every, 'notebook')} with what JupyterLab, its extensions and strangers leave in them "
            f"{plural(every, 'was', 'were')} given to the report. {share(PAGE)} became a "
            f"page, with a note where something cannot be shown, and {were(NAMED).lower()} named in a "
            f"line that says what is wrong.{otherwise or ' None ended in any other way.'}"
        )
    return _of_builds(name, every, share(WHOLE), otherwise)


def _of_builds(name: str, every: int, whole: str, otherwise: str) -> str:
    """What became of commands that were killed, or of what a build had kept."""
    if name == "kills":
        return (
            f"{counted(every, 'command')} that built a report or a table {plural(every, 'was', 'were')} "
            f"killed at a random moment. {whole} left the old whole or the new whole and no process, and "
            f"where it was tried the next one gave what it gives undisturbed.{otherwise}"
        )
    return (
        f"{counted(every, 'file')} that a build had kept for the next one {plural(every, 'was', 'were')} "
        f"spoilt. After {whole.lower()} of them the next build gave what it gives from sound ones.{otherwise}"
    )


def _share(many: int, every: int) -> str:
    """How many of all, at the beginning of a sentence."""
    return "None" if not many else "Each" if many == every > 1 else number(many)
