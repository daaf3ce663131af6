"""What the drawings of the east compute, on series and stays made by hand."""

from datetime import date

import pandas
import pytest

from utils import figures, verdicts
from utils.charts import east, units
from utils.checks import stays
from utils.checks.memory import Change

BEFORE, ON = date(2024, 8, 5), date(2024, 11, 10)


def level(values):
    return pandas.Series(list(values.values()), index=pandas.to_datetime(list(values)), dtype=float)


def posted(*rows):
    frame = pandas.DataFrame(rows, columns=["unit", "oblast", "first_seen", "last_seen"])
    for name in ("first_seen", "last_seen"):
        frame[name] = pandas.to_datetime("2024-" + frame[name])
    return frame


POSTINGS = posted(
    ("away and back", "East", "06-25", "08-14"),
    ("away and back", "Goal", "08-16", "11-11"),
    ("away and back", "East", "11-12", "12-31"),
    ("there all along", "Goal", "06-25", "12-31"),
    ("new", "Goal", "10-01", "12-31"),
    ("elsewhere", "East", "06-25", "09-01"),
    ("elsewhere", "South", "09-02", "12-31"),
)


def test_a_month_gains_from_its_own_end_to_the_end_before():
    daily = level({"2024-06-30": 10, "2024-07-20": 99, "2024-07-31": 25, "2024-08-25": 30, "2024-09-30": 31})
    # The newest day of August is six days before its end, which is near enough.
    assert east.monthly(daily).to_dict() == {
        pandas.Timestamp("2024-07-01"): 15,
        pandas.Timestamp("2024-08-01"): 5,
        pandas.Timestamp("2024-09-01"): 1,
    }


def test_a_month_without_a_day_near_its_end_has_no_gain_and_spoils_the_next():
    daily = level({"2024-06-30": 10, "2024-07-24": 20, "2024-08-31": 30, "2024-09-30": 34})
    assert east.monthly(daily).to_dict() == {pandas.Timestamp("2024-09-01"): 4}


def test_a_teller_has_one_figure_a_month_the_last_and_a_part_is_named(archive):
    rows = [archive.rows[name] for name in ("S096", "S095", "S100", "S099")]
    shown = east.published_gains(archive.frame(rows[:3]))
    # S095 replaces S096 for the same month.
    assert shown.id.tolist() == ["S095", "S100"] and not shown.part.any()
    assert east.published_gains(archive.frame(rows[3:])).part.tolist() == [True]


def test_a_unit_shown_there_has_its_place_before_and_after():
    both = stays.placed(POSTINGS, BEFORE, ON, 7)
    shown = units.stays(POSTINGS, both, "Goal", ON).set_index("unit")
    # "new" cannot be placed before and is no answer to the question.
    assert shown.index.tolist() == ["away and back", "there all along"]
    assert shown.stood_before.tolist() == ["East", "Goal"]
    assert shown.first_shown["away and back"] == pandas.Timestamp("2024-08-16")
    assert shown.went_next.iloc[0] == "East" and pandas.isna(shown.went_next.iloc[1])


def test_links_count_each_move_once_and_the_flow_draws_a_band_for_each():
    moved = stays.moves(POSTINGS, BEFORE, ON, 7)
    counts = units.links(moved)
    assert counts.units.sum() == len(moved) == 2
    assert set(zip(counts["from"], counts["to"], strict=True)) == {("East", "Goal"), ("East", "South")}
    _, axes = figures.new()
    units.flow(axes, counts, strong="Goal", days=("before", "after"))
    places = {text.get_text() for text in axes.texts}
    assert {"East  2", "Goal  1", "South  1", "before", "after"} == places


def test_every_line_of_evidence_with_a_probability_is_a_point(archive):
    old, new = verdicts.two_clocks(archive, archive.claim("C11"))
    _, axes = figures.new()
    units.evidence(axes, old.findings, new.findings, {one.name: one.name for one in new.findings})
    points = [x for line in axes.lines if line.get_marker() == "o" for x in line.get_xdata()]
    told = [one.probability for one in (*old.findings, *new.findings)]
    assert None in told  # a line that says nothing is no point
    points = [x for x in points if not pandas.isna(x)]
    assert sorted(points) == pytest.approx(sorted(one for one in told if one is not None))


@pytest.mark.parametrize("weekly", [90.0, -30.0])
def test_an_interval_on_both_sides_of_zero_is_seen_whole(weekly):
    _, axes = figures.new()
    wide = Change(weekly, (60.0,), (8.0,), (1.0,), 100.0)
    sure = Change(5.0, (1.0,), (8.0,), (1.0,), 5.0)
    east.pace(axes, {"wide": (wide, "black"), "sure": (sure, "black")})
    left, right = axes.get_xlim()
    assert left < weekly - wide.half_width < 0 < weekly + wide.half_width < right


def test_intervals_above_zero_are_drawn_from_zero_on():
    _, axes = figures.new()
    east.pace(axes, {"sure": (Change(50.0, (5.0,), (8.0,), (1.0,), 50.0), "black")})
    left, _ = axes.get_xlim()
    assert -5 < left < 0
