"""Clients that wait for a kernel no longer than it takes.

jupyter_client's own wait until nothing has come from a kernel for a fifth of a second, twice. These ask for
its information and read on until it says that it is idle again: whatever it says later belongs to a cell.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.channels import ZMQSocketChannel
from jupyter_core.utils import ensure_async, run_sync

__all__ = ["CLIENTS", "PromptAsyncClient", "PromptBlockingClient"]

REPLY_SECONDS = 1
# Until a subscription has reached the kernel, what it publishes is lost; then the question is asked again.
IDLE_SECONDS = 0.2

Message = dict[str, Any]


async def _until_ready(
    client: AsyncKernelClient | BlockingKernelClient, timeout: float | None = None
) -> None:
    """Wait until the kernel has answered and its answer can be heard; RuntimeError when it does not in time.

    timeout: in seconds, None for as long as the kernel lives.
    """
    end = time.monotonic() + (math.inf if timeout is None else timeout)
    while not await _answers(client):
        if not await ensure_async(client.is_alive()):
            raise RuntimeError("the kernel died before it answered")
        if time.monotonic() > end:
            raise RuntimeError(f"the kernel did not answer in {timeout} seconds")


async def _answers(client: AsyncKernelClient | BlockingKernelClient) -> bool:
    asked = client.kernel_info()

    async def read(channel: ZMQSocketChannel, seconds: float, last: Callable[[Message], bool]) -> Message:
        while True:
            message: Message = await ensure_async(channel.get_msg(timeout=seconds))
            if message["parent_header"].get("msg_id") == asked and last(message):
                return message

    try:
        reply = await read(client.shell_channel, REPLY_SECONDS, lambda message: True)
        await read(
            client.iopub_channel,
            IDLE_SECONDS,
            lambda message: message["content"].get("execution_state") == "idle",
        )
    except Empty:
        return False
    client._handle_kernel_info_reply(reply)
    return True


class PromptAsyncClient(AsyncKernelClient):
    """jupyter_client's client for coroutines, which waits as this module says."""

    wait_for_ready = _until_ready


class PromptBlockingClient(BlockingKernelClient):
    """jupyter_client's client for functions, which waits as this module says."""

    wait_for_ready = run_sync(_until_ready)


# By the name of the client that each stands for.
CLIENTS = {
    "jupyter_client.asynchronous.AsyncKernelClient": f"{__name__}.PromptAsyncClient",
    "jupyter_client.blocking.BlockingKernelClient": f"{__name__}.PromptBlockingClient",
}
