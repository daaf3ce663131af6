"""Drawings for the notebooks; each draws on given axes and leaves words and credit to `figures.show`.

A party has its colour, a way of knowing its marker, and uncertainty is always drawn. What many notebooks use
is offered here; a subject's own drawings lie in its module.
"""

from .parts import Range, months, thousands
from .statements import (
    curves,
    estimate_by_day,
    finding_range,
    forest,
    growth,
    key,
    path_of_a_figure,
    relay_tree,
    timeline,
    witness_ranges,
)

__all__ = [
    "Range",
    "curves",
    "estimate_by_day",
    "finding_range",
    "forest",
    "growth",
    "key",
    "months",
    "path_of_a_figure",
    "relay_tree",
    "thousands",
    "timeline",
    "witness_ranges",
]
