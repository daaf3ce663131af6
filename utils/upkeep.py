"""The commands of whoever keeps a data folder or the project itself in step.

As `commands`, each loads what it needs when it is called.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from .commands import ROOT, UsageError, sound, unsound

__all__ = ["bench", "calibration", "data", "describe", "hooks", "links"]


def data(options: argparse.Namespace) -> int:
    """Fetch the external datasets and rebuild the tables."""
    from .evidence.problems import DataError
    from .terminal import terminal
    from .upstream import rebuild

    if options.pin and not options.latest:
        raise UsageError("--pin goes with --latest")
    if not options.data.is_dir():
        raise UsageError(f"no data folder {options.data}")
    try:
        status = rebuild.rebuild(
            options.data,
            dataset=options.dataset,
            follow=options.latest,
            pin=options.pin,
            everything=options.all,
            console=terminal(),
        )
    except rebuild.RebuildError as error:
        raise UsageError(str(error)) from None
    except DataError as error:
        raise unsound(options.data, error) from None
    if status == 0 and (options.pin or not options.latest):
        _bundle(options.data, options.bundle or options.data.resolve().parent / "reports" / "data.zip")
    return status


def _bundle(folder: Path, path: Path) -> None:
    """Write every table of a sound folder into one file; a folder with tables alone has none."""
    from .takeaway.bundle import bundle
    from .words import counted

    if not (folder / "article.yaml").is_file():
        return
    try:
        print(f"{path}: {counted(bundle(sound(folder), path), 'table')} as Parquet")
    except OSError as error:
        raise UsageError(f"cannot write to {path}: {error.strerror}") from None


def describe(options: argparse.Namespace) -> int:
    """Bring the data dictionary and the measures of the tables in step."""
    from .evidence import dictionary, tables
    from .evidence.problems import DataError
    from .upstream import rebuild

    sound(options.data)
    if problems := tables.check(options.data):
        raise unsound(options.data, DataError(problems))
    try:
        print("\n".join(dictionary.write(options.data, rebuild.put)))
    except rebuild.RebuildError as error:
        raise UsageError(str(error)) from None
    return 0


def hooks(options: argparse.Namespace) -> int:
    """Set up git in this clone; UsageError where there is none, or git refuses."""
    import subprocess

    from .lab.hooks import install

    try:
        install(ROOT)
    except (OSError, subprocess.CalledProcessError) as error:
        raise UsageError(f"git could not be set up: {error}") from error
    return 0


def links(options: argparse.Namespace) -> int:
    """Ask every address of a data folder, and print those whose page is not there."""
    from collections import Counter

    from .evidence import links
    from .words import counted, listed

    pages = links.addresses(sound(options.data))
    states: Counter[str] = Counter()
    for answer in links.ask_all(pages.items()):
        states[answer.state] += 1
        if answer.state != "there":
            print(f"{answer.state}: {answer.address} ({answer.words}), {listed(answer.rows)}")
    if states["silent"] == len(pages):
        raise UsageError("no address answered; links needs a network")
    told = listed([f"{number} {state}" for state, number in states.items()])
    print(f"{counted(len(pages), 'address', 'addresses')}: {told}")
    return 1 if states["gone"] else 0


def calibration(options: argparse.Namespace) -> int:
    """Tell how often the engine is right where the truth is known."""
    from .calibration import command

    try:
        asked = command.asked(options.worlds, options.methods, options.articles, options.seed)
        if options.write:
            command.require_whole(asked)
    except ValueError as error:
        raise UsageError(str(error)) from None
    command.answer(asked, for_programs=options.json, keep=options.write)
    return 0


def bench(options: argparse.Namespace) -> int:
    """Measure what everything costs."""
    from .bench import run

    if options.rounds < 1:
        raise UsageError("--rounds: once or more often")

    return run.bench(ROOT, rounds=options.rounds, quick=options.quick, only=options.only)
