"""The answer stands on the first screen, pages are built as HTML wants them, an editor finds what he asks."""

import re
from collections import Counter
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from utils import answers
from utils.results import kept

SCREENS = [(1280, 800), (360, 740)]
# Whether the whole of an element lies on the screen as the page opens.
ON_SCREEN = """one => {
  const box = one.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth + 1;
}"""
# What an editor asks on a claim's page: what is pressed, if anything, and the words that then stand on the
# screen or in what was opened.
QUESTIONS = {
    "was it true?": (None, ".answer-first", r"\w"),
    "what label has it?": (None, ".clock .badge", r"Supported|Refuted|Half|Depends|Disputed|Not enough"),
    "was it known on the day?": (None, ".clock-day >> nth=1", r"On \d+ \w+ \d{4}"),
    "who says so?": ('a[href="#why"]', ".why", r"\w+ "),
    "how sure?": ('a[href="#why"]', "#how-sure", r"Confidence in the evidence: (low|moderate|high)"),
    "is the label firm?": ('a[href="#why"]', "#how-sure + p", r"(firm|not firm)\."),
    "what is not known?": ('a[href="#what-is-not-known"]', "#what-is-not-known p", r"\w"),
    "when was it known?": ('a[href="#history"]', "#history .runs", r"\d{4} to today"),
    "where can I read it myself?": ('a[href="#evidence-by-origin"]', ".origins a[href^=http]", r"\w"),
    "what would change it?": ('a[href="#what-would-flip-it"]', "#what-would-flip-it table", r"keep"),
}


@pytest.fixture(scope="module")
def told(archive) -> dict:
    """The answers to every claim on both clocks."""
    results = kept(archive)
    return answers.both(archive, results.both, results.leaning)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_answer_is_on_the_first_screen(opened, site, told, width, height):
    page = opened("index.html", width=width, height=height)
    assert page.locator("p.lead").evaluate(ON_SCREEN), "the front page"
    for name, (_, now) in told.items():
        page.goto((site / f"claims/{name}.html").as_uri())
        first = page.locator(".answer-first")
        assert first.text_content() == now.text
        assert first.evaluate(ON_SCREEN), name
        assert page.locator(".clock .badge").first.evaluate(ON_SCREEN), name


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_editor_finds_it_with_one_click_at_most(opened, question):
    click, place, words = QUESTIONS[question]
    page = opened("claims/C01.html")
    if click:
        page.locator(f".toc-tree {click}").click()
    shown = page.locator(place).first
    assert re.search(words, shown.text_content())
    # Pages scroll smoothly, so it takes a moment.
    expect(shown).to_be_in_viewport()


def test_an_editor_sees_on_the_front_page_whether_the_number_may_be_printed(opened, told):
    page = opened("index.html")
    row = page.locator('tr[data-claim="C01"]')
    assert row.locator(".answer").text_content() == told["C01"][1].text
    assert row.locator('[data-slot="now"] .badge').text_content() == told["C01"][1].label_in_words


def test_an_editor_sees_what_changed_since(opened, told):
    page = opened("claims/C04.html")
    assert page.locator(".since").evaluate(ON_SCREEN)
    assert page.locator(".since").text_content().startswith("Since then ")


BLOCKS = {"p", "div", "ul", "ol", "table", "section", "details", "figure", "dl", "pre", "blockquote"}
CONTROLS = {"input", "select", "textarea", "button", "output", "meter", "progress"}


def structure_faults(text: str) -> list[str]:
    """What HTML does not allow and browsers forgive: a paragraph in a summary, a label of no control, a
    name given twice. The Nu HTML checker found no other fault when it was run on all pages."""
    every = BeautifulSoup(text, "html.parser").find_all(True)
    named = [one for one in every if one.has_attr("id")]
    called = {one["id"]: one for one in reversed(named)}
    many = Counter(one["id"] for one in named)
    found = [f"two elements are called {name}" for name, count in many.items() if count > 1]
    for label in (one for one in every if one.name == "label"):
        control = label.get("for")
        target = called.get(control) if control else label.find(CONTROLS)
        if target is None or target.name not in CONTROLS or target.get("type") == "hidden":
            found.append(f"a label of no control: {control}")
        if label.get("aria-hidden"):
            found.append(f"a label that is hidden from who listens: {control}")
    for one in every:
        within = (
            {parent.name for parent in one.parents} if one.name in BLOCKS or one.has_attr("id") else set()
        )
        if one.name in BLOCKS:
            found += [f"{one.name} in a {outer}" for outer in ("summary", "p") if outer in within]
        # Within a drawing names are those of XML, which no digit begins.
        if "svg" in within and one.has_attr("id") and not re.fullmatch(r"[A-Za-z_][\w.-]*", one["id"]):
            found.append(f"no name in a drawing: {one['id']}")
    return found


def test_no_page_has_a_fault_of_structure(site, names):
    found = {name: structure_faults((site / name).read_text(encoding="utf-8")) for name in names}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary><p>Show</p></summary></details>",
        '<label for="nothing">A</label>',
        '<label for="a">A</label><p id="a">B</p>',
        '<label for="a" aria-hidden="true">A</label><input id="a">',
        '<svg><path id="01-a"/></svg>',
        '<p id="a">A</p><p id="a">B</p>',
        "<p><span><div>A</div></span></p>",
    ],
)
def test_a_fault_of_structure_is_found(text):
    assert structure_faults(text)


def test_a_claim_has_a_card_of_its_own(site, told):
    for name, (_, now) in told.items():
        path = site / "claims" / f"{name}.html"
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        address = page.find("meta", property="og:image")["content"]
        assert (site / "claims" / address).resolve().is_file()
        assert urljoin(f"claims/{name}.html", address) == f"cards/{name}.png"
        alt = page.find("meta", property="og:image:alt")["content"]
        assert now.text in alt and now.label_in_words in alt
        assert (site / "cards" / f"{name}.png").stat().st_size < 12_000
