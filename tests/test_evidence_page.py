"""The page on sides, languages, addresses and the second look, and its matrix of claims and datasets."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from utils import verdicts
from utils.archive import Archive
from utils.evidence.review import Review
from utils.report import evidence_page

SAMPLE = {"day": "2026-11-28", "seed": 1, "drawn": 60, "sound": 600, "checked": 44}
NONE = {"teller": 0, "figure": 0, "day": 0, "origin": 0}


def test_every_row_has_one_side_and_one_language(archive):
    for groups in (evidence_page.by_side(archive), evidence_page.by_language(archive)):
        assert sum(group.rows for group in groups) == len(archive.statements)
        assert sum(group.sound for group in groups) == sum(
            row.status == "sound" for row in archive.statements
        )
        assert all(group.tellers <= group.tellings <= group.sound <= group.rows for group in groups)
    assert {"English", "Korean", "Ukrainian"} <= {group.name for group in evidence_page.by_language(archive)}


@pytest.mark.campaign
def test_the_matrix_has_each_line_of_each_claim_once(archive, results):
    datasets, rows = evidence_page.matrix(results)
    assert [row.claim.id for row in rows] == [claim.id for claim in archive.claims if claim.is_checked]
    for row in rows:
        assert len(row.cells) == len(datasets)
        assert len(row.words) + sum(map(len, row.cells)) == len(row.claim.built)
        assert row.on_words_alone == (not any(check.tables_used() for check in row.claim.built))
        told = [said for cell in row.cells for said in cell]
        assert row.weighed_together == any("(with words)" in said.words for said in told)
        assert not any("(with words)" in said.words for said in row.words)
        parts = {check.condition or check.reading for check in row.claim.built}
        assert {said.of for said in (*row.words, *told)} == (parts if len(parts) > 1 else {None})
    assert any(row.weighed_together for row in rows) and not all(row.weighed_together for row in rows)
    assert any(row.on_words_alone for row in rows) and not all(row.on_words_alone for row in rows)


@pytest.mark.parametrize(
    ("wrong", "checked", "low", "high"),
    [(0, 44, 0.0, 0.0804), (2, 44, 0.0056, 0.1547), (44, 44, 0.9196, 1.0)],
)
def test_the_interval_of_the_second_look(results, wrong, checked, low, high):
    """0 of 44: 1 - 0.025^(1/44) = 0.0804, and its mirror image; 2 of 44 by the tables of their paper."""
    review = Review.model_validate({**SAMPLE, "checked": checked, "wrong": {**NONE, "day": wrong}})
    assert evidence_page.context(results, review)["interval"] == pytest.approx((low, high), abs=1e-4)


def test_no_more_are_wrong_than_were_checked():
    with pytest.raises(ValueError, match="no more wrong than checked"):
        Review.model_validate({**SAMPLE, "wrong": {**NONE, "teller": 45}})


def test_a_table_made_of_no_dataset_is_no_word_of_a_teller(tmp_path):
    """It has a column of its own, and a claim that it answers rests on more than words."""
    folder = Path(
        shutil.copytree(Path(__file__).parent.parent / "examples" / "record_heat", tmp_path / "heat")
    )
    path = folder / "datapackage.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["resources"][0]["datasets"] = []
    path.write_text(json.dumps(whole), encoding="utf-8")
    archive = Archive.read(folder)
    both = {claim.id: verdicts.two_clocks(archive, claim.id) for claim in archive.claims}
    names, rows = evidence_page.matrix(SimpleNamespace(archive=archive, both=both))
    (row,) = (one for one in rows if one.claim.id == "H17")
    assert names == ["tables/yearly_temperature"]
    assert not row.on_words_alone and not row.words
