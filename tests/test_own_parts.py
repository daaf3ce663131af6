"""A claim and a method of one's own, made in a notebook: they are asked like any other, again and again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from folders import SECOND
from nbclient import NotebookClient
from nbformat import v4
from ninth import NINTH

from utils import checks, explorer, history, robustness, verdicts
from utils.analysis import compare
from utils.archive import Archive
from utils.checks import METHODS, registered
from utils.evidence.problems import DataError

ROOT = Path(__file__).resolve().parent.parent
CLAIM = {
    "id": "X1",
    "wording": "Ten thousand North Koreans were in Russia.",
    "checks": [
        {
            "method": "quantity",
            "value": 10000,
            "tolerance": 0.5,
            "counts": ["nk_troops_in_russia"],
            "on": "2024-11-10",
        }
    ],
}


@pytest.mark.long
def test_an_own_claim_is_asked_like_any_other(archive):
    mine = archive.with_claims(CLAIM)
    verdict = verdicts.verdict(mine, "X1")
    assert verdict.label in verdicts.LABELS and verdict.evidence
    days = history.history(mine, mine.claim("X1"))
    assert days[-1] == verdict and len(days) > 100
    assert robustness.robustness(mine, mine.claim("X1")).worlds > 5
    assert mine.claims[:-1] == archive.claims and explorer.view(mine, "X1").verdict == verdict
    told = compare(archive, mine)
    assert told.moved == () and told.new == ("X1",) and "only the second has X1" in str(told)
    assert compare(mine, archive).gone == ("X1",)
    assert mine.as_of("2024-11-12").claim("X1") == archive.with_claims(mine.claim("X1")).claim("X1")


def changed(**changes) -> dict:
    return {**CLAIM, "checks": [CLAIM["checks"][0] | changes]}


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (CLAIM | {"id": "C01"}, r"own claims:1 id: 'C01', expected an id of its own"),
        (changed(counts=["nk_troops_in_rusia"]), r"C\S*|X1\.quantity: .*did you mean nk_troops_in_russia"),
        (changed(method="quantify"), "the name of a method, one of attribution"),
        (changed(counts=["nk_troops_in_russia", "ua_held_area_kursk_km2"]), "a quantity in persons"),
        (changed(tolerance=-1), "own claims:1 checks"),
        ({"id": "X1"}, "own claims:1 wording"),
        (CLAIM | {"topics": "x"}, "topics.*no such field"),
    ],
)
def test_a_wrong_claim_is_told_by_its_number(archive, claim, words):
    with pytest.raises(DataError, match=words):
        archive.with_claims(claim)


def test_two_claims_of_one_id_are_refused(archive):
    with pytest.raises(DataError, match="own claims:2 id"):
        archive.with_claims(CLAIM, CLAIM)


def test_two_folders_are_compared_by_the_rows_that_differ(archive, folder):
    """A row that was corrected is why, though both verdicts rest on it."""
    used = verdicts.verdict(archive, "C01").evidence
    row = next(archive.statement(name) for name in used if archive.statement(name).value)
    path = folder / "statements.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith(f"{row.id},"))
    old = f",{row.value:g}" if f",{row.value:g}," in lines[place] else f",{int(row.value)}"
    lines[place] = lines[place].replace(f"{old},", f",{int(row.value * 1.5)},", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    other = Archive.read(folder)
    assert other.statement(row.id) != archive.statement(row.id)
    told = {one.claim: one for one in compare(archive, other).moved}
    assert row.id in told["C01"].rows and row.id in str(told["C01"])
    assert compare(Archive.read(folder), other).moved == ()


def test_folders_of_two_articles_share_what_they_share(archive):
    other = Archive.read(SECOND)
    told = compare(archive, other)
    assert {*told.gone} == {one.id for one in archive.claims} - {one.id for one in other.claims}
    assert {*told.new} == {one.id for one in other.claims} - {one.id for one in archive.claims}


def test_checks_that_only_one_has_are_told(archive):
    claim = archive.claim("C05")
    fewer = replace(archive, claims=(claim.model_copy(update={"checks": claim.checks[:1]}),))
    (moved,) = compare(archive, fewer).moved
    assert {*moved.checks} >= {check.key for check in claim.built[1:]}


def test_a_method_may_be_registered_again_by_its_own_cell_alone():
    with registered(NINTH):
        again = replace(NINTH, title="Mentions: was it told very often?")
        checks.register(again)
        assert METHODS["mentions"] is again

        def check(archive, claim, parameters):
            raise NotImplementedError

        check.__module__ = "elsewhere"
        with pytest.raises(ValueError, match="there is a method mentions already, of ninth"):
            checks.register(replace(NINTH, check=check))
    with pytest.raises(ValueError, match="a class made from BuiltCheck"):
        checks.register(replace(NINTH, name="other", parameters=dict))


USE = """
import json
from utils import exports, history, robustness, verdicts
from utils.analysis import compare

archive = Archive.read()
mine = archive.with_claims({
    "id": "X09", "wording": "Much was told of the force.",
    "checks": [{"method": "mentions", "quantity": "ru_troops_kursk", "least": 3, "judged_on": "2024-12-23"}],
})
claim = mine.claim("X09")
verdict = verdicts.verdict(mine, claim)
print(json.dumps({
    "label": verdict.label,
    "days": len({one.label for one in history.history(mine, claim)}),
    "worlds": robustness.robustness(mine, claim).worlds,
    "new": compare(archive, mine).new,
    "export": exports.averitec(mine, claim, verdict)["label"],
}))
"""


def test_a_method_of_a_cell_is_used_in_a_real_kernel(kernel_name):
    """The cell is run twice, as whoever changes something in it does."""
    source = (ROOT / "tests" / "ninth.py").read_text(encoding="utf-8")
    cell = f"{source}\n\nfrom utils import checks\n\nchecks.register(NINTH)"
    notebook = v4.new_notebook(cells=[v4.new_code_cell(one) for one in (cell, cell, USE)])
    NotebookClient(notebook, kernel_name=kernel_name, timeout=240).execute()
    told = json.loads(notebook.cells[2].outputs[-1]["text"])
    assert told == {
        "label": "Supported",
        "days": 2,
        "worlds": told["worlds"],
        "new": ["X09"],
        "export": "Supported",
    }
    assert told["worlds"] >= 1
