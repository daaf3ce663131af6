"""Witnesses and lines on hand-made data, with answers worked out by hand."""

import math
from dataclasses import replace
from datetime import date, timedelta

import heard
import numpy
import pandas
import pytest
from heard import told, word
from shown import Shown

from utils import verdicts
from utils.checks import testimony, trend, weeks
from utils.checks.trend import TrendCheck


def test_a_finding_says_who_affirms_who_denies_and_who_is_outside(archive):
    """Three to one by each of two outsiders, against one denial of the whole window by a warring party."""
    rows = [word("A", "ann"), word("B", "bea"), word("K", "kyiv", "denies", (1, 12))]
    finding = heard.found(told(archive, *rows), heard.asked())
    assert finding.probability == pytest.approx(3 / 4)
    assert (finding.values.affirm, finding.values.deny, finding.values.outside) == (2, 1, 2)
    assert finding.opposed and verdicts.label(finding) == verdicts.CONFLICTING
    assert (finding.tellers, finding.outside_tellers) == (("ann", "bea", "kyiv"), 2)
    assert finding.direction == "for" and finding.evidence == ("A", "B", "K")
    assert finding.sentence == (
        "2 tellers say that it was so; 1 denies it; 2 of them are outside the warring parties."
    )


def test_a_finding_ages_with_its_rows_and_its_table(archive):
    """A number speaks for as long as its quantity says, an event that is over and done does not age."""
    rows = [word("A", "ann"), word("B", "bea", published=14)]
    over = heard.found(told(archive, *rows), heard.asked())
    assert (over.newest, over.speaks_until) == (date(2024, 11, 14), None)
    number = {"stance": None, "value": 7.0, "quantity": "nk_killed"}
    lasting = [word("A", "ann", **number), word("B", "bea", published=14, **number)]
    finding = heard.found(told(archive, *lasting), heard.asked(counts=["nk_killed"]))
    assert finding.speaks_until == date(2024, 11, 14) + timedelta(days=180)


def test_a_zero_denies_and_a_number_affirms(archive):
    assert not testimony.says(word("A", "ann", None, value=0.0))
    assert not testimony.says(word("A", "ann", None, high=0.0))
    assert testimony.says(word("A", "ann", None, value=6.0))
    assert testimony.says(word("A", "ann", None, low=1.0))
    assert testimony.says(word("A", "ann", "unconfirmed", value=6.0)) is None


FIRST = date(2024, 6, 1)


def with_series(archive, values, oblast="Kursk"):
    days = pandas.date_range(FIRST, periods=len(values))
    frame = pandas.DataFrame({"date": days, "oblast": oblast, "status": "occupied", "area_km2": values})
    return replace(archive, tables=Shown(frame))


def asked(**changes):
    plain = {
        "method": "trend",
        "table": "area_by_oblast",
        "value": "area_km2",
        "since": FIRST + timedelta(days=60),
        "until": FIRST + timedelta(days=120),
        "direction": "up",
    }
    return TrendCheck.model_validate({**plain, **changes})


def noise(days, scale=1.0, seed=7):
    return numpy.random.default_rng(seed).normal(0, scale, days)


def judged(archive, values, name="C05", **changes):
    return trend.check(with_series(archive, values), archive.claim(name), asked(**changes))


def test_a_line_without_noise_has_its_slope(archive):
    line = [3.0 * day for day in range(200)]
    assert judged(archive, line).estimate == pytest.approx(21.0)
    assert judged(archive, line).probability == pytest.approx(1.0)
    assert judged(archive, line, direction="down").probability == pytest.approx(0.0)


# Notebooks have days as timestamps, whose unit is not the day.
@pytest.mark.parametrize("day", [date.fromisoformat, pandas.Timestamp])
def test_weekly_changes_worked_out_by_hand(day):
    daily = pandas.Series(
        [1.0, 2.0, 4.0, 9.0],
        index=pandas.to_datetime(["2024-10-01", "2024-10-07", "2024-10-15", "2024-10-29"]),
    )
    # Weeks end on 8, 15, 22 and 29 October: 2, 4, nothing, 9. Only one change has both its weeks.
    changes = weeks.weekly(daily, day("2024-10-08"), day("2024-10-29"), day("2024-10-29"))
    assert changes.to_dict() == {pandas.Timestamp(2024, 10, 15): 2.0}


@pytest.mark.parametrize("day", [date.fromisoformat, pandas.Timestamp])
def test_a_mean_change_and_a_turn_by_days_and_by_timestamps(day):
    daily = pandas.Series([3.0 * max(0, at - 90) for at in range(200)], pandas.date_range(FIRST, periods=200))
    ends = {
        "since": FIRST + timedelta(days=62),
        "turn": FIRST + timedelta(days=90),
        "until": FIRST + timedelta(days=118),
    }
    parameters = asked().model_copy(update={name: day(str(end)) for name, end in ends.items()})
    assert trend.mean_change(daily, parameters).weekly == pytest.approx(10.5)
    assert trend.turn(daily, parameters, parameters.turn).weekly == pytest.approx(21.0)
    # Windows that keep clear of the claim's own lie wholly on one side of the turn.
    assert set(trend.placebos(daily, parameters)) == {0.0}


def test_wandering_without_a_drift_is_no_trend(archive):
    shares = [judged(archive, noise(200, seed=seed).cumsum()).probability for seed in range(80)]
    # Without a drift the probability is spread evenly, so that about a tenth falls in each tail.
    assert 0.35 < numpy.mean(shares) < 0.65
    assert 2 <= sum(share > 0.9 for share in shares) <= 20


def test_a_planted_turn_is_found_and_its_size_told(archive):
    at = FIRST + timedelta(days=90)
    values = [day + max(0, day - 90) * 5.0 for day in range(200)] + noise(200, 0.5)
    finding = judged(archive, values, "C11", turn=at)
    assert finding.estimate == pytest.approx(35.0, rel=0.05)
    assert finding.probability > 0.99


def test_a_turn_that_the_series_makes_all_the_time_proves_nothing(archive):
    # The pace jumps every five weeks; least squares alone would call most such turns certain.
    pace = numpy.repeat(numpy.random.default_rng(5).normal(0, 10, 18), 35)
    since, until = FIRST + timedelta(days=245), FIRST + timedelta(days=315)
    parameters = asked(since=since, until=until, turn=FIRST + timedelta(days=280))
    shown = with_series(archive, (pace + noise(630, 0.1)).cumsum())
    finding = trend.check(shown, archive.claim("C11"), parameters)
    bare = trend.turn(trend.series(shown, parameters)["all"], parameters, parameters.turn)
    assert max(bare.share_up, 1 - bare.share_up) > 0.99
    assert 0.02 < finding.probability < 0.98


def covered(make, draws=300):
    """Share of 90 % intervals that hold a true change of 14 a week."""
    parameters = asked(since=FIRST, until=FIRST + timedelta(days=90))
    hits = 0
    for seed in range(draws):
        days = pandas.date_range(FIRST, periods=91)
        daily = pandas.Series(2.0 * numpy.arange(91) + make(numpy.random.default_rng(seed)), index=days)
        one = trend.mean_change(daily, parameters)
        hits += abs(one.weekly - 14.0) <= one.half_width
    return hits / draws


def test_the_ninety_per_cent_interval_covers_the_truth_about_nine_times_in_ten(record_property):
    wandering = covered(lambda generator: generator.normal(0, 3, 91).cumsum())
    redrawn = covered(lambda generator: generator.normal(0, 3, 91))
    record_property("coverage of a wandering series", wandering)
    record_property("coverage of a line with daily errors", redrawn)
    # HAC errors are a little short with twelve weeks; errors that do not last make the interval too wide.
    assert 0.80 <= wandering <= 0.95
    assert 0.80 <= redrawn <= 1.0


def test_few_weeks_say_nothing_and_gaps_stay_gaps(archive):
    values = [float(day) for day in range(200)]
    shown = with_series(archive, values)
    shown.tables.frame = shown.tables.frame.iloc[::20]
    finding = trend.check(shown, archive.claim("C05"), asked())
    assert finding.probability is None and not finding.enough
    assert verdicts.label(finding) == verdicts.NOT_ENOUGH
    shown.tables.frame = with_series(archive, values).tables.frame.iloc[::7]
    assert trend.check(shown, archive.claim("C05"), asked()).estimate == pytest.approx(7.0)


def test_at_least_two_of_three_series(archive):
    frames = [
        with_series(archive, sign * numpy.arange(200.0), oblast).tables.frame
        for oblast, sign in (("A", 1), ("B", 1), ("C", -1))
    ]
    shown = replace(archive, tables=Shown(pandas.concat(frames)))
    claim = archive.claim("C12")
    assert trend.check(shown, claim, asked(by="oblast", least=2)).probability == pytest.approx(1.0)
    assert trend.check(shown, claim, asked(by="oblast", least=3)).probability == pytest.approx(0.0)
    one = trend.check(shown, claim, asked(where={"oblast": ["C"]}))
    assert one.probability == pytest.approx(0.0) and one.direction == "down"


def test_at_least_counts_like_dice():
    sixth = [1 / 6] * 3
    assert trend._at_least(sixth, 1) == pytest.approx(1 - (5 / 6) ** 3)
    assert trend._at_least(sixth, 3) == pytest.approx(1 / 216)
    assert math.isclose(trend._at_least([0.3], 1), 0.3)


def test_a_claim_that_names_no_side_is_about_a_turn_either_way(archive):
    at = FIRST + timedelta(days=90)
    up = [day + max(0, day - 90) * 5.0 for day in range(200)] + noise(200, 0.5)
    down = [400 - value for value in up]
    assert judged(archive, up, "C17", turn=at, direction="either").probability > 0.98
    assert judged(archive, down, "C17", turn=at, direction="either").probability > 0.98
    plain = [
        judged(archive, noise(200, seed=seed).cumsum(), turn=at, direction="either").probability
        for seed in range(40)
    ]
    assert sum(share > 0.9 for share in plain) <= 8
