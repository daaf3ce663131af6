"""What each command of ``python -m utils`` does, and its exit status; `__main__` reads their arguments.

Each loads what it needs when it is called, so that none waits for what another one takes.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .archive import Archive
    from .evidence.problems import DataError

__all__ = [
    "ROOT",
    "UsageError",
    "bench",
    "calibration",
    "check",
    "data",
    "day_of",
    "describe",
    "export",
    "hooks",
    "links",
    "new",
    "unsound",
    "verdicts",
]

ROOT = Path(__file__).resolve().parent.parent


class UsageError(Exception):
    """Something that the person at the terminal can put right; one line."""


def verdicts(options: argparse.Namespace) -> int:
    """Print the verdict on every claim, as a table or as JSON."""
    from . import answers, exports, verdicts, words
    from .results import leanings

    day = day_of(options.as_of, "--as-of")
    archive = _sound(options.data)
    seen = archive if day is None else archive.as_of(day)
    leaning = leanings(seen)
    if options.json:
        print(json.dumps(exports.as_json(seen, archive.vintage, leaning), indent=2, ensure_ascii=False))
        return 0
    from rich.table import Table

    from .terminal import terminal

    table = Table(
        title=f"{archive.article.title}, as known on {words.written_day(seen.clock)}",
        title_justify="left",
        show_lines=True,
    )
    for heading in ("Claim", "Verdict", "Likelihood", "Tellers", "Confidence", "Reason"):
        table.add_column(heading, overflow="fold")
    for claim, verdict in zip(seen.claims, verdicts.ledger(seen), strict=True):
        likelihood = "" if verdict.probability is None else words.truth(verdict.probability)
        firm = answers.firm(leaning[claim.id].share) if claim.id in leaning else None
        tellers = "" if verdict.tellers is None else words.number(verdict.tellers)
        table.add_row(
            f"{claim.id} {claim.wording}",
            answers.in_words(answers.told(verdict), firm),
            likelihood,
            tellers,
            verdict.confidence or "",
            verdict.reason,
        )
    terminal().print(table)
    return 0


def day_of(text: str | None, option: str) -> date | None:
    """A day from an option of a command; None where it is not given, UsageError for what is no day."""
    from .evidence.cells import as_day

    try:
        return None if text is None else as_day(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def check(options: argparse.Namespace) -> int:
    """Validate a data folder and list every error."""
    from .evidence import future, tables
    from .evidence.problems import DataError
    from .words import counted

    archive, problems = None, set(tables.check(options.data))
    try:
        archive = _read(options.data)
    except DataError as error:
        problems.update(error.problems)
    problems.update(future.not_come(options.data, date.today()))
    if archive is not None and not problems:
        from . import answers

        problems.update(answers.problems(archive, options.data))
    if archive is None or problems:
        print(DataError(list(problems)))
        print(f"{counted(len(problems), 'error')} in {options.data}", file=sys.stderr)
        return 2
    print(
        f"{options.data}: {counted(len(archive.claims), 'claim')}, "
        f"{counted(len(archive.statements), 'statement')} from "
        f"{counted(len(archive.origins(archive.statements)), 'origin')}, "
        f"{counted(len(archive.sources), 'source')}, "
        f"{counted(len(archive.quantities), 'quantity', 'quantities')}, "
        f"{counted(len(archive.events), 'event')}; no errors"
    )
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a data folder from which the next article starts."""
    from .evidence import new

    try:
        new.write(options.folder)
    except FileExistsError as error:
        raise UsageError(f"{error}; nothing was written") from None
    except OSError as error:
        raise UsageError(f"{options.folder} cannot be written ({error.strerror})") from None
    print(new.next_steps(options.folder))
    return 0


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
        print(f"{path}: {counted(bundle(_sound(folder), path), 'table')} as Parquet")
    except OSError as error:
        raise UsageError(f"cannot write to {path}: {error.strerror}") from None


def export(options: argparse.Namespace) -> int:
    """Write the verdicts for other programs."""
    from . import exports
    from .words import counted

    if options.site is not None and not _is_address(options.site):
        raise UsageError(
            f"--site {options.site!r} is no address; write it whole, as https://example.org/report"
        )
    archive, leaning = _sound(options.data), None if options.robustness else dict[str, Any]()
    content = exports.files(archive, options.site, leaning=leaning)
    try:
        exports.write(content, options.out)
    except OSError as error:
        raise UsageError(f"cannot write to {options.out}: {error.strerror}") from None
    print(f"{counted(len(content), 'file')} in {options.out}")
    return 0


def _is_address(text: str) -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not (parts.query or parts.fragment)


def describe(options: argparse.Namespace) -> int:
    """Bring the data dictionary and the measures of the tables in step."""
    from .evidence import dictionary, tables
    from .evidence.problems import DataError
    from .upstream import rebuild

    _sound(options.data)
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

    pages = links.addresses(_sound(options.data))
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


def _read(folder: Path) -> Archive:
    """The archive of a folder; DataError for wrong data, UsageError for no folder."""
    from .archive import Archive

    if not folder.is_dir():
        raise UsageError(f"no data folder {folder}")
    return Archive.read(folder)


def _sound(folder: Path) -> Archive:
    """The archive of a folder that must be sound; UsageError otherwise."""
    from .evidence.problems import DataError

    try:
        return _read(folder)
    except DataError as error:
        raise unsound(folder, error) from None


def unsound(folder: Path, error: DataError) -> UsageError:
    """The first error of a data folder by its own name, and where to see the others."""
    from .words import counted

    problems = error.problems
    return UsageError(
        f"{folder} has {counted(len(problems), 'error')}{', the first' if len(problems) > 1 else ''}: "
        f"{problems[0]}; python -m utils check --data {folder} lists "
        f"{'them all' if len(problems) > 1 else 'what else is wrong'}"
    )
