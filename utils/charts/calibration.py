"""Reliability: what was stated against what was true, for claims whose truth was drawn.

A point on the diagonal keeps its word. Below it the engine is surer of a claim than it may be, above it less
sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy
from matplotlib.axes import Axes

from ..calibration.gate import band
from ..calibration.score import Score, Share, together
from ..figures import CLOCK_COLOURS, FAINT, INK
from ..figures.labels import LABEL_COLOURS
from ..verdicts import REFUTE_TO, SUPPORT_FROM
from ..words import REFUTED, SUPPORTED, share

__all__ = ["LEAST", "by_method", "clock_key", "reliability"]

LEAST = 10  # of fewer verdicts no share is drawn
CONFIDENCE = 0.90
CLOCKS = {"then": "on the day of the article", "today": "today"}
TICKS = (0, REFUTE_TO, 0.5, SUPPORT_FROM, 1)
APART = 0.012  # so that the clocks' points do not hide each other


def by_method(panels: Sequence[Axes], scores: Sequence[Score]) -> None:
    """One panel a method, in the order of the scores; the worlds together. ValueError for other numbers."""
    methods = list(dict.fromkeys(score.method for score in scores))
    for axes, method in zip(panels, methods, strict=True):
        reliability(axes, [score for score in scores if score.method == method])
        axes.set_title(method.capitalize(), loc="left", fontsize=10)


def reliability(axes: Axes, scores: Sequence[Score]) -> None:
    """The true share of each tenth of the stated probabilities, with its 90 % interval, on both clocks.

    Behind them are the tenths in which a claim is called Supported or Refuted, with the shares that the gate
    allows there.
    """
    _allowed(axes)
    axes.plot([0, 1], [0, 1], color=FAINT, linewidth=1)
    for place, clock in enumerate(CLOCKS):
        of_clock = [score for score in scores if score.clock == clock]
        if of_clock:
            tenths = [tenth for tenth in together(of_clock).deciles if tenth.count >= LEAST]
            _points(axes, tenths, CLOCK_COLOURS[clock], (place - 0.5) * APART)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xticks(TICKS, [share(tick) for tick in TICKS], fontsize=8.5)
    axes.set_yticks(TICKS, [share(tick) for tick in TICKS], fontsize=8.5)


def _allowed(axes: Axes) -> None:
    """The ground of each label, as wide as the probabilities that have it, as high as the gate allows."""
    for label, left, right in ((REFUTED, 0.0, REFUTE_TO), (SUPPORTED, SUPPORT_FROM, 1.0)):
        axes.fill_between([left, right], left, right, color=LABEL_COLOURS[label].ground, zorder=0)


def _points(axes: Axes, tenths: Sequence[Share], colour: str, shift: float) -> None:
    stated = numpy.array([tenth.stated for tenth in tenths])
    true = numpy.array([tenth.true for tenth in tenths])
    bands = numpy.array([band(tenth.holding, tenth.count, CONFIDENCE) for tenth in tenths]).reshape(-1, 2)
    reach = [numpy.clip(true - bands[:, 0], 0, None), numpy.clip(bands[:, 1] - true, 0, None)]
    axes.errorbar(stated + shift, true, yerr=reach, fmt="o", color=colour, markersize=4, linewidth=1.2)


def clock_key(axes: Axes, colours: Mapping[str, str] = CLOCK_COLOURS) -> None:
    """Which colour is which clock, above the axes."""
    for clock, words in CLOCKS.items():
        axes.plot([], [], "o", color=colours[clock], label=words)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.02), ncols=2, fontsize=9, labelcolor=INK)
