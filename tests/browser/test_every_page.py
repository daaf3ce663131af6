"""Every page: it fits, asks for nothing from elsewhere, and holds what it must, also without script."""

import re
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from .conftest import ROOT
from .watch import BROWSERS_OWN, Watch, listed

LEAST = 11  # pixels of a letter's height on a telephone
FILE_NAME = re.compile(r"\.(png|svg|jpe?g|csv|ipynb|html)\b|\w_\w|/", re.IGNORECASE)


PROMISED = (
    *("statements", "sources", "datasets", "glossary", "method", "calibration", "changes", "reuse"),
    *("about", "corrections", "replay", "search"),
)


def test_the_site_has_the_pages_that_are_promised(names, archive):
    expected = {"index.html", *(f"{name}.html" for name in PROMISED)}
    expected |= {f"claims/{claim.id}.html" for claim in archive.claims}
    expected |= {f"notebooks/{path.stem}.html" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert sorted(expected - set(names)) == []


def test_every_link_and_anchor_resolves(facts, site):
    anchors, broken = {name: set(one.ids) for name, one in facts.items()}, []
    for name, one in facts.items():
        for link in dict.fromkeys(one.links):
            whole, anchor = urldefrag(urljoin((site / name).as_uri(), link))
            parts = urlsplit(whole)
            if parts.scheme in ("http", "https"):
                if not parts.hostname or "." not in parts.hostname:
                    broken.append((name, link))
                continue
            target = unquote(parts.path).removeprefix(f"{site.as_posix()}/")
            exists = parts.scheme == "file" and (site / target).is_file()
            if not exists or (anchor and unquote(anchor) not in anchors[target]):
                broken.append((name, link))
    assert broken == []


def test_the_feed_leads_to_pages(site, facts):
    feed = ElementTree.parse(site / "changes.xml").getroot()
    names = {"atom": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("atom:entry", names)
    assert entries
    for link in feed.iterfind(".//atom:link", names):
        whole, anchor = urldefrag(link.get("href"))
        assert not whole or (site / whole).is_file()
        assert not anchor or anchor in facts[whole].ids


def test_every_page_leads_to_who_made_it_corrections_and_the_feed(facts):
    for name, one in facts.items():
        found = {link.split("/")[-1] for link in one.links}
        expected = {"about.html", "about.html#how-to-report-an-error", "corrections.html", "changes.xml"}
        # To a page itself, the address is what stands behind its name.
        assert {link.removeprefix(name) or "#" for link in expected} <= found, name


def test_terms_of_the_glossary_are_links_once_a_page(walks):
    for name, page in walks().pages.items():
        assert len(page.terms) == len(set(page.terms)), name
        assert bool(page.terms) != (name in ("glossary.html", "search.html")), name


def test_ids_are_unique(facts):
    # An id within a template is no id of the page until its card opens.
    assert {name: len(one.ids) - len(set(one.ids)) for name, one in facts.items()} == dict.fromkeys(facts, 0)


def test_every_page_has_one_heading_one_main_part_and_a_title_of_its_own(facts):
    assert {name: (len(one.headings), one.mains) for name, one in facts.items()} == dict.fromkeys(
        facts, (1, 1)
    )
    titles = [one.title for one in facts.values()]
    assert len(titles) == len(set(titles))


def test_no_page_holds_script_or_style_of_its_own(facts):
    assert {name: one.inline for name, one in facts.items() if one.inline} == {}


def test_alternative_texts_are_sentences(facts, site):
    told: dict[str, set[str]] = {}
    for name, one in facts.items():
        for address, text in one.pictures:
            told.setdefault(text or "", set()).add(urljoin((site / name).as_uri(), address))
        for text in one.drawings:
            told.setdefault(text.strip(), set()).add(f"drawing on {name}")
    assert told
    poor = [
        text
        for text in told
        if len(text) < 20
        or len(text.split()) < 4
        or FILE_NAME.search(text)
        or not text[0].isupper()
        or text[-1] not in ".!?"
    ]
    assert poor == []
    # A picture on two pages is told in the same words; two pictures never are.
    assert {text: places for text, places in told.items() if len(places) > 1} == {}


def test_the_text_is_the_same_without_script(walks):
    differing = {}
    for name, page in walks().pages.items():
        texts = page.text, walks(script=False).pages[name].text
        # The page of the search says that it needs script.
        if texts[0] != texts[1] and name != "search.html":
            differing[name] = next(
                (one[max(0, place - 60) : place + 60], other[max(0, place - 60) : place + 60])
                for one, other in [texts]
                for place in range(len(max(texts, key=len)))
                if one[place : place + 1] != other[place : place + 1]
            )
    assert not (told := listed(differing)), told


def test_without_script_no_dead_control_shows(walks):
    assert any(page.controls for page in walks().pages.values())
    dead = {name: page.controls for name, page in walks(script=False).pages.items() if name != "search.html"}
    assert not (told := listed(dead)), told


@pytest.mark.parametrize("what", ["table.board tr[data-claim]", "figure .drawing", "table.board a[href]"])
def test_without_script_the_front_page_has_its_board_and_pictures(opened, archive, what):
    page = opened("index.html", java_script_enabled=False)
    shown = page.locator(f"{what} >> visible=true")
    assert shown.count() >= (3 if "figure" in what else len(archive.claims))


def test_without_script_a_number_leads_to_its_rows(opened, names):
    name = next(name for name in names if name.startswith("notebooks/01"))
    page = opened(name, java_script_enabled=False)
    link = page.locator("a.bound").first
    target = link.get_attribute("href").partition("#")[2]
    link.click()
    page.wait_for_url(re.compile(r"(statements|sources|datasets|claims/\w+|method|glossary)\.html"))
    assert target and page.locator(f'[id="{target}"]').is_visible()


def test_every_figure_has_a_caption_its_data_and_a_larger_view(walks):
    for name, page in walks().pages.items():
        for one in page.figures:
            assert one["described"] == one["drawings"] > 0, f"{name}: a drawing without its alt text"
            assert one["parts"] == [], f"{name}: a figure without {one['parts']}"


@pytest.mark.parametrize("width", [360, 1280])
def test_every_word_of_a_drawing_is_large_enough_and_within_it(walks, width):
    found = [
        (f"{name}: {one['title']}", one) for name, page in walks(width).pages.items() for one in page.figures
    ]
    assert sum(one["kind"] == "svg" for _, one in found) > 0.9 * len(found) > 0
    for told, one in found:
        assert one["shown"] == 1, told
        if one["kind"] == "svg":
            assert one["least"] >= LEAST and one["outside"] == [], told
        elif width == 360:
            # Drawn for so narrow a screen, in the same size of letters.
            assert one["natural"] == 630, told


def test_the_words_of_a_drawing_are_found_once_by_a_search(opened, names):
    page = opened(next(name for name in names if name.startswith("notebooks/01")))
    words = page.locator("svg.drawing text:visible", has_text="Volodymyr Zelensky, 13 Sep 2024")
    assert words.count() == 1
    assert page.evaluate("find('Volodymyr Zelensky, 13 Sep 2024')")


def test_drawings_are_dark_where_the_page_is(walks):
    pages = walks().pages.values()
    assert {one for page in pages for one in page.light} == {"none"}
    dark = {one for page in pages for one in page.dark}
    assert dark and "none" not in dark
    assert {one for page in pages for one in page.printed} == {"none"}


@pytest.mark.parametrize("width", [1280, 820, 360, 320])
def test_no_page_scrolls_sideways(walks, width):
    found = {name: page.wide for name, page in walks(width).pages.items()}
    assert not (told := listed(found)), told


def test_long_words_wrap(walks):
    """A word without end in a heading, a paragraph, a cell and a caption does not widen the page."""
    found = {name: page.wider for name, page in walks(360).pages.items()}
    assert not (told := listed(found)), told


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_asks_for_its_own_files_and_has_nothing_to_complain_of(walks, trap, width):
    assert walks(width).trouble == []
    assert trap.hosts <= BROWSERS_OWN


def test_no_page_but_the_search_loads_its_index(walks):
    asked = {
        name: sorted(
            path.rpartition("/")[2] for path in page.asked if re.search(r"searched|minisearch", path)
        )
        for name, page in walks().pages.items()
    }
    assert {name: paths for name, paths in asked.items() if paths} == {
        "search.html": ["minisearch.js", "searched.js"]
    }


def test_no_page_lets_the_browser_fetch_in_advance(facts):
    assert {name: one.hints for name, one in facts.items() if one.hints} == {}


def test_the_watch_itself_sees_what_leaves(chromium, site, trap):
    """A page with a foreign picture, a message, an error and a dialog: the watch notes each."""
    watch = Watch(site.resolve())
    context = chromium.new_context()
    watch.follow(context)
    page = context.new_page()
    page.set_content(
        "<img src='http://198.51.100.7/a.png'><script>console.error('told'); alert('asked');"
        "new WebSocket('ws://198.51.100.7/b'); throw new Error('thrown')</script>"
    )
    page.wait_for_timeout(200)
    context.close()
    seen = " ".join(watch.trouble)
    for expected in ("request: http://198.51.100.7/a.png", "told", "asked", "thrown", "ws://198.51.100.7/b"):
        assert expected in seen
    trap.hosts.discard("198.51.100.7")
