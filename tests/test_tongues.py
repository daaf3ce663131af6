"""Six scripts in one folder: every door takes them, and names from right to left stay where they belong."""

import re
import warnings
from pathlib import Path
from xml.etree import ElementTree

import pytest
import tongues
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from utils import exports
from utils.__main__ import main
from utils.archive import Archive
from utils.figures import scripts
from utils.report import card
from utils.report.directions import END, FIRST_STRONG, Isolating, lines_apart
from utils.results import Results

ARABIC, HEBREW = (tongues.SPOKEN[tongue][0] for tongue in tongues.RIGHT_TO_LEFT)
REPLACED = "\ufffd"
# What is said of the engine is said of any article.
OF_THE_ENGINE = {"calibration.html", "method.html"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tongues.write(tmp_path_factory.mktemp("tongues") / "next")


@pytest.fixture(scope="module")
def many(folder) -> Archive:
    return Archive.read(folder)


@pytest.fixture(scope="module")
def html(render_site, many, tmp_path_factory) -> Path:
    work = tmp_path_factory.mktemp("site")
    assert render_site(Results.of(many), {}, work / "source", work / "html") == ""
    return work / "html"


def test_it_is_a_valid_folder(folder, capsys):
    assert main(["check", "--data", str(folder)]) == 0, capsys.readouterr().out


@pytest.mark.site
def test_every_page_calls_it_what_it_is(html):
    pages = {path.relative_to(html).as_posix(): path for path in html.rglob("*.html")}
    assert {"index.html", "claims/ar1.html", "reuse.html", "evidence.html", "replay.html"} <= set(pages)
    named = {
        name: re.findall(r"(?i)\bthe article\b", path.read_text("utf-8")) for name, path in pages.items()
    }
    assert {name for name, found in named.items() if found} <= OF_THE_ENGINE
    assert "We took the radio speech apart" in pages["index.html"].read_text("utf-8")


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_the_terminal_keeps_every_sign_at_any_width(folder, capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["verdicts", "--data", str(folder)]) == 0
    told = capsys.readouterr().out
    assert REPLACED not in told
    for teller, *_ in tongues.SPOKEN.values():
        assert {sign for sign in teller if sign.isalpha()} <= set(told)


def test_exports_have_every_text_as_it_was_written(many):
    content = exports.files(many, leaning={})
    for _, _, _, _, claim in tongues.SPOKEN.values():
        assert claim in content["verdicts.json"].decode("utf-8")
    assert not any(mark in text.decode("utf-8") for text in content.values() for mark in (FIRST_STRONG, END))


def test_a_name_in_a_sentence_is_apart_from_the_numbers_beside_it(many):
    apart = Isolating(many)
    told = f"1 outlet credits {HEBREW}: 1 gives it; {ARABIC} (1,200) and {ARABIC} 2 (1,320), others none."
    assert apart.html(f"<body><p>{told}</p>") == (
        f"<body><p>1 outlet credits <bdi>{HEBREW}</bdi>: 1 gives it; <bdi>{ARABIC}</bdi> (1,200) and "
        f"<bdi>{ARABIC} 2</bdi> (1,320), others none.</p>"
    )


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        # What no row has: from the first to the last sign of the script, and no further.
        ("the port of حيفا (12), in מחוז צפון: 3", "the port of [حيفا] (12), in [מחוז צפון]: 3"),
        # A text of its own with its own brackets and full stop.
        (" ר״ת (כ־14). ", " [ר״ת (כ־14).] "),
        (": אחר: ", ": [אחר]: "),
        ("Länge, 港, हड़ताल and Ελλάς stay", "Länge, 港, हड़ताल and Ελλάς stay"),
    ],
)
def test_what_no_row_has_is_apart_too(many, told, shown):
    assert Isolating(many).text(told).replace(FIRST_STRONG, "[").replace(END, "]") == shown


def test_nothing_is_put_where_no_element_may_stand(many):
    page = (
        f'<title>{ARABIC}</title><body title="{ARABIC}"><option>{ARABIC}</option>'
        f"<svg><text>{ARABIC}</text></svg>"
    )
    assert Isolating(many).html(page) == page


def test_a_folder_without_such_texts_is_left_alone(archive):
    assert not Isolating(archive).needed


def test_a_name_that_breaks_over_lines_is_apart_on_each():
    lines = [f"by {FIRST_STRONG}a", "b", f"c{END} (2) and {FIRST_STRONG}d{END}", "e"]
    assert [*lines_apart(lines)] == [
        f"by {FIRST_STRONG}a{END}",
        f"{FIRST_STRONG}b{END}",
        f"{FIRST_STRONG}c{END} (2) and {FIRST_STRONG}d{END}",
        "e",
    ]


def test_every_page_of_its_site_keeps_them_apart(html):
    pages = {path.name: path.read_text(encoding="utf-8") for path in html.rglob("*.html")}
    for name, page in pages.items():
        assert REPLACED not in page and "&amp;#" not in page, name
        bare = re.sub(r"(?s)<(script|style|svg|option|title)\b.*?</\1>|<bdi>.*?</bdi>|<[^>]*>", "", page)
        assert not re.search("[\u0590-\u06ff]", bare), name
        assert "<bdi></bdi>" not in page and "<bdi><bdi>" not in page
    assert f"credits <bdi>{HEBREW}</bdi> with this figure" in pages["he2.html"]


def test_the_feed_and_the_search_have_every_sign(html):
    for path in (html / "changes.xml", html / "_static" / "searched.js"):
        assert REPLACED not in path.read_text(encoding="utf-8")


def test_a_feed_keeps_them_apart_and_stays_one(html, many):
    feed = (html / "changes.xml").read_text(encoding="utf-8")
    assert ElementTree.fromstring(feed).tag.endswith("feed")
    assert re.search("[\u0590-\u06ff]", feed)
    assert not re.search("[\u0590-\u06ff]", re.sub("\u2068[^\u2069]*\u2069", "", feed))
    told = f"<summary>said of 1 &lt; 2: {HEBREW} &amp; 14</summary>"
    assert Isolating(many).xml(told) == told.replace(HEBREW, f"\u2068{HEBREW}\u2069")


def test_a_line_says_what_the_cards_cannot_show(many, archive):
    told = card.undrawn(many)
    assert "the title" in told and "ja1" in told and "hi1" in told and "ar1" not in told
    assert card.undrawn(archive) == ""


def test_one_line_says_which_signs_no_font_here_has():
    figure = Figure()
    canvas = FigureCanvasAgg(figure)
    figure.text(0, 0, "\U0001f9ffकतल")
    with (
        pytest.warns(UserWarning, match="no font of this machine has") as told,
        scripts.one_line_for_missing_signs(),
    ):
        warnings.warn("something else", stacklevel=1)
        canvas.draw()
    own = [str(one.message) for one in told]
    assert "something else" in own and len(own) == 2


def test_only_fonts_that_are_here_are_asked_for():
    from matplotlib.font_manager import get_font_names

    assert scripts.families()[0] == "DejaVu Sans" and set(scripts.families()) <= set(get_font_names())
