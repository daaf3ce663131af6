"""What a call costs the processor; what else a busy process does only adds to it."""

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
