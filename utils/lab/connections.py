"""Connections of a page with its kernel that lose nothing when one takes the place of another.

A page that reconnects gives up its socket and opens a new one in the same session. Where the server hears of
the new one first, it takes the old one for stale and closes it. Once it has closed a socket, for this or any
other reason, jupyter_server 2.21 no longer knows in which protocol its messages are written: the page's last
ones, still on their way, end in `struct.error: unpack requires a buffer`, and the cells that they were to run
never do. What the kernel says meanwhile goes to the closed socket. A socket that is given up before it has
opened is counted out without having been counted in.

Here a connection that ends hands over to the next of its session: what the kernel says is kept, as after an
orderly end, and what still comes from the page waits until the next one hears the kernel.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Any, ClassVar

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["Connection"]


class Connection(ZMQChannelsWebsocketConnection):
    """jupyter_server's connection, which has an heir once it is replaced."""

    # By session, what came to connections that had ended, each with the protocol it is written in.
    left: ClassVar[dict[str, list[tuple[str | None, Any]]]] = defaultdict(list)
    heir: Connection | None = None
    connected: asyncio.Future[None] | None = None
    gone = False
    # What the kernel said to one that this replaced, before this could hear anything.
    owed: list[tuple[Any, list[Any]]]
    # The channels that were kept of the connection before.
    kept: dict[str, Any] | None = None
    # Of the socket when it was opened, and for a moment that of a message which came to another one.
    spoken: str | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.owed = []

    @property
    def subprotocol(self) -> str | None:
        """The protocol that messages are written in."""
        return self.spoken

    @property
    def live(self) -> bool:
        """Whether it hears what the kernel says, and the page hears it."""
        connected = self.connected
        heard = connected is not None and connected.done() and not connected.cancelled()
        return heard and not self.gone and not self.closed

    @property
    def closed(self) -> bool:
        """Whether the server has closed the socket; messages that were sent before may still come."""
        return self.websocket_handler.ws_connection is None

    async def _register_session(self) -> None:
        """Take the place of the connection of the same session that is still there."""
        ordinary: Any = super()
        handler = self._open_sessions.get(f"{self.kernel_id}:{self.session.session}")
        replaced = getattr(handler, "connection", None)
        if isinstance(replaced, Connection):
            self.log.info("A connection is replaced: %s", replaced.session_key)
            replaced.heir = self
            self.owed, replaced.owed = replaced.owed, []
            replaced.disconnect()
        await ordinary._register_session()

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]  # as the class between has it
        """Connect, unless another has taken the place already; then send what was left for the session."""
        if self.heir is not None:
            self.websocket_handler.close()
            return _done()
        self.spoken = super().subprotocol
        before = self.multi_kernel_manager._kernel_buffers.get(self.kernel_id, {})
        self.kept = before.get("channels")
        self.connected = super().connect()
        if self.connected is not None:
            while self.owed:
                self.handle_outgoing_message(*self.owed.pop(0))
            self.connected.add_done_callback(lambda _: self.deliver())
        return self.connected

    def nudge(self) -> asyncio.Future[None]:
        """Ask the kernel until it is heard, but not in channels that are heard already."""
        if self.channels is self.kept:
            return _done()
        nudged: asyncio.Future[None] = super().nudge()
        return nudged

    def disconnect(self) -> None:  # type: ignore[override]  # as the class between has it
        """Leave once, and keep for a later one what the kernel says, if it was heard at all."""
        if self.gone:
            return
        ordinary: Any = super()
        self.gone = True
        if self.connected is not None and self.connected.done():
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
        """Give a message of the page to the kernel, or leave it to the next connection."""
        if self.heir is None and not self.closed:
            super().handle_incoming_message(incoming_msg)
            return
        self.left[self.session_key].append((self.spoken, incoming_msg))
        self.deliver()

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Give a message of the kernel to the page, or keep it for the next connection.

        One that is replaced while it takes over what was kept has it still, and passes it on.
        """
        if self.heir is not None:
            self.heir.handle_outgoing_message(stream, outgoing_msg)
            return
        if self.connected is None:
            self.owed.append((stream, outgoing_msg))
            return
        if not self.closed:
            super().handle_outgoing_message(stream, outgoing_msg)
            return
        self.disconnect()
        kept = self.multi_kernel_manager._kernel_buffers.get(self.kernel_id, {})
        if kept.get("session_key") == self.session_key:
            kept["buffer"].append((stream.channel, outgoing_msg))

    def deliver(self) -> None:
        """Give the kernel what was left for this session, once what it answers is heard."""
        if self.heir is not None:
            self.heir.deliver()
        elif self.live:
            own = self.spoken
            try:
                for protocol, message in self.left.pop(self.session_key, ()):
                    self.spoken = protocol
                    super().handle_incoming_message(message)
            finally:
                self.spoken = own


def _done() -> asyncio.Future[None]:
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done
