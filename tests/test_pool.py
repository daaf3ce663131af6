"""The pool against arithmetic that knows nothing of it, and the laws that it keeps."""

import math
import tracemalloc
from itertools import product

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, simpson
from scipy.special import ndtri
from scipy.stats import multivariate_normal, norm, t

from utils.checks import covariances
from utils.checks import pool as pool_module
from utils.checks.covariances import MEMORY, SMALLEST
from utils.checks.pool import LEAN, likelihoods, pool
from utils.checks.posterior import judged
from utils.checks.scales import Scale, scale_of
from utils.checks.tellings import Telling


def said(
    name, value=None, *, teller=None, party="a", at_least=None, at_most=None, error=0.15, days=0, step=0.0
):
    return Telling(name, teller or name, party, value, at_least, at_most, error, step, days)


def half_normal(nodes=7):
    """The nodes of the rule: medians of seven equal masses, of five where quantities are compared."""
    return [LEAN * ndtri((1 + (place + 0.5) / nodes) / 2) for place in range(nodes)]


def drifts(drift):
    """Those of one quantity: medians of five equal masses, a factor of four as standard deviation."""
    return [drift * 4 ** ndtri((place + 0.5) / 5) for place in range(5)] if drift else [0.0]


def by_hand(tellings, drift, mu):
    """Density of the truth at `mu`, up to a factor: every pair of spreads, every telling in one density."""
    total = 0.0
    points = [one for one in tellings if one.value is not None]
    bounds = [one for one in tellings if one.value is None]
    for tau, omega, wander in product(half_normal(), half_normal(), drifts(drift)):
        matrix = [[covariance(one, other, tau, omega, wander) for other in tellings] for one in tellings]
        matrix = numpy.array(matrix)
        order = [tellings.index(one) for one in (*points, *bounds)]
        matrix = matrix[numpy.ix_(order, order)]
        count = len(points)
        away = numpy.array([math.log(one.value) - mu for one in points])
        inner = matrix[:count, :count]
        density = multivariate_normal.pdf(away, cov=inner)
        if bounds:
            pull = matrix[count:, :count] @ numpy.linalg.inv(inner)
            mean = mu + pull @ away
            rest = matrix[count:, count:] - pull @ matrix[:count, count:]
            signs = numpy.array([1 if one.at_least else -1 for one in bounds])
            edges = numpy.array([math.log(one.number) for one in bounds])
            density *= multivariate_normal.cdf(signs * (mean - edges), cov=rest * numpy.outer(signs, signs))
        total += density
    return total


def covariance(one, other, tau, omega, drift):
    ways = min(abs(one.days), abs(other.days)) if one.days * other.days > 0 else 0
    total = drift**2 * ways + tau**2 * (one.party == other.party)
    if one.teller == other.teller:
        total += omega**2
        total += min(one.error, other.error) ** 2 * math.exp(-abs(one.days - other.days) / MEMORY)
    return total + (one.rounding**2 + SMALLEST**2) * (one is other)


def share_below(tellings, drift, edge):
    """By Simpson's rule on both sides of the edge."""
    grid = numpy.linspace(math.log(edge) - 1.6, math.log(edge) + 1.6, 33)
    density = numpy.array([by_hand(tellings, drift, mu) for mu in grid])
    below, above = simpson(density[:17], x=grid[:17]), simpson(density[16:], x=grid[16:])
    return below / (below + above)


FIGURES = [
    said("a", 40_000, party="x", days=-12),
    said("b", 55_000, party="x", teller="T", days=-3),
    said("c", 60_000, party="x", teller="T", days=5, error=0.2, step=0.05),
    said("d", 35_000, party="y", error=0.1, days=-20),
]


@pytest.mark.long
@pytest.mark.parametrize("edge", [38_000, 45_000, 60_000])
def test_figures_as_by_hand(edge):
    answer = pool(FIGURES, drift=0.03, shared=0.0)
    assert answer.below(edge) == pytest.approx(share_below(FIGURES, 0.03, edge), abs=0.004)


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("bounds", "drift"),
    [
        ([said("e", at_least=60_000, party="z", days=-9)], 0.03),
        (
            [
                said("e", at_most=50_000, party="x", teller="T"),
                said("f", at_least=50_000, party="y", days=-9),
            ],
            0.03,
        ),
        (
            [
                said(name, at_least=52_000, party=party)
                for name, party in (("e", "z"), ("f", "z"), ("g", "y"))
            ],
            0,
        ),
    ],
    ids=["one", "both sides", "three"],
)
def test_bounds_as_by_hand(bounds, drift):
    tellings = [*FIGURES, *bounds]
    answer = pool(tellings, drift=drift, shared=0.0)
    assert answer.below(48_000) == pytest.approx(share_below(tellings, drift, 48_000), abs=0.006)


def test_the_likelihood_is_that_of_differences():
    """With a flat prior of the truth, two figures tell by their difference alone."""

    def expected(difference):
        own = 0.15**2 + SMALLEST**2
        spreads = product(half_normal(5), half_normal(5), drifts(0.2))
        variances = [2 * (tau**2 + omega**2 + own) + 10 * wander**2 for tau, omega, wander in spreads]
        return math.log(numpy.mean(norm.pdf(difference, scale=numpy.sqrt(variances))))

    one = said("a", 100, party="x", days=4)
    pairs = [[one, said("b", value, party="y", days=-6)] for value in (150, 100)]
    found = [likelihoods(pair, [(0.1, LEAN), (0.2, LEAN)])[1] for pair in pairs]
    assert found[0] - found[1] == pytest.approx(expected(math.log(1.5)) - expected(0.0), abs=1e-9)


def test_the_shared_error_comes_last():
    """One precise telling without leans: what is left is the t of the shared error and the teller's own."""
    answer = pool([said("a", 1000, error=0.0)], drift=0.0, shared=0.3, lean=1e-9)
    for factor in (0.5, 0.9, 1.3, 4.0):
        expected = quad(
            lambda x, f=factor: t.cdf((math.log(f) - x) / 0.3, 4) * norm.pdf(x, scale=SMALLEST), -0.05, 0.05
        )[0]
        assert answer.below(1000 * factor) == pytest.approx(expected, abs=1e-4)
    low, high = answer.interval(0.9)
    assert math.log(high / 1000) == pytest.approx(t.ppf(0.95, 4) * 0.3, rel=0.01)
    assert low * high == pytest.approx(1000**2, rel=1e-6)
    assert answer.log_density(1500) == pytest.approx(t.logpdf(math.log(1.5), 4, scale=0.3), abs=0.01)


def test_what_a_measure_will_show_is_wider():
    plain = pool(FIGURES, drift=0.03, shared=0.0)
    seen = pool(FIGURES, drift=0.03, shared=0.0, seen=0.5)
    assert seen.error == pytest.approx(math.hypot(plain.error, 0.5), rel=0.02)
    assert seen.median == pytest.approx(plain.median, rel=0.01)


def test_one_teller_is_one_witness():
    once = pool([said("a", 1000, teller="T"), said("z", 1500, party="b")], drift=0.0, shared=0.0)
    often = pool(
        [*(said(f"a{place}", 1000, teller="T") for place in range(8)), said("z", 1500, party="b")],
        drift=0.0,
        shared=0.0,
    )
    eight = pool(
        [*(said(f"a{place}", 1000) for place in range(8)), said("z", 1500, party="b")], drift=0.0, shared=0.0
    )
    assert often.error == pytest.approx(once.error, rel=0.01)
    assert often.median == pytest.approx(once.median, rel=0.01)
    assert eight.error < 0.95 * once.error


def test_witnesses_of_one_day_share_the_path():
    """More of them do not tell what happened since."""
    error = [
        pool(
            [said(f"a{place}", 1000, party=f"p{place}", days=-400) for place in range(count)],
            drift=0.03,
            shared=0.0,
        ).error
        for count in (1, 40)
    ]
    assert error[1] >= 0.03 * 20
    around = [said("a", 1000, days=-400), said("b", 1000, party="b", days=400)]
    alike = [said("a", 1000, days=-400), said("b", 1000, party="b", days=-400)]
    assert pool(around, drift=0.03, shared=0.0).error < 0.8 * pool(alike, drift=0.03, shared=0.0).error


def test_a_bound_pulls_only_where_it_binds():
    figures = [said("a", 1000), said("b", 1100, party="b")]
    plain = pool(figures, drift=0.0, shared=0.0).median
    assert pool([*figures, said("c", at_least=10, party="c")], drift=0.0, shared=0.0).median == pytest.approx(
        plain, rel=0.002
    )
    assert pool([*figures, said("c", at_least=3000, party="c")], drift=0.0, shared=0.0).median > 1.05 * plain
    assert pool([*figures, said("c", at_most=300, party="c")], drift=0.0, shared=0.0).median < plain / 1.05


def test_bounds_alone():
    low, high = said("a", at_least=1000), said("b", at_most=2000, party="b")
    answer = pool([low, high], drift=0.0, shared=0.0)
    assert answer.median == pytest.approx(math.sqrt(2) * 1000, rel=0.02)
    for tellings in ([low], [high, high], []):
        with pytest.raises(ValueError, match="nothing to pool"):
            pool(tellings, drift=0.0, shared=0.0)


def test_a_telling_is_a_figure_or_one_bound():
    with pytest.raises(ValueError, match="or one bound"):
        said("a", 100, at_least=100)
    with pytest.raises(ValueError, match="or one bound"):
        said("a")


NUMBERS = st.integers(1, 10**7).map(float)
TELLINGS = st.lists(
    st.builds(
        lambda kind, number, teller, party, error, days: (kind, number, teller, party, error, days),
        st.sampled_from(["value", "value", "value", "at_least", "at_most"]),
        NUMBERS,
        st.sampled_from("STUV"),
        st.sampled_from("xyz"),
        st.sampled_from([0.05, 0.15, 0.25]),
        st.integers(-60, 60),
    ),
    min_size=1,
    max_size=7,
).filter(lambda told: any(one[0] == "value" for one in told))


def made(told, factor=1.0):
    return [
        said(f"r{place}", teller=teller, party=party, error=error, days=days, **{kind: number * factor})
        for place, (kind, number, teller, party, error, days) in enumerate(told)
    ]


@pytest.mark.campaign
@settings(deadline=None, max_examples=60)
@given(TELLINGS, st.sampled_from([1e-9, 1e-3, 0.1, 10.0, 1e6, 1e12, 1.609, 7.3]))
def test_no_unit_changes_an_answer(told, factor):
    one = pool(made(told), drift=0.05, shared=0.2)
    other = pool(made(told, factor), drift=0.05, shared=0.2)
    assert other.median == pytest.approx(one.median * factor, rel=1e-6)
    assert other.interval() == pytest.approx([end * factor for end in one.interval()], rel=1e-6)
    edge = told[0][1]
    assert other.below(edge * factor) == pytest.approx(one.below(edge), abs=1e-6)


def test_tellings_are_pooled_by_as_many_at_a_time_as_memory_is_for(monkeypatch):
    told = [said(f"t{place}", 900 + 10 * place, party="ab"[place % 2], days=-place) for place in range(12)]
    told += [said("l", at_least=950, days=-3), said("u", at_most=1100, days=-20)]
    ask = lambda: (pool(told, drift=0.02, shared=0.1), *likelihoods(told, [(0.01, 0.2), (0.05, 0.3)]))  # noqa: E731
    whole, *logs = ask()
    monkeypatch.setattr(covariances, "AT_ONCE", 3 * len(told) ** 2)
    pool_module._pooled.cache_clear()
    pool_module._nodes.cache_clear()
    parts, *again = ask()
    assert parts.median == pytest.approx(whole.median, rel=1e-9) and parts is not whole
    assert parts.interval() == pytest.approx(whole.interval(), rel=1e-9)
    assert again == pytest.approx(logs, abs=1e-9)


def test_hundreds_of_tellings_do_not_fill_the_memory():
    told = [said(f"t{place}", 900 + place, days=-place) for place in range(300)]
    tracemalloc.start()
    answer = pool(told, drift=0.02, shared=0.1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # All spreads at once would take 176 MB, and as much again for each of the steps.
    assert most < 60e6 and 900 < answer.median < 1200


@settings(deadline=None, max_examples=30)
@given(TELLINGS, st.randoms())
def test_the_order_of_tellings_does_not_matter(told, random):
    tellings = made(told)
    shuffled = random.sample(tellings, len(tellings))
    assert (
        pool(shuffled, drift=0.05, shared=0.2).interval() == pool(tellings, drift=0.05, shared=0.2).interval()
    )


@settings(deadline=None, max_examples=40)
@given(TELLINGS, NUMBERS, NUMBERS)
def test_the_answer_is_a_distribution(told, one, other):
    answer = pool(made(told), drift=0.05, shared=0.2)
    low, high = min(one, other), max(one, other)
    assert 0 <= answer.below(low) <= answer.below(high) <= 1
    assert answer.below(low) + answer.within(low, high) + answer.above(high) == pytest.approx(1)
    assert answer.below(answer.median) == pytest.approx(0.5, abs=0.002)
    start, end = answer.interval(0.9)
    assert answer.within(start, end) == pytest.approx(0.9, abs=0.004)
    assert answer.below(0) == 0 and answer.above(math.inf) == 0


ZEROS = st.lists(st.integers(-(10**6), 10**6).map(float), min_size=1, max_size=5)


@settings(deadline=None, max_examples=40)
@given(ZEROS, st.sampled_from([1e-6, 0.01, 1000.0]))
def test_no_unit_changes_an_answer_around_zero(values, factor):
    values = [*values, 0.0]
    answers = []
    for times in (1.0, factor):
        scale = scale_of([value * times for value in values], 5000.0 * times)
        told = [said(f"r{place}", value * times) for place, value in enumerate(values)]
        answers.append(pool(told, drift=0.03, shared=0.2, scale=scale))
    one, other = answers
    assert other.median == pytest.approx(one.median * factor, rel=1e-6, abs=1e-6 * factor)
    assert other.below(5000.0 * factor) == pytest.approx(one.below(5000.0), abs=1e-6)


def test_zero_told_three_times_is_a_finding_of_zero():
    scale = scale_of([0, 0, 0], 5000)
    told = [said(name, 0.0, party=name) for name in "abc"]
    answer = pool(told, drift=0.0, shared=0.2, scale=scale)
    assert answer.median == pytest.approx(0.0, abs=1e-6) and answer.interval()[0] == 0.0
    assert judged(answer, 4000, 6000, 5000) == "refuted below"
    nothing = pool(told, drift=0.0, shared=0.0, scale=scale_of([0, 0, 0], 0))
    assert judged(nothing, 0, 0, 0) == "supported"
    assert (nothing.median, nothing.interval(), nothing.within(0, 0)) == (0.0, (0.0, 0.0), 1.0)


def test_below_zero():
    scale = scale_of([-20.0, -25.0, 3.0])
    assert scale == Scale(unit=20.0, floor=-math.inf)
    answer = pool([said("a", -20.0), said("b", -25.0, party="b")], drift=0.0, shared=0.1, scale=scale)
    assert -26 < answer.median < -19
    assert answer.below(0) > 0.9


def test_a_claimed_range():
    sure = pool(
        [said(name, 1000, party=name, error=0.02) for name in "abcd"], drift=0.0, shared=0.0, lean=0.02
    )
    assert judged(sure, 900, 1100, 1000) == "supported"
    assert judged(sure, 1200, 1500, 1350) == "refuted below"
    assert judged(sure, 500, 800, 650) == "refuted above"
    assert judged(sure, 500, math.inf, 500) == "supported"
    assert judged(sure, 1010, 1200, 1100) == "open"
    counts = [said(name, 1000, party=name, error=0.1) for name in "abc"]
    vague = pool(counts, drift=0.0, shared=0.2)
    # Three counts of exactly what is claimed are no disproof of it.
    assert judged(vague, 960, 1040, 1000) == "coarser"
