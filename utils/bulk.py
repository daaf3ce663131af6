"""What the commands do that go through very many events or data folders; `__main__` reads their arguments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .commands import UsageError, day_of

if TYPE_CHECKING:
    from .shelf import Shelved

__all__ = ["incidents", "shelf"]


def incidents(options: argparse.Namespace) -> int:
    """Count the events of a stranger's export by day, area and tag."""
    from .incidents import command
    from .incidents.engine import EngineError
    from .terminal import terminal

    around = day_of(options.around, "--around")
    try:
        command.incidents(
            options.inputs,
            options.mapping,
            options.areas,
            options.out,
            None if around is None else (around, options.days),
            terminal(),
        )
    except (ValueError, EngineError) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    return 0


def shelf(options: argparse.Namespace) -> int:
    """Judge many data folders; 1 when one of them could not be judged."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress

    from . import kernels, shelf
    from .takeaway.saving import put
    from .terminal import terminal
    from .words import counted

    to = terminal()
    try:
        folders = shelf.folders(options.folders)
    except ValueError as error:
        raise UsageError(str(error)) from None
    with Progress(
        BarColumn(), MofNCompleteColumn(), console=to, transient=True, disable=not to.is_terminal
    ) as bar:
        task = bar.add_task("", total=len(folders))

        def done(one: Shelved) -> None:
            bar.advance(task)
            if one.failure:
                to.print(f"{one.folder}: {one.failure}", soft_wrap=True)

        shelved = shelf.shelve(folders, options.processes or kernels.cores(), done)
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        put(options.out, shelf.as_parquet(shelved))
    except OSError as error:
        raise UsageError(f"cannot write to {options.out}: {error.strerror}") from None
    failed = sum(bool(one.failure) for one in shelved)
    rows = sum(len(one.rows) for one in shelved)
    to.print(
        f"{options.out}: {counted(rows, 'verdict')} of {counted(len(shelved) - failed, 'folder')}, "
        f"{failed} failed",
        soft_wrap=True,
    )
    return 1 if failed else 0
