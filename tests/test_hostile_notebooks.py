"""A sample of the hostile notebooks of `make torture`, and that the campaign sees what it looks for."""

import json
from pathlib import Path

import hostile_notebooks
import nbformat
import notebook_campaign
import pytest
from folders import SECOND
from nbformat import v4
from nbformat.v4.rwbase import rejoin_lines

from utils.archive import Archive
from utils.report import cells, foreign, formulas

NOTEBOOKS, FIRST, LEAST_RECORDED = 60, 1_000_000, 600
ROOT = Path(__file__).parent
RECORD = ROOT.parent / "docs" / "hostile_notebooks.json"


@pytest.mark.campaign
def test_no_hostile_notebook_of_a_sample_ends_as_it_must_not():
    archive = Archive.read(SECOND)
    outcomes = list(notebook_campaign.campaign(FIRST, NOTEBOOKS, archive))
    assert len(outcomes) == NOTEBOOKS
    ends = {one.ended for one in outcomes}
    assert ends == {notebook_campaign.SHOWN, notebook_campaign.NAMED}, outcomes


def test_the_record_is_of_notebooks_that_all_ended_well():
    told = json.loads(RECORD.read_text(encoding="utf-8"))
    ended = {name: of["all"] for name, of in told["ended"].items()}
    assert told["notebooks"] == sum(ended.values()) >= LEAST_RECORDED
    assert {name for name, many in ended.items() if many} == {
        notebook_campaign.SHOWN,
        notebook_campaign.NAMED,
    }
    kinds = {kind for of in told["ended"].values() for kind in of}
    assert kinds == {"all", hostile_notebooks.FILE, *hostile_notebooks.KINDS}


def test_a_number_gives_the_same_notebook_again():
    assert [hostile_notebooks.notebook(number)[1] for number in range(9)] == [
        hostile_notebooks.notebook(number)[1] for number in range(9)
    ]


@pytest.mark.parametrize(
    ("article", "ended"),
    [
        ("<p>kept1x0x</p>", notebook_campaign.SHOWN),
        ("<p>other</p>", notebook_campaign.LOST),
        ("<p>kept1x0x removed1x0x</p>", notebook_campaign.LEAKED),
        ("<p>kept1x0x<script>x</script></p>", notebook_campaign.REACHES),
        ('<p onclick="x">kept1x0x</p>', notebook_campaign.REACHES),
        ('<p>kept1x0x<img src="https://a.b/c.png"></p>', notebook_campaign.REACHES),
        ("<p>kept1x0x</p>" + "\n" * 2_000, notebook_campaign.TALL),
        ("<p>kept1x0x</div></p>", notebook_campaign.BREAKS),
        ("<p>kept1x0x", notebook_campaign.BREAKS),
    ],
)
def test_the_campaign_sees_each_end(tmp_path, article, ended):
    page = tmp_path / "1.html"
    page.write_text(f"<article>{article}</article>", encoding="utf-8")
    assert notebook_campaign._ended(page, b"kept1x0x", [])[0] == ended
    assert notebook_campaign._ended(page, b"", ["a line"])[0] == notebook_campaign.WARNED
    page.unlink()
    assert notebook_campaign._ended(page, b"", [])[0] == notebook_campaign.LOST


def arranged(tmp_path, *made) -> list[nbformat.NotebookNode]:
    book = rejoin_lines(v4.new_notebook(cells=list(made)))
    cells.arrange(book, "00_a", None, tmp_path)
    return book.cells


@pytest.mark.parametrize(
    ("tags", "shown"),
    [
        ([], ["hide-input"]),
        (["hide-input"], ["hide-input"]),
        (["remove_input"], ["remove-input"]),
        (["hide-output"], ["hide-input", "hide-output"]),
        (["hide-cell"], ["hide-cell"]),
        (["other"], ["hide-input"]),
    ],
)
def test_standard_tags_mean_what_they_mean_in_jupyter_book(tmp_path, tags, shown):
    code = v4.new_code_cell("1", metadata={"tags": tags})
    assert arranged(tmp_path, code)[1].metadata["tags"] == shown


def test_what_is_to_be_removed_is_not_in_what_sphinx_reads(tmp_path):
    out = v4.new_output("stream", text="secret")
    gone = (
        v4.new_code_cell("secret", outputs=[out], metadata={"tags": ["remove-cell"]}),
        v4.new_markdown_cell("secret", metadata={"tags": ["remove_cell"]}),
        v4.new_code_cell("1", outputs=[out], metadata={"tags": ["remove-output"]}),
        v4.new_code_cell("1", outputs=[out], metadata={"tags": ["remove-stdout"]}),
    )
    assert "secret" not in json.dumps(arranged(tmp_path, *gone))


@pytest.mark.parametrize(
    ("texts", "first", "second"),
    [
        ([], "# 00\\_a", None),
        (["text"], "# 00\\_a", "text"),
        (["## Below", "# Above"], "## Below", "# Above"),
        (["# One\n\n## Two", "# Three\n\nFour\n===="], "# One\n\n### Two", "## Three\n\nFour\n----"),
        (["---\ntitle: Told\n---\ntext"], "# Told", "text"),
        (["```\n# no heading\n```"], "# 00\\_a", "```\n# no heading\n```"),
    ],
)
def test_a_page_has_one_title(tmp_path, texts, first, second):
    sources = [cell.source for cell in arranged(tmp_path, *map(v4.new_markdown_cell, texts))]
    assert [*sources, None][:2] == [first, second]


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("1%\r2%\rdone\n", "done\n"),
        ("hi\r\n", "hi\n"),
        ("abc\rx\n", "xbc\n"),
        ("ab\b\bcd", "cd"),
        ("\u202eab", "ab"),
        ("a\x00", "a␀"),
        ("\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"),
    ],
)
def test_what_was_printed_is_shown_as_a_terminal_leaves_it(printed, seen):
    assert foreign.settled(printed) == seen


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("$x^2$", True),
        ("$$\\begin{align}a &= b \\\\ c &= d\\end{align}$$", True),
        ("\\begin{equation}E\\end{equation}", True),
        ("$5 and $6", False),
        ("`$x$`", False),
        ("\\$x\\$", False),
        ("```\n$x$\n```", False),
    ],
)
def test_formulas_are_drawn_and_money_and_code_are_not(text, drawn):
    made, left = formulas.in_markdown(text)
    assert left == [] and ("<math" in made) == drawn and (drawn or made == text)


def test_a_formula_that_cannot_be_drawn_stands_as_it_is_and_is_named():
    made, left = formulas.in_markdown("$\\nosuch{x}$")
    assert left == ["\\nosuch{x}"] and made.startswith('<code class="formula">')


def test_a_long_output_folds_and_a_short_one_does_not():
    assert foreign.output({"text/plain": "short"}) == (None, [])
    shown, left = foreign.output({"text/plain": "line\n" * 20_000})
    assert left == [] and "All 20,000 lines</summary>" in shown
    assert shown.partition("<details")[0].count("\n") < 30
