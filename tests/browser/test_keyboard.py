"""The board, the slider and a number's card without a mouse, and the card by touch."""

import re

import pytest
from playwright.sync_api import expect

FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  return {
    id: one.id, name: one.name ?? '', text: one.textContent.trim(), tag: one.localName,
    claim: one.closest('tr[data-claim]')?.dataset.claim ?? '',
    shown: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
  };
}"""


def walk(page, steps: int) -> list[dict]:
    """What has the focus after each press of Tab."""
    path = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        path.append(page.evaluate(FOCUSED))
    return path


def test_tab_leads_through_the_page_in_its_order(opened):
    page = opened("index.html")
    claims = page.locator("table.board tr[data-claim] a").count()
    everything = page.locator("a[href], button, input").count()
    path = walk(page, everything)
    assert path[0]["text"].startswith("Skip")
    stops = [
        one["name"] or one["id"] or one["claim"] for one in path if one["name"] == "topic" or one["claim"]
    ]
    assert stops[0] == "topic"
    board = [one["claim"] for one in path if one["claim"]]
    assert len(board) >= claims and board == sorted(board)
    unseen = [one for one in path if not one["shown"] and one["tag"] != "body"]
    assert unseen == [], "these have the focus and do not show it"


def test_tab_leads_through_the_replay_in_its_order(opened):
    page = opened("replay.html")
    path = walk(page, page.locator("a[href], button, input").count())
    named = ("day", "play", "earlier", "later")
    assert [one["id"] for one in path if one["id"] in named] == [*named]
    assert [one for one in path if not one["shown"] and one["tag"] != "body"] == []


def test_skip_leads_to_the_content(opened):
    page = opened("index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    path = walk(page, 1)
    assert page.evaluate("document.activeElement.closest('main, [role=main]') !== null"), path


def test_arrows_move_by_a_day_and_pages_by_more(opened):
    page = opened("replay.html")
    slider, last = page.locator("#day"), int(page.locator("#day").get_attribute("max"))

    def after(key: str) -> int:
        page.keyboard.press(key)
        return int(slider.input_value())

    slider.focus()
    assert after("End") == last
    assert after("ArrowLeft") == last - 1
    assert after("ArrowRight") == last
    assert last - after("PageDown") > 1
    assert after("Home") == 0
    assert after("ArrowUp") == 1
    assert after("ArrowDown") == 0
    assert after("PageUp") > 1
    words = page.locator("#day-readable").text_content()
    assert slider.get_attribute("aria-valuetext") == words


def test_play_starts_and_stops(opened):
    page = opened("replay.html")
    play, slider = page.locator("#play"), page.locator("#day")
    slider.fill("0")
    play.focus()
    page.keyboard.press("Enter")
    assert play.get_attribute("aria-pressed") == "true"
    expect(slider).not_to_have_value("0")
    page.keyboard.press("Space")
    assert play.get_attribute("aria-pressed") == "false"
    stopped = slider.input_value()
    page.wait_for_timeout(300)
    assert slider.input_value() == stopped


def test_topics_filter_by_arrow_keys(opened):
    page = opened("index.html")
    rows = page.locator("table.board tr[data-claim]")
    page.locator("#topics input").first.focus()
    counts = []
    for _ in range(page.locator("#topics input").count() - 1):
        page.keyboard.press("ArrowDown")
        counts.append(page.locator("table.board tr[data-claim]:visible").count())
    assert sum(counts) == rows.count() and min(counts) > 0


@pytest.fixture
def numbers(opened, names):
    """A notebook's page with bound numbers."""
    return opened(next(name for name in names if name.startswith("notebooks/01")))


def test_enter_opens_a_card_and_escape_returns(numbers):
    link, card = (
        numbers.locator("a.bound", has_text=re.compile(r"^\d[\d,]+$")).first,
        numbers.locator("#card"),
    )
    link.focus()
    numbers.keyboard.press("Enter")
    assert card.is_visible()
    assert numbers.evaluate("document.activeElement.closest('#card') !== null")
    named = numbers.get_by_role("dialog", name=link.text_content())
    assert named.is_visible()
    for term in ("Value", "Unit", "Rounding", "Rows", "Data vintage"):
        assert card.locator("dt", has_text=term).count() == 1
    for word in ("Published", "Origin", "Licence"):
        assert word in card.text_content()
    for one in walk(numbers, 12):
        # The browser's own frame takes the focus between the last stop and the first.
        assert one["tag"] == "body" or numbers.evaluate("document.activeElement.closest('#card') !== null")
    numbers.keyboard.press("Escape")
    assert not card.is_visible()
    assert link.evaluate("one => one === document.activeElement")


def test_the_close_button_closes(numbers):
    numbers.locator("a.bound").first.click()
    numbers.locator("#card").get_by_role("button", name="Close").click()
    assert not numbers.locator("#card").is_visible()


def test_every_card_opens(numbers):
    links = numbers.locator("a.bound")
    assert links.count()
    for link in links.all():
        link.evaluate("one => one.click()")
        heading = numbers.locator("#card h2").text_content()
        # A card may keep its number and unit on one line.
        assert heading.split() == link.text_content().split()
        numbers.keyboard.press("Escape")


def test_a_card_opens_by_touch(opened, names):
    name = next(name for name in names if name.startswith("notebooks/01"))
    page = opened(name, width=360, has_touch=True, is_mobile=True)
    page.locator("a.bound").first.tap()
    box = page.locator("#card").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360


def test_a_figure_opens_by_keyboard(numbers):
    link = numbers.locator("a.figure-enlarge").first
    link.focus()
    numbers.keyboard.press("Enter")
    picture = numbers.locator("#enlarged img")
    # It is read when it is asked for, so it may take a moment to have a size.
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    numbers.keyboard.press("Escape")
    assert link.evaluate("one => one === document.activeElement")


def test_the_menu_opens_by_keyboard_on_a_narrow_screen(opened):
    page = opened("index.html", width=360)
    menu, link = page.locator("#__navigation"), page.locator(".sidebar-tree a").first
    expect(link).not_to_be_in_viewport()
    menu.focus()
    page.keyboard.press("Space")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(link).not_to_be_in_viewport()
