"""The fingerprint of what a figure draws.

nbval does not compare pictures; it does compare the fingerprint, so that a run fails when the drawing changes
and only then. The fingerprint is made of data, labels and limits, never of pixels or positions on the canvas,
so that it does not depend on the platform.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import matplotlib
from matplotlib import collections, image, lines, patches, text
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FuncFormatter

from . import drawn

__all__ = ["fingerprint"]


def fingerprint(figure: Figure) -> str:
    """Sixteen hexadecimal digits of a SHA-256 over what the figure draws.

    Lines, bars, areas, points, images, their colours, all words, the names of ticks set by hand, scales and
    axis limits count, with numbers rounded to six significant digits. TypeError for an artist that this
    function cannot read, so that nothing drawn goes unseen.
    """
    others = [item for item in figure.get_children() if item is not figure.patch and item not in figure.axes]
    # Words on the canvas stand where the layout puts them, which is no part of the data.
    words = [item.get_text() if isinstance(item, text.Text) else _artist(item) for item in others]
    content = [words, [_axes(axes) for axes in figure.axes]]
    canonical = json.dumps(content, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _axes(axes: Axes) -> list[object]:
    titles = drawn.titles(axes)
    apart = {id(item) for item in (axes.patch, axes.xaxis, axes.yaxis, *axes.spines.values(), *titles)}
    inside = [_artist(item) for item in axes.get_children() if id(item) not in apart and item.get_visible()]
    return [
        [title.get_text() for title in titles],
        _numbers([*axes.get_xlim(), *axes.get_ylim()]),
        [axes.get_xscale(), axes.get_yscale(), axes.get_xlabel(), axes.get_ylabel()],
        [_tick_names(axes.xaxis), _tick_names(axes.yaxis)],
        inside,
    ]


def _tick_names(axis: Axis) -> list[object]:
    """Tick names set by hand or by categories. Others follow from limits and scale."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, FixedFormatter):
        return [list(formatter.seq), _numbers(axis.get_majorticklocs())]
    if isinstance(formatter, StrCategoryFormatter):
        return list(axis.units._mapping)
    if isinstance(formatter, FuncFormatter):
        # A function of one's own shows itself in what it makes of the limits.
        return [formatter(float(end), 0) for end in axis.get_view_interval()]
    return [type(formatter).__name__]


def _artist(item: object) -> list[object]:
    """What one artist draws, as plain data."""
    name = type(item).__name__
    if isinstance(item, text.Annotation):
        return [name, item.get_text(), _point(item, item.xy), _point(item, item.xyann)]
    if isinstance(item, text.Text):
        return [name, item.get_text(), _point(item, item.get_position())]
    if isinstance(item, lines.Line2D):
        style = [str(item.get_linestyle()), str(item.get_marker()), _colour(item.get_color())]
        return [name, _numbers(item.get_xydata()), style]
    if isinstance(item, patches.Patch):
        return [
            name,
            _numbers(item.get_patch_transform().transform(item.get_path().vertices)),
            _colour(item.get_facecolor()),
        ]
    if isinstance(item, collections.Collection):
        shapes = [_numbers(path.vertices) for path in item.get_paths()]
        values = [] if item.get_array() is None else _numbers(item.get_array())
        colours = [_colour(item.get_facecolor()), _colour(item.get_edgecolor())]
        return [name, shapes, _numbers(item.get_offsets()), values, colours]
    if isinstance(item, image.AxesImage):
        return [name, _numbers(item.get_array()), _numbers(item.get_extent())]
    if isinstance(item, matplotlib.legend.Legend):
        return [name, [word.get_text() for word in item.get_texts()]]
    raise TypeError(f"a fingerprint of {name} is not defined; teach utils.figures.fingerprints what it draws")


def _point(item: text.Text, point: tuple[Any, Any]) -> list[str]:
    """A place in numbers: days and categories as the axes count them."""
    axes = item.axes
    if axes is None:
        raise TypeError("words that stand on no axes have no place in numbers")
    return _numbers([axes.xaxis.convert_units(point[0]), axes.yaxis.convert_units(point[1])])


def _numbers(values: object) -> list[str]:
    """Nested lists of numbers as text of six significant digits; -0 and 0 are one."""
    return [f"{number + 0.0:.6g}" for number in drawn.filled(values).ravel()]


def _colour(colour: Any) -> list[str]:
    if isinstance(colour, str) and colour == "none":
        return []
    rgba = matplotlib.colors.to_rgba_array(colour)
    return [matplotlib.colors.to_hex(one, keep_alpha=True) for one in rgba]
