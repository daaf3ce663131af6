"""Draw articles, write them as data folders, and let the engine judge them on both clocks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from .. import kernels, verdicts
from ..archive import Archive
from ..evidence.nearest import unknown
from ..runs.alone import end_with_parent
from . import folder, generate
from .case import Case
from .draws import DRAWS
from .worlds import WORLDS

__all__ = ["ARTICLES", "CLOCKS", "FOLDER", "SEED", "Clock", "Outcome", "judged", "require_known", "run"]

Clock = Literal["then", "today"]
CLOCKS: tuple[Clock, ...] = ("then", "today")
ARTICLES, SEED = 200, 15
FOLDER = 20  # articles that share a folder; no claim can lean on another's, as each has tellers of its own


@dataclass(frozen=True)
class Outcome:
    """What the engine said of one claim on one clock, and what was true.

    clock: on the day of the article, or today. covered: whether the 90 % interval holds the true value; None
    where there is no interval, or none but of a probability.
    """

    world: str
    method: str
    clock: Clock
    case: str
    holds: bool
    label: str
    probability: float | None
    covered: bool | None


@dataclass(frozen=True)
class _Batch:
    """The articles of one folder."""

    world: str
    methods: tuple[str, ...]
    seed: int
    first: int
    last: int


def run(
    worlds: Sequence[str] = tuple(WORLDS),
    methods: Sequence[str] = tuple(DRAWS),
    *,
    articles: int = ARTICLES,
    seed: int = SEED,
    processes: int | None = None,
) -> list[Outcome]:
    """Judge so many articles of every world; the same for a seed, whatever the number of processes.

    ValueError for an unknown world or method and for fewer articles than one; it says what there is.
    """
    for what, names, known in (("world", worlds, WORLDS), ("method", methods, DRAWS)):
        require_known(what, names, known)
    if articles < 1:
        raise ValueError(f"one article or more, not {articles}")
    batches = [
        _Batch(world, tuple(methods), seed, first, min(first + FOLDER, articles))
        for world in worlds
        for first in range(0, articles, FOLDER)
    ]
    processes = min(processes or kernels.cores(), len(batches))
    if processes < 2:
        return list(chain.from_iterable(map(_judge, batches)))
    with ProcessPoolExecutor(processes, initializer=end_with_parent) as pool:
        return list(chain.from_iterable(pool.map(_judge, batches)))


def require_known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """ValueError for a name that is not known, with those that it comes near to."""
    every = list(known)
    for name in names:
        if name not in every:
            raise ValueError(unknown(what, name, every))


def _judge(batch: _Batch) -> list[Outcome]:
    world = WORLDS[batch.world]
    cases = [
        case
        for number in range(batch.first, batch.last)
        for case in generate.article(world, batch.seed, number, batch.methods)
    ]
    with tempfile.TemporaryDirectory() as made:
        folder.write(Path(made) / "articles", cases)
        return list(judged(batch.world, cases, Archive.read(Path(made) / "articles")))


def judged(world: str, cases: Sequence[Case], archive: Archive) -> Iterator[Outcome]:
    """What the engine says of the claims by what an archive shows, on both clocks."""
    seen = {"then": archive.as_of(archive.article.published), "today": archive}
    for case in cases:
        for clock in CLOCKS:
            verdict = verdicts.verdict(seen[clock], archive.claim(case.name))
            yield Outcome(
                world=world,
                method=case.method,
                clock=clock,
                case=case.name,
                holds=case.holds,
                label=verdict.label,
                probability=verdict.probability,
                covered=_covered(case, verdict),
            )


def _covered(case: Case, verdict: verdicts.Verdict) -> bool | None:
    (finding,) = verdict.findings
    interval = finding.interval
    if case.amount is None or interval is None or interval.unit == "probability":
        return None
    return interval.low <= case.amount <= interval.high
