"""One build at a time in a folder, and none of its processes left when it ends, however it ends."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import multiprocessing.connection
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["alone", "end_with_parent", "restore", "swap"]

LOCK = "building.lock"
# File systems on which nothing can be locked, as some network drives.
NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)


@contextlib.contextmanager
def alone(folder: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Build in a folder while no other process does; wait for one that does, and say so once.

    A process that dies holds no lock. NotADirectoryError where a file has the folder's name.
    """
    from filelock import FileLock, Timeout

    if folder.exists() and not folder.is_dir():
        said = "a file of this name is in the way of what is built; move it elsewhere"
        raise NotADirectoryError(errno.ENOTDIR, said, str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    with contextlib.ExitStack() as held:
        try:
            try:
                held.enter_context(lock.acquire(timeout=0))
            except Timeout:
                tell(f"Another build is at work in {folder}; this one waits for its end")
                held.enter_context(lock.acquire(poll_interval=0.2))
        except NotImplementedError:
            pass
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
        yield


def swap(new: Path, place: Path) -> None:
    """Put a finished folder in the place of the old one, of which nothing is removed before that."""
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)
    shutil.rmtree(old, ignore_errors=True)


def restore(place: Path) -> None:
    """Bring back the folder that a process put aside before it died."""
    old = place.with_name(f"{place.name}.old")
    if old.is_dir() and not place.exists():
        os.replace(old, place)


def end_with_parent() -> None:
    """End this process as soon as the one that started it has ended; to be called first in a worker."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), name="parent watch", daemon=True).start()


def _watch(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    # Nobody is left who could take what it made.
    os._exit(1)
