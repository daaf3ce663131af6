"""The article that is there to be copied: whole, real, of another field, kept by the same rules as ours."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from utils import prose, verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.checks import METHODS
from utils.checks.claimed import RELATIONS
from utils.words import NOT_ENOUGH, SUPPORTED

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "record_heat"
NOTEBOOK = EXAMPLE / "notebooks" / "00_record_heat.ipynb"
# The labels on the day of the article, and today. A label that changes is told in the notebook and here.
LEDGER = {
    "H01": (NOT_ENOUGH, NOT_ENOUGH),
    "H02": (SUPPORTED, SUPPORTED),
    "H03": (NOT_ENOUGH, NOT_ENOUGH),
    "H04": (NOT_ENOUGH, NOT_ENOUGH),
    "H05": (SUPPORTED, SUPPORTED),
    "H06": (NOT_ENOUGH, SUPPORTED),
    "H07": (NOT_ENOUGH, SUPPORTED),
    "H08": (NOT_ENOUGH, NOT_ENOUGH),
    "H09": (SUPPORTED, SUPPORTED),
    "H10": (NOT_ENOUGH, NOT_ENOUGH),
    "H11": (NOT_ENOUGH, NOT_ENOUGH),
    "H12": (SUPPORTED, SUPPORTED),
    "H13": (NOT_ENOUGH, NOT_ENOUGH),
    "H14": (NOT_ENOUGH, NOT_ENOUGH),
    "H15": (SUPPORTED, SUPPORTED),
    "H16": (NOT_ENOUGH, NOT_ENOUGH),
    "H17": (SUPPORTED, SUPPORTED),
}
# What an article on the warmth of a year does not say of any number.
NOT_SAID = {"at most"}


@pytest.fixture(scope="module")
def example() -> Archive:
    return Archive.read(EXAMPLE)


def test_its_verdicts_are_kept_on_both_clocks(example):
    found = {
        claim.id: tuple(one.label for one in verdicts.two_clocks(example, claim)) for claim in example.claims
    }
    assert found == LEDGER


def test_it_shows_the_methods_and_the_ways_to_claim_a_number(example):
    checks = [check for claim in example.claims for check in claim.built]
    assert len(example.claims) >= 8 and all(claim.is_checked for claim in example.claims)
    assert len({check.method for check in checks}) >= 6
    assert {check.relation for check in checks if check.method == "quantity"} == {*RELATIONS} - NOT_SAID


def test_a_window_of_a_day_and_another_number_read_well(example):
    by, share = example.claim("H09").built[0], verdicts.verdict(example, "H11").reason
    assert "meant for 31 December 2023: " in METHODS["independence"].question(by, example)
    assert " of “Warmth of 2023 above 1850 to 1900”; " in share
    longer = by.model_copy(update={"since": by.until.replace(month=1)})
    assert "meant for a day from 31 January 2023 to 31 December 2023: " in METHODS["independence"].question(
        longer, example
    )


def test_every_row_that_is_evidence_can_be_looked_up(example):
    """A page, or an outlet that is an archive of news."""
    bare = [row.id for row in example.statements if row.status == "sound" and not row.url]
    assert {example.rows[name].outlet for name in bare} <= {"Associated Press"}


def test_its_notebook_is_of_the_house():
    pages = nbformat.read(NOTEBOOK, as_version=4).cells
    text = [cell.source for cell in pages if cell.cell_type == "markdown"]
    code = [cell for cell in pages if cell.cell_type == "code"]
    headings = re.findall(r"^## .*", "\n".join(text), re.MULTILINE)
    assert headings[:3] == ["## The claim", "## What would make it true?", "## The answer"]
    assert headings[-3:] == [
        "## Uncertainty, and what would flip it",
        "## What this does not show",
        "## Sources",
    ]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert 15 <= len(code) <= 28 and [loose for one in text if (loose := prose.loose_numerals(one))] == []
    assert (
        max(sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(one.source))) for one in code) <= 12
    )
    for cell in code:
        told = str(cell.outputs)
        assert prose.CHANGED not in told
        assert re.findall(r'written_for="(\w+)"', cell.source) == re.findall(r"Fingerprint: (\w+)", told)


def test_it_names_no_place_of_a_machine():
    files = [path for path in EXAMPLE.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path.name for path in files if str(ROOT) in path.read_text(encoding="utf-8")] == []


def test_it_has_no_error_and_its_notebook_comes_out_again(kernel_name, capfd):
    assert main(["test", "--data", str(EXAMPLE)]) == 0, capfd.readouterr().out
