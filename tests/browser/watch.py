"""What a page did that it must not do, and a proxy that nothing gets past."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebSocket

__all__ = ["BROWSERS_OWN", "Trap", "Watch", "listed"]

# Chromium asks its maker for updates and accounts whatever its switches say; no page of ours names these.
BROWSERS_OWN = {"accounts.google.com", "update.googleapis.com"}


def listed(found: Mapping[object, object]) -> str:
    """What was found, a line a place; nothing where nothing was."""
    return "\n".join(f"{place}: {told}" for place, told in found.items() if told)


class Trap:
    """A proxy on this machine that hangs up on everybody and notes whom they wanted to reach."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self.hosts: set[str] = set()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(5)
                words = caller.recv(4096).split(maxsplit=2)
                target = words[1].decode(errors="replace") if len(words) > 1 else "nothing"
                self.hosts.add(urlsplit(target if "//" in target else f"//{target}").hostname or target)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()


@dataclass
class Watch:
    """The trouble in one browser context: foreign requests, messages, errors, dialogs.

    root: the folder of the site; a page may ask for files below it and for nothing else. asked: all that it
    asked for.
    """

    root: Path
    trouble: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Note the trouble of every page that the context opens, and stop every foreign request."""
        context.route(lambda address: not address.startswith("file:"), lambda route: route.abort())
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note("error", str(error.error)))
        context.on("dialog", self._dialog)
        context.on("page", self._page)

    def _note(self, kind: str, text: str) -> None:
        self.trouble.append(f"{kind}: {text[:300]}")

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        own = parts.scheme == "file" and Path(unquote(parts.path)).is_relative_to(self.root)
        if not own and parts.scheme != "data":
            self._note("request", request.url)

    def _failed(self, request: Request) -> None:
        # Whoever leaves a page ends what it is still loading.
        if request.failure != "net::ERR_ABORTED":
            self._note("failed", request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self._note(f"console {message.type}", message.text)

    def _dialog(self, dialog: Dialog) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, opened: WebSocket) -> None:
        self._note("websocket", opened.url)
