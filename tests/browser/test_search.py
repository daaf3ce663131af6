"""The search works from the disk: words, numbers in their spellings, rows and terms, with excerpts."""

import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

NUMBER = re.compile(r"(?<![\d.,])50,000(?!\d|[.,]\d)")


def word_of(archive) -> tuple[str, str]:
    """A long word of the wording of a claim, and the claim's page."""
    claim = next(claim for claim in archive.claims if claim.is_checked)
    words = re.findall(r"[A-Za-z]{5,}", claim.wording)
    return max(words, key=len), f"claims/{claim.id}.html"


def search(page, site, query: str) -> list[str]:
    """The addresses that the search names, in order, all of them."""
    page.goto(f"{(site / 'search.html').as_uri()}?q={query.replace(' ', '+')}")
    expect(page.locator("#search-results > p").first).to_be_visible()
    while page.locator("#search-results > button:visible").count():
        page.locator("#search-results > button").click()
    return page.locator("#search-results li > a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )


@pytest.mark.parametrize("start", ["search.html", "claims/C02.html"])
def test_a_word_of_a_claim_is_found(opened, archive, start):
    page = opened(start)
    word, expected = word_of(archive)
    page.locator("input[name=q]:visible").last.fill(word)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?.*q="))
    found = page.locator("#search-results li > a").evaluate_all("all => all.map(one => one.href)")
    assert any(expected in address for address in found)
    assert page.locator("main input[name=q]").input_value() == word
    page.goto(next(address for address in found if expected in address))
    assert word.lower() in page.locator("main").inner_text().lower()


SPELLINGS = {
    50_000: (
        "50,000",
        "50.000",
        "50 000",
        "50'000",
        "50000",
        "fifty thousand",
        "Fifty-thousand",
        "50k",
        "50 thousand",
    ),
    12_000: ("12,000", "12.000", "12000", "twelve thousand", "12 thousand"),
    1_500: ("1,500", "1500", "1.5 thousand", "fifteen hundred"),
}


@pytest.mark.parametrize("number", SPELLINGS)
def test_a_number_is_found_in_every_spelling(opened, site, archive, number):
    page = opened()
    found = {words: search(page, site, words) for words in SPELLINGS[number]}
    rows = {
        f"statements.html#{row.id}" for row in archive.statements if number in (row.value, row.low, row.high)
    }
    assert rows
    for words, addresses in found.items():
        assert addresses == found[SPELLINGS[number][0]], words
        assert rows <= set(addresses), words


def test_another_number_is_not_found(opened, site, archive):
    """A number is a whole word: neither 5,000 nor 150,000 is 50,000."""
    found = search(opened(), site, "50,000")
    others = [
        row
        for row in archive.statements
        if row.value in (5_000, 150_000, 500_000)
        and "50" not in f"{row.note}{archive.sources[row.source].name}"
    ]
    assert others and not {f"statements.html#{row.id}" for row in others} & set(found)


def test_every_find_has_an_excerpt_with_what_was_asked(opened, site):
    page = opened()
    search(page, site, "50,000")
    items = page.locator("#search-results li")
    for item in items.all():
        words = item.inner_text()
        assert NUMBER.search(words) or re.search("fifty thousand", words, re.IGNORECASE), words
    assert items.locator(".excerpt").count() == items.count()
    assert page.locator("#search-results mark", has_text=NUMBER).count() > 5


def test_what_weighs_more_comes_first(opened, site, archive):
    found = search(opened(), site, "50,000")
    first = min(place for place, address in enumerate(found) if address.startswith("claims/C01"))
    assert first < 5 < len(found)
    assert first < min(place for place, one in enumerate(found) if one.startswith("statements.html"))
    row = next(row for row in archive.statements if row.status == "sound")
    assert search(opened(), site, row.id)[0] == f"statements.html#{row.id}"
    term = archive.glossary[0]
    assert f"glossary.html#term-{term.anchor}" in search(opened(), site, term.term)[:3]


def test_what_is_found_is_there(opened, site):
    page, ids = opened(), {}
    for query in ("killed", "12,000", "dataset", "teller", "Sudzha"):
        for address in search(page, site, query):
            name, _, anchor = address.partition("#")
            if name not in ids:
                text = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
                ids[name] = {one["id"] for one in text.select("[id]")}
            assert not anchor or anchor in ids[name], address


def test_a_search_that_finds_nothing_says_what_it_looked_through(opened, site, archive):
    page = opened("search.html")
    page.locator("main input[name=q]").fill("zyxwvutsrq")
    page.keyboard.press("Enter")
    box = page.locator("#search-results")
    expect(box).to_contain_text("Nothing was found for “zyxwvutsrq”")
    told = box.inner_text()
    for words in (
        f"{len(archive.statements)} statements",
        f"{len(archive.sources)} sources",
        "glossary",
        "notebooks",
    ):
        assert words in told


def test_some_of_the_words_are_better_than_none(opened, site):
    page = opened()
    assert search(page, site, "zyxwvutsrq troops")
    expect(page.locator("#search-results")).to_contain_text("Nothing has all of the words")


def test_what_is_searched_for_is_only_text(opened):
    page = opened("search.html")
    page.locator("main input[name=q]").fill('<img src=x onerror="window.struck=1"> troops')
    page.keyboard.press("Enter")
    page.locator("#search-results li").first.wait_for()
    assert page.evaluate("window.struck") is None
    assert page.locator("#search-results img").count() == 0
