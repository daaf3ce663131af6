"""Truth is drawn before anything is told of it, and what is told makes a sound data folder."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy
import pytest
from drawn import drawn

from utils.__main__ import main
from utils.archive import Archive
from utils.calibration import answers, folder, generate, numbers, run, series
from utils.calibration.case import ARTICLE_DAY, LAG_DAYS, NEWEST_DAY, Series
from utils.calibration.draws import DRAWS, attribution, transfer, trend
from utils.calibration.worlds import AS_ASSUMED, WORLDS
from utils.checks import METHODS
from utils.words import REFUTED, SUPPORTED

pytestmark = pytest.mark.campaign


def written(path: Path, cases) -> Path:
    folder.write(path, cases)
    return path


def content(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_there_is_a_draw_for_every_method_and_worlds_enough():
    assert set(DRAWS) == set(METHODS)
    assert len(WORLDS) >= 8 and all(world.story for world in WORLDS.values())
    assert len({replace(world, name="", story="") for world in WORLDS.values()}) == len(WORLDS)


@pytest.mark.parametrize("world", WORLDS)
def test_a_folder_passes_the_check(tmp_path, world, capsys):
    cases = [case for number in range(2) for case in generate.article(WORLDS[world], 7, number)]
    assert main(["check", "--data", str(written(tmp_path / "made", cases))]) == 0, capsys.readouterr().out
    archive = Archive.read(tmp_path / "made")
    assert archive.clock == NEWEST_DAY and archive.article.published == ARTICLE_DAY
    assert [check.method for claim in archive.claims for check in claim.built] == [*DRAWS] * 2


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    def made(name, seed):
        return content(written(tmp_path / name, generate.article(WORLDS["revisions"], seed, 4)))

    assert made("first", 7) == made("second", 7) != made("third", 8)


def test_a_claim_is_the_same_whatever_else_is_drawn():
    whole = generate.article(AS_ASSUMED, 7, 4)
    assert generate.article(AS_ASSUMED, 7, 4, ("trend", "quantity")) == (whole[3], whole[0])


def test_outcomes_do_not_depend_on_the_number_of_processes():
    def outcomes(processes):
        methods = ("quantity", "trend")
        return run.run(["ramps"], methods, articles=21, seed=7, processes=processes)

    assert outcomes(1) == outcomes(2)
    assert len(outcomes(1)) == 2 * 2 * 21


def test_articles_of_a_folder_share_nothing():
    of_article = defaultdict(set)
    for number in range(4):
        for case in generate.article(WORLDS["copying"], 7, number):
            names = {case.name, *(teller.name for teller in case.tellers), *(one.name for one in case.tables)}
            names |= {matter.name for matter in case.matters} | {one.origin for one in case.tellings}
            of_article[number] |= names
    assert sum(map(len, of_article.values())) == len(set.union(*of_article.values()))


@pytest.mark.parametrize("world", WORLDS)
def test_nothing_is_public_before_it_was_or_after_the_last_day(world):
    for number in range(20):
        for case in generate.article(WORLDS[world], 7, number):
            foreseen = {matter.name for matter in case.matters if matter.foreseen}
            for one in case.tellings:
                assert one.first <= one.last and one.public <= NEWEST_DAY
                assert one.matter in foreseen or one.last <= one.public, one


@pytest.fixture
def faultless(monkeypatch):
    """A world in which everybody has it right, and rounds to three digits."""
    monkeypatch.setattr(answers, "LETTER_RATIO", dict.fromkeys("ABCDEF", 1e12))
    monkeypatch.setattr(numbers, "ACCESS_ERROR", dict.fromkeys(numbers.ACCESS_ERROR, 1e-6))
    monkeypatch.setattr(numbers, "RANGED", 0.0)
    monkeypatch.setattr(numbers, "DIGITS", (3,))
    monkeypatch.setattr(attribution, "FAITHFUL", 1.0)
    monkeypatch.setattr(transfer, "WRONG", 0.0)
    monkeypatch.setattr(series, "_daily_scale", lambda memory: 0.02)
    monkeypatch.setattr(trend, "FLAT", 0.0)
    return replace(AS_ASSUMED, shared_error=0.0, wander=0.0)


@pytest.mark.parametrize("method", DRAWS)
def test_where_nobody_errs_the_labels_are_true(tmp_path, faultless, method):
    cases = drawn(faultless, method, articles=40)
    archive = Archive.read(written(tmp_path / "made", cases))
    if method == "transfer":
        # A map that does not err, asked as one of which that is known.
        archive = replace(
            archive, claims=tuple(claim.vary("transfer", wrong_share=1e-6) for claim in archive.claims)
        )
    labels = {SUPPORTED, REFUTED}
    told = [one for one in run.judged("faultless", cases, archive) if one.label in labels]
    if method == "forecast":
        # Before its window is over, a forecast has only the record of others.
        told = [one for one in told if one.clock == "today"]
    if method == "independence":
        # How likely a figure repeats another one is no error of those who tell it.
        told = [one for one in told if one.label == SUPPORTED]
        labels = {SUPPORTED}
    wrong = [one for one in told if one.holds != (one.label == SUPPORTED)]
    # Of a balance, two parts are conventions of the claim and not told at all.
    assert len(wrong) <= (len(told) * 0.1 if method == "balance" else 0), wrong
    assert {one.label for one in told} == labels


def test_a_corrected_series_ends_where_it_would_have_been():
    span = series.Span(date(2031, 1, 1), date(2031, 6, 1))
    levels = numpy.linspace(5000, 5100, span.days)
    rows = series.rows(WORLDS["revisions"], numpy.random.default_rng(5), span, "all", levels)
    summed = defaultdict(float)
    for on, _, public, value in rows:
        assert (public - on).days in (LAG_DAYS, LAG_DAYS + series.CORRECTED_AFTER)
        summed[on] += value
    assert len(rows) > span.days and len(summed) == span.days
    assert list(summed.values()) == pytest.approx(levels.tolist(), abs=0.11)


def test_a_check_is_of_the_days_before_the_article_and_the_truth_is_of_its_day():
    for case in drawn("as_assumed", "independence"):
        outside = [one for one in case.tellings if one.access == "count" and one.public <= ARTICLE_DAY]
        parties = {teller.name: teller.warring for teller in case.tellers}
        figures = {one.teller for one in outside if not parties[one.teller]}
        assert figures or case.holds


def test_a_moved_unit_stood_in_the_sources():
    for case in drawn(replace(AS_ASSUMED, base_rate=0.0), "transfer", 30):
        if hasattr(case.question, "sources"):
            assert case.amount > 0
        else:
            assert case.amount < 0


def test_figures_are_rounded():
    assert [numbers.rounded(12_345, digits) for digits in (1, 2, 3)] == [10_000, 12_000, 12_300]
    assert numbers.rounded(7.4, 3) == 7 and numbers.rounded(0.2, 1) == 1
    told = [one.number for case in drawn("as_assumed", "quantity") for one in case.tellings]
    assert all(number == numbers.rounded(number, 3) for number in told)


def test_series_have_their_rows_in_order():
    tables = [table for case in drawn("revisions", "trend", 20) for table in case.tables]
    assert all(isinstance(table, Series) and list(table.rows) == sorted(table.rows) for table in tables)
