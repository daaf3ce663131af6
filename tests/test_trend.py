"""Series made by hand and drawn: what grew, shrank or turned, with answers worked out by hand."""

import math
import warnings
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import Shown

from utils import verdicts
from utils.checks import memory, trend, weeks
from utils.checks.trend import TrendCheck

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


@given(
    told=st.dictionaries(st.integers(0, 40), st.integers(0, 9), max_size=20),
    ends=st.lists(st.integers(-20, 60), min_size=3, max_size=3),
)
def test_weekly_changes_are_those_of_the_newest_of_each_week_wherever_it_is_counted_from(told, ends):
    since, anchor, until = (FIRST + timedelta(days=end) for end in sorted(ends))
    days = sorted(told)
    daily = pandas.Series(
        [float(told[day]) for day in days],
        index=pandas.DatetimeIndex([FIRST + timedelta(days=day) for day in days], dtype="datetime64[ns]"),
    )

    def newest(end):
        week = [told[day] for day in days if 0 <= (end - FIRST).days - day < 7]
        return week[-1] if week else None

    first = anchor - (anchor - since) // timedelta(days=7) * timedelta(days=7)
    weeks_ends = [first + timedelta(days=7 * week) for week in range(1 + (until - first).days // 7)]
    pairs = [(end, newest(begun), newest(end)) for begun, end in pairwise(weeks_ends)]
    expected = {pandas.Timestamp(end): new - old for end, old, new in pairs if None not in (old, new)}
    assert weeks.weekly(daily, since, until, anchor).to_dict() == expected


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


def test_few_weeks_say_nothing_and_gaps_stay_gaps(archive):
    values = [float(day) for day in range(200)]
    shown = with_series(archive, values)
    shown.tables.frame = shown.tables.frame.iloc[::20]
    finding = trend.check(shown, archive.claim("C05"), asked())
    assert finding.probability is None and not finding.enough
    assert verdicts.label(finding) == verdicts.NOT_ENOUGH
    shown = with_series(archive, values)
    shown.tables.frame = shown.tables.frame.iloc[::7]
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
    assert memory.at_least(sixth, 1) == pytest.approx(1 - (5 / 6) ** 3)
    assert memory.at_least(sixth, 3) == pytest.approx(1 / 216)
    assert math.isclose(memory.at_least([0.3], 1), 0.3)


def test_a_claim_that_names_no_side_is_about_a_turn_either_way(archive):
    at = FIRST + timedelta(days=90)
    up = [day + max(0, day - 90) * 5.0 for day in range(200)] + noise(200, 0.5)
    down = [400 - value for value in up]
    assert judged(archive, up, "C17", turn=at, direction="either").probability > 0.98
    assert judged(archive, down, "C17", turn=at, direction="either").probability > 0.98


def test_a_series_without_a_turn_is_rarely_taken_for_one(archive):
    at = FIRST + timedelta(days=90)
    series = [noise(200, seed=seed).cumsum() for seed in range(100)]
    plain = [judged(archive, one, turn=at, direction="either") for one in series]
    assert sum(verdicts.label(one) == verdicts.SUPPORTED for one in plain) <= 5
    # It can support and not refute: at even odds or less it says nothing, with no number.
    assert {verdicts.label(one) for one in plain} <= {verdicts.SUPPORTED, verdicts.NOT_ENOUGH}
    assert sum(one.probability is None for one in plain) > 60
    assert all(one.probability is None or one.probability > 0.5 for one in plain)


def test_a_turn_that_is_not_worth_the_word_is_none(archive):
    at = FIRST + timedelta(days=90)
    # A pace of 700 a week that turns by 7, and by 700, without any noise.
    slight, sharp = ([100.0 * day + more * max(0, day - 90) for day in range(200)] for more in (1, 100))
    assert judged(archive, slight, turn=at, direction="either").probability is None
    assert judged(archive, sharp, turn=at, direction="either").probability > 0.95
    assert judged(archive, slight, turn=at, direction="either", smallest=0.001).probability > 0.8


def test_too_few_other_days_are_no_judges_of_a_turn(archive):
    ends = {"since": FIRST, "turn": FIRST + timedelta(days=30), "until": FIRST + timedelta(days=60)}
    values = [day + max(0, day - 30) * 5.0 for day in range(200)] + noise(200, 0.5)
    # Windows of 30 days on either side that begin after the claim's own: from the 61st day on.
    for days, enough in ((100, False), (101, True)):
        for direction in ("up", "either"):
            finding = judged(archive, values[:days], direction=direction, **ends)
            assert finding.enough == enough and (finding.probability is not None) == enough
            assert (finding.estimate is not None) == enough
            assert ("too few other days" in finding.sentence) != enough


def test_what_never_changes_has_not_grown_nor_shrunk_nor_turned(archive):
    at = FIRST + timedelta(days=90)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for level in (0.0, 700.0, -3.5):
            for changes in ({}, {"turn": at}):
                up, down, either = (
                    judged(archive, [level] * 200, direction=direction, **changes)
                    for direction in ("up", "down", "either")
                )
                assert (up.probability, down.probability, either.probability) == (0.0, 0.0, None)
                assert verdicts.label(up) == verdicts.label(down) == verdicts.REFUTED
                assert up.interval.low == up.interval.high == 0


def test_four_flat_series_are_no_half_success(archive):
    frames = [with_series(archive, [700.0] * 200, name).tables.frame for name in "ABCD"]
    grown = with_series(archive, [3.0 * day for day in range(200)], "E").tables.frame
    claim = archive.claim("C12")
    for least, more, label in ((2, [], verdicts.REFUTED), (2, [grown], verdicts.REFUTED), (1, [grown], None)):
        shown = replace(archive, tables=Shown(pandas.concat([*frames, *more])))
        finding = trend.check(shown, claim, asked(by="oblast", least=least))
        assert verdicts.label(finding) == (label or verdicts.SUPPORTED)


def test_a_sum_of_parts_that_does_not_change_has_not_grown(archive):
    # 0.1 + 0.2 is not 0.3 to the last digit.
    parts = [with_series(archive, values).tables.frame for values in ([0.1] * 200, [0.2, 0.2000000001] * 100)]
    shown = replace(archive, tables=Shown(pandas.concat(parts)))
    assert trend.check(shown, archive.claim("C05"), asked()).probability == 0.0


def drifting(phi, weeks_told, seed):
    """Daily levels whose weekly changes are an autoregression of the first order."""
    generator = numpy.random.default_rng(seed)
    changes = [generator.normal() / math.sqrt(1 - phi**2)]
    for _ in range(weeks_told):
        changes.append(phi * changes[-1] + generator.normal())
    return numpy.interp(range(7 * weeks_told + 1), range(0, 7 * weeks_told + 1, 7), numpy.cumsum(changes))


@settings(max_examples=40, deadline=None)
@given(
    phi=st.sampled_from([0.0, 0.5, 0.8]),
    seed=st.integers(0, 10_000),
    earlier=st.integers(0, 30),
    length=st.integers(8, 30),
    turned=st.booleans(),
    memories=st.lists(st.floats(0, 0.95), min_size=2, max_size=4, unique=True),
)
def test_more_memory_never_narrows(phi, seed, earlier, length, turned, memories):
    since = FIRST + timedelta(days=7 * earlier)
    until = since + timedelta(days=7 * length)
    at = since + timedelta(days=7 * (length // 2))
    told = drifting(phi, earlier + length, seed)
    daily = pandas.Series(told, pandas.date_range(FIRST, periods=len(told)))
    changes = [
        trend.turn(daily, one, at) if turned else trend.mean_change(daily, one)
        for one in (
            asked(since=since, until=until, memory=most, turn=at if turned else None)
            for most in sorted(memories)
        )
    ]
    widths = [one.half_width for one in changes]
    assert all(less <= more * (1 + 1e-9) for less, more in pairwise(widths))
    assert len({one.weekly for one in changes}) == 1


@settings(max_examples=30, deadline=None)
@given(
    power=st.integers(-12, 12),
    seed=st.integers(0, 10_000),
    direction=st.sampled_from(["up", "down", "either"]),
    turned=st.booleans(),
    level=st.floats(-1e4, 1e4),
)
def test_no_unit_changes_a_trend(archive, power, seed, direction, turned, level):
    """Persons or millions, and levels around zero or below it."""
    values = level + noise(260, 3.0, seed).cumsum()
    ends = {"turn": FIRST + timedelta(days=90)} if turned else {}
    here, there = (
        judged(archive, [float(value * unit) for value in values], direction=direction, **ends)
        for unit in (1.0, 10.0**power)
    )
    assert verdicts.label(here) == verdicts.label(there)
    assert (here.probability is None) == (there.probability is None)
    if here.probability is not None:
        assert there.probability == pytest.approx(here.probability, abs=1e-6)


def test_the_error_of_a_mean_worked_out_by_hand():
    # Weekly changes 1, 2, 3, 6: mean 3, squares 14. Without memory that is Student's t with 3 degrees of
    # freedom and an error of sqrt(14 / 3 / 4).
    daily = pandas.Series([0.0, 1.0, 3.0, 6.0, 12.0], pandas.date_range(FIRST, periods=5, freq="7D"))
    ends = {"since": FIRST, "until": FIRST + timedelta(days=28)}
    change = trend.mean_change(daily, asked(**ends, memory=0))
    assert (change.weekly, *change.freedom, *change.weights) == pytest.approx((3, 3, 1))
    assert change.errors == (pytest.approx(math.sqrt(14 / 12)),)
    assert change.half_width == pytest.approx(math.sqrt(14 / 12) * 2.353363)
    # With a correlation r the mean has (4 + 6r + 4r² + 2r³) / 16 of the variance of a week, and four less
    # four times that are expected in the squares: for a half, 8.25 / 16 and 31 / 16.
    halves = trend.mean_change(daily, asked(**ends, memory=0.5))
    assert len(halves.errors) == 11
    assert halves.errors[-1] == pytest.approx(math.sqrt(14 * (8.25 / 16) / (4 - 8.25 / 4)))


def test_what_is_known_before_a_window_tells_of_memory_alone(archive):
    quiet = [0.0] * 60 + list(numpy.cumsum(noise(140, 3.0, 4)))
    steady, swinging = (
        trend.mean_change(
            pandas.Series(
                [*before, *(before[-1] + value for value in quiet[60:])],
                pandas.date_range(FIRST, periods=350),
            ),
            asked(since=FIRST + timedelta(days=210), until=FIRST + timedelta(days=350)),
        )
        for before in (noise(210, 3.0, 1).cumsum(), 40 * numpy.sin(numpy.arange(210) / 25))
    )
    assert steady.weekly == pytest.approx(swinging.weekly)
    assert steady.errors == pytest.approx(swinging.errors)
    assert swinging.half_width > steady.half_width * 1.2


def with_reports(archive, here, elsewhere):
    """Two oblasts, with so many reports a day in each."""
    days = pandas.date_range(FIRST, periods=len(here))
    frames = [
        pandas.DataFrame({"date": days, "oblast": name, "status": "occupied", "area_km2": values})
        for name, values in (("Donetsk", here), ("Kharkiv", elsewhere))
    ]
    return replace(archive, tables=Shown(pandas.concat(frames)))


TURN = FIRST + timedelta(days=90)
SHARES = {
    "where": {"oblast": ["Donetsk"]},
    "among": {"oblast": ["Donetsk", "Kharkiv"]},
    "sums": "shares",
    "turn": TURN,
}


def test_what_comes_by_the_day_is_added_up(archive):
    """10 a day before the turn and 13 after it: a week brings 21 more."""
    daily = [10.0] * 91 + [13.0] * 209
    finding = judged(archive, daily, sums="amounts", turn=TURN)
    assert finding.estimate == pytest.approx(21.0)
    assert "the weekly sum of area km² was 21 km² higher" in finding.sentence


@pytest.mark.parametrize("factor", [1.0, 0.1])
def test_a_share_does_not_see_coverage_that_falls_everywhere(archive, factor):
    """20 of 100 reports before the turn and 30 of 100 after it, whatever part of all reports is kept."""
    kept = numpy.where(numpy.arange(300) <= 120, 1.0, factor)
    here = numpy.where(numpy.arange(300) <= 90, 20.0, 30.0) * kept
    archive = with_reports(archive, here, 100.0 * kept - here)
    finding = trend.check(archive, archive.claim("C05"), asked(**SHARES))
    assert finding.estimate == pytest.approx(10.0)
    assert finding.interval.unit == "percentage points"
    counted = asked(**{**SHARES, "sums": "amounts", "among": {}})
    fewer = trend.check(archive, archive.claim("C05"), counted)
    assert fewer.estimate == pytest.approx(70.0)


def test_a_day_without_a_row_of_the_part_is_a_share_of_none(archive):
    days = pandas.date_range(FIRST, periods=14)
    whole = pandas.Series(4.0, index=days)
    part = pandas.Series(2.0, index=days[::2])
    assert weeks.share_so_far(part, whole).iloc[-1] == pytest.approx(2 * 25.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sums": "amounts"},
        {"sums": "shares", "turn": TURN},
        {"sums": "amounts", "turn": TURN, "among": {"oblast": ["Kharkiv"]}},
    ],
)
def test_amounts_and_shares_are_asked_for_a_turn_and_shares_for_their_whole(wrong):
    with pytest.raises(ValueError, match=r"with a turn|with the rows"):
        asked(**wrong)


def test_what_may_leave_no_trace_is_not_denied_by_its_absence(archive):
    rising, falling = ([sign * max(0, day - 90) + noise(300)[day] for day in range(300)] for sign in (1, -1))
    for trace in (False, True):
        found = [judged(archive, values, turn=TURN, may_leave_no_trace=trace) for values in (rising, falling)]
        assert found[0].probability > 0.5
        assert found[1].probability is None if trace else found[1].probability < 0.5
    assert "may_leave_no_trace" in trend.METHOD.alternatives


def test_the_sentence_of_a_share_says_among_what(archive):
    finding = trend.check(
        with_reports(archive, [20.0] * 300, [80.0] * 300), archive.claim("C05"), asked(**SHARES)
    )
    assert "among those of Donetsk and Kharkiv was the same" in finding.sentence
    assert "percentage points" in finding.sentence
