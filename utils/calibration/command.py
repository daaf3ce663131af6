"""The command `python -m utils calibration`: what it is asked, checked before it begins, and its answer.

Its JSON is a list of objects, one for each world, method and clock ("then", the day of the article, and
"today"), with the fields of `utils.calibration.score.Score`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from .draws import DRAWS
from .gate import gate
from .run import require_known, run
from .score import as_json, scores
from .worlds import WORLDS

__all__ = ["Asked", "answer", "asked"]


@dataclass(frozen=True)
class Asked:
    """Names of worlds and methods, how many articles to draw in each world, and where the drawing starts."""

    worlds: tuple[str, ...]
    methods: tuple[str, ...]
    articles: int
    seed: int


def asked(worlds: Sequence[str] | None, methods: Sequence[str] | None, articles: str, seed: str) -> Asked:
    """What a command line asks for, all where it names none; ValueError says what is wrong."""
    named = tuple(dict.fromkeys(worlds or WORLDS)), tuple(dict.fromkeys(methods or DRAWS))
    for what, names, known in zip(("world", "method"), named, (WORLDS, DRAWS), strict=True):
        require_known(what, names, known)
    return Asked(*named, _whole("--articles", articles, least=1), _whole("--seed", seed, least=0))


def _whole(option: str, text: str, *, least: int) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise ValueError(f"{option} {text!r} is no whole number from {least} on")
    return int(text)


def answer(what: Asked, *, for_programs: bool) -> None:
    """Draw, judge, and print the scores: as JSON, or as a table and what fails the gate."""
    told = scores(run(what.worlds, what.methods, articles=what.articles, seed=what.seed))
    if for_programs:
        print(json.dumps(as_json(told), indent=2))
        return
    from ..terminal import terminal
    from . import show

    console = terminal()
    console.print(show.table(told))
    failed = gate(told)
    console.print("\n".join(failed) if failed else "All is as it must be.", highlight=False, soft_wrap=True)
