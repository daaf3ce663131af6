"""Run a command and measure it: seconds by the clock and of the processors, and the most memory held."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["CommandFailed", "Sample", "Summary", "sample", "summary"]

# The system adds up a process's pages anew at every look; more looks would slow down what is measured.
FIRST_LOOK_SECONDS, LOOK_SECONDS = 0.02, 0.5
MEBIBYTE = 1 << 20


class CommandFailed(Exception):
    """A measured command that did not do its work; the end of what it printed."""


@dataclass(frozen=True)
class Sample:
    """One measurement: seconds by the clock, seconds of all processors, MiB of memory at the highest.

    On a busy machine the clock runs on while others are served; the processors' seconds hardly change.
    """

    seconds: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Summary:
    """Measurements of one thing: medians, and the shortest and the longest time."""

    seconds: float
    low: float
    high: float
    processor: float
    memory: float
    count: int


def sample(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], statuses: Sequence[int] = (0,)
) -> tuple[Sample, str]:
    """Run a command; how long it took, and what it printed. CommandFailed for another exit status."""
    begun, used = time.perf_counter(), _used_by_children()
    process = psutil.Popen(
        list(command),
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    highest, ended = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, highest, ended), daemon=True)
    watch.start()
    told, _ = process.communicate()
    seconds = time.perf_counter() - begun
    ended.set()
    watch.join()
    if process.returncode not in statuses:
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{told[-2000:]}")
    return Sample(seconds, _used_by_children() - used, highest[0]), told


def _used_by_children() -> float:
    """Seconds of the processors that all ended children took, and theirs."""
    times = os.times()
    return times.children_user + times.children_system


def _watch(pid: int, highest: list[float], ended: threading.Event) -> None:
    wait = FIRST_LOOK_SECONDS
    while not ended.wait(wait):
        highest[0], wait = max(highest[0], _held(pid) / MEBIBYTE), LOOK_SECONDS


def _held(pid: int) -> int:
    """Bytes held by a process and all that it has started; what they share is counted once.

    That is the proportional set size where the system has it, else the resident one.
    """
    total = 0
    try:
        top = psutil.Process(pid)
        family = [top, *top.children(recursive=True)]
    except psutil.Error:
        return 0
    for one in family:
        try:
            info = one.memory_full_info()
            total += getattr(info, "pss", info.rss)
        except (psutil.Error, OSError):
            continue
    return total


def summary(samples: Sequence[Sample]) -> Summary:
    """The medians and the spread of some measurements, of which there must be one."""
    seconds = [one.seconds for one in samples]
    return Summary(
        seconds=statistics.median(seconds),
        low=min(seconds),
        high=max(seconds),
        processor=statistics.median(one.processor for one in samples),
        memory=statistics.median(one.memory for one in samples),
        count=len(samples),
    )
