"""What each command of ``python -m utils`` does, and its exit status; `__main__` reads their arguments.

Each loads what it needs when it is called, so that none waits for what another one takes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .archive import Archive
    from .evidence.problems import DataError, Problem

__all__ = ["ROOT", "UsageError", "check", "day_of", "export", "new", "sound", "unsound", "verdicts"]

ROOT = Path(__file__).resolve().parent.parent


class UsageError(Exception):
    """Something that the person at the terminal can put right; one line."""


def verdicts(options: argparse.Namespace) -> int:
    """Print the verdict on every claim, as a table or as JSON."""
    from . import answers, exports, verdicts, words
    from .results import leanings

    day = day_of(options.as_of, "--as-of")
    archive = sound(options.data)
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
    # Each asks for what the one before has found sound.
    if archive is not None and not problems:
        problems.update(_choices(archive, options.data))
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


def _choices(archive: Archive, folder: Path) -> Iterable[Problem]:
    """Values that checks ask of tables and that no row has."""
    from .evidence import choices, reading
    from .evidence.claims import Claims

    claims, lines = reading.read_yaml(folder / "claims.yaml", Claims, [])
    return choices.of_claims(claims, lines, archive.tables) if claims else ()


def new(options: argparse.Namespace) -> int:
    """Write a data folder from which the next article starts."""
    from .evidence import new

    statements = _from_sheet(options.sheet, options.mapping)
    try:
        new.write(options.folder, options.licence, statements)
    except FileExistsError as error:
        raise UsageError(f"{error}; nothing was written") from None
    except OSError as error:
        raise UsageError(f"{options.folder} cannot be written ({error.strerror})") from None
    print(new.next_steps(options.folder, len(statements)))
    return 0


def _from_sheet(sheet: Path | None, mapping: Path | None) -> list[dict[str, str]]:
    """The rows of a sheet to begin with; none where none is given."""
    from .evidence import sheet as sheets
    from .evidence.problems import DataError

    if sheet is None and mapping is None:
        return []
    if sheet is None:
        raise UsageError("--mapping FILE goes with --from SHEET, of whose columns it tells")
    try:
        if mapping is not None:
            return sheets.rows(sheet, mapping)
        print(sheets.begun(sheet), end="")
    except DataError as error:
        raise UsageError(f"{error}; nothing was written") from None
    raise UsageError(
        "--from SHEET goes with --mapping FILE, which says what its columns are; one to go on from stands "
        "above, and nothing was written"
    )


def export(options: argparse.Namespace) -> int:
    """Write the verdicts for other programs."""
    from . import exports
    from .words import counted

    if options.site is not None and not _is_address(options.site):
        raise UsageError(
            f"--site {options.site!r} is no address; write it whole, as https://example.org/report"
        )
    archive, leaning = sound(options.data), None if options.robustness else dict[str, Any]()
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


def _read(folder: Path) -> Archive:
    """The archive of a folder; DataError for wrong data, UsageError for no folder."""
    from .archive import Archive

    if not folder.is_dir():
        raise UsageError(f"no data folder {folder}")
    return Archive.read(folder)


def sound(folder: Path) -> Archive:
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
