"""A local server that behaves as badly as a test wants."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

POLL_SECONDS = 0.01  # how soon a server sees that it shall end
Answer = Callable[[BaseHTTPRequestHandler], None]


def content(body: bytes, status: int = 200, kind: str = "application/octet-stream") -> Answer:
    """Answer with a body."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def cut(body: bytes) -> Answer:
    """Promise a body and hang up half-way."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: len(body) // 2])
        request.wfile.flush()
        request.connection.close()

    return answer


def slow(body: bytes, seconds: float) -> Answer:
    """Answer after a while."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        content(body)(request)

    return answer


def redirect(path: str) -> Answer:
    """Send the client elsewhere."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", path)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def once(first: Answer, after: Answer) -> Answer:
    """Behave one way the first time and another way after that."""
    asked: list[bool] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        # Noted before answering: the client may ask again at once.
        asked.append(True)
        (first if len(asked) == 1 else after)(request)

    return answer


class Served(dict[str, Answer]):
    """Answers by path; `asked` are the paths that were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.address = ""


@contextmanager
def serve() -> Iterator[Served]:
    """A server on this machine whose answers the test fills in; a path without one gives 404."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            served.asked.append(path)
            served.get(path, content(b"no such file", 404))(self)

        def log_message(self, *arguments: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
