"""The search works from the disk."""

import re

import pytest
from playwright.sync_api import expect


def word_of(archive) -> tuple[str, str]:
    """A long word of the wording of a claim, and the claim's page."""
    claim = next(claim for claim in archive.claims if claim.is_checked)
    words = re.findall(r"[A-Za-z]{5,}", claim.wording)
    return max(words, key=len), f"claims/{claim.id}.html"


def results(page) -> list[str]:
    """The pages that the search names, once it is done."""
    expect(page.locator("#search-results li a")).not_to_have_count(0)
    page.wait_for_timeout(500)
    return page.locator("#search-results li a").evaluate_all("all => all.map(one => one.href)")


@pytest.mark.parametrize("start", ["search.html", "claims/C02.html"])
def test_a_word_of_a_claim_is_found(opened, archive, start):
    page = opened(start)
    word, expected = word_of(archive)
    page.locator("input[name=q]:visible").last.fill(word)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?.*q="))
    found = results(page)
    assert any(expected in address for address in found)
    page.goto(next(address for address in found if expected in address))
    assert word.lower() in page.locator("main").inner_text().lower()


def test_a_word_that_nobody_wrote_is_not_found(opened):
    page = opened("search.html")
    page.locator("main input[name=q]").fill("zyxwvutsrq")
    page.keyboard.press("Enter")
    page.locator("#search-results", has_text=re.compile("did not match", re.IGNORECASE)).wait_for()


def test_what_is_searched_for_is_only_text(opened):
    page = opened("search.html")
    page.locator("main input[name=q]").fill('<img src=x onerror="window.struck=1"> troops')
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.struck") is None
    assert page.locator("#search-results img").count() == 0


def test_the_statements_can_be_filtered_and_sorted(opened):
    page = opened("statements.html")
    field = page.locator("input[data-filters]").first
    rows = page.locator(f"#{field.get_attribute('data-filters')} tbody tr")
    every = rows.count()
    field.fill("syrskyi")
    fewer = rows.locator("visible=true")
    assert 0 < fewer.count() < every
    assert all("syrskyi" in text.lower() for text in fewer.all_text_contents())
    field.fill("")
    heading = page.locator("table.sortable thead th").first
    for order in ("ascending", "descending"):
        heading.locator("button").focus()
        page.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == order
    assert rows.locator("visible=true").count() == every
