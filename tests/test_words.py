"""One value has one wording, in terminal, prose, report, charts and exports."""

import calendar
import dataclasses
import math
import re
from datetime import date
from pathlib import Path

import matplotlib
import pytest

matplotlib.use("agg")
from matplotlib.figure import Figure

from utils import prose, verdicts, words
from utils.__main__ import main
from utils.archive import Archive
from utils.charts import echo, north_koreans
from utils.charts import ledger as ledger_charts
from utils.checks import Interval
from utils.exports.averitec import testimony as cited
from utils.figures.labels import LABEL_COLOURS, style_sheet
from utils.report import render

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"first": ROOT / "data", "second": ROOT / "tests" / "second_article"}
STYLE = ROOT / "utils" / "report" / "static" / "report.css"


@pytest.fixture(scope="module", params=FOLDERS)
def both(request) -> tuple[Path, Archive]:
    folder = FOLDERS[request.param]
    return folder, Archive.read(folder)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_every_figure_has_one_wording(both):
    _, archive = both
    seen = 0
    for row in archive.rows.values():
        if not hasattr(row, "low"):
            continue
        told = words.bounded(row.value, row.low, row.high)
        assert render.figure(row) == (told or row.stance or "")
        assert echo.label(archive, row).endswith(f": {told or 'no number'}")
        if row.stance is None:
            unit = archive.quantities[row.quantity].unit
            said = told if unit == "none" else f"{told} {words.unit(unit)}"
            assert f": {said}." in cited(archive, row)
            axes = Figure().add_subplot()
            north_koreans.numbers(axes, archive, [row])
            assert [text.get_text() for text in axes.texts] == [told]
        seen += 1
    assert seen > 5


def test_every_verdict_is_told_alike(both, capsys, monkeypatch):
    # So wide that the terminal breaks no cell.
    monkeypatch.setenv("COLUMNS", "5000")
    folder, archive = both
    both_clocks = {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    axes = Figure().add_subplot()
    ledger_charts.board(axes, archive.claims, both_clocks)
    drawn = [text.get_text() for text in axes.texts]
    assert main(["verdicts", "--data", str(folder)]) == 0
    terminal = capsys.readouterr().out
    chances = ranges = 0
    prose.begin(archive, version="0", claims=[])
    for old, new in both_clocks.values():
        for verdict in (old, new):
            assert prose.of(verdict, "label").text == verdict.label
            assert any(text.startswith(verdict.label) for text in drawn)
            day = words.written_day(verdict.as_of)
            assert prose.of(verdict, "day").text == day
            assert verdict.last_known or render.clock(verdict).endswith(day)
            if verdict.probability is not None:
                told = words.percent(verdict.probability)
                assert prose.of(verdict, "share").text == told
                assert plain(render.likelihood_words(verdict)) == f"{verdict.likelihood} ({told})"
                assert any(text.split("\n")[0] == f"{verdict.label}, {told}" for text in drawn)
                chances += 1
            if verdict.interval is not None:
                ends = verdict.interval
                told = words.span(ends.low, ends.high, ends.unit)
                assert words.unit(prose.of(verdict, "range").text) == told == render.interval(ends)
                ranges += 1
        if new.probability is not None:
            assert f"{new.likelihood} ({words.percent(new.probability)})" in terminal
    assert chances and ranges


@pytest.mark.parametrize(
    ("probability", "told", "of_things"),
    [
        (0, "less than 1 %", "0 %"),
        (1e-12, "less than 1 %", "less than 1 %"),
        (0.0099, "less than 1 %", "less than 1 %"),
        (0.01, "1 %", "1 %"),
        (0.5, "50 %", "50 %"),
        (0.99, "99 %", "99 %"),
        (0.9901, "more than 99 %", "more than 99 %"),
        (1, "more than 99 %", "100 %"),
    ],
)
def test_a_probability_is_never_certain_and_a_share_may_be(probability, told, of_things):
    assert words.percent(probability) == plain(render.percent(probability)) == told
    assert words.share(probability) == plain(render.share(probability)) == of_things
    assert prose.share(probability, rows=[]).text == of_things


@pytest.mark.parametrize("outside", [-0.01, 1.01, math.nan, math.inf])
def test_no_probability_lies_outside(outside):
    for told in (words.percent, words.share, words.likelihood):
        with pytest.raises(ValueError, match="from 0 to 1"):
            told(outside)


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((-58.2, 12.0), "-58 to 12 km²"),
        ((-5800, -1200), "-5,800 to -1,200 km²"),
        ((-3, 0), "-3.0 to 0.0 km²"),
        ((0, 0), "0 to 0 km²"),
        ((-0.04, 10), "0 to 10 km²"),
        ((1.2e-9, 3.4e-9), "0.0000000012 to 0.0000000034 km²"),
        ((1e12, 2.34e15), "0 to 2,300,000,000,000,000 km²"),
    ],
)
def test_ranges_of_every_sign_and_size(archive, ends, told):
    prose.begin(archive, version="0", claims=[])
    seen = verdicts.verdict(archive, archive.claim("C01"))
    verdict = dataclasses.replace(seen, interval=Interval(*ends, "km2"))
    assert words.span(*ends, "km2") == render.interval(verdict.interval) == told
    assert words.unit(prose.of(verdict, "range").text) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (-1234.5, "-1,234.5"),
        (1e-7, "0.0000001"),
        (1e12, "1,000,000,000,000"),
    ],
)
def test_exact_numbers(value, told):
    assert words.exact(value) == told


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ((50_000, None, None), "50,000"),
        ((50_000, 50_000, None), "at least 50,000"),
        ((50_000, None, 50_000), "at most 50,000"),
        ((None, 0, None), "at least 0"),
        ((None, -2, -1), "-2 to -1"),
        ((5, 4, 6), "5 (at least 4, at most 6)"),
        ((4, 4, 6), "at least 4 (at most 6)"),
        ((6, 4, 6), "at most 6 (at least 4)"),
        ((4, 4, 4), "4"),
        ((None, None, None), ""),
    ],
)
def test_figures_and_bounds(figure, told):
    assert words.bounded(*figure) == told


@pytest.mark.parametrize(
    ("many", "told"), [(0, "0 origins"), (1, "1 origin"), (2, "2 origins"), (1001, "1,001 origins")]
)
def test_plurals(many, told):
    assert words.counted(many, "origin") == told
    assert prose.count(many, "origin", rows=[]).text == told


def test_lists_and_tellers():
    assert [words.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert words.teller("Ann Example, minister (retired)") == words.teller("Ann Example (x)") == "Ann Example"


@pytest.mark.parametrize("month", range(1, 13))
def test_days(month):
    name = calendar.month_name[month]
    assert words.written_day(date(2024, month, 1)) == f"1 {name} 2024"
    assert words.written_day(date(2024, month, 1), short=True) == f"1 {name[:3]} 2024"


def test_the_site_has_the_colours_of_the_labels():
    style = style_sheet()
    colours = dict(re.findall(r"(--ft-[a-z-]+): (#[0-9a-f]{6})", style[: style.index("@media")]))
    badges = dict(re.findall(r"\.badge-([a-z-]+), \.mark-[a-z-]+ \{ --tone: var\((--[a-z-]+)\)", style))
    for label in words.LABELS:
        name = badges.pop(words.slug(label))
        assert LABEL_COLOURS[label].tone == colours[name]
        assert LABEL_COLOURS[label].ground == colours[f"{name}-ground"]
    assert not badges
    own = r"\.(badge|mark|run)-(supported|refuted|conflicting|not)[^}]*(--tone:|--ground:|#[0-9a-f]{3})"
    assert not re.search(own, STYLE.read_text(encoding="utf-8"))
