"""The page "How often is it right?": its two pictures and what it says are what was measured."""

import math
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from folders import SECOND

from utils.archive import Archive
from utils.calibration import gate, measured
from utils.calibration.not_reached import NotReached
from utils.calibration.run import CLOCKS, Outcome
from utils.calibration.score import scores
from utils.checks.grading import figures
from utils.checks.track_record import records, score
from utils.report import calibration_page, reliability, track_page
from utils.report.render import render
from utils.words import NOT_ENOUGH, REFUTED

ROOT = Path(__file__).resolve().parent.parent


def told(probability, count, holding, **changes):
    plain = {"world": "ramps", "method": "trend", "clock": "then", "case": "T", "label": NOT_ENOUGH}
    return [
        Outcome(**{**plain, "covered": None, **changes}, holds=place < holding, probability=probability)
        for place in range(count)
    ]


@pytest.fixture(scope="module")
def found(archive):
    return records(figures(archive))


@pytest.fixture(scope="module")
def page(archive):
    context = {**calibration_page.context(measured.kept()), **track_page.context(archive)}
    return str(render("calibration.html", archive=archive, **context))


def plain(markup):
    """The words of a markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).replace("\u00a0", " ").split())


def test_a_point_is_a_tenth_with_enough_verdicts_on_its_clock():
    drawn = scores(
        [
            *told(0.95, 40, 30),
            *told(0.95, 40, 20, world="bounds"),
            *told(0.35, 9, 9),
            *told(0.15, 20, 2, clock="today"),
        ]
    )
    then, today = reliability.panel("Trend", drawn).points
    assert (then.clock, then.x, then.y) == ("then", pytest.approx(95, abs=1), pytest.approx(100 - 62.5))
    assert (today.clock, today.x, today.y) == ("today", pytest.approx(15, abs=1), pytest.approx(90))
    assert reliability.panel("Trend", drawn).words == (
        "Trend, stated against true share: on the day of the article, 95 % stated, 62 % true. "
        "today, 15 % stated, 10 % true."
    )


def test_the_bar_of_a_point_is_its_interval():
    (point,) = reliability.panel("Trend", scores(told(0.95, 40, 40))).points
    assert (point.top, point.bottom) == (0, pytest.approx(100 - 100 * 0.05 ** (1 / 40), abs=0.01))


def test_a_panel_without_verdicts_says_so():
    assert reliability.panel("Trend", scores(told(None, 40, 40))).words.endswith("too few verdicts.")


def test_what_misses_the_gate_has_its_reason_or_says_that_none_is_known(monkeypatch):
    known = NotReached("trend", "coverage", ("then",), ("ramps", "bounds"), "It remembers for longer.")
    monkeypatch.setattr(calibration_page, "NOT_REACHED", (known,))
    short = {"covered": False, "probability": 0.5, "count": 200, "holding": 100}
    long = {**short, "covered": True}
    drawn = scores(
        [
            *told(**short),
            *told(**short, world="bounds"),
            *told(**short, clock="today"),
            *told(**long, method="balance"),
            *told(0.1, 90, 60, label=REFUTED, method="forecast"),
        ]
    )
    seldom = "90 % intervals hold the true value too seldom"
    assert [(one.method, one.what, one.worlds, one.why) for one in calibration_page.misses(drawn)] == [
        ("trend", seldom, ("ramps", "bounds"), known.why),
        ("trend", seldom, ("ramps",), None),
        ("balance", "90 % intervals hold the true value too often", ("ramps",), None),
        ("forecast", "too many of the claims called Refuted are true", ("ramps",), None),
        ("all methods together", "too many of the claims called Refuted are true", ("ramps",), None),
    ]
    first, *_, last = calibration_page.misses(drawn)
    assert (
        first.shares[1]
        == "bounds, on the day of the article: 0 % of 200; asked is at least 85 % and at most 95 %"
    )
    assert last.shares == ("ramps, on the day of the article: 67 % of 90; asked is at most 20 %",)


def test_every_miss_stands_on_the_page_once(page):
    missed = gate.failures(measured.kept().scores)
    listed = calibration_page.misses(measured.kept().scores)
    assert sum(len(one.shares) for one in listed) == len(missed)
    words = plain(page)
    for one in listed:
        assert all(share in words for share in one.shares)


def test_the_tables_have_every_world_and_method_with_its_counts(page):
    kept, words = measured.kept().scores, plain(page)
    for one in kept:
        assert one.world.replace("_", " ").capitalize() in words and one.method.capitalize() in words
    for clock in CLOCKS:
        whole = [one for one in kept if one.clock == clock]
        for world in {one.world for one in whole}:
            count = sum(one.supported.count for one in whole if one.world == world)
            assert f"true of {count:,} stated" in words
    rows = calibration_page.table(kept)
    assert len(rows) == 1 + len(kept) and {len(row) for row in rows} == {len(calibration_page.COLUMNS)}
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["supported_true"] == kept[0].supported.true and first["brier"] == kept[0].brier
    assert first["refuted_of_false"] == kept[0].refuted_of_false and first["intervals"] == kept[0].intervals


def test_the_page_says_of_which_engine_the_figures_are(archive):
    kept = measured.kept()
    for engine, expected in ((measured.engine(), "is the one that made"), ("0" * 64, "have been changed")):
        context = calibration_page.context(replace(kept, engine=engine))
        words = plain(str(render("calibration.html", archive=archive, record=None, **context)))
        assert expected in words and engine[:12] in words and f"seed {kept.seed}" in words


def test_every_graded_figure_is_a_dot_that_opens_its_row(page, found):
    drawing = page[page.index('class="track"') : page.index("By kind of quantity")]
    links = re.findall(r'<a href="statements\.html#(\w+)" aria-label="([^"]+)">', drawing)
    assert sorted(row for row, _ in links) == sorted(one.row for one in found)
    assert len({words for _, words in links}) == len(found)
    assert drawing.count('class="dot"') == sum(one.is_held for one in found)
    assert drawing.count('class="dot-outside"') == sum(not one.is_held for one in found)
    assert drawing.count('class="guess"') == len(found)


def lines(picture):
    return [line for group in picture.groups for part in group.parts for line in part.lines]


def test_places_are_multiples_of_what_was_expected(archive, found):
    picture = track_page.picture(archive, found)
    marks = dict((words, place) for place, words in picture.ticks)
    assert {"1"} < marks.keys()
    width = (marks["×4"] - marks["1"]) / 2
    for line in lines(picture):
        one = line.record
        for place, value in ((line.later, one.later), (line.told, one.told)):
            assert place == pytest.approx(marks["1"] + width * math.log2(value / one.predicted), abs=0.02)
            assert track_page.FRONT <= place <= 100 - track_page.BEHIND
        assert (line.low <= line.later <= line.high) == one.is_held or line.low in (line.later, line.high)
    tops = [line.top for line in lines(picture)]
    assert all(after - before >= 24 for before, after in pairwise(tops))
    assert picture.height >= tops[-1] + 24


def test_a_group_sums_up_its_own_kind(archive, found):
    for group in track_page.picture(archive, found).groups:
        own = [one for one in found if one.kind == group.kind]
        assert group.score == score(own) and group.held == sum(one.is_held for one in own)
        assert sum(len(part.lines) for part in group.parts) == len(own)


def test_the_largest_surprises_are_named_with_their_rows(archive, found, page):
    told = track_page.surprises(archive, found)
    missed = sorted((one for one in found if not one.is_held), key=lambda one: one.surprise)
    assert [one["row"] for one in told] == [one.row for one in missed[: track_page.MOST_SURPRISES]]
    words = plain(page)
    for one in told:
        row = archive.statement(one["row"])
        assert one["words"] in words and one["words"].startswith(archive.quantities[row.quantity].label)


def test_the_scores_on_the_page_are_those_of_the_record(archive, found, page):
    words, summed = plain(page), score(found)
    on_the_day = score(records(figures(archive), on_the_day=True))
    for value in (summed.log_score, on_the_day.log_score, summed.unskilled):
        assert f"{value:.2f}" in words
    held = sum(one.is_held for one in found)
    assert f"{held} of {summed.figures} came out within" in words
    rows = track_page.table(found)
    assert [row[0] for row in rows] == ["row", *(one.row for one in found)]
    assert {len(row) for row in rows} == {len(track_page.COLUMNS) + len(track_page.SCORES)}


def test_an_archive_without_graded_figures_has_a_page():
    """Also one of another article: the measured worlds are the engine's, the track record its own."""
    second = Archive.read(SECOND)
    silent = replace(second, statements=())
    for archive, has in ((silent, False), (second, bool(records(figures(second))))):
        context = {**calibration_page.context(measured.kept()), **track_page.context(archive)}
        shown = str(render("calibration.html", archive=archive, **context))
        assert ('class="track"' in shown) == has
        assert ("No figure of this archive" in shown) != has


def test_figures_of_one_quantity_alone_have_a_page_without_an_unskilled_guess(archive):
    """As in an article that has just begun: no other quantity shows how far such guesses err."""
    graded = figures(archive)
    name = records(graded)[0].quantity
    alone = replace(archive, statements=tuple(row for row in archive.statements if row.quantity == name))
    context = {**calibration_page.context(measured.kept()), **track_page.context(alone)}
    assert math.isnan(context["record"].unskilled)
    shown = plain(render("calibration.html", archive=alone, **context))
    assert "of an unskilled guess nothing can be told" in shown and "nan" not in shown.split()
    assert "nan" not in {str(cell) for row in track_page.table(context["records"]) for cell in row}
