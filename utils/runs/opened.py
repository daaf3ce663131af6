"""Which files of some folders a process has opened, by whatever means: fanotify, of Linux since 5.13.

Python's audit hook does not see what a library opens in C, nor what a program opens that a cell starts. The
kernel of the system does, and tells an ordinary user which of it was by the process that asks.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["Watch", "folders_of"]

# Of linux/fanotify.h: tell folder and name of what is opened, close with exec, do not wait.
REPORT_FOLDER_AND_NAME, NONBLOCK, CLOEXEC = 0xC00, 0x2, 0x1
MARK_ADD, MARK_ONLY_FOLDERS = 0x1, 0x8
OPEN, ON_CHILD, OVERFLOW = 0x20, 0x0800_0000, 0x4000
FOLDER_AND_NAME = 2
EVENT, INFO = struct.Struct("=IBBHQii"), struct.Struct("=BBH")
FILESYSTEM_BYTES, HANDLE_BYTES, AT_CWD = 8, 128, -100
PASSED_OVER = {"reports", "utils", "__pycache__", "node_modules"}


class Watch:
    """A watch over folders, without those below them; OSError where the system has none."""

    def __init__(self, folders: Iterable[Path]) -> None:
        library = ctypes.CDLL(None, use_errno=True)
        if not hasattr(library, "fanotify_init"):
            raise OSError("no fanotify")
        asked = REPORT_FOLDER_AND_NAME | NONBLOCK | CLOEXEC
        self._descriptor = _checked(library.fanotify_init(asked, os.O_RDONLY | os.O_CLOEXEC))
        self._folders: dict[bytes, Path] = {}
        for folder in folders:
            mask = ctypes.c_uint64(OPEN | ON_CHILD)
            place = os.fsencode(folder)
            _checked(
                library.fanotify_mark(
                    self._descriptor, MARK_ADD | MARK_ONLY_FOLDERS, mask, ctypes.c_int(AT_CWD), place
                )
            )
            self._folders[_handle(library, place)] = folder

    def opened(self, others_too: bool) -> tuple[set[str], bool]:
        """The files that were opened since the last time, and whether all of them are told.

        others_too: also what cannot be told to be by another process, so rather too much than too little; by
        this one alone otherwise.
        """
        found: set[str] = set()
        whole = True
        while content := self._read():
            for mask, pid, path in _events(content, self._folders):
                whole &= not mask & OVERFLOW
                if path is not None and (pid == os.getpid() or (others_too and _may_be_ours(pid))):
                    found.add(str(path))
        return found, whole

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, 1 << 16)
        except BlockingIOError:
            return b""


def folders_of(roots: Iterable[Path]) -> Iterator[Path]:
    """The folders of some roots in which data may lie: none that is hidden, built, code or an environment."""
    for root in roots:
        for place, inner, _ in os.walk(root):
            yield Path(place)
            inner[:] = [
                name
                for name in sorted(inner)
                if not name.startswith(".")
                and name not in PASSED_OVER
                and not os.path.exists(os.path.join(place, name, "pyvenv.cfg"))
            ]


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _handle(library: ctypes.CDLL, place: bytes) -> bytes:
    """What the system calls a folder in its events."""
    handle = ctypes.create_string_buffer(struct.pack("=Ii", HANDLE_BYTES, 0), 8 + HANDLE_BYTES)
    mount = ctypes.c_int()
    _checked(library.name_to_handle_at(AT_CWD, place, handle, ctypes.byref(mount), 0))
    (length,) = struct.unpack_from("=I", handle.raw)
    return handle.raw[: 8 + length]


def _events(content: bytes, folders: dict[bytes, Path]) -> Iterator[tuple[int, int, Path | None]]:
    """Mask, process and file of each event; no file where it lies in none of the folders."""
    start = 0
    while start < len(content):
        length, _, _, own, mask, _, pid = EVENT.unpack_from(content, start)
        path = None
        if own < length:
            kind, _, _ = INFO.unpack_from(content, start + own)
            handle = start + own + INFO.size + FILESYSTEM_BYTES
            (size,) = struct.unpack_from("=I", content, handle)
            folder = folders.get(content[handle : handle + 8 + size])
            name = content[handle + 8 + size : start + length].partition(b"\0")[0]
            if kind == FOLDER_AND_NAME and folder is not None and name != b".":
                path = folder / os.fsdecode(name)
        yield mask, pid, path
        start += length


def _may_be_ours(pid: int) -> bool:
    """Whether a process is of this one's session, has ended, or is not told to an ordinary user."""
    try:
        return pid == 0 or os.getsid(pid) == os.getsid(0)
    except ProcessLookupError:
        return True
