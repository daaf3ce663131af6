"""A page that reconnects to its kernel loses nothing, whichever of its sockets the server hears of first."""

import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import websocket
from jupyter_client.session import Session
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from jupyters import TOKEN, served

from utils import kernels
from utils.lab.start import SETTINGS

V1 = "v1.kernel.websocket.jupyter.org"
LEGACY = ""
SECONDS = 30
# In milliseconds.
IMPATIENT = {"ws_ping_interval": 100, "ws_ping_timeout": 150}


class Server:
    """A Jupyter server, and what can be asked of its interface."""

    def __init__(self, address: str, log: Path) -> None:
        self.address, self.log = address, log

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def ask(self, path: str, method: str = "GET", **content: str) -> Any:
        body = json.dumps(content).encode() if content else None
        address = f"{self.address}/api/{path}?token={TOKEN}"
        with urllib.request.urlopen(urllib.request.Request(address, body, method=method)) as answer:
            return json.loads(answer.read() or "null")


@pytest.fixture(scope="module")
def server(tmp_path_factory, kernel_name) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("server")
    with served(home, "jupyter_server", "--config", SETTINGS) as address:
        yield Server(address, home / "log")


@pytest.fixture
def impatient(tmp_path, kernel_name) -> Iterator[Server]:
    """A server that closes a socket at once whose page is too busy to answer."""
    options = ("--config", SETTINGS, f"--ServerApp.tornado_settings={IMPATIENT}")
    with served(tmp_path, "jupyter_server", *options) as address:
        yield Server(address, tmp_path / "log")


@pytest.fixture
def kernel(server) -> Iterator[tuple[Server, str]]:
    """The server and the id of a kernel of its own."""
    made = server.ask("kernels", "POST", name=kernels.NAME)["id"]
    yield server, made
    server.ask(f"kernels/{made}", "DELETE")


class Socket:
    """One of a page's sockets; it reads nothing, not even that the server closes it, until it is asked to."""

    def __init__(self, server: Server, kernel: str, session: Session, protocol: str = V1) -> None:
        self.session, self.protocol = session, protocol
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels?token={TOKEN}&session_id={session.session}",
            subprotocols=[protocol] if protocol else None,
            timeout=SECONDS,
        )

    def run(self, code: str) -> str:
        """Send a cell; its id."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        message = self.session.msg(
            "execute_request", {**content, "allow_stdin": False, "stop_on_error": False}
        )
        if self.protocol == V1:
            self.socket.send_binary(serialize_msg_to_ws_v1(message, "shell", self.session.pack))
        else:
            self.socket.send(json.dumps({**message, "channel": "shell", "buffers": []}, default=str))
        return message["msg_id"]

    def next(self) -> tuple[str, str, dict]:
        """The next message: the id of the cell that it is for, its kind and its content."""
        received = self.socket.recv()
        if self.protocol == V1:
            header, parent, _, content = map(json.loads, deserialize_msg_from_ws_v1(received)[1][:4])
        else:
            message = json.loads(received)
            header, parent, content = message["header"], message["parent_header"], message["content"]
        return parent.get("msg_id", ""), header["msg_type"], content

    def heard(self, cells: list[str]) -> dict[str, list[str]]:
        """What each cell printed, and its reply, until the last has answered and is idle or nothing comes."""
        told: dict[str, list[str]] = {cell: [] for cell in cells}
        ends = set()
        try:
            while len(ends) < 2:
                cell, kind, content = self.next()
                if cell in told and kind in ("stream", "execute_reply"):
                    told[cell].append(content.get("text", content.get("status")))
                if cell == cells[-1] and (
                    kind == "execute_reply" or content.get("execution_state") == "idle"
                ):
                    ends.add(kind)
        except (TimeoutError, websocket.WebSocketException):
            pass
        return {cell: sorted(lines) for cell, lines in told.items()}


def heard_by_any(sockets: list[Socket], cells: list[str]) -> dict[str, list[str]]:
    """What the last of some sockets hears of cells, and what came to the others before they were closed."""
    told = sockets[-1].heard(cells)
    for replaced in sockets[:-1]:
        replaced.socket.settimeout(1)
        for cell, lines in replaced.heard(cells).items():
            told[cell] = sorted(told[cell] + lines)
    return told


def printed(*texts: str) -> list[list[str]]:
    return [sorted([f"{text}\n", "ok"]) for text in texts]


@pytest.mark.parametrize("protocol", [V1, LEGACY])
def test_cells_that_come_to_a_replaced_socket_run_and_are_heard(kernel, protocol):
    page = Session()
    old = Socket(*kernel, page)
    old.heard([old.run("0")])
    new = Socket(*kernel, page, protocol)
    cells = [old.run(f"print({one})") for one in range(5)]
    old.socket.close()
    cells.append(new.run("print('after')"))
    assert list(new.heard(cells).values()) == printed("0", "1", "2", "3", "4", "after")
    assert "Error" not in kernel[0].log.read_text(encoding="utf-8")


def test_what_runs_while_its_socket_is_replaced_is_heard_by_the_next(kernel):
    page = Session()
    old = Socket(*kernel, page)
    old.heard([old.run("0")])
    cells = [old.run("import time; time.sleep(1); print('slow')"), old.run("print('next')")]
    time.sleep(0.3)
    new = Socket(*kernel, page)
    assert list(new.heard(cells).values()) == printed("slow", "next")


def test_cells_wait_through_several_sockets(kernel):
    page = Session()
    sockets = [Socket(*kernel, page)]
    sockets[0].heard([sockets[0].run("0")])
    cells = []
    for place in range(4):
        sockets.append(Socket(*kernel, page))
        cells.append(sockets[-2].run(f"print({place})"))
    # A socket that took a cell over may have heard of it before it was replaced in turn.
    assert sorted(heard_by_any(sockets, cells).values()) == printed("0", "1", "2", "3")


def test_cells_that_come_to_a_socket_which_the_server_has_closed_run(impatient):
    made = impatient.ask("kernels", "POST", name=kernels.NAME)["id"]
    page = Session()
    old = Socket(impatient, made, page)
    old.heard([old.run("0")])
    time.sleep(1)
    cells = [old.run(f"print({one})") for one in range(5)]
    time.sleep(0.5)
    assert "ping timeout" in impatient.log.read_text(encoding="utf-8")
    assert list(Socket(impatient, made, page).heard(cells).values()) == printed("0", "1", "2", "3", "4")


def test_a_socket_given_up_before_it_has_opened_is_not_counted(kernel):
    server, made = kernel
    given_up = (
        f"GET /api/kernels/{made}/channels?token={TOKEN}&session_id=gone HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    )
    for _ in range(5):
        with socket.socket() as plain:
            plain.connect(("127.0.0.1", server.port))
            plain.sendall(
                f"{given_up}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
            )
    page = Session()
    live = Socket(server, made, page)
    live.heard([live.run("0")])
    time.sleep(1)
    assert server.ask(f"kernels/{made}")["connections"] == 1
    live.socket.close()
    time.sleep(0.5)
    assert server.ask(f"kernels/{made}")["connections"] == 0
