"""Nothing leaves the machine, and no page complains."""

import pytest
from playwright.sync_api import Page


def scrolled(page: Page) -> None:
    """Walk down the page, so that what is loaded late is loaded too."""
    page.evaluate(
        """async () => {
          for (let top = 0; top < document.body.scrollHeight; top += 4000) {
            scrollTo(0, top);
            await new Promise(requestAnimationFrame);
          }
          for (const one of document.querySelectorAll('details')) one.open = true;
          await new Promise(requestAnimationFrame);
        }"""
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_asks_for_its_own_files_and_has_nothing_to_complain_of(opened, site, names, width):
    page = opened(width=width)
    for name in names:
        page.goto((site / name).as_uri())
        scrolled(page)


def test_no_page_lets_the_browser_fetch_in_advance(facts):
    assert {name: one.hints for name, one in facts.items() if one.hints} == {}


def test_the_watch_itself_sees_what_leaves(chromium, site, trap):
    """A page with a foreign picture, a message, an error and a dialog: the watch notes each."""
    from .watch import Watch

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
