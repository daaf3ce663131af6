"""What a call costs the processor; what else a busy process does only adds to it."""

import json
import random
import statistics
import time
from collections.abc import Callable

# Seconds of `_work` on two idle cores of the kind on which the bars of seconds were set.
USUAL_SECONDS = 0.1


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
    """Seconds of processor time of a call, as where the bars were set if the processor is slower now."""
    before, seconds = looks(), cost(call)
    return seconds / slowness(before + looks())


def looks() -> list[float]:
    """What some work costs now whose usual cost is known.

    Processors that are shared with other machines take up to twice as many of their seconds for the same, and
    other times from one second to the next: so it is looked at before what is measured and after it.
    """
    return [cost(_work) for _ in range(5)]


def slowness(seen: list[float]) -> float:
    """How many times longer a processor took by its looks than where the bars were set; 1 where no longer."""
    return max(1.0, statistics.median(seen) / USUAL_SECONDS)


def _work() -> None:
    """What Python does most: dictionaries, texts and sorting, in as much memory as an archive takes."""
    draw = random.Random(1)
    rows = [{"id": f"R{n}", "value": draw.random(), "day": draw.randrange(500)} for n in range(20_000)]
    by_day: dict[int, list[str]] = {}
    for row in sorted(json.loads(json.dumps(rows)), key=lambda row: (row["day"], row["value"])):
        by_day.setdefault(row["day"], []).append(row["id"])
