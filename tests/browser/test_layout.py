"""What fits: no page scrolls sideways, the paper holds the board; and pictures of the pages to look at."""

from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest

from .conftest import ROOT
from .watch import listed

SCREENSHOTS = ROOT / "reports" / "screenshots"
# Longer pages are cut: a picture of six hundred rows shows nothing that one of sixty does not.
TALLEST = 6000
# A4 less the margins of print.css, in CSS pixels.
PAPER = round((210 - 2 * 16) / 25.4 * 96)
# Whether the page scrolls sideways, and which words are cut at its right edge: furo hides what is too wide.
# What lies wholly outside is a closed drawer.
SIDEWAYS = """() => {
  scrollTo(10000, 0);
  const found = scrollX ? [`scrolls by ${scrollX} px`] : [];
  scrollTo(0, 0);
  const edge = document.documentElement.clientWidth + 1;
  // Words in a box that scrolls, or in one of a pixel that is there for listeners, are not cut.
  const held = one => one && (
    /auto|scroll/.test(getComputedStyle(one).overflowX) || one.offsetWidth <= 1 || held(one.parentElement));
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (words.nextNode()) {
    range.selectNodeContents(words.currentNode);
    const box = range.getBoundingClientRect();
    const own = words.currentNode.parentElement;
    if (box.width > 1 && box.left < edge && box.right > edge && own.checkVisibility() && !held(own)) {
      const text = words.currentNode.data.trim().slice(0, 80);
      found.push(`${own.localName} cut at ${Math.round(box.right)} px: ${text}`);
    }
  }
  return found.slice(0, 4).join(' | ');
}"""
# What a box hides because it is too narrow for it, where it does not scroll.
CLIPPED = """() => [...document.querySelectorAll('main *')].filter(one => {
  const style = getComputedStyle(one);
  return style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1;
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [1280, 820, 360, 320])
def test_no_page_scrolls_sideways(opened, site, names, width):
    page, found = opened(width=width), {}
    for name in names:
        page.goto((site / name).as_uri())
        found[name] = page.evaluate(SIDEWAYS) or page.evaluate(CLIPPED)
    assert not (told := listed(found)), told


def test_long_words_wrap(opened, site, names):
    """A word without end in a heading, a paragraph, a cell and a caption does not widen the page."""
    page, found = opened(width=360), {}
    for name in names:
        page.goto((site / name).as_uri())
        page.evaluate(
            """() => {
              for (const kind of ['h1', 'main p', 'main td', 'main th', 'main li', 'figcaption', 'dd']) {
                const one = document.querySelector(kind);
                if (one) one.append(' ' + 'x'.repeat(400));
              }
            }"""
        )
        found[name] = page.evaluate(SIDEWAYS)
    assert not (told := listed(found)), told


@pytest.mark.parametrize(
    "name", ["index.html", "claims/C01.html", "notebooks/01_fifty_thousand.html", "calibration.html"]
)
def test_a_page_prints_whole(opened, facts, tmp_path, name):
    page = opened(name, width=PAPER)
    heading = page.locator("h1").evaluate("one => one.firstChild.textContent")
    addresses = page.locator("main a[href^=http]").evaluate_all("all => all.map(one => one.href)")
    claims = page.locator("table.board tr[data-claim] th").locator("a, .claim-id").all_text_contents()
    page.emulate_media(media="print")
    assert page.evaluate(SIDEWAYS) == ""
    assert page.locator(".sidebar-drawer, #play, #day").locator("visible=true").count() == 0
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    printed = pypdf.PdfReader(tmp_path / "page.pdf")
    text = "".join("".join(one.extract_text() for one in printed.pages).split())
    assert 1 <= len(printed.pages) <= 40
    assert "".join(heading.split()) in text
    for answer in page.locator("main .lead").all_text_contents()[:1]:
        first = "".join(printed.pages[0].extract_text().split())
        assert "".join(answer.split()) in first, "the answer does not stand on the first sheet"
    for words in claims:
        assert "".join(words.split()) in text
    for address in dict.fromkeys(addresses):
        # Between its parts an address may break, and the printed one is not percent-encoded.
        assert urlsplit(address).netloc in text
    if addresses:
        notes = page.locator(".print-notes li").all_text_contents()
        assert len(notes) == len(set(notes)) and page.locator(".print-notes").is_visible()
        marks = page.locator("a[data-note]").evaluate_all("all => all.map(one => one.dataset.note)")
        assert len(notes) == len(set(marks))


def test_paper_shows_what_is_folded(opened):
    page = opened("claims/C01.html")
    page.emulate_media(media="print")
    folded = page.locator("main details:not(.hide)")
    assert folded.count()
    for one in folded.all():
        assert one.evaluate("one => one.lastElementChild.checkVisibility({contentVisibilityAuto: true})")


MAIN = [
    "index.html",
    "claims/C01.html",
    "notebooks/01_fifty_thousand.html",
    "statements.html",
    "sources.html",
    "datasets.html",
    "glossary.html",
    "method.html",
    "calibration.html",
    "changes.html",
    "replay.html",
    "about.html",
    "corrections.html",
    "reuse.html",
    "search.html",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pictures_of_the_main_pages_are_kept(opened, site, width, scheme):
    page = opened(width=width, color_scheme=scheme, reduced_motion="reduce")
    for name in filter(lambda name: (site / name).is_file(), MAIN):
        page.goto((site / name).as_uri())
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        path = SCREENSHOTS / f"{Path(name).with_suffix('').as_posix().replace('/', '-')}-{width}-{scheme}.png"
        page.set_viewport_size({"width": width, "height": height})
        picture = page.screenshot(path=path)
        # A page of one colour compresses to next to nothing.
        assert len(picture) > 5000
