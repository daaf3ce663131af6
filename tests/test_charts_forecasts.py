"""What the drawings of forecasts compute, and what they draw."""

from dataclasses import replace
from datetime import date

import matplotlib
import pandas
import pytest

matplotlib.use("agg")
from utils import figures, verdicts
from utils.charts import day_axis, forecasts
from utils.checks import forecast


@pytest.fixture
def claim(archive):
    return archive.claim("C13")


def test_what_was_lost_in_a_week_leaves_gaps_as_gaps():
    days = pandas.date_range("2024-11-01", periods=10)
    area = pandas.Series([100.0, 99, 98, 97, 96, 95, 94, 90, 95, 96], index=days).drop(days[2])
    lost = forecasts.following_loss(area, 7)
    # The third day has no map; the others of the first three have an end a week later.
    assert lost.to_dict() == {days[0]: 10.0, days[1]: 4.0}


def test_a_score_says_hits_and_the_share_of_misses():
    middle, interval, words = forecasts.scorecard([True, False, False])
    assert (middle, interval) == forecast.record(1, 3)
    assert words == "1 of 3 came true; Brier score 0.67"
    assert forecasts.scorecard([])[0] == 0.5


@pytest.mark.parametrize("telling", ["S698", "S452", "S453"])
def test_a_forecast_of_the_article_is_settled_by_its_third_teller_of_weight(archive, claim, telling):
    """Three who cannot be judged and one who was told give four to one; two of the three do not.

    Two brigades and an agency that was told are of one party, a newspaper of none. That makes
    1.8 ** (1 + 0.5) times 1.34 ** 0.25 times 1.8, which is 4.7, less a denial of the first day alone.
    """
    asked, said = claim.parameters("came"), archive.rows["S455"]
    assert forecast.score(archive, said, asked).came_true
    fewer = replace(archive, statements=tuple(row for row in archive.statements if row.id != telling))
    assert forecast.score(fewer, said, asked) is None
    # With all letters alike at three, two parties alone give nine to one.
    alike = asked.model_copy(update={"letter_ratio": dict.fromkeys("ABCDEF", 3.0)})
    assert forecast.score(fewer, said, alike).came_true


def test_the_day_of_printing_asks_the_claim_on_that_day(archive, claim):
    chances = forecasts.by_day_of_printing(archive, claim, [date(2024, 10, 20), date(2024, 11, 12)])
    assert chances.iloc[0].isna().all()  # of the week after, one teller alone speaks
    verdict = verdicts.verdict(archive, claim)
    assert chances.came.iloc[1] == verdict.finding("came").probability
    assert chances.none_before.iloc[1] == verdict.finding("none_before").probability


def test_the_nearest_number_is_by_the_days_it_is_meant_for(archive):
    assert forecasts.nearest(archive, "nk_troops_in_russia", date(2024, 12, 31)).id == "S235"


def test_a_denial_is_hatched_and_publication_is_a_tick(archive):
    _, axes = figures.new()
    rows = [archive.rows[name] for name in ("S455", "S454")]
    forecasts.windows(axes, archive, rows, {"S455": "said", "S454": "denied"}, 1)
    assert [bar.get_hatch() for bar in axes.patches] == [None, "////"]
    assert sorted(bar.get_width() for bar in axes.patches) == [8, 16]  # from 26 October to 10 November
    assert [line.get_marker() for line in axes.lines].count("|") == 2


def test_strips_follow_the_labels_of_checks_and_claim(archive, claim):
    days = [verdicts.verdict(archive.as_of(date(2024, 11, day)), claim) for day in (7, 9, 17)]
    strips = forecasts.strips_of(days, {"none_before": "None before"})
    labels = {name: [label for _, label in told] for name, told in strips.items()}
    # Nobody on the seventh; then two who contradict each other, and four more who settle it.
    expected = ["Not enough evidence", "Disputed", "Refuted"]
    assert labels == {"None before": expected, "The claim": expected}


def test_units_stand_in_order_of_arrival_and_end_at_the_cut():
    _, axes = figures.new()
    stays = pandas.DataFrame(
        {
            "unit": ["234th Airborne Assault Regiment from the 76th Division", "38th Separate Rifle Brigade"],
            "first_seen": pandas.to_datetime(["2024-11-20", "2024-08-16"]),
            "last_seen": pandas.to_datetime(["2025-05-08", "2024-09-01"]),
        }
    )
    forecasts.stays(axes, stays, pandas.Timestamp("2024-12-31"))
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["38th Rifle Brigade", "234th Airborne Assault Regiment, 76th Div."]
    ends = [line.get_xdata()[1] for line in axes.lines if len(line.get_xdata()) == 2]
    assert [pandas.Timestamp(end) for end in ends] == list(pandas.to_datetime(["2024-09-01", "2024-12-31"]))


def test_an_axis_names_a_year_once_and_marks_days_within_it():
    _, axes = figures.new()
    axes.set_xlim(date(2024, 11, 1), date(2025, 2, 1))
    marks = {"in": date(2024, 12, 1), "out": date(2025, 6, 1)}
    day_axis.days(axes, ["2024-11-12", "2024-12-03", "2025-01-10"], marks)
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert names == ["12 Nov\n2024", "3 Dec", "10 Jan\n2025"]
    assert [words.get_text() for words in axes.texts] == ["in"]
