"""The command `python -m utils calibration`: what it is asked, checked before it begins, and its answer.

Its JSON is a list of objects, one for each world, method and clock ("then", the day of the article, and
"today"), with the fields of `utils.calibration.score.Score`. With `--write` they are kept for the report.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from . import measured
from .draws import DRAWS
from .gate import gate
from .run import ARTICLES, SEED, require_known, run
from .score import as_json, scores
from .worlds import WORLDS

__all__ = ["Asked", "answer", "asked", "require_whole"]


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


def require_whole(what: Asked) -> None:
    """ValueError unless all that the report shows is asked for, as a test will measure it again."""
    if what != Asked(tuple(WORLDS), tuple(DRAWS), ARTICLES, SEED):
        raise ValueError("--write keeps all worlds and methods on the fixed seed, with no other choice")


def answer(what: Asked, *, for_programs: bool, keep: bool = False) -> None:
    """Draw, judge, and print the scores: as JSON, or as a table and what fails the gate.

    keep: whether the scores become those that the report shows.
    """
    engine = measured.engine()  # as it is loaded, whatever is written meanwhile
    told = scores(run(what.worlds, what.methods, articles=what.articles, seed=what.seed))
    if keep:
        measured.write(measured.Measured(what.articles, what.seed, engine, tuple(told)))
    if for_programs:
        print(json.dumps(as_json(told), indent=2))
        return
    from ..terminal import terminal
    from . import show

    console = terminal()
    console.print(show.table(told))
    failed = gate(told)
    console.print("\n".join(failed) if failed else "All is as it must be.", highlight=False, soft_wrap=True)
