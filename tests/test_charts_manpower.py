"""What the drawings of manpower compute, with answers worked out by hand."""

import pandas
import pytest

from utils import figures
from utils.charts import manpower
from utils.checks import sides


def test_a_rate_a_day_comes_from_the_days_that_a_figure_covers(archive):
    covers = {"ru_recruits_per_month": 30.4, "ru_recruits_cumulative": None, "ru_recruits_per_day": 1}
    rows = [archive.rows[name] for name in ("S262", "S133", "S538", "S535")]
    told = manpower.per_day(archive.frame(rows), covers).set_index("id")
    assert told.point["S262"] == pytest.approx(30_000 / 30.4)
    # 190,000 from 1 January to 30 June 2024, a leap year.
    assert told.point["S133"] == pytest.approx(190_000 / 182)
    assert told.point["S538"] == pytest.approx((25_000 * 30_000) ** 0.5 / 30.4)
    assert told.from_rate["S538"] == pytest.approx(25_000 / 30.4)
    # A single bound has no point.
    assert pandas.isna(told.point["S535"]) and told.to_rate["S535"] == 1000


def test_a_pair_grows_by_what_came_less_what_was_lost_for_good():
    growth = manpower.pairs({"high": 1200, "low": 700}, {"many": 1500.0, "few": 1000.0}, lost=0.5, days=10)
    assert growth.loc["high"].to_dict() == {"many": 4500, "few": 7000}
    assert growth.loc["low", "many"] == -500


def test_rates_are_named_by_who_told_first_and_ordered_by_publication(archive):
    asked = archive.claim("C11").parameters("recruits_and_losses")
    told = sides.rates(archive, asked, asked.losses)
    named = manpower.named_rates(archive, told)
    assert len(named) == len(told)
    # A British minister passed the figure on; it is still Kyiv's.
    assert next(name for name, rate in named.items() if rate.origin == "GSU-daily").startswith(
        "General Staff"
    )
    days = [archive.rows[rate.row].published for rate in named.values()]
    assert days == sorted(days)


def test_a_rate_published_after_the_clock_has_an_open_mark(archive):
    asked = archive.claim("C11").parameters("recruits_and_losses")
    told = sides.rates(archive, asked, asked.recruits)
    clock = archive.article.published
    _, axes = figures.new()
    manpower.rates(axes, archive, told, clock)
    open_ = [line for line in axes.lines if line.get_markerfacecolor() == figures.PAPER]
    late = sum(archive.rows[rate.row].published > clock for rate in told)
    assert 0 < late == len(open_) < len(told)


def test_a_round_rate_has_a_wide_range():
    known = {"party": "ru", "belligerent": True, "counted": False, "error": 0.15, "row": "S534"}
    rate = sides.Rate(origin="MED-2024-07", teller="medvedev", per_day=1000.0, rounding=0.2, **known)
    assert manpower.range_of(rate) == pytest.approx((1000 / 1.5087, 1000 * 1.5087), rel=1e-4)


def test_the_frame_of_the_grid_goes_around_the_cells_of_the_convention():
    table = pandas.DataFrame(0.5, index=[0.4, 0.5, 0.6, 0.8, 0.9], columns=[20_000, 29_000, 36_000, 45_000])
    _, axes = figures.new()
    manpower.share_grid(axes, table, (0.5, 0.8), (29_000, 36_000))
    frame = axes.lines[-1]
    assert (min(frame.get_xdata()), max(frame.get_xdata())) == (1, 3)
    assert (min(frame.get_ydata()), max(frame.get_ydata())) == (1, 4)
