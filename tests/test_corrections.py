"""Corrections: what a folder may say of its own changes, and the pages and the feed that come of it."""

import shutil
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
import yaml
from folders import SECOND

from utils import answers, verdicts
from utils.archive import DATA, Archive
from utils.evidence.corrections import FILE, Correction, moves
from utils.evidence.problems import DataError
from utils.report import trust_page
from utils.report.render import render

ATOM = "{http://www.w3.org/2005/Atom}"


def entry(**changes) -> dict:
    told = {"id": "one", "day": "2031-06-01", "kind": "rule", "title": "A rule", "changed": "It is milder."}
    return {name: value for name, value in {**told, **changes}.items() if value is not None}


def fault(**changes) -> dict:
    return entry(kind="fault", wrong="A figure was wrong.", since="2031-05-21", **changes)


@pytest.fixture
def second_folder(tmp_path):
    """A copy of the invented article, which has none of what is tested here."""
    return shutil.copytree(SECOND, tmp_path / "folder")


@pytest.fixture
def folder(second_folder):
    def written(*entries: dict):
        text = yaml.safe_dump({"corrections": list(entries)})
        (second_folder / FILE).write_text(text, encoding="utf-8")
        return second_folder

    return written


def test_the_last_recorded_verdicts_are_those_that_are_computed(archive):
    """Whoever changes a verdict of the published report says so in data/corrections.yaml."""
    last = {}
    for found in moves(archive.corrections).values():
        last |= {(move.claim, move.clock): move.after for move in found}
    computed = {
        (claim.id, clock): answers.told(verdict)
        for claim in archive.claims
        for clock, verdict in zip(("then", "today"), verdicts.two_clocks(archive, claim), strict=True)
    }
    assert last == computed


def test_our_corrections_name_the_faults_of_this_edition(archive):
    faults = {one.id for one in archive.corrections if one.kind == "fault"}
    assert {"signs-of-three-questions", "wrong-tellers", "bounds-as-figures"} <= faults
    assert (DATA / FILE).is_file()


def test_a_verdict_moves_from_what_the_entries_before_made_it():
    entries = [
        Correction(**entry(id="a", verdicts={"P01": {"then": "Supported", "today": "Supported"}})),
        Correction(**entry(id="b", verdicts={"P01": {"today": "Refuted"}})),
        Correction(**entry(id="c", verdicts={"P01": {"then": "Supported", "today": "Refuted"}})),
    ]
    found = moves(entries)
    assert [(move.clock, move.before, move.after) for move in found["a"]] == [
        ("then", None, "Supported"),
        ("today", None, "Supported"),
    ]
    assert [(move.clock, move.before, move.after) for move in found["b"]] == [
        ("today", "Supported", "Refuted")
    ]
    assert found["c"] == []


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([entry(), entry()], "id: 'one', expected a name of its own"),
        ([entry(), entry(id="two", day="2031-05-31")], "day: '2031-05-31', expected the oldest entry first"),
        ([entry(claims=["P99"])], "claims: 'P99', expected the id of a known claim"),
        ([entry(verdicts={"P99": {"then": "Supported"}})], "'P99', expected the id of a known claim"),
        ([entry(verdicts={"P01": {"then": "True"}})], "verdicts.P01.then"),
        ([entry(kind="fault")], "what was wrong and since when for a fault"),
        ([entry(wrong="It was.")], "what was wrong and since when for a fault"),
        ([fault(day="2031-05-20")], "a fault that was there before the day"),
        ([entry(id="Not an address")], "id"),
        ([entry(day="yesterday")], "day"),
        ([entry(changed=None)], "changed"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(folder, entries, said):
    with pytest.raises(DataError) as caught:
        Archive.read(folder(*entries))
    assert any(FILE in str(one) and said in str(one) for one in caught.value.problems), caught.value


def page(archive, name: str, context: dict) -> str:
    shared = {"archive": archive, "then": archive.article.published, "today": archive.clock}
    return " ".join(render(f"{name}.html", **shared, **context).split())


def test_a_correction_says_what_was_wrong_since_when_and_what_is_now(folder):
    archive = Archive.read(
        folder(fault(claims=["P01"]), entry(id="two", verdicts={"P01": {"then": "Refuted"}}))
    )
    told = page(archive, "corrections", trust_page.corrections(archive))
    for words in ("What was wrong, since 21 May 2031.", "A figure was wrong.", "Correction of 1 June 2031"):
        assert words in told
    assert told.index("A figure was wrong.") < told.index("Other changes") < told.index("Changed rule of")
    assert 'id="entry-one"' in told and 'href="claims/P01.html"' in told


def test_a_folder_without_corrections_contact_and_maker_says_so(second):
    assert second.corrections == () and second.article.contact is None
    assert "No correction has been entered." in page(second, "corrections", trust_page.corrections(second))
    told = page(second, "about", trust_page.about(second))
    assert (
        "names no address to which an error could be written" in told and "have not said who they are" in told
    )
    feed = ElementTree.fromstring(trust_page.feed(second))
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated") == f"{second.vintage.isoformat()}T00:00:00Z"


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("errors@example.org", "mailto:errors@example.org"),
        ("https://example.org/tell", "https://example.org/tell"),
    ],
)
def test_a_contact_is_a_link(second, contact, address):
    known = replace(second, article=second.article.model_copy(update={"contact": contact}))
    told = page(known, "about", trust_page.about(known))
    assert f'<a href="{address}" rel="noreferrer">{contact}</a>' in told


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact", "javascript:alert(1)"),
        ("contact", "nobody"),
        ("contact", "a@b"),
        ("contact", "mailto:a@example.org"),
        ("address", "example.org"),
        ("address", "https://example.org/?a=1"),
        ("address", "file:///tmp"),
        ("marks", [{"event": "V99", "words": "Nothing"}]),
    ],
)
def test_what_leads_nowhere_is_refused(second_folder, field, value):
    path = second_folder / "article.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**content, field: value}), encoding="utf-8")
    with pytest.raises(DataError, match=field):
        Archive.read(second_folder)


def test_the_feed_has_the_day_of_the_change_and_whole_addresses_where_one_is_known(folder):
    archive = Archive.read(folder(fault(), entry(id="two", day="2031-07-01")))
    known = replace(archive, article=archive.article.model_copy(update={"address": "https://example.org/x"}))
    for home, one in (("", archive), ("https://example.org/x/", known)):
        text = trust_page.feed(one)
        assert text == trust_page.feed(one)
        entries = ElementTree.fromstring(text).findall(f"{ATOM}entry")
        assert [found.findtext(f"{ATOM}updated") for found in entries] == [
            "2031-07-01T00:00:00Z",
            "2031-06-01T00:00:00Z",
        ]
        links = [found.find(f"{ATOM}link").get("href") for found in entries]
        assert links == [f"{home}corrections.html#entry-two", f"{home}corrections.html#entry-one"]
    assert "What was wrong, since 21 May 2031: A figure was wrong." in text


def test_an_entry_keeps_its_name_whatever_is_added(folder):
    before = trust_page.entries(Archive.read(folder(entry())))
    after = trust_page.entries(Archive.read(folder(entry(), entry(id="two", day="2031-07-01"))))
    assert before[0].urn == after[1].urn != after[0].urn
    assert after[0].told.day == date(2031, 7, 1)
