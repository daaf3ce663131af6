"""Rows as tellings, by hand."""

import math
from datetime import timedelta

import pytest
from told import START, figure

from utils.checks.pool import pool
from utils.checks.scales import Z90, Scale
from utils.checks.tellings import (
    Telling,
    common_scale,
    completed,
    from_start,
    meant_for,
    spoken,
    starts,
    telling,
)

ERRORS = {"official": 0.15, "anonymous": 0.2, "count": 0.1, "model": 0.25}


def said(row, scale=None):
    return telling(row, "T", "p", 0, ERRORS, scale or common_scale([row]))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((50_000, None, None), (50_000, None, None)),
        ((None, 20_000, None), (None, 20_000, None)),
        ((None, None, 50_000), (None, None, 50_000)),
        ((10_000, 10_000, None), (None, 10_000, None)),
        ((4_000, None, 4_000), (None, None, 4_000)),
        ((700, 700, 1050), (700, None, None)),
        ((None, 100, 400), (pytest.approx(200), None, None)),
        ((1250, 1000, None), (1250, None, None)),
        ((None, 300, 300), (300, None, None)),
    ],
)
def test_what_is_a_figure_and_what_a_bound(numbers, expected):
    one = said(figure("a", "x", 0, *numbers))
    assert (one.value, one.at_least, one.at_most) == expected


def test_errors_of_a_telling():
    plain = said(figure("a", "x", 0, 50_000))
    assert (plain.error, plain.rounding) == (0.15, pytest.approx(10_000 / math.sqrt(12) / 50_000))
    ranged = said(figure("a", "x", 0, None, 100, 400))
    assert (ranged.error, ranged.rounding) == (pytest.approx(math.log(4) / (2 * Z90)), 0.0)
    bound = said(figure("a", "x", 0, None, 100, access="model"))
    assert (bound.error, bound.rounding) == (0.25, 0.0)
    exact = said(figure("a", "x", 0, 300, 300, 300, access="count"))
    assert exact.error == 0.1


def test_no_power_of_ten_changes_a_telling():
    for numbers in ((50_000.0, None, None), (None, 100.0, 400.0), (300.0, 200.0, 700.0)):
        small = [None if number is None else number / 1000 for number in numbers]
        one, other = said(figure("a", "x", 0, *numbers)), said(figure("a", "x", 0, *small))
        assert (one.error, one.rounding) == pytest.approx((other.error, other.rounding))
        assert one.value == pytest.approx(other.value * 1000)


def test_a_range_around_zero():
    row = figure("a", "x", 0, None, -100.0, 100.0)
    one = said(row, Scale(unit=100.0, floor=-math.inf))
    assert one.value == pytest.approx(0.0)
    assert one.error == pytest.approx(math.asinh(1) / Z90)


def stand(rows):
    """The rows that stand, where no teller rests on another."""
    return spoken(rows, lambda source: source)


def test_relays_and_later_words():
    first = figure("a", "ann", 0, 100, origin="O")
    relay = figure("b", "ben", 0, 100, origin="O", published=2)
    again = figure("c", "ben", 5, 120, origin="O")
    revised = figure("d", "ann", 0, 90, published=9)
    other = figure("e", "cem", 0, 80, published=10)
    silent = figure("f", "dora", 0, published=11)
    told = stand([first, relay, again, revised, other, silent])
    assert [(row.id, teller) for row, teller in told] == [("c", "ann"), ("d", "ann"), ("e", "cem")]
    assert [row.id for row, _ in stand([first, relay, again])] == ["a", "c"]
    vague = figure("g", "ann", 0, None, 50, published=3)
    assert [row.id for row, _ in stand([first, vague])] == ["a", "g"]
    assert [row.id for row, _ in stand([vague, revised])] == ["d"]
    same_day = figure("h", "ann", 0, 110)
    assert [row.id for row, _ in stand([first, same_day])] == ["a", "h"]


def test_who_rests_on_another_is_the_same_teller():
    first, sums = figure("a", "isw", 0, 100), figure("b", "afp", 0, 90, published=5)
    other = figure("c", "afp", 3, 80, published=6)
    rests_on = {"afp": "isw"}
    told = spoken([first, sums, other], lambda source: rests_on.get(source, source))
    assert [(row.id, teller) for row, teller in told] == [("b", "isw"), ("c", "isw")]


def test_the_day_of_a_total_is_its_last():
    row = figure("a", "x", 30, 100, since=0)
    assert meant_for(row, "total") == START + timedelta(days=30)
    assert meant_for(row, "rate") == START + timedelta(days=15)


def test_totals_of_other_starts_are_bounds():
    asked = START
    same = figure("a", "x", 30, 100, since=0)
    assert from_start(said(same), same, asked) == said(same)
    day = figure("b", "x", 30, 100)
    assert from_start(said(day), day, asked) == said(day)
    later = figure("c", "x", 30, 100, since=20)
    assert from_start(said(later), later, asked).at_least == 100
    earlier = figure("d", "x", 30, 100, since=-90)
    assert from_start(said(earlier), earlier, asked).at_most == 100
    assert from_start(said(later), later, None) == said(later)
    # Not more than so many since a later day: that says nothing of the total.
    vague = figure("e", "x", 30, None, None, 100, since=20)
    assert from_start(said(vague), vague, asked) is None
    assert starts([day, later, earlier], "total") == (earlier.valid_from, later.valid_from)
    assert starts([day], "total") == starts([later], "stock") == (None,)


def test_a_part_with_its_rest():
    rest = pool([Telling("r", "R", "q", 10_000, None, None, 0.1, 0.0, 0)], drift=0.0, shared=0.0)
    part = Telling("a", "A", "p", 40_000, None, None, 0.15, 0.05, 0)
    whole = completed(part, rest)
    assert whole.value == pytest.approx(50_000, rel=1e-3)
    assert whole.error == pytest.approx(math.hypot(0.15 * 0.8, rest.error * 0.2), rel=1e-3)
    assert whole.rounding == pytest.approx(0.05 * 0.8, rel=1e-3)
    least = completed(Telling("a", "A", "p", None, 40_000, None, 0.15, 0.0, 0), rest)
    assert (least.value, least.at_least) == (None, pytest.approx(50_000, rel=1e-3))
