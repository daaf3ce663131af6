"""A report in six scripts, in the browser: names from right to left stand where the sentence has them."""

from pathlib import Path

import pytest
import tongues

from utils.archive import Archive
from utils.results import Results

from .walks import CLIPPED, SIDEWAYS
from .watch import listed

HEBREW = tongues.SPOKEN["he"][0]
# Where on the line each of some texts of an element begins, from the left.
LEFT_OF = """([selector, texts]) => {
  const within = document.querySelector(selector);
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const found = {};
  while (walker.nextNode()) {
    for (const text of texts) {
      const at = walker.currentNode.data.indexOf(text);
      if (at < 0 || text in found) continue;
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + text.length);
      found[text] = range.getBoundingClientRect().left;
    }
  }
  return texts.map((text) => found[text]);
}"""


@pytest.fixture(scope="module")
def spoken(render_site, tmp_path_factory) -> Path:
    """The site of the folder in six scripts."""
    work = tmp_path_factory.mktemp("tongues")
    many = Archive.read(tongues.write(work / "next"))
    assert render_site(Results.of(many), {}, work / "source", work / "html") == ""
    return work / "html"


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_scrolls_sideways_or_shows_a_sign_that_was_lost(opener, spoken, width):
    page, found = opener(spoken)(width=width), {}
    for path in sorted(spoken.rglob("*.html")):
        page.goto(path.as_uri())
        lost = "a sign was lost" if "\ufffd" in page.locator("body").inner_text() else ""
        found[path.name] = page.evaluate(SIDEWAYS) or page.evaluate(CLIPPED) or lost
    assert not (told := listed(found)), told


def test_what_follows_a_name_from_right_to_left_stands_behind_it(opener, spoken):
    page = opener(spoken)("claims/he2.html")
    texts = ["1 outlet credits", HEBREW, ": 1"]
    places = page.evaluate(LEFT_OF, ["#reasons dd", texts])
    assert None not in places and places == sorted(places), places


def test_a_search_finds_a_name_and_shows_it_apart(opener, spoken):
    page = opener(spoken)()
    page.goto(f"{(spoken / 'search.html').as_uri()}?q={HEBREW.split()[1]}")
    found = page.locator("#search-results li").first
    found.wait_for()
    assert HEBREW in page.locator("#search-results").inner_text()
