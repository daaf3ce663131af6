"""The replay is what the command line says of the day; it has marks, topics, addresses, words and a pace."""

import contextlib
import io
import json
import random
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from utils import exports
from utils.__main__ import main
from utils.report.replay_page import marks
from utils.words import truth, written_day

NUMBER = 20
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SHOWN = """() => Object.fromEntries([...document.querySelectorAll('.replayed [data-claim]')].map(row => {
  const text = selector => row.querySelector(selector)?.textContent.trim() ?? '';
  return [row.dataset.claim, [text('.badge'), text('.likelihood')]];
}))"""
# The days on which the label of a shown claim changes, as the page's own data have them.
STOPS = """() => [...new Set([...document.querySelectorAll('.replayed li:not([hidden])')].flatMap(row => {
  const steps = JSON.parse(row.dataset.steps);
  return steps.filter((step, at) => at && steps[at - 1][1] !== step[1]).map(([place]) => place);
}))].sort((one, other) => one - other)"""


@pytest.fixture
def replay(opened, site):
    """Opens the replay, at an address of a day and a topic or without one."""

    def at(fragment: str = "", **options):
        page = opened(**options)
        page.goto((site / "replay.html").as_uri() + fragment)
        return page

    return at


def told(day) -> dict[str, dict]:
    """What ``python -m utils verdicts --as-of DAY --json`` prints, by claim."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["verdicts", "--as-of", day.isoformat(), "--json"]) == 0
    return {one["claim"]: one for one in json.loads(printed.getvalue())["verdicts"]}


def told_without_firmness(archive, day) -> dict[str, dict]:
    """The same, as `told` of every drawn day would ask for the robustness of every day, which takes long."""
    content = exports.as_json(archive.as_of(day), archive.vintage)
    return {one["claim"]: one for one in json.loads(json.dumps(content))["verdicts"]}


def sampled(archive) -> list[int]:
    """Places of the first day, the last, the article's and others drawn by chance with a fixed seed."""
    first = archive.article.history_from
    fixed = {0, (archive.clock - first).days, (archive.article.published - first).days}
    others = [place for place in range(max(fixed)) if place not in fixed]
    return sorted([*fixed, *random.Random(20241112).sample(others, NUMBER - len(fixed))])


def readable(page) -> str:
    return page.locator("#day-readable").text_content()


def test_the_replay_of_a_day_equals_the_command_line(replay, archive):
    page, first = replay(), archive.article.history_from
    assert int(page.locator("#day").get_attribute("max")) == (archive.clock - first).days
    clocks = (archive.article.published, archive.clock)
    for place in sampled(archive):
        day = first + timedelta(place)
        page.locator("#day").fill(str(place))
        assert readable(page) == written_day(day)
        shown = page.evaluate(SHOWN)
        expected = told(day) if day in clocks else told_without_firmness(archive, day)
        assert {claim: label for claim, (label, _) in shown.items()} == {
            claim: one["told"] for claim, one in expected.items()
        }, f"the labels of {day}"
        assert {claim: likelihood for claim, (_, likelihood) in shown.items()} == {
            claim: truth(one["probability"]).replace(" %", "\u00a0%") if one["likelihood"] else ""
            for claim, one in expected.items()
        }, f"the likelihoods of {day}"


def test_the_board_shows_today_and_the_day_of_the_article_where_it_was_another(opened, archive):
    page = opened("index.html")
    then, now = told(archive.article.published), told(archive.clock)
    for claim, one in now.items():
        firm = "" if one["firm"] else ", not firm"
        cell = page.locator(f'tr[data-claim="{claim}"] [data-slot="now"]')
        assert cell.locator(".badge").first.text_content().strip() == f"{one['told']}{firm}"
        assert (one["likelihood"] or "") in cell.text_content()
        cell = page.locator(f'tr[data-claim="{claim}"] [data-slot="then"]')
        before = then[claim]
        if (before["told"], before["firm"]) != (one["told"], one["firm"]):
            assert cell.locator(".badge").first.text_content().startswith(before["told"])
        elif not cell.locator(".badge").count():
            assert cell.text_content().strip() == "the same"


def test_an_address_opens_a_day_and_a_topic(replay, archive):
    day = archive.article.published + timedelta(8)
    topic = archive.claims[-1].topic
    slug = re.sub("[^a-z]+", "-", topic.lower())
    page = replay(f"#day={day.isoformat()}&topic={slug}")
    assert readable(page) == written_day(day)
    claims = [claim.id for claim in archive.claims if claim.topic == topic]
    assert page.locator(".replayed [data-claim]:visible").count() == len(claims)
    page.evaluate(f"location.hash = '#day={archive.article.published.isoformat()}'")
    expect(page.locator("#day-readable")).to_have_text(written_day(archive.article.published))
    assert page.locator(".replayed [data-claim]:visible").count() == len(archive.claims)


@pytest.mark.parametrize(
    "fragment", ["#day=never", "#day=1999-01-01", "#day=2999-01-01", "#topic=nothing", "#C01"]
)
def test_an_address_that_names_no_day_shows_one_that_there_is(replay, archive, fragment):
    page = replay(fragment)
    edge = archive.article.history_from if "1999" in fragment else archive.clock
    assert readable(page) == written_day(edge)
    assert page.locator(".replayed [data-claim]:visible").count() == len(archive.claims)


def test_the_address_follows_the_slider_and_opens_the_same(replay, archive):
    page = replay()
    page.locator("#topics input").nth(1).check()
    page.get_by_role("button", name="Earlier change").click()
    address, shown = page.evaluate("location.hash"), readable(page)
    assert re.fullmatch(r"#day=\d{4}-\d\d-\d\d&topic=[a-z-]+", address)
    again = replay(address)
    assert readable(again) == shown
    assert again.evaluate(SHOWN) == page.evaluate(SHOWN)
    assert again.locator("#topics input").nth(1).is_checked()


def test_the_marked_days_are_those_of_the_data(replay, archive):
    page, last = replay(), (archive.clock - archive.article.history_from).days
    expected = marks(archive, last)
    buttons = page.locator(".marks [data-day]")
    assert len(expected) == len(archive.article.marks) + 1
    assert buttons.evaluate_all("all => all.map(one => one.dataset.day)") == [
        one.day.isoformat() for one in expected
    ]
    assert page.locator(".day-marked").count() == len(expected)
    for place, one in enumerate(expected):
        buttons.nth(place).click()
        assert readable(page) == written_day(one.day) and one.words in buttons.nth(place).text_content()


def test_what_changes_is_told_in_words(replay, archive):
    page = replay()
    words = page.locator("#told")
    assert words.get_attribute("aria-live") == "polite" and words.text_content() == ""
    page.locator("#day").fill("0")
    page.locator("#day").dispatch_event("change")
    stops = page.evaluate(STOPS)
    before = page.evaluate(SHOWN)
    page.get_by_role("button", name="Later change").click()
    after = page.evaluate(SHOWN)
    changed = [claim for claim in after if after[claim][0] != before[claim][0]]
    assert changed and int(page.locator("#day").input_value()) == stops[0]
    for claim in changed[:4]:
        expect(words).to_contain_text(f"{after[claim][0]}, before {before[claim][0]}")
        assert archive.claim(claim).wording in words.text_content()
    page.locator("#day").press("ArrowRight")
    if stops[0] + 1 not in stops:
        expect(words).to_contain_text("All verdicts are as on")


def stopped(page: Page, site: Path) -> None:
    """Open the days in a page of which the clock goes by what a test gives it alone, and not on by itself."""
    page.clock.install(time=NOW)
    page.goto((site / "replay.html").as_uri() + "#day=2024-08-01")
    page.clock.pause_at(NOW + timedelta(hours=1))


def test_play_dwells_on_changes_and_hurries_over_the_rest(opened, site):
    """By the page's own clock, so that a slow machine sees the same."""
    page = opened()
    stopped(page, site)
    stops = page.evaluate(STOPS)
    page.locator("#play").click()
    seen: dict[int, int] = {}
    for _ in range(1200):
        page.clock.run_for(100)
        place = int(page.locator("#day").input_value())
        seen[place] = seen.get(place, 0) + 100
        if page.locator("#play").get_attribute("aria-pressed") == "false":
            break
    last = int(page.locator("#day").get_attribute("max"))
    assert place == last, "it comes to its end within two minutes"
    dwelt = {place for place, time in seen.items() if time >= 1500 and place not in (0, last)}
    assert dwelt == set(stops) - {0, last}
    november = [
        place
        for place in stops
        if date(2024, 11, 1) <= date(2024, 8, 1) + timedelta(place) <= date(2024, 11, 30)
    ]
    assert sum(seen[place] for place in november) >= 2000 * len(november) > 0


def test_play_with_less_motion_goes_from_change_to_change(opened, site):
    page = opened(reduced_motion="reduce")
    stopped(page, site)
    stops = page.evaluate(STOPS)
    page.locator("#play").click()
    seen = set()
    for _ in range(100):
        page.clock.run_for(100)
        seen.add(int(page.locator("#day").input_value()))
    assert seen <= {0, *stops} and len(seen) > 2


def test_the_slider_is_as_wide_as_a_phone(replay):
    page = replay(width=360, height=740)
    box = page.locator("#day").bounding_box()
    assert box["width"] >= 280
    page.locator(".replayed li").nth(8).scroll_into_view_if_needed()
    expect(page.locator("#day")).to_be_in_viewport()
    assert page.locator(".controls.replay").bounding_box()["height"] < 740 / 2
