"""What a command says of what stopped it: one line and an exit status, never a traceback.

With `FIFTY_THOUSAND_TRACEBACK` set in the environment the traceback is shown as well.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import traceback
from pathlib import Path

from . import commands, interpreter

__all__ = ["SWITCH", "abandon_output", "told"]

SWITCH = "FIFTY_THOUSAND_TRACEBACK"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
DISK_FULL = "the disk is full; make room and run it again"
# What the shell says of a program that was ended by the signal of a closed pipe, and by an interruption.
PIPE_CLOSED, INTERRUPTED = 141, 130


def told(error: BaseException, folder: Path) -> tuple[int, str]:
    """The exit status for what stopped a command, and the line that says it; without one nothing is said.

    folder: the data folder that it was about.
    """
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED, ""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, "interrupted"
    return 2, _line(error, folder)


def _line(error: BaseException, folder: Path) -> str:
    if isinstance(error, (commands.UsageError, interpreter.UnfitError)):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and (advice := interpreter.lacks(error)):
        return advice
    if _fills_disk(error):
        return DISK_FULL
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, MemoryError):
        return f"the memory does not suffice for {folder}"
    with contextlib.suppress(ImportError):
        from .evidence.problems import DataError

        if isinstance(error, DataError):
            return str(commands.unsound(folder, error))
    return _of_ours(error)


def _fills_disk(error: BaseException | None) -> bool:
    """Whether a library hit the end of the disk and said so in words of its own."""
    while error is not None and not (isinstance(error, OSError) and error.errno is not None):
        if isinstance(error, shutil.Error) and any(os.strerror(number) in str(error) for number in FULL):
            return True
        error = error.__cause__ or error.__context__
        if isinstance(error, OSError) and error.errno in FULL:
            return True
    return False


def _of_system(error: OSError) -> str:
    """What the system refused, and of which file."""
    reason = DISK_FULL if error.errno in FULL else error.strerror or " ".join(str(error).split())
    return f"{error.filename}: {reason}" if error.filename else reason


def _of_ours(error: BaseException) -> str:
    """A fault of the program: what it is, where, and how to report it."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(commands.ROOT)]
    where = f" at {Path(own[-1].filename).relative_to(commands.ROOT)}:{own[-1].lineno}" if own else ""
    said = " ".join(str(error).split())[:200]
    return (
        f"a fault of this program, not of your doing: {type(error).__name__}{where}: {said}. Run it again "
        f"with {SWITCH}=1 and report what it prints, with the data that it stopped at"
    )


def abandon_output() -> None:
    """Let nothing be told at the end of what standard output could not take: its reader has gone, or it is
    full."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
