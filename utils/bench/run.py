"""Measure everything in one run, round by round, so that a busy minute of the machine meets all alike."""

from __future__ import annotations

import functools
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from .. import kernels
from ..terminal import terminal
from ..upstream import fetch
from . import commands, engine, write
from .growth import Growth
from .measure import CommandFailed, Sample, sample, summary
from .results import Results

__all__ = ["bench"]

ROUNDS = 5
FACTORS = (1, 2, 4, 8, 16)
QUICK_FACTORS = (1, 2, 4)
GROWTH_ROUNDS = 3
Made = TypeVar("Made")


def bench(root: Path, *, rounds: int = ROUNDS, quick: bool = False, only: str = "") -> int:
    """Measure, and write ``reports/bench.md`` and ``reports/bench.svg``; 0 when all could be measured.

    rounds: how often each thing is measured. quick: once, and growth to four times only. only: what to
    measure, as a part of its name.
    """
    console = terminal()
    found = Results(_machine(), 1 if quick else rounds, len(list((root / "notebooks").glob("*.ipynb"))))
    with tempfile.TemporaryDirectory() as made:
        copy = commands.scratch(root, Path(made) / "project")
        every = commands.commands(copy)
        for count in range(found.rounds):
            console.print(f"Round {count + 1} of {found.rounds}")
            _commands(every, copy, found, only, console)
            _parts(copy, found, only, console)
        _growths(copy, Path(made), found, QUICK_FACTORS if quick else FACTORS, only, console)
    found.machine += f"; load at the end {os.getloadavg()[0]:.1f}"
    write.write(found, root / "reports")
    console.print(write.page(found), soft_wrap=True)
    return 1 if found.failed else 0


def _machine() -> str:
    return (
        f"{kernels.cores()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load at the start {os.getloadavg()[0]:.1f}"
    )


def _tried(
    found: Results, name: str, only: str, console: Console, measure: Callable[[], Made]
) -> Made | None:
    """What a measurement gives; None when it is not asked for, or when it fails or has failed before."""
    if only.lower() not in name.lower() or name in found.failed:
        return None
    try:
        return measure()
    except CommandFailed as error:
        found.failed[name] = str(error)
        console.print(f"  {name:<40} failed")
        return None


def _measured(found: Results, name: str, only: str, console: Console, measure: Callable[[], Sample]) -> None:
    """Take one measurement of a thing."""
    made = _tried(found, name, only, console, measure)
    if made is not None:
        found.samples.setdefault(name, []).append(made)
        console.print(f"  {name:<40}{made.seconds:8.2f} s{made.memory:8.0f} MiB")


def _commands(every: list[commands.Command], copy: Path, found: Results, only: str, console: Console) -> None:
    for one in every:

        def measure(one: commands.Command = one) -> Sample:
            one.before()
            return sample(one.words, folder=copy, environment=commands.environment(copy))[0]

        if one.bar is not None:
            found.bars[one.name] = one.bar
        for _ in range(one.times):
            _measured(found, one.name, only, console, measure)


def _part(copy: Path, name: str, times: int) -> Sample:
    """A part of the engine, its own seconds and the memory of its process."""
    words = [sys.executable, "-m", "utils.bench.engine", name, str(times)]
    made, told = sample(words, folder=copy, environment=commands.environment(copy))
    seconds, processor, memory = map(float, told.split()[-3:])
    return Sample(seconds, processor, max(memory, made.memory))


def _parts(copy: Path, found: Results, only: str, console: Console) -> None:
    for name, part in engine.PARTS.items():
        if only.lower() in name and name == "tables from the mirror" and fetch.mirror() is None:
            found.failed[name] = "no FIFTY_THOUSAND_MIRROR is set"
        if part.bar is not None:
            found.bars[name] = part.bar
        _measured(found, name, only, console, functools.partial(_part, copy, name, 1))


def _growths(
    copy: Path, folder: Path, found: Results, factors: tuple[int, ...], only: str, console: Console
) -> None:
    """How each cost grows, in seconds of the processors, by the median of some measurements a size."""
    rounds = range(min(found.rounds, GROWTH_ROUNDS))

    def measured(name: str, of: str, measure: Callable[[int], Sample]) -> None:
        def medians() -> dict[int, float]:
            return {times: summary([measure(times) for _ in rounds]).processor for times in factors}

        seconds = _tried(found, name, only, console, medians)
        if seconds is not None:
            found.growths.append(Growth(name, of, seconds))
            console.print(f"  {name}, {of}: exponent {found.growths[-1].exponent:.2f}")

    for name, part in engine.PARTS.items():
        if part.grows is not None:
            measured(name, part.grows, functools.partial(_part, copy, name))
    measured(
        "running the notebooks",
        "notebooks",
        lambda times: _run_notebooks(copy, folder / f"times{times}", times),
    )


def _run_notebooks(copy: Path, folder: Path, times: int) -> Sample:
    """So many copies of the first notebook run."""
    first = sorted((copy / "notebooks").glob("*.ipynb"))[0]
    project = commands.scratch(copy, folder, [])
    for count in range(times):
        shutil.copy(first, project / "notebooks" / f"{count:02}.ipynb")
    words = [sys.executable, "-m", "utils", "notebooks"]
    made, _ = sample(words, folder=project, environment=commands.environment(project))
    shutil.rmtree(project)
    return made
