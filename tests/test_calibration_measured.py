"""The calibration that is kept for the report: whole, readable, and tied to the engine that gave it."""

import shutil
from pathlib import Path

import pytest

from utils.calibration import command, measured, run
from utils.calibration.score import scores
from utils.words import REFUTED, SUPPORTED

UTILS = Path(measured.__file__).resolve().parents[1]


def drawn():
    outcomes = [
        run.Outcome("ramps", "trend", clock, f"T{place}", place % 3 > 0, label, chance, covered)
        for clock in run.CLOCKS
        for place in range(7)
        for label, chance, covered in ((SUPPORTED, 0.91, True), (REFUTED, 0.07, None))
    ]
    return tuple(scores(outcomes))


def test_what_is_kept_has_every_world_method_and_clock():
    kept = measured.kept()
    assert (kept.articles, kept.seed) == (run.ARTICLES, run.SEED)
    cells = [(one.world, one.method, one.clock) for one in kept.scores]
    assert cells == [
        (world, method, clock) for world in run.WORLDS for method in run.DRAWS for clock in run.CLOCKS
    ]
    assert {one.verdicts for one in kept.scores} == {run.ARTICLES}


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "measured.json"
    made = measured.Measured(7, 15, measured.engine(), drawn())
    measured.write(made, path)
    read = measured.kept(path)
    assert read.is_current and measured.to_text(read) == path.read_text(encoding="utf-8")
    assert [one.supported.count for one in read.scores] == [7, 7]
    for one, other in zip(read.scores, made.scores, strict=True):
        assert one.refuted.true == pytest.approx(other.refuted.true, abs=1e-6)
        assert [tenth.count for tenth in one.deciles] == [tenth.count for tenth in other.deciles]
        assert (one.coverage, one.intervals) == (other.coverage, other.intervals)
    # A line a score, so that a change is seen where it is.
    assert path.read_text(encoding="utf-8").count("\n") == 1 + len(made.scores) + 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"articles": 1, "seed": 2, "engine": "", "scores": [3]}'])
def test_another_text_is_refused(text):
    with pytest.raises(ValueError):
        measured.from_text(text)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("checks/quantity.py", True),
        ("evidence/schema.py", True),
        ("calibration/draws/trend.py", True),
        ("calibration/worlds.py", True),
        ("verdicts.py", True),
        ("calibration/page.py", False),
        ("calibration/not_reached.py", False),
        ("report/pages.py", False),
        ("calibration/measured.json", False),
    ],
)
def test_the_digest_is_of_what_makes_scores(tmp_path, name, counts):
    copy = Path(shutil.copytree(UTILS, tmp_path / "utils", ignore=shutil.ignore_patterns("__pycache__")))
    before = measured.engine(copy)
    assert before == measured.engine()
    (copy / name).write_text((copy / name).read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert (measured.engine(copy) != before) == counts


def test_the_command_keeps_what_it_measures(monkeypatch, tmp_path, capsys):
    outcomes = [run.Outcome("ramps", "trend", "then", "T", True, SUPPORTED, 0.9, None)] * 3
    monkeypatch.setattr(command, "run", lambda *_, **__: outcomes)
    monkeypatch.setattr(measured.write, "__defaults__", (tmp_path / "measured.json",))
    whole = command.asked(None, None, str(run.ARTICLES), str(run.SEED))
    command.answer(whole, for_programs=True)
    assert not (tmp_path / "measured.json").exists()
    command.answer(whole, for_programs=True, keep=True)
    kept = measured.kept(tmp_path / "measured.json")
    assert (kept.articles, kept.seed, kept.is_current) == (run.ARTICLES, run.SEED, True)
    assert kept.scores[0].supported.count == 3
