"""What the picture of reliability draws."""

import matplotlib
import pytest

matplotlib.use("agg")
from utils import figures
from utils.calibration.run import Outcome
from utils.calibration.score import scores
from utils.charts import calibration
from utils.words import NOT_ENOUGH


def told(probability, count, holding, **changes):
    plain = {"world": "ramps", "method": "trend", "clock": "then", "case": "T", "label": NOT_ENOUGH}
    return [
        Outcome(**{**plain, **changes}, holds=place < holding, probability=probability, covered=None)
        for place in range(count)
    ]


def points(axes):
    """Stated and true share of every point drawn, by its colour."""
    return {
        container.lines[0].get_color(): list(zip(*container.lines[0].get_data(), strict=True))
        for container in axes.containers
    }


def test_a_point_is_a_tenth_with_enough_verdicts_and_has_its_clock_s_colour():
    _, axes = figures.new()
    drawn = scores(
        [
            *told(0.95, 40, 30),
            *told(0.95, 40, 20, world="bounds"),
            *told(0.35, 9, 9),
            *told(0.15, 20, 2, clock="today"),
        ]
    )
    calibration.reliability(axes, drawn)
    then, today = (points(axes)[figures.CLOCK_COLOURS[clock]] for clock in ("then", "today"))
    ((stated, true),) = then
    assert (stated, true) == (pytest.approx(0.95, abs=0.01), pytest.approx(50 / 80))
    ((stated, true),) = today
    assert (stated, true) == (pytest.approx(0.15, abs=0.01), pytest.approx(0.1))


def test_the_bar_of_a_point_is_its_interval():
    _, axes = figures.new()
    calibration.reliability(axes, scores(told(0.95, 40, 40)))
    ((low, high),) = [segment[:, 1] for bar in axes.containers for segment in bar.lines[2][0].get_segments()]
    assert high == 1.0 and low == pytest.approx(0.05 ** (1 / 40))


def test_every_method_has_a_panel_of_its_own():
    _, panels = figures.new(1, 2)
    drawn = scores([*told(0.95, 20, 10), *told(0.95, 20, 20, method="balance")])
    calibration.by_method(panels, drawn)
    assert [axes.get_title(loc="left") for axes in panels] == ["Trend", "Balance"]
    assert [len(axes.containers) for axes in panels] == [1, 1]
    with pytest.raises(ValueError):
        calibration.by_method(panels[:1], drawn)


def test_the_key_names_both_clocks():
    _, axes = figures.new()
    calibration.clock_key(axes)
    assert [words.get_text() for words in axes.get_legend().get_texts()] == [
        "on the day of the article",
        "today",
    ]
