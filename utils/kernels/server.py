"""The process that kernels are forked from.

It loads the libraries once and then does nothing but fork: no thread, no socket of ZeroMQ, no event loop and
no figure may exist in it, because a fork would copy them half alive; the kernel spec forbids the thread of
pyarrow's allocator. Its client holds the other end of a socket; when that closes, the server ends its kernels
and itself.

Messages, one packet each: a request is JSON with ``argv``, ``env``, ``cwd`` and four descriptors (standard
input, output, error, and the kernel's channel); the answer is JSON with ``pid``, or ``refused`` and the
reason, or ``outdated`` and the file of a loaded module that has changed. A packet with ``load`` asks to load
everything before the next fork, and has no answer. On a kernel's channel the kernel says ``ready`` and the
server, in the end, ``exit N``.
"""

from __future__ import annotations

import atexit
import gc
import json
import logging
import os
import random
import selectors
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

from .loading import Loading

__all__ = ["MESSAGE_BYTES", "main"]

MESSAGE_BYTES = 1 << 20
# After the fork of a kernel that is alone: somebody waits for it, and others may never be asked for.
PATIENCE_SECONDS = 3
LAST_WORDS_SECONDS = 2


def main(descriptor: int) -> None:
    """Load the libraries, and fork a kernel for every request that comes in over the socket."""
    control = socket.socket(fileno=descriptor)
    # matplotlib asks for its backend when it is first imported; ipykernel would set this one.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    request = _serve(control, Loading())
    if request is None:
        # Its client waits for the end; taking apart all that was loaded would be of no use to anybody.
        os._exit(0)
    _become_kernel(*request)


def _shadowed(folder: str) -> str:
    """The file in a kernel's folder that an ordinary kernel would have read at an import; nothing if none.

    Such are a module of the name of a loaded one, and matplotlib's settings.
    """
    for entry in os.listdir(folder):
        name = entry.partition(".")[0]
        module = sys.modules.get(name)
        package = os.path.join(folder, entry, "__init__.py")
        importable = entry.endswith((".py", ".so")) or os.path.isfile(package)
        own = getattr(module, "__file__", None) or ""
        if entry == "matplotlibrc" or (
            module is not None and importable and not own.startswith(os.path.join(folder, name))
        ):
            return entry
    return ""


def _answer(request: dict[str, Any], loading: Loading) -> dict[str, str]:
    """Why a kernel cannot be forked; nothing when it can."""
    if changed := loading.changed():
        return {"outdated": changed}
    if loading.refusal:
        return {"refused": loading.refusal}
    shadow = _shadowed(request["cwd"])
    return {"refused": f"{shadow} stands in the kernel's folder"} if shadow else {}


def _serve(control: socket.socket, loading: Loading) -> tuple[dict[str, Any], list[int]] | None:
    """Fork for every request, and load more while there is none.

    None in the server when it is done, the request in each new kernel. A kernel that is asked for early is
    forked with what is loaded by then and imports the rest itself, unless the client asks to load all first.
    """
    kernels: dict[int, socket.socket] = {}
    wake, alarm = _woken()
    waiting = selectors.DefaultSelector()
    waiting.register(control, selectors.EVENT_READ)
    waiting.register(wake, selectors.EVENT_READ)
    patience = 0
    while True:
        ready = {key.fileobj for key, _ in waiting.select(None if loading.done else patience)}
        if not ready:
            patience = 0
            loading.go_on()
        if wake in ready:
            wake.recv(4096)
            _reap(kernels)
        if control not in ready:
            continue
        message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 4)
        if not message:
            _end(kernels)
            return None
        request = json.loads(message)
        if "load" in request:
            loading.finish()
            continue
        answer = _answer(request, loading)
        # What is loaded stays shared: the collector of a kernel shall not write to it.
        gc.freeze()
        pid = -1 if answer else os.fork()
        if pid == 0:
            waiting.close()
            for inherited in (control, wake, alarm, *kernels.values()):
                inherited.close()
            return request, descriptors
        if not answer:
            kernels[pid] = socket.socket(fileno=os.dup(descriptors[3]))
            patience = PATIENCE_SECONDS if len(kernels) == 1 else 0
        control.send(json.dumps(answer or {"pid": pid}).encode())
        for one in descriptors:
            os.close(one)


def _woken() -> tuple[socket.socket, socket.socket]:
    """A socket with something to read once a kernel has ended, and its other end; no interrupt is heard."""
    wake, alarm = socket.socketpair()
    for end in (wake, alarm):
        end.setblocking(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(alarm.fileno())
    return wake, alarm


def _reap(kernels: dict[int, socket.socket]) -> None:
    """Tell the client how each kernel ended that has ended."""
    for pid in list(kernels):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            channel = kernels.pop(pid)
            try:
                channel.send(b"exit %d" % os.waitstatus_to_exitcode(status), socket.MSG_DONTWAIT)
            except OSError:
                logging.getLogger(__name__).debug("nobody asks for kernel %d any more", pid)
            channel.close()


def _end(kernels: dict[int, socket.socket]) -> None:
    """End every kernel and what it has started; the client is gone."""
    for pid in kernels:
        for kill in (os.killpg, os.kill):
            try:
                kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
    for pid in kernels:
        os.waitpid(pid, 0)


def _become_kernel(request: dict[str, Any], descriptors: list[int]) -> None:
    """Turn a fresh fork into what ``python -m ipykernel_launcher`` would be."""
    # Beside what is frozen little is old, and the collector would go through all of that again and again.
    gc.set_threshold(20_000, 20, 50)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    *standard, channel = descriptors
    for wanted, given in enumerate(standard):
        os.dup2(given, wanted)
        os.close(given)
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    sys.argv = request["argv"]
    # What the server's imports have registered is the server's to clear up.
    atexit._clear()
    _new_random_state()
    _run_kernel(socket.socket(fileno=channel))


def _new_random_state() -> None:
    """Random numbers of the kernel's own; a fork inherits the state of its parent."""
    import numpy

    random.seed()
    numpy.random.seed()


def _run_kernel(channel: socket.socket) -> None:
    from ipykernel.kernelapp import IPKernelApp

    client = int(os.environ.get("JPY_PARENT_PID") or 0)
    app = IPKernelApp.instance(parent_handle=client)
    app.initialize(sys.argv[1:])
    # ipykernel's own poller asks for the parent process, which is the server and not the client.
    app.poller = threading.Thread(target=_watch, args=(channel,), name="client watch", daemon=True)
    channel.send(b"ready")
    app.start()
    # Its thread of control still says how the request to end went; ipykernel would close its sockets then.
    if app.control_thread:
        app.control_thread.join(LAST_WORDS_SECONDS)


def _watch(channel: socket.socket) -> None:
    """End the kernel and what it has started when its client is gone, however it went."""
    channel.recv(1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    # As ipykernel's launcher does: the folder of the caller is no place to import from.
    if Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    main(int(sys.argv[1]))
