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

__all__ = ["NAME", "cores", "last_first", "start"]

# The name of the kernel spec in ``share/jupyter/kernels`` and of its provisioner.
NAME = "fifty-thousand"
One = TypeVar("One")


def start() -> None:
    """Begin to load the libraries, so that the first kernel finds them loaded.

    It only takes up the time of another core; without it the first kernel asks for the same. Nothing happens
    where there is no fork.
    """
    from jupyter_client.kernelspec import KernelSpecManager

    from . import client
    from .provisioner import PLAIN

    if os.environ.get(PLAIN) == "plain":
        return
    spec = KernelSpecManager().get_kernel_spec(NAME)
    python = [sys.executable, *spec.argv[1 : spec.argv.index("-m")]]
    with contextlib.suppress(client.Refused):
        client.warm(python, {**os.environ, **spec.env})


def cores() -> int:
    """How many kernels can be at work at once on this machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def last_first(notebooks: Iterable[One]) -> list[One]:
    """Notebooks in the order in which they are begun side by side: the last in reading order, then the rest.

    The last one sums up, and takes longest as a rule; begun last, it would be waited for alone.
    """
    every = list(notebooks)
    return [*every[-1:], *every[:-1]]
