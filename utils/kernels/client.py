"""The client's side of warm kernels: start a server, have it fork, and hold on to what it forked.

A server lives as long as the process that asked for it, or until nothing of it is in use any more. A new
one is started when a module that it has loaded, or a variable that is read at start, has changed, so that a
kernel never runs code older than the files.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping, Sequence

from . import server

__all__ = ["ForkedKernel", "Refused", "fork", "warm"]

# Loading takes two seconds on an idle machine; past this something is wrong, and the ordinary kernel is used.
LOADING_SECONDS = 120
READY_SECONDS = 60
NOT_STARTED = "the process to fork from did not start"
LAUNCHER = "ipykernel_launcher"
# What the interpreter and the libraries read when they start, before a kernel has its own environment.
READ_AT_START = (
    *("PYTHON", "LC_", "LD_", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS_", "MKL_", "JE_ARROW_"),
    *("GDAL_", "PROJ_", "HOME", "XDG_", "LANG", "TZ", "TMPDIR"),
)


class Refused(Exception):
    """A warm kernel is not to be had; the message says why."""


class Outdated(Exception):
    """A module that the server has loaded is not what its file is now; the message names the file."""


class ForkedKernel:
    """A kernel process that the server has forked; as much of `subprocess.Popen` as jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, channel: socket.socket, parent: Server) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._channel, self._parent = channel, parent

    def ready(self) -> None:
        """Wait until the kernel listens, or is dead, or has had time enough."""
        self._read(READY_SECONDS)

    def poll(self) -> int | None:
        """The exit code as Popen gives it, None while the kernel lives."""
        while self.returncode is None and self._read(0):
            pass
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once the kernel is dead; subprocess.TimeoutExpired when it is not in `timeout` s."""
        begun = time.monotonic()
        while self.returncode is None:
            left = None if timeout is None else begun + timeout - time.monotonic()
            if timeout is not None and left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            self._read(left)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel alone; nothing when it is dead."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    def _read(self, seconds: float | None) -> bool:
        """Take in one message of the channel; False when none came in time."""
        self._channel.settimeout(seconds)
        try:
            message = self._channel.recv(64)
        except (BlockingIOError, TimeoutError):
            return False
        except ConnectionResetError:
            message = b""
        if message.startswith(b"exit "):
            self.returncode = int(message.split()[1])
        elif not message:
            # Only a server that was itself killed leaves without a word.
            self.returncode = -signal.SIGKILL
        if self.returncode is not None:
            self._channel.close()
        return True


class Server:
    """A running server, told to end when the last reference to it is gone."""

    def __init__(self, python: Sequence[str], environment: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [*python, "-m", server.__name__, str(theirs.fileno())],
                env=dict(environment),
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        weakref.finalize(self, _stop, self._control, self._process)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def load(self) -> None:
        """Ask to load everything before the next fork; nothing when the server has ended."""
        with self._lock, contextlib.suppress(OSError):
            self._control.send(json.dumps({"load": "all"}).encode())

    def fork(self, request: Mapping[str, object], standard: Sequence[int]) -> ForkedKernel:
        """A new kernel. Refused: take an ordinary one. Outdated, or OSError: ask another server."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, self._lock:
            self._control.settimeout(LOADING_SECONDS)
            socket.send_fds(self._control, [json.dumps(request).encode()], [*standard, theirs.fileno()])
            message = self._control.recv(server.MESSAGE_BYTES)
        if not message:
            raise ConnectionResetError("the server has ended")
        answer = json.loads(message)
        if "pid" not in answer:
            ours.close()
            raise Outdated(answer["outdated"]) if "outdated" in answer else Refused(answer["refused"])
        return ForkedKernel(answer["pid"], ours, self)


def _stop(control: socket.socket, process: subprocess.Popen[bytes]) -> None:
    control.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


StartKey = tuple[int, tuple[str, ...], tuple[tuple[str, str], ...]]

_current: dict[StartKey, Server] = {}
_choosing = threading.Lock()


def _start_key(python: Sequence[str], environment: Mapping[str, str]) -> StartKey:
    """What a server depends on besides its libraries' own code."""
    read = tuple(sorted(item for item in environment.items() if item[0].startswith(READ_AT_START)))
    return os.getpid(), tuple(python), read


def warm(python: Sequence[str], environment: Mapping[str, str]) -> Server:
    """The server for this interpreter and environment; started, but not waited for, where there is none.

    python: the interpreter with its options.

    Refused on systems other than Linux, where fork after loading such libraries is not safe.
    """
    if sys.platform != "linux":
        raise Refused(f"no safe fork on {sys.platform}")
    key = _start_key(python, environment)
    with _choosing:
        if key not in _current or not _current[key].alive:
            for other in [other for other in _current if other[0] != os.getpid()]:
                del _current[other]
            _current[key] = Server(python, environment)
        return _current[key]


def _replace(old: Server) -> None:
    """Let go of a server, so that the next kernel gets a new one; the old one's kernels live on."""
    with _choosing:
        for key in [key for key, server in _current.items() if server is old]:
            del _current[key]


def fork(
    command: Sequence[str], *, environment: Mapping[str, str], folder: str, standard: Sequence[int]
) -> ForkedKernel:
    """A kernel for a command ``python … -m ipykernel_launcher …``, ready to be spoken to.

    standard: descriptors of its input, output and error. Refused when it must be an ordinary one.
    """
    place = command.index("-m") if "-m" in command else len(command)
    if list(command[place + 1 : place + 2]) != [LAUNCHER]:
        raise Refused(f"{' '.join(command)} does not start ipykernel")
    arguments = command[place + 2 :]
    request = {"argv": [f"{LAUNCHER}.py", *arguments], "env": dict(environment), "cwd": folder}
    for _ in range(2):
        parent = warm(command[:place], environment)
        try:
            kernel = parent.fork(request, standard)
        except (OSError, Outdated):
            _replace(parent)
            continue
        kernel.ready()
        return kernel
    raise Refused(NOT_STARTED)
