"""The report as files: whole, safe, the same everywhere. What only a browser can tell is tested with one."""

import csv
import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from markup import Markup, harmful, read

from utils import answers, exports, history, verdicts
from utils.report import pages
from utils.report.site import POLICY, STYLES, numbered

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def parsed(site) -> dict[str, Markup]:
    return read(site)


# What every page holds -------------------------------------------------------------------------------


def test_every_page_is_there(site, archive):
    named = {
        "index",
        "statements",
        "sources",
        "datasets",
        "glossary",
        "method",
        "calibration",
        "changes",
        "reuse",
        "analysts",
        "search",
    }
    named |= {f"claims/{claim.id}" for claim in archive.claims if claim.is_checked}
    named |= {f"notebooks/{path.stem}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    named |= {f"notebooks/{path.stem}" for path in (ROOT / "notebooks" / "explore").glob("*.ipynb")}
    found = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert named <= found
    for name in ("changes.xml", "verdicts.json", "verdicts.schema.json", "averitec.json", "card.png"):
        assert (site / name).is_file(), name


def test_every_page_is_whole_and_has_one_heading_and_one_main(parsed):
    for name, page in parsed.items():
        assert page.unmatched == [], name
        assert len(page.all("h1")) == len(page.all("main")) == 1, name
        assert page.all("title") and page.all("html")[0]["lang"] == "en"
        assert [one for one in page.ids if page.ids.count(one) > 1] == [], name
        named = {meta.get("name") or meta.get("property"): meta.get("content") for meta in page.all("meta")}
        assert len(named["description"]) > 20 and named["og:title"]
        own = f"cards/{Path(name).stem}.png" if name.startswith("claims/") else "card.png"
        assert named["og:image"].endswith(own) and named["og:image:alt"]


def test_every_page_forbids_and_does_without_what_is_inline_or_elsewhere(parsed):
    for name, page in parsed.items():
        policies = [
            meta["content"]
            for meta in page.all("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [POLICY] and "unsafe" not in POLICY and "http" not in POLICY
        assert harmful(page) == [], name


def test_every_link_leads_somewhere(site, parsed):
    lost = []
    for name, page in parsed.items():
        for tag, attributes in page.elements:
            address = attributes.get("href") or attributes.get("src") or attributes.get("action")
            if not address or urlsplit(address).scheme:
                continue
            path, _, anchor = address.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
            found = (site / target).is_file()
            if not found or (anchor and target in parsed and anchor not in parsed[target].ids):
                lost.append((name, tag, address))
    assert lost == []


def test_the_site_is_small(site):
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 15_000_000
    names = ("index.html", "_static/report.js", *(f"_static/{style}" for style in STYLES))
    assert sum(sizes[site / name] for name in names) <= 400_000
    assert not [path for path in sizes if "jquery" in path.name or path.suffix == ".map"]


# What the pages say is what was computed --------------------------------------------------------------


def cells_of_board(page: Markup) -> dict[str, dict[str, str]]:
    """The label in each slot of each row of the board."""
    found: dict[str, dict[str, str]] = {}
    row, slot = None, None
    for part in re.finditer(
        r'<tr [^>]*data-claim="(\w+)"|data-slot="(\w+)"|<span class="badge badge-[\w-]+">([^<]+)</span>',
        page.text,
    ):
        row, slot = part[1] or row, part[2] or slot
        if part[3]:
            found.setdefault(row, {})[slot] = part[3]
    return found


def test_the_board_shows_both_clocks(parsed, archive, results):
    board = cells_of_board(parsed["index.html"])
    told = answers.both(archive, results.both, results.leaning)
    assert board == {
        name: {"now": new.label_in_words}
        | (
            {"then": old.label_in_words}
            if (old.label_in_words, old.readings) != (new.label_in_words, new.readings)
            else {}
        )
        for name, (old, new) in told.items()
    }
    for name, (old, new) in results.both.items():
        fresh = verdicts.two_clocks(archive, archive.claim(name))
        assert [(one.label, one.probability) for one in fresh] == [
            (one.label, one.probability) for one in (old, new)
        ]


def test_the_replay_is_the_history(parsed, results):
    page = parsed["replay.html"]
    steps = {
        one["data-claim"]: json.loads(one["data-steps"]) for one in page.all("li") if "data-steps" in one
    }
    assert list(steps) == list(results.days)
    (slider,) = [one for one in page.all("input") if one.get("id") == "day"]
    for name, replay in steps.items():
        days = results.days[name]
        assert int(slider["max"]) == len(days) - 1
        shown = [[one for one in replay if one[0] <= place][-1][1] for place in range(len(days))]
        assert shown == [answers.told(one) for one in days]


@pytest.mark.campaign
def test_the_strips_cover_every_day_once(results):
    for days in results.days.values():
        found = pages.claim_page.runs([(one.as_of, one.label, one.probability) for one in days])
        assert found[0].first == days[0].as_of and found[-1].last == days[-1].as_of
        assert sum(run.width for run in found) == pytest.approx(100, abs=0.01)
        assert len(found) == len(history.changes(days)) + 1


def test_a_claims_page_says_its_verdict_and_so_does_its_claim_review(parsed, archive, results):
    told = answers.both(archive, results.both, results.leaning)
    for name, (then, now) in results.both.items():
        page = parsed[f"claims/{name}.html"]
        (block,) = [one for one in page.blocks if one.strip()]
        assert json.loads(block) == json.loads(
            json.dumps(
                exports.claim_review(archive, archive.claim(name), now, leaning=results.leaning[name][1])
            )
        )
        # A link may end between a word and its mark.
        words = " ".join("".join(page.words).split())
        badges = re.findall(r'class="badge badge-[\w-]+">([^<]+)<', page.text)
        assert badges == [one.label_in_words for one in reversed(told[name])]
        for finding in (*then.findings, *now.findings):
            assert " ".join(finding.sentence.split()) in words
        limits = archive.claim(name).does_not_show
        assert limits and " ".join(limits.split()) in words


def test_every_bound_number_leads_to_its_row_and_has_a_card(parsed):
    bound = [
        (page, attributes)
        for name, page in parsed.items()
        if name.startswith("notebooks/")
        for attributes in page.all("a")
        if attributes.get("class") == "bound"
    ]
    assert len(bound) > 20
    for page, attributes in bound:
        assert attributes["data-card"] in page.ids
        assert re.match(r"\.\./(statements|datasets|method)\.html", attributes["href"])


def test_every_figure_has_its_words_and_its_table(site, parsed):
    count, alts = 0, set()
    for name, page in parsed.items():
        pictures = page.all("figure")
        classes = [one.get("class") for one in page.all("a")]
        assert classes.count("figure-data") == classes.count("figure-enlarge") == len(pictures), name
        assert len(page.all("figcaption")) == len(pictures), name
        # Wide and narrow drawings of a figure say the same.
        drawn = [one for one in page.all("svg") if "drawing" in one.get("class", "").split()]
        words = {one["aria-label"] for one in drawn} | {one["alt"] for one in page.all("img")}
        assert len(words) == len(pictures), name
        if name.startswith("notebooks/"):
            alts |= words
            count += len(pictures)
    assert count > 5 and len(alts) == count and all(len(alt) >= 20 for alt in alts)
    for path in (site / "figures").glob("*.csv"):
        rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}, path


def test_the_feed_has_every_change_of_the_report_under_a_stable_name(site, archive):
    space = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(site / "changes.xml").getroot()
    entries = feed.findall(f"{space}entry")
    assert len(entries) == len(archive.corrections) > 5
    names = [entry.findtext(f"{space}id") for entry in entries]
    assert len(set(names)) == len(names)
    # The name of one entry, kept by hand: a reader that has seen it must not see it as new.
    titles = {entry.findtext(f"{space}id"): entry.findtext(f"{space}title") for entry in entries}
    assert titles["urn:uuid:58ee517e-e709-5f90-92c1-070063a94653"] == "Correction: Rows with the wrong teller"
    days = [entry.findtext(f"{space}updated") for entry in entries]
    assert days == sorted(days, reverse=True) and feed.findtext(f"{space}updated") == days[0]
    told = {f"{one.day.isoformat()}T00:00:00Z" for one in archive.corrections}
    assert set(days) == told, "an entry has the day on which the report changed"


def test_addresses_on_paper_have_one_number_each():
    body = '<a href="https://a.org/">a</a> <a class="x" href="https://b.org/?c=1&amp;d=2">b</a>'
    body += ' <a href="https://a.org/">again</a> <a href="here.html">c</a>'
    body += '<template><a href="https://c.org/">on a card</a></template>'
    shown, addresses = numbered(body)
    assert addresses == ["https://a.org/", "https://b.org/?c=1&d=2"]
    assert re.findall(r'data-note="(\d)"', shown) == ["1", "2", "1"]
    assert shown.count("<a ") == body.count("<a ")
