"""An export of hundreds of claims costs what the verdicts cost, claim by claim, and robustness a bit more."""

import json
from pathlib import Path

import pytest
from cost import cost, usual
from folders import SECOND

from utils import exports, robustness
from utils.__main__ import main
from utils.archive import Archive
from utils.calibration import folder, generate
from utils.calibration.draws import DRAWS
from utils.calibration.worlds import WORLDS

# Three hundred claims in ten seconds of processor time.
SECONDS_A_CLAIM = 10 / 300
# How many times the verdicts' cost an export with robustness may cost; with a finding for every world it was
# thirteen and more.
OF_VERDICTS = 8


def archive_of(folder_of: Path, articles: range) -> Archive:
    """Some drawn articles in one folder, a claim of every method each."""
    cases = [
        case for at in articles for case in generate.article(next(iter(WORLDS.values())), 3, at, tuple(DRAWS))
    ]
    folder.write(folder_of, cases)
    return Archive.read(folder_of)


def seconds(archive: Archive, leaning: dict[str, object] | None) -> float:
    """Processor time of an export; with an empty `leaning` it is one without robustness."""
    return cost(lambda: exports.files(archive, leaning=leaning))


@pytest.mark.alone
def test_it_takes_a_thirtieth_of_a_second_for_each_claim(tmp_path):
    seconds(archive_of(tmp_path / "first", range(1)), {})  # what is loaded on first use
    archive = archive_of(tmp_path / "many", range(1, 7))
    took = usual(lambda: exports.files(archive, leaning={}))
    assert took <= SECONDS_A_CLAIM * len(archive.claims), took


@pytest.mark.long
def test_robustness_costs_a_few_times_the_verdicts(tmp_path):
    seconds(archive_of(tmp_path / "first", range(1)), None)
    # Other articles of one kind, so that nothing that one export has learnt helps the other.
    plain, leaning = (archive_of(tmp_path / str(first), range(first, first + 3)) for first in (1, 4))
    verdicts, all_of_it = seconds(plain, {}), seconds(leaning, None)
    assert all_of_it <= OF_VERDICTS * verdicts, (verdicts, all_of_it)


def test_without_robustness_none_is_computed_and_all_else_is_the_same(tmp_path, monkeypatch):
    def refused(*_: object) -> None:
        raise AssertionError("robustness was computed")

    monkeypatch.setattr(robustness, "two_clocks", refused)
    assert main(["export", "--no-robustness", "--data", str(SECOND), "--out", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "verdicts.json").read_text(encoding="utf-8"))
    for claim in told["claims"]:
        for clock in ("on_the_day", "today"):
            assert claim[clock]["robustness"] is None and claim[clock]["firm"] is None
    assert (tmp_path / "averitec.json").is_file() and any((tmp_path / "claimreview").glob("*.json"))
    with pytest.raises(AssertionError, match="robustness was computed"):
        exports.files(Archive.read(SECOND))
