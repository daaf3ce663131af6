"""Connections of a page with its kernel that lose nothing when one takes the place of another.

A page that reconnects gives up its socket and opens a new one in the same session. Where the server hears of
the new one first, it takes the old one for stale. jupyter_server 2.21 closes it at once, and then no longer
knows in which protocol its messages are written: the page's last ones, still on their way, end in
`struct.error: unpack requires a buffer`, and the cells that they were to run never do. What the kernel says
meanwhile goes to the closed socket. One that is given up before it has opened is counted out without having
been counted in.

Here a connection that is replaced hands over: what the kernel says is kept for its heir, as after an orderly
end, and what still comes from the page waits until the heir hears the kernel.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any, ClassVar

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["Connection"]


class Connection(ZMQChannelsWebsocketConnection):
    """jupyter_server's connection, which has an heir once it is replaced."""

    # By session, what came to connections that had been replaced, each with the protocol it is written in.
    left: ClassVar[dict[str, list[tuple[str | None, Any]]]] = defaultdict(list)
    heir: Connection | None = None
    connected: asyncio.Future[None] | None = None
    gone = False
    # The protocol of the message that is read now, where it came to another connection.
    foreign: tuple[str | None] | None = None

    @property
    def subprotocol(self) -> str | None:
        """The protocol that messages are written in."""
        return self.foreign[0] if self.foreign else super().subprotocol

    @property
    def live(self) -> bool:
        """Whether it hears what the kernel says."""
        connected = self.connected
        return not self.gone and connected is not None and connected.done() and not connected.cancelled()

    async def _register_session(self) -> None:
        """Take the place of the connection of the same session that is still there."""
        ordinary: Any = super()
        handler = self._open_sessions.get(f"{self.kernel_id}:{self.session.session}")
        replaced = getattr(handler, "connection", None)
        if isinstance(replaced, Connection):
            self.log.info("A connection is replaced: %s", replaced.session_key)
            replaced.heir = self
            replaced.disconnect()
        await ordinary._register_session()

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]  # as the class between has it
        """Connect, unless another has taken the place already; then send what was left for the session."""
        if self.heir is not None:
            self.websocket_handler.close()
            return None
        self.connected = super().connect()
        if self.connected is not None:
            self.connected.add_done_callback(lambda _: self.deliver())
        return self.connected

    def disconnect(self) -> None:  # type: ignore[override]  # as the class between has it
        """Leave once, and keep for a later one what the kernel says, if it was heard at all."""
        if self.gone:
            return
        ordinary: Any = super()
        live, self.gone = self.live, True
        if live:
            ordinary.disconnect()
            return
        # What is counted besides keeps channels from being kept that are not there, or that nobody hears yet.
        manager = self.multi_kernel_manager
        for _ in range(2 if self.connected is None else 1):
            manager.notify_connect(self.kernel_id)
        ordinary.disconnect()
        manager.notify_disconnect(self.kernel_id)
        if self.connected is not None:
            self.connected.cancel()

    def handle_incoming_message(self, incoming_msg: str) -> None:
        """Give a message of the page to the kernel, or to the heir."""
        if self.heir is None:
            super().handle_incoming_message(incoming_msg)
            return
        self.left[self.session_key].append((self.subprotocol, incoming_msg))
        self.heir.deliver()

    def deliver(self) -> None:
        """Give the kernel what was left for this session, once what it answers is heard."""
        if self.heir is not None:
            self.heir.deliver()
        elif self.live:
            for protocol, message in self.left.pop(self.session_key, ()):
                self.foreign = (protocol,)
                try:
                    super().handle_incoming_message(message)
                finally:
                    self.foreign = None
