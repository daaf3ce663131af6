"""Ask every address of a data folder whether its page is still there; nothing is changed.

This is the one command about the rows that needs a network. A page that refuses robots is not gone: only what
a server says is missing, or a host that no longer exists, is told as gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import requests

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = ["Answer", "addresses", "ask", "ask_all"]

SECONDS = 20
AT_ONCE = 8
GONE = (404, 410, 451)
State = Literal["there", "gone", "refused", "silent"]


@dataclass(frozen=True)
class Answer:
    """What an address answered. rows: the ids that name it. state: there, gone (the server says so, or there
    is no such host), refused (it answers, but not us), silent (no answer in time)."""

    address: str
    rows: tuple[str, ...]
    state: State
    words: str


def addresses(archive: Archive) -> dict[str, tuple[str, ...]]:
    """Every address of the statements and events with the ids of its rows, in their order."""
    found: dict[str, list[str]] = {}
    told = [(row.url, row.id) for row in archive.statements] + [(row.url, row.id) for row in archive.events]
    for address, name in told:
        if address is not None:
            found.setdefault(str(address), []).append(name)
    return {address: tuple(rows) for address, rows in found.items()}


def ask(address: str) -> tuple[State, str]:
    """The state of one address, and the server's answer in words."""
    try:
        with requests.get(address, timeout=SECONDS, stream=True, allow_redirects=True) as answer:
            code = answer.status_code
    except requests.exceptions.ConnectionError as error:
        # requests tells an unknown host by the name of the resolver's error alone.
        return ("gone", "no such host") if "NameResolution" in repr(error) else ("silent", "no connection")
    except requests.exceptions.RequestException as error:
        return "silent", type(error).__name__
    if code in GONE:
        return "gone", f"status {code}"
    return ("there", f"status {code}") if code < 400 else ("refused", f"status {code}")


def ask_all(
    pages: Iterable[tuple[str, tuple[str, ...]]], ask: Callable[[str], tuple[State, str]] = ask
) -> Iterator[Answer]:
    """The answers of addresses with the ids of their rows, in order; some are asked at once."""
    pages = list(pages)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        states = pool.map(ask, [address for address, _ in pages])
        for (address, rows), (state, words) in zip(pages, states, strict=True):
            yield Answer(address, rows, state, words)
