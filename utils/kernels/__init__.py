"""Warm kernels: an ordinary ipykernel, forked from a process that has the libraries loaded.

Starting a kernel and importing pandas, matplotlib and the rest costs far more than most notebooks' own work.
`provisioner` is what jupyter_client asks for a kernel of this name, through its `KernelProvisioner` entry
point; nbclient, nbval and JupyterLab know only the name. `client` starts the process to fork from and holds
on to the kernels; `server` is that process. Where fork is not to be had the ordinary kernel starts instead.
"""

import contextlib
import os
import sys
from collections.abc import Iterable
from typing import TypeVar

from .record import RECORD

__all__ = ["NAME", "RECORD", "cores", "last_first", "start"]

# The name of the kernel spec in ``share/jupyter/kernels`` and of its provisioner.
NAME = "fifty-thousand"
One = TypeVar("One")


def start(count: int = 1) -> None:
    """Begin to load the libraries, so that the first kernel finds them loaded.

    count: how many kernels are going to be asked for, as far as is known. When more than can be at work at
    once, the first waits until all is loaded, because those that come after would load the same again.

    It only takes up the time of another core; without it the first kernel asks for the same. Nothing happens
    where there is no fork.
    """
    from jupyter_client.kernelspec import KernelSpecManager

    from . import client, settings
    from .provisioner import PLAIN

    if os.environ.get(PLAIN) == "plain":
        return
    spec = KernelSpecManager().get_kernel_spec(NAME)
    python = [sys.executable, *spec.argv[1 : spec.argv.index("-m")]]
    with contextlib.suppress(client.Refused):
        server = client.warm(python, settings.of_kernel({**os.environ, **spec.env}))
        if count > cores():
            server.load()


def cores() -> int:
    """How many kernels can be at work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def last_first(notebooks: Iterable[One]) -> list[One]:
    """Notebooks in the order in which they are begun side by side: as many of the last as there are cores,
    then the rest in reading order.

    The last ones sum up, and take longest as a rule; begun last, one of them would be waited for alone.
    """
    every = list(notebooks)
    ahead = every[-cores() :]
    return [*reversed(ahead), *every[: len(every) - len(ahead)]]
