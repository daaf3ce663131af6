"""What a call costs the processor."""

import gc
import time
from collections.abc import Callable


def least(call: Callable[[], object], times: int = 3) -> float:
    """The least seconds of processor time of some calls: what else a busy process does only adds to it."""
    gc.collect()
    took = []
    for _ in range(times):
        begun = time.process_time()
        call()
        took.append(time.process_time() - begun)
    return min(took)
