"""What a call costs the processor; what else a busy process does only adds to it."""

import json
import random
import time
from collections.abc import Callable


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


# Seconds of the work below on two idle cores of the kind on which the bars of seconds were set.
USUAL_SECONDS = 0.1


def slowness() -> float:
    """How many times longer a processor takes now than where the bars were set; 1 where it is as fast.

    Processors that are shared with other machines take up to twice as many of their seconds for the same.
    """
    return max(1.0, least(_work) / USUAL_SECONDS)


def _work() -> None:
    """What Python does most: dictionaries, texts and sorting, in as much memory as an archive takes."""
    draw = random.Random(1)
    rows = [{"id": f"R{n}", "value": draw.random(), "day": draw.randrange(500)} for n in range(20_000)]
    by_day: dict[int, list[str]] = {}
    for row in sorted(json.loads(json.dumps(rows)), key=lambda row: (row["day"], row["value"])):
        by_day.setdefault(row["day"], []).append(row["id"])
