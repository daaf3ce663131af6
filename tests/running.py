"""Kernels that run for a test, and what tests ask of them and of processes."""

import contextlib
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from utils import kernels
from utils.kernels import client

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every kernel is an ordinary one")


class Kernel:
    """A kernel and what its cells print."""

    def __init__(self, name: str = kernels.NAME, **options: object) -> None:
        self.manager, self.client = start_new_kernel(kernel_name=name, **options)

    def run(self, code: str, seconds: float = 60) -> str:
        """What a cell prints, with the name of its error, if it has one."""
        told = []

        def hear(message: dict) -> None:
            content = message["content"]
            told.append(content.get("text", "") or content.get("ename", ""))

        self.client.execute_interactive(textwrap.dedent(code), timeout=seconds, output_hook=hear)
        return "".join(told).strip()

    @property
    def process(self):
        """The process as the provisioner holds it."""
        return self.manager.provisioner.process

    def end(self) -> None:
        """Stop talking and shut down."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@contextlib.contextmanager
def kernel(name: str = kernels.NAME, **options: object) -> Iterator[Kernel]:
    made = Kernel(name, **options)
    try:
        yield made
    finally:
        made.end()


def is_warm(made: Kernel) -> bool:
    return isinstance(made.process, client.ForkedKernel)


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not fetched does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def soon(true, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
