"""The slider's board is what the command line says of the same day."""

import contextlib
import io
import json
import random
from datetime import timedelta

from utils import exports
from utils.__main__ import main
from utils.words import truth, written_day

NUMBER = 20
SHOWN = """() => Object.fromEntries([...document.querySelectorAll('table.board tr[data-claim]')].map(row => {
  const cell = row.querySelector('[data-slot=replay]');
  const text = selector => cell.querySelector(selector)?.textContent.trim() ?? '';
  return [row.dataset.claim, [text('.badge'), text('.likelihood')]];
}))"""


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


def test_the_board_of_a_day_equals_the_command_line(opened, archive):
    page, first = opened("index.html"), archive.article.history_from
    assert int(page.locator("#day").get_attribute("max")) == (archive.clock - first).days
    clocks = (archive.article.published, archive.clock)
    for place in sampled(archive):
        day = first + timedelta(place)
        page.locator("#day").fill(str(place))
        assert page.locator("#day-readable").text_content() == written_day(day)
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
