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

from utils.checks import Interval, balance, forecast, pooling, transfer, trend
from utils.checks.trend import TrendCheck

TRUTH = 50_000.0


@pytest.fixture
def report(campaign) -> Callable[[str, float], None]:
    return lambda what, share: campaign(f"coverage of a 90 % interval, {what}", share)


def pooled_covers(
    draws: int, sizes: tuple[int, ...], *, parties: float, shared: float, allowed: float
) -> float:
    """Share of pooled intervals that hold the truth.

    sizes: origins of each party. parties, shared: standard deviation, on the log scale, of what all origins
    of a party, and all origins, get wrong together. allowed: the shared error that the method grants.
    """
    hits = 0
    for seed in range(draws):
        generator = numpy.random.default_rng(seed)
        together = generator.normal(0, shared) if shared else 0.0
        witnesses = []
        for party, size in enumerate(sizes):
            lean = generator.normal(0, parties) if parties else 0.0
            for _ in range(size):
                error = generator.uniform(0.1, 0.25)
                value = TRUTH * math.exp(together + lean + generator.normal(0, error))
                name = str(len(witnesses))
                witnesses.append(
                    pooling.Observation(name, str(party), False, False, value, error, 0, name, (name,))
                )
        low, high = pooling.pool(witnesses, drift=0.0, shared_error=allowed).interval
        hits += low <= TRUTH <= high
    return hits / draws


@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_quantity(report):
    alone = pooled_covers(300, (3, 2, 2, 1), parties=0.0, shared=0.0, allowed=0.0)
    report("quantity, independent errors as stated", alone)
    assumed = pooled_covers(300, (3, 2, 2, 1), parties=0.0, shared=0.10, allowed=0.10)
    report("quantity, with the shared error that the method grants", assumed)
    leaning = pooled_covers(300, (3, 2, 2, 1), parties=0.20, shared=0.10, allowed=0.10)
    report("quantity, parties that lean by a fifth", leaning)
    two = pooled_covers(300, (2, 2), parties=0.20, shared=0.10, allowed=0.10)
    report("quantity, two parties that lean by a fifth", two)
    blind = pooled_covers(300, (3, 2, 2, 1), parties=0.0, shared=0.25, allowed=0.10)
    report("quantity, all wrong together by more than is granted", blind)
    assert 0.90 <= alone <= 0.98
    assert 0.87 <= assumed <= 0.97
    assert 0.83 <= leaning <= 0.94
    # Two parties are too few to see how far parties differ.
    assert 0.77 <= two <= 0.89
    # What all share and nobody knows of, no pooling can show.
    assert blind < assumed - 0.1


def test_balance(archive, report):
    """Tellers err as they say; the share lost for good and the need lie anywhere in their ranges."""
    errors = dict.fromkeys(("official", "anonymous", "count", "model"), 0.15)
    parameters = weighed(lost_for_good=(0.4, 0.6), needed=(35_000, 45_000), access_error=errors, draws=2000)
    days, draws = (UNTIL - SINCE).days, 200
    hits = 0
    for seed in range(draws):
        generator = numpy.random.default_rng(seed)
        rows = [
            telling(
                archive,
                f"{quantity_name}-{place}",
                quantity_name,
                round(1001.0 * math.exp(generator.normal(0, 0.15))) + 0.1,
                source,
            )
            for quantity_name in ("ru_recruits_per_day", "ru_casualties_daily")
            for place, source in enumerate(("us_dod", "nis", "uk_mod"))
        ]
        truth = 1001.0 * days * (1 - generator.uniform(0.4, 0.6)) - generator.uniform(35_000, 45_000)
        surplus = balance.draws(with_rows(archive, *rows), parameters)["surplus"]
        low, high = surplus.quantile([0.05, 0.95])
        hits += low <= truth <= high
    report("balance, three tellers a side", hits / draws)
    # The spread between tellers is never averaged away, so the interval is wider than their mean needs.
    assert hits / draws >= 0.95


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


@pytest.mark.parametrize("units", [10, 30])
def test_transfer_share(archive, units, report):
    """The interval of the check itself, for every number of units that moved, weighed by its probability."""

    def interval(count: int) -> Interval:
        rows = [row for place in range(count) for row in moved(f"M{place}", "East", "Goal")]
        rows += [stayed(f"S{place}", "Goal") for place in range(units - count)]
        shown = replace(archive, tables=Shown(posted(*rows)))
        return transfer.check(shown, shown.claim("C11"), asked()).interval

    intervals = [interval(count) for count in range(units + 1)]

    def covers(share: float) -> float:
        return sum(
            binom.pmf(count, units, share)
            for count, one in enumerate(intervals)
            if one.low <= share <= one.high
        )

    covered = [covers(share) for share in numpy.linspace(0.02, 0.98, 49)]
    report(f"share of {units} units moved, mean over shares", float(numpy.mean(covered)))
    assert 0.87 <= numpy.mean(covered) <= 0.93
    assert min(covered) > 0.75


def test_transfer_net(report):
    """Net arrivals of oblasts that lose five units and win three, in the long run."""
    generator = numpy.random.default_rng(1)
    arrivals, departures = generator.poisson(3, 400), generator.poisson(5, 400)
    hits = 0
    for came, left in zip(arrivals, departures, strict=True):
        low, high = transfer.net_of(int(came), int(left)).ppf([0.05, 0.95])
        hits += low <= -2 <= high
    report("net of units that came and left", hits / 400)
    assert 0.88 <= hits / 400 <= 0.97


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
    for name, judge in (("least squares alone", bare), ("with placebos", with_placebos)):
        for kind, pace in (("steady pace", white), ("wandering pace", wandering)):
            shares[name, kind] = turn_covers(200, judge, pace)
            report(f"turn of a trend, {name}, {kind}", shares[name, kind])
    assert 0.83 <= shares["least squares alone", "steady pace"] <= 0.95
    assert 0.89 <= shares["with placebos", "steady pace"] <= 0.99
    # What the placebos are for: without them a wandering pace is taken for a turn.
    assert shares["least squares alone", "wandering pace"] < 0.80
    assert shares["with placebos", "wandering pace"] >= 0.80


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
