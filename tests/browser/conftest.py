"""A built site and Debian's Chromium for the tests of this folder; nothing is downloaded.

With FIFTY_THOUSAND_BROWSER=required a missing browser is an error; otherwise the tests are skipped then.
The browser lives as long as this folder's tests: its event loop would be in the way of later tests.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from utils.results import alone

from .facts import Facts, facts_of
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


def _changed(paths: list[Path]) -> float:
    """When the newest of some files, or of the files below some folders, was written."""
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return max(file.stat().st_mtime for file in files if file.is_file() and "__pycache__" not in file.parts)


@pytest.fixture(scope="session")
def site(kernel_name) -> Path:
    """The built site: the one in reports/html when it is newer than all its sources, else a new one."""
    html = ROOT / "reports" / "html"
    sources = [ROOT / name for name in ("data", "notebooks", "utils")]
    front = html / "index.html"
    # Where tests run side by side, one process builds it and the others wait.
    with alone(ROOT / "reports" / "tests"):
        if not front.is_file() or front.stat().st_mtime < _changed(sources):
            command = [sys.executable, "-m", "utils", "report"]
            built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert built.returncode == 0, built.stderr or built.stdout
    return html


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
def facts(chromium: Browser, site: Path, names: list[str]) -> dict[str, Facts]:
    """What every page holds, by its name; each is opened once."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    found = {name: facts_of(page, site / name) for name in names}
    context.close()
    return found
