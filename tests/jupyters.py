"""Jupyter's servers as tests start them: on a port of their own, with nobody's settings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120
TOKEN = "open"


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def served(home: Path, module: str, *options: str) -> Iterator[str]:
    """The address of a server, `jupyterlab` or `jupyter_server`, which writes its log into the home."""
    port = free_port()
    command = [
        *(sys.executable, "-m", module, "--no-browser", "--allow-root", f"--port={port}"),
        *(f"--IdentityProvider.token={TOKEN}", *options),
    ]
    folders = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    environment = os.environ | {f"JUPYTER_{name}": str(home / name) for name in folders}
    environment |= {f"JUPYTERLAB_{name}_DIR": str(home / name) for name in ("SETTINGS", "WORKSPACES")}
    environment["IPYTHONDIR"] = str(home / "ipython")
    with open(home / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            await_answer(f"http://127.0.0.1:{port}/api?token={TOKEN}", server, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(SECONDS / 10)
            except subprocess.TimeoutExpired:
                # Where a page's request is open at the end, a thread of anyio's waits for ever.
                server.kill()
                server.wait(SECONDS)


def await_answer(address: str, server: subprocess.Popen, log: Path) -> None:
    """Until the server answers; its log where it ends or says nothing for long."""
    for _ in range(SECONDS * 4):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(log.read_text(encoding="utf-8"))
