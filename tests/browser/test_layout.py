"""What fits: the paper holds the board; and pictures of the pages to look at."""

from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest

from .conftest import ROOT
from .walks import SIDEWAYS

SCREENSHOTS = ROOT / "reports" / "screenshots"
# Longer pages are cut: a picture of six hundred rows shows nothing that one of sixty does not.
TALLEST = 3000
# A4 less the margins of print.css, in CSS pixels.
PAPER = round((210 - 2 * 16) / 25.4 * 96)


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
