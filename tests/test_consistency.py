"""Rules between the rows of a data folder: what they refuse, and what they let pass."""

from datetime import date
from statistics import median

import pytest
from cost import least
from hypothesis import given
from hypothesis import strategies as st

from utils.evidence import consistency


def row(archive, name, **cells):
    plain = {"id": name, "quantity": "nk_killed", "value": 100.0, "low": None, "high": None, "stance": None}
    plain |= {"origin": name, "source": "nis", "status": "sound", "published": date(2025, 1, 13)}
    plain |= {"valid_from": date(2025, 1, 13), "valid_to": date(2025, 1, 13)}
    return archive.rows["S019"].model_copy(update={**plain, **cells})


def said(*rows, quantities=None):
    found = consistency.problems(list(enumerate(rows)), quantities or {})
    return sorted((one.line, one.field) for one in found)


def test_one_teller_has_one_origin_for_one_thing_said_of_the_same_days(archive):
    assert said(row(archive, "A"), row(archive, "B", origin="A")) == []
    assert said(row(archive, "A"), row(archive, "B")) == [(1, "origin")]
    assert said(row(archive, "A"), row(archive, "B", status="garbled")) == []
    assert said(row(archive, "A"), row(archive, "B", source="us_dod")) == []
    assert said(row(archive, "A"), row(archive, "B", value=101.0)) == []


@pytest.mark.parametrize(("year", "problems"), [(2025, []), (2024, [(0, "valid_from"), (1, "valid_from")])])
def test_the_same_words_of_one_origin_are_meant_for_days_that_are_near(archive, year, problems):
    moved = {"valid_from": date(year, 1, 10), "valid_to": date(year, 1, 12)}
    assert said(row(archive, "A"), row(archive, "B", origin="A", **moved)) == problems


def test_a_figure_in_thousands_among_others_is_out_of_scale(archive):
    others = [row(archive, f"O{number}", value=float(number)) for number in (90, 100, 110)]
    assert said(*others, row(archive, "A", value=10_000.0)) == []
    assert said(*others, row(archive, "A", value=100_000.0)) == [(3, "value")]
    assert said(*others, row(archive, "A", value=None, low=1.0, high=100_000.0)) == [(3, "value")]
    # Two figures are no scale.
    assert said(*others[:2], row(archive, "A", value=100_000.0)) == []


@pytest.mark.parametrize(("kind", "value", "wrong"), [("stock", 1.0, True), ("stock", 1.1, False)])
def test_a_figure_far_below_the_others_is_out_of_scale(archive, kind, value, wrong):
    others = [row(archive, f"O{number}", value=float(number)) for number in (90, 100, 110)]
    quantities = {"nk_killed": archive.quantities["nk_killed"].model_copy(update={"kind": kind})}
    found = said(*others, row(archive, "A", value=value), quantities=quantities)
    assert found == ([(3, "value")] if wrong else [])


@pytest.mark.parametrize(("value", "wrong"), [(0.1, True), (0.11, False), (0.0, False)])
def test_a_running_total_may_begin_small(archive, value, wrong):
    others = [row(archive, f"O{number}", value=float(number)) for number in (90, 100, 110)]
    assert archive.quantities["nk_killed"].kind == "total"
    found = said(*others, row(archive, "A", value=value), quantities=archive.quantities)
    assert found == ([(3, "value")] if wrong else [])


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=3), min_size=2, max_size=9), st.data())
def test_the_median_of_the_others_is_that_of_a_list_without_them(rows, data):
    own = data.draw(st.sampled_from(rows))
    others = sorted(number for row in rows for number in row)
    every = others.copy()
    for number in own:
        others.remove(number)
    if others:
        assert consistency._median_without(every, own) == median(others)


@pytest.mark.long
def test_ten_times_the_rows_cost_about_ten_times_as_much(archive):
    def cost(many):
        rows = [row(archive, f"R{number}", value=100.0 + number % 7, origin="A") for number in range(many)]
        rows[many // 2] = rows[many // 2].model_copy(update={"value": 100_000.0})
        assert said(*rows) == [(many // 2, "value")]
        return least(lambda: said(*rows))

    # A row held against every other would cost a hundred times as much.
    assert cost(30_000) < 30 * cost(3_000)
