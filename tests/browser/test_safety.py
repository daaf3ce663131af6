"""Hostile texts in every table stay texts: nothing runs, nothing leaves, nothing breaks the page."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from utils.archive import Archive
from utils.evidence.problems import DataError

from . import hostile
from .walks import CLIPPED, SIDEWAYS
from .watch import listed

UNHURT = """window.struck === undefined
  && !document.querySelector('main script:not([type]), iframe, [onerror], [onload]')"""
ADDRESSES = """() => [document, ...[...document.querySelectorAll('template')].map(one => one.content)]
  .flatMap(root => [...root.querySelectorAll('[href], [src], [action]')])
  .flatMap(one => ['href', 'src', 'action'].map(name => one.getAttribute(name)))
  .filter(address => address && /^[^a-z]*(javascript|data|vbscript):/i.test(address))"""


@pytest.fixture(scope="session")
def attacked(tmp_path_factory, kernel_name) -> Path:
    """The site of a hostile data folder."""
    base = tmp_path_factory.mktemp("hostile")
    warnings = hostile.site(hostile.folder(base / "data"), base / "site")
    assert warnings == ""
    return base / "site"


@pytest.fixture
def pages(attacked) -> list[str]:
    """The names of its pages."""
    return sorted(path.relative_to(attacked).as_posix() for path in attacked.rglob("*.html"))


@pytest.mark.parametrize("width", [1280, 360])
def test_no_text_runs_and_none_breaks_the_page(opener, attacked, pages, width):
    page, broken, addresses = opener(attacked)(width=width), {}, {}
    for name in pages:
        page.goto((attacked / name).as_uri())
        assert page.evaluate(UNHURT), name
        broken[name] = page.evaluate(SIDEWAYS) or page.evaluate(CLIPPED)
        addresses[name] = page.evaluate(ADDRESSES)
    assert not (told := listed(broken)), told
    assert not (told := listed(addresses)), told


def test_what_is_shown_is_the_text_itself(opener, attacked):
    text = opener(attacked)("statements.html").locator("main").inner_text()
    for payload in hostile.PAYLOADS:
        assert payload in text
    names = [path.name for path in (attacked / "claims").glob("*.html")]
    assert sorted(names) == sorted(f"{claim}.html" for claim in hostile.CLAIMS)


def test_no_page_turns_its_words_around(opener, attacked, pages):
    page = opener(attacked)()
    for name in pages:
        page.goto((attacked / name).as_uri())
        assert not set(page.evaluate("document.documentElement.outerHTML")) & set(hostile.TURNING), name


@pytest.mark.parametrize("width", [1280, 360])
def test_cards_of_hostile_rows_are_harmless(opener, attacked, width):
    page = opener(attacked)("notebooks/00_hostile.html", width=width)
    links = page.locator("a.bound")
    assert links.count() >= len(hostile.PAYLOADS)
    for place in range(links.count()):
        links.nth(place).evaluate("one => one.click()")
        box = page.locator("#card").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate(UNHURT)
        page.keyboard.press("Escape")


def test_the_search_shows_hostile_titles_as_text(opener, attacked):
    page = opener(attacked)("search.html")
    page.locator("main input[name=q]").fill("struck")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li")).not_to_have_count(0)
    page.wait_for_timeout(500)
    assert page.evaluate(UNHURT)
    assert page.locator("#search-results img, #search-results svg, #search-results script").count() == 0


def test_no_downloaded_cell_is_a_formula(attacked):
    tables = [*(attacked / "downloads").glob("*.csv"), *(attacked / "figures").glob("*.csv")]
    assert len(tables) >= 5
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        for cell in cells:
            assert cell[:1] not in ("=", "+", "@", "\t", "\r"), f"{path.name}: {cell[:60]}"
            assert not cell.startswith("-") or cell[1:].replace(".", "").isdigit(), f"{path.name}: {cell}"


@pytest.mark.parametrize(
    "address", ["javascript:window.struck=1", "data:text/html,<b>", "JavaScript:x", "//x"]
)
def test_an_address_that_is_no_page_is_refused(tmp_path, address):
    data = hostile.folder(tmp_path / "data")
    path = data / "statements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["url"] = address
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(DataError, match="url"):
        Archive.read(data)
