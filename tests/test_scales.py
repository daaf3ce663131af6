"""Scales on which numbers are pooled, and the step to which a number was rounded."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.checks.scales import LOG, Scale, rounding_step


@pytest.mark.parametrize("scale", [LOG, Scale(unit=7.0, floor=-math.inf)])
def test_a_scale_leads_back(scale):
    for number in (0.0003, 1.0, 50_000.0):
        assert scale.back(scale.of(number)) == pytest.approx(number)
        step = 1e-6 * number
        assert scale.share(step, number) == pytest.approx(
            scale.of(number + step) - scale.of(number), rel=1e-3
        )


def test_the_signed_scale_is_the_log_scale_far_from_zero():
    scale = Scale(unit=1.0, floor=0.0)
    assert scale.of(2e6) - scale.of(1e6) == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (500_000.0, 100_000),
        (0.5, 0.1),
        (0.0003, 0.0001),
        (3 * 0.1, 0.1),
        (12345.0, 1),
        (0.0, 0),
        (1e22, 1e22),
        (1e-300, 1e-300),
        (-250.0, 10),
    ],
)
def test_the_step_of_rounding(value, step):
    assert rounding_step(value) == pytest.approx(step, rel=1e-12)


@given(st.integers(1, 10**9), st.integers(-12, 6))
def test_no_power_of_ten_changes_the_rounding(value, power):
    assert rounding_step(value * 10.0**power) / (value * 10.0**power) == pytest.approx(
        rounding_step(float(value)) / value, rel=1e-9
    )
