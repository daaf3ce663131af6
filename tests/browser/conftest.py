"""Debian's Chromium on the built site, for the tests of this folder; nothing is downloaded.

With FIFTY_THOUSAND_BROWSER=required a missing browser is an error; otherwise the tests are skipped then.
The browser lives as long as this folder's tests: its event loop would be in the way of later tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .facts import Facts
from .walks import Walks
from .watch import BROWSERS_OWN, Trap, Watch

ROOT = Path(__file__).resolve().parents[2]
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Loopback addresses go to the trap as well.
    "--proxy-bypass-list=<-loopback>",
)

Opener = Callable[..., Page]


@pytest.fixture(scope="package")
def trap() -> Iterator[Trap]:
    """The proxy through which the browser has to go."""
    made = Trap()
    yield made
    made.close()


@pytest.fixture(scope="package")
def chromium(executable: str, trap: Trap, site: Path) -> Iterator[Browser]:
    """One browser with an empty profile, on a machine from which it cannot get away."""
    with sync_playwright() as playwright:
        switches = [*SWITCHES, f"--proxy-server={trap.address}"]
        browser = playwright.chromium.launch(executable_path=executable, args=switches)
        yield browser
        browser.close()


@pytest.fixture
def opener(chromium: Browser, trap: Trap) -> Iterator[Callable[[Path], Opener]]:
    """Opens pages of one site; after the test nothing that they did may have been trouble."""
    watches, contexts = [], []

    def of(root: Path) -> Opener:
        def opened(name: str | None = None, *, width: int = 1280, height: int = 800, **options) -> Page:
            watch = Watch(root.resolve())
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            watch.follow(context)
            watches.append(watch)
            contexts.append(context)
            page = context.new_page()
            if name is not None:
                page.goto((root / name).as_uri())
            return page

        return opened

    yield of
    for context in contexts:
        context.close()
    assert [trouble for watch in watches for trouble in watch.trouble] == []
    assert trap.hosts <= BROWSERS_OWN


@pytest.fixture
def opened(opener: Callable[[Path], Opener], site: Path) -> Opener:
    """Opens a page of the report in a context of its own: a name, a width, what else a context takes."""
    return opener(site)


@pytest.fixture(scope="session")
def names(site: Path) -> list[str]:
    """The names of all pages, the front page first."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(found, key=lambda name: (name != "index.html", name))


@pytest.fixture(scope="package")
def walks(chromium: Browser, site: Path, names: list[str]) -> Walks:
    """What is seen of every page, by the width of the window; each page is opened once for each."""
    return Walks(chromium, site, names)


@pytest.fixture(scope="package")
def facts(walks: Walks) -> dict[str, Facts]:
    """What every page holds, by its name."""
    return {name: page.facts for name, page in walks().pages.items()}
