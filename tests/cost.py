"""What a call costs the processor; what else a busy process does only adds to it."""

import functools
import gc
import json
import random
import signal
import statistics
import time
from collections.abc import Callable

import numpy

# Seconds of `_work` on two idle cores of the kind on which the bars of seconds were set.
USUAL_SECONDS = 0.1
BETWEEN_LOOKS = 0.5  # seconds of processor time


def cost(call: Callable[[], object]) -> float:
    """Seconds of processor time of a call."""
    begun = time.process_time()
    call()
    return time.process_time() - begun


def least(call: Callable[[], object], times: int = 3) -> float:
    """The least seconds of processor time of some calls."""
    return min(cost(call) for _ in range(times))


def is_within(seconds: float, call: Callable[[], object], times: int = 3) -> bool:
    """Whether one of some calls takes less than so many seconds of processor time."""
    return any(cost(call) < seconds for _ in range(times))


def usual(call: Callable[[], object]) -> float:
    """Seconds of processor time of a call, as where the bars were set if the processor is slower now.

    It is looked at before, after, and while the call works: what else a machine does comes and goes, and a
    call of ten seconds may be slowed in its middle alone. The looks do not count.
    """
    during: list[float] = []
    before = looks()
    previous = signal.signal(signal.SIGPROF, lambda *_: during.append(cost(_work)))
    signal.setitimer(signal.ITIMER_PROF, BETWEEN_LOOKS, BETWEEN_LOOKS)
    try:
        seconds = cost(call)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    return (seconds - sum(during)) / slowness(before + during + looks())


def usual_from_cold(call: Callable[[], object], bar: float, times: int = 3) -> float:
    """The least usual cost of some calls that remember nothing; one that is below the bar is enough."""
    took: list[float] = []
    while len(took) < times and not any(one < bar for one in took):
        forget()
        took.append(usual(call))
    return min(took)


def forget() -> None:
    """Leave nothing remembered of what functions of the package have been asked."""
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and str(one.__module__).startswith("utils."):
            one.cache_clear()


def looks() -> list[float]:
    """What some work costs now whose usual cost is known.

    Processors that are shared with other machines take up to twice as many of their seconds for the same, and
    other times from one second to the next: so it is looked at before what is measured and after it.
    """
    return [cost(_work) for _ in range(5)]


def slowness(seen: list[float]) -> float:
    """How many times longer a processor took by its looks than where the bars were set; 1 where no longer.

    Looks are as many seconds of the processor apart, so that how much it got done has a harmonic mean.
    """
    return max(1.0, statistics.harmonic_mean(seen) / USUAL_SECONDS)


def _work() -> None:
    """What judging does most: dictionaries, texts and sorting, in as much memory as an archive takes, and
    many small systems of equations and densities on grids, in as much as pooling takes."""
    draw = random.Random(1)
    rows = [{"id": f"R{n}", "value": draw.random(), "day": draw.randrange(500)} for n in range(12_000)]
    by_day: dict[int, list[str]] = {}
    for row in sorted(json.loads(json.dumps(rows)), key=lambda row: (row["day"], row["value"])):
        by_day.setdefault(row["day"], []).append(row["id"])
    tellers = numpy.exp(-abs(numpy.subtract.outer(numpy.arange(10.0), numpy.arange(10.0))))
    spreads = tellers * numpy.linspace(1.0, 2.0, 1_600)[:, None, None]
    grid = numpy.linspace(-6.0, 6.0, 241)
    for _ in range(14):
        numpy.linalg.solve(spreads, numpy.ones((1_600, 10, 2)))
        numpy.exp(-(numpy.multiply.outer(spreads[::4, 0, 0], grid) ** 2)).sum(0)
