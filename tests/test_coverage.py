"""How often a stated 90 % interval holds the truth, when the truth is known because it was made up.

What is measured goes into the record of the test run. An interval that holds it less often than stated is
named in the module of its method.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy
import pandas
import pytest
from scipy.stats import binom
from shown import Shown
from test_balance import SINCE, UNTIL, telling, weighed, with_rows
from test_transfer import asked, moved, posted, stayed

from utils.checks import balance, forecast, icons, tellings, transfer, trend
from utils.checks.balance import BalanceCheck
from utils.checks.trend import TrendCheck

TRUTH = 50_000.0


@pytest.fixture
def report(campaign) -> Callable[[str, float], None]:
    return lambda what, share: campaign(f"coverage of a 90 % interval, {what}", share)


@pytest.mark.parametrize(
    ("shared", "party", "least", "most"),
    [(0.10, 0.0, 0.93, 0.99), (0.10, 0.20, 0.87, 0.96), (0.25, 0.0, 0.68, 0.85)],
    ids=["as stated", "parties lean by a fifth", "all wrong together by a quarter"],
)
def test_balance(archive, report, shared, party, least, most):
    """Three tellers a side, who err together by so much, and as they state by themselves."""
    parameters = weighed(
        lost_for_good=(0.4, 0.6),
        needed=(35_000, 45_000),
        access_error=tellings.ACCESS_ERROR,
        draws=1000,
        **{name: BalanceCheck.model_fields[name].default for name in ("lean", "shared_error")},
    )
    days, draws = (UNTIL - SINCE).days, 300
    hits = 0
    for seed in range(draws):
        generator = numpy.random.default_rng(seed)
        rows = []
        for name in ("ru_recruits_per_day", "ru_casualties_daily"):
            together = generator.normal(0, shared)
            for place, source in enumerate(("us_dod", "nis", "uk_mod")):
                access = str(generator.choice(("official", "count", "model")))
                error = generator.normal(0, tellings.ACCESS_ERROR[access]) + party * generator.normal()
                value = round(1001.0 * math.exp(together + error)) + 0.1
                rows.append(telling(archive, f"{name}-{place}", name, value, source, access=access))
        truth = 1001.0 * days * (1 - generator.uniform(0.4, 0.6)) - generator.uniform(35_000, 45_000)
        surplus = balance.draws(with_rows(archive, *rows), parameters)["surplus"]
        low, high = surplus.quantile([0.05, 0.95])
        hits += low <= truth <= high
    report(f"balance, three tellers a side, shared error {shared}, lean of parties {party}", hits / draws)
    # One width cannot serve both: where all are wrong together by a quarter, it is too short.
    assert least <= hits / draws <= most


def record_covers(known: int, share: float) -> float:
    """Probability that the interval of a record of so many forecasts holds the share that come true."""
    intervals = [forecast.record(hits, known)[1] for hits in range(known + 1)]
    return sum(
        binom.pmf(hits, known, share)
        for hits, interval in enumerate(intervals)
        if interval.low <= share <= interval.high
    )


@pytest.mark.parametrize("known", [2, 4, 8, 16])
def test_forecast_record(known, report):
    shares = numpy.linspace(0.01, 0.99, 99)
    covered = [record_covers(known, share) for share in shares]
    report(f"record of {known} forecasts, mean over shares", float(numpy.mean(covered)))
    report(f"record of {known} forecasts, at the worst share", float(min(covered)))
    # Jeffreys' interval holds its level on average over shares, not at each of them.
    assert 0.86 <= numpy.mean(covered) <= 0.94
    assert min(covered) < 0.88


WRONG = 0.05


def interval_of_origins(archive, units: int, count: int) -> tuple[float, float]:
    """That of the check itself, where so many of the units came from elsewhere."""
    rows = [row for place in range(count) for row in moved(f"M{place}", "East", "Goal")]
    rows += [stayed(f"S{place}", "Goal") for place in range(units - count)]
    shown = replace(archive, tables=Shown(posted(*rows)))
    interval = transfer.check(shown, shown.claim("C11"), asked(wrong_share=WRONG)).interval
    return interval.low, interval.high


@pytest.mark.parametrize("units", [10, 30])
def test_transfer_share(archive, units, report):
    """Every number of units that moved, as a map shows it that errs in one of twenty icons."""
    shares = [0.0, *numpy.linspace(0.02, 0.98, 49)]
    ends = [interval_of_origins(archive, units, count) for count in range(units + 1)]
    seen = [binom.pmf(range(units + 1), units, share + (1 - share) * WRONG) for share in shares]
    covered = [
        sum(chance for chance, (low, high) in zip(chances, ends, strict=True) if low <= share <= high)
        for share, chances in zip(shares, seen, strict=True)
    ]
    report(f"share of {units} units moved, mean over shares", float(numpy.mean(covered)))
    report(f"share of {units} units moved, where none did", float(covered[0]))
    assert 0.87 <= numpy.mean(covered) <= 0.94
    assert covered[0] > 0.95 and min(covered) > 0.75


def test_transfer_net(report):
    """Net arrivals of 30 units, of which up to six left and up to six came, by a map that errs."""
    generator = numpy.random.default_rng(1)
    hits = 0
    for came, left in generator.integers(0, 7, (1000, 2)):
        shown = [
            int(generator.binomial(moves, 1 - WRONG) + generator.binomial(30 - moves, WRONG))
            for moves in (came, left)
        ]
        answer = icons.net(*shown, 30, WRONG)
        hits += answer.low <= came - left <= answer.high
    report("net of units that came and left", hits / 1000)
    # Whole numbers are held a little too often.
    assert 0.90 <= hits / 1000 <= 0.97


FIRST = date(2023, 6, 1)
TURN = FIRST + timedelta(days=400)


def turning(**changes) -> TrendCheck:
    plain = {"method": "trend", "table": "isw_area", "value": "area_km2", "direction": "up", "turn": TURN}
    plain |= {"since": TURN - timedelta(days=84), "until": TURN + timedelta(days=84)}
    return TrendCheck.model_validate({**plain, **changes})


def turn_covers(draws: int, judge: Callable, pace: Callable) -> float:
    """Share of intervals that hold a true turn of 14 a week, in a series of 700 days with daily changes."""
    days, after = pandas.date_range(FIRST, periods=700), numpy.arange(700) > 400
    hits = 0
    for seed in range(draws):
        change = pace(numpy.random.default_rng(seed)) + 2.0 * after
        one = judge(pandas.Series(change.cumsum(), index=days))
        hits += abs(one.weekly - 14.0) <= one.half_width
    return hits / draws


def remembering(phi: float, weeks: int, generator: numpy.random.Generator) -> numpy.ndarray:
    """Weekly changes, an autoregression of the first order that has run for long."""
    news = generator.normal(size=weeks)
    changes = [news[0] / math.sqrt(1 - phi**2)]
    for one in news[1:]:
        changes.append(phi * changes[-1] + one)
    return numpy.array(changes)


LENGTHS = {"six weeks": (6, 0), "twenty weeks": (20, 0), "a turn after thirteen of 27 weeks": (13, 14)}


@pytest.mark.parametrize("length", LENGTHS)
def test_trend_with_memory(report, length):
    """Means and turns of weekly changes that remember, by how many weeks are known before the window."""
    first, second = LENGTHS[length]
    shares = {}
    for known in (8, 30):
        since = FIRST + timedelta(days=7 * known)
        ends = {"since": since, "until": since + timedelta(days=7 * (first + second))}
        at = since + timedelta(days=7 * first)
        asked_of = turning(**ends, turn=at if second else None)
        days = pandas.date_range(FIRST, periods=known + first + second + 1, freq="7D")
        for phi in (0.0, 0.5, 0.8):
            hits = 0
            for seed in range(300):
                generator = numpy.random.default_rng(seed)
                changes = remembering(phi, len(days) - 1, generator)
                changes[:known] = generator.choice((0.5, 1, 3)) * changes[:known] + generator.normal()
                daily = pandas.Series(numpy.concatenate([[0.0], changes.cumsum()]), days)
                one = trend.turn(daily, asked_of, at) if second else trend.mean_change(daily, asked_of)
                hits += abs(one.weekly) <= one.half_width
            shares[known, phi] = hits / 300
            report(f"{length}, correlation {phi}, {known} weeks known before", shares[known, phi])
    assert all(0.85 <= shares[30, phi] <= 0.97 for phi in (0.0, 0.5, 0.8))
    # Eight weeks and a short window are too few to tell a long memory from a trend.
    assert all(0.80 <= shares[8, phi] <= 0.99 for phi in (0.0, 0.5, 0.8))


def test_trend_with_a_turn(report):
    parameters = turning()

    def white(generator):
        return generator.normal(0, 3, 700)

    def wandering(generator):
        """The pace itself changes every five weeks."""
        return white(generator) + numpy.repeat(generator.normal(0, 2, 20), 35)

    def bare(daily):
        return trend.turn(daily, parameters, TURN)

    def with_placebos(daily):
        return trend._judged(daily, parameters)

    shares = {}
    for name, judge in (("without placebos", bare), ("with placebos", with_placebos)):
        for kind, pace in (("steady pace", white), ("wandering pace", wandering)):
            shares[name, kind] = turn_covers(200, judge, pace)
            report(f"turn of a trend, {name}, {kind}", shares[name, kind])
    assert 0.87 <= shares["without placebos", "steady pace"] <= 0.97
    assert 0.89 <= shares["with placebos", "steady pace"] <= 0.99
    assert 0.83 <= shares["without placebos", "wandering pace"] <= shares["with placebos", "wandering pace"]


def test_placebos_are_the_turns_of_all_other_days():
    generator = numpy.random.default_rng(3)
    days = pandas.date_range(FIRST, periods=700)
    daily = pandas.Series(generator.normal(1, 3, 700).cumsum(), index=days)
    # Single days, a week and three months without a map.
    lost = {*generator.choice(700, 60), *range(120, 128), *range(520, 610)}
    daily = daily.drop(days[sorted(lost)])
    for parameters in (turning(), turning(quiet_days=28, since=TURN - timedelta(days=61))):
        before = (parameters.turn - parameters.since).days
        after = (parameters.until - parameters.turn).days
        own, quiet = (TURN - FIRST).days, parameters.quiet_days
        turns = [
            trend.turn(daily, parameters, FIRST + timedelta(days=at))
            for at in range(before, 700 - after)
            if not at - before - quiet <= own <= at + after + quiet
        ]
        expected = [one.weekly for one in turns if one is not None]
        assert len(expected) < len(turns)  # the gaps silence some days
        assert len(expected) > 50
        assert trend.placebos(daily, parameters) == pytest.approx(expected, abs=1e-9)
