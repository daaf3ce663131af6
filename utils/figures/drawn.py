"""What a figure draws, as a table: the numbers behind a picture, for those who cannot read them off it.

One line for each point, bar, band, mark or word: in which panel, of what kind, under which name, where on
the axes (days as days, categories by name), and the words that stand there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy
from matplotlib import collections, image, lines, patches, text
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.colors import same_color
from matplotlib.dates import DateConverter, num2date
from matplotlib.figure import Figure
from matplotlib.spines import Spine
from matplotlib.ticker import FixedFormatter, FuncFormatter

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["COLUMNS", "as_csv", "filled", "titles"]

MOST_ENDS = 4  # a line with more is the outline of a shape
# A line of the table without its panel.
Line = tuple[str, ...]
COLUMNS = ("panel", "kind", "name", "x", "y", "low", "high", "text")


def as_csv(figure: Figure) -> str:
    """The drawn table of a figure as CSV with the columns `COLUMNS`.

    low and high are the ends of a bar or a band where it has two. Numbers have six significant digits, as in
    the fingerprint. An image is one line a cell; a shape on a map is told by its middle.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, axes in enumerate(figure.axes, 1):
        name = axes.get_title() or axes.get_title("left") or str(number)
        for item in axes.get_children():
            if item.get_visible():
                for kind, *cells in _lines(axes, item):
                    writer.writerow([name, kind, *cells])
    return table.getvalue()


def _lines(axes: Axes, item: object) -> Iterator[Line]:
    """What one artist draws, as lines of the table without their panel."""
    label = getattr(item, "get_label", str)()
    name = "" if str(label).startswith("_") else str(label)
    if isinstance(item, text.Annotation):
        yield ("words", name, *_place(axes, item.xy, item.xycoords), "", "", item.get_text())
    elif isinstance(item, text.Text):
        # Titles and empty words are no part of the table.
        if item.get_text() and item not in titles(axes):
            yield ("words", name, *_place(axes, item.get_position(), "data"), "", "", item.get_text())
    elif isinstance(item, lines.Line2D):
        yield from _line(axes, item, name)
    elif isinstance(item, patches.Rectangle) and item is not axes.patch:
        yield _bar(axes, item, name)
    elif isinstance(item, collections.QuadMesh):
        yield from _mesh(axes, item, name)
    elif isinstance(item, collections.Collection):
        yield from _collection(axes, item, name)
    elif isinstance(item, image.AxesImage):
        for (row, column), value in numpy.ndenumerate(filled(item.get_array())):
            yield "cell", name, str(column), str(row), "", "", _number(value)
    elif isinstance(item, patches.Patch) and item is not axes.patch and not isinstance(item, Spine):
        yield from _shape(axes, item.get_patch_transform().transform(item.get_path().vertices), name, "")


def titles(axes: Axes) -> tuple[text.Text, text.Text, text.Text]:
    """The titles in the middle, on the left and on the right."""
    # matplotlib has no public name for the last two, only for their words.
    return axes.title, axes._left_title, axes._right_title  # type: ignore[attr-defined]


def filled(values: Any) -> NDArray[numpy.float64]:
    """Numbers as floats, nan where they are masked."""
    numbers: NDArray[numpy.float64] = numpy.ma.filled(numpy.ma.asarray(values, dtype=float), numpy.nan)
    return numbers


def _line(axes: Axes, line: lines.Line2D, name: str) -> Iterator[Line]:
    # A line over the whole height or width marks one place on the other axis.
    across = line.get_transform() == axes.get_xaxis_transform(which="grid")
    along = line.get_transform() == axes.get_yaxis_transform(which="grid")
    points = numpy.asarray(line.get_xydata(), dtype=float)
    name = name or _in_legend(axes, line)
    for x, y in points[:1] if across or along else points:
        kind = "mark" if across or along else "point"
        yield (
            kind,
            name,
            "" if along else _on(axes.xaxis, x),
            "" if across else _on(axes.yaxis, y),
            "",
            "",
            "",
        )


def _in_legend(axes: Axes, line: lines.Line2D) -> str:
    """The name that the legend gives to the colour of a line."""
    legend = axes.get_legend()
    for handle, words in zip(legend.legend_handles, legend.get_texts(), strict=True) if legend else ():
        if isinstance(handle, lines.Line2D) and same_color(handle.get_color(), line.get_color()):
            return words.get_text()
    return ""


def _bar(axes: Axes, bar: patches.Rectangle, name: str) -> Line:
    """A bar by its middle on the axis that it stands on and its two ends on the other."""
    x, y, width, height = bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()
    container = next((one for one in axes.containers if bar in getattr(one, "patches", ())), None)
    if container is not None and container.get_label() and not str(container.get_label()).startswith("_"):
        name = str(container.get_label())
    if getattr(container, "orientation", "vertical") == "horizontal":
        return (
            "bar",
            name,
            "",
            _on(axes.yaxis, y + height / 2),
            _on(axes.xaxis, x),
            _on(axes.xaxis, x + width),
            "",
        )
    if container is None:
        kind, places = "area", (_on(axes.xaxis, x), _on(axes.yaxis, y), "", _on(axes.xaxis, x + width), "")
        return (kind, name, *places)
    return (
        "bar",
        name,
        _on(axes.xaxis, x + width / 2),
        "",
        _on(axes.yaxis, y),
        _on(axes.yaxis, y + height),
        "",
    )


def _collection(axes: Axes, item: collections.Collection, name: str) -> Iterator[Line]:
    values = item.get_array()
    if isinstance(item, collections.PathCollection):
        for place, (x, y) in enumerate(filled(item.get_offsets())):
            value = "" if values is None or place >= len(values) else _number(values[place])
            yield "point", name, _on(axes.xaxis, x), _on(axes.yaxis, y), "", "", value
    elif isinstance(item, collections.FillBetweenPolyCollection):
        yield from _band(axes, item, name)
    else:
        for place, path in enumerate(item.get_paths()):
            value = "" if values is None or place >= len(values) else _number(numpy.ravel(values)[place])
            yield from _shape(axes, filled(path.vertices), name, value)


def _shape(axes: Axes, ends: NDArray[numpy.float64], name: str, value: str) -> Iterator[Line]:
    """A line by its ends. The outline of a land or a cell is no data: where it lies is, and its value."""
    kind = "line" if len(ends) <= MOST_ENDS else "shape"
    middle = [(ends.min(axis=0) + ends.max(axis=0)) / 2]
    for x, y in ends if kind == "line" else middle:
        yield kind, name, _on(axes.xaxis, x), _on(axes.yaxis, y), "", "", value


def _band(axes: Axes, item: collections.FillBetweenPolyCollection, name: str) -> Iterator[Line]:
    """A band by its two ends at each place."""
    ends: dict[float, list[float]] = {}
    for path in item.get_paths():
        for x, y in filled(path.vertices):
            ends.setdefault(float(x), []).append(float(y))
    for x, heights in sorted(ends.items()):
        low, high = _on(axes.yaxis, min(heights)), _on(axes.yaxis, max(heights))
        yield "band", name, _on(axes.xaxis, x), "", low, high, ""


def _mesh(axes: Axes, item: collections.QuadMesh, name: str) -> Iterator[Line]:
    """The cells of a grid by their middles."""
    corners = filled(item.get_coordinates())
    middles = (corners[:-1, :-1] + corners[1:, 1:]) / 2
    values = filled(item.get_array()).reshape(-1)
    for (x, y), value in zip(middles.reshape(-1, 2), values, strict=True):
        yield "cell", name, _on(axes.xaxis, x), _on(axes.yaxis, y), "", "", _number(value)


def _place(axes: Axes, point: tuple[Any, Any], coordinates: object) -> tuple[str, str]:
    """Where words stand; nothing for an axis on which they have no place in the data."""
    of = coordinates if isinstance(coordinates, tuple) else (coordinates, coordinates)
    x, y = (
        _on(axis, axis.convert_units(value)) if kind == "data" else ""
        for axis, value, kind in zip((axes.xaxis, axes.yaxis), point, of, strict=True)
    )
    return x, y


def _on(axis: Axis, value: float) -> str:
    """A place on an axis: a day, the name of a category or tick, or a number."""
    value = float(value)
    if not numpy.isfinite(value):
        return ""
    if isinstance(axis.get_converter(), DateConverter | matplotlib.dates._SwitchableDateConverter):
        moment = num2date(value)
        return f"{moment:%Y-%m-%d}" if value == int(value) else f"{moment:%Y-%m-%dT%H:%M}"
    formatter = axis.get_major_formatter()
    names: dict[float, str] = {}
    if isinstance(formatter, StrCategoryFormatter):
        names = {place: name for name, place in axis.units._mapping.items()}
    elif isinstance(formatter, FixedFormatter):
        names = dict(zip(map(float, axis.get_majorticklocs()), formatter.seq, strict=False))
    elif isinstance(formatter, FuncFormatter) and isinstance(formatter.func, partial):
        # Names set together with their ticks.
        (names,) = formatter.func.args
    return names.get(value) or _number(value)


def _number(value: float) -> str:
    return "" if not numpy.isfinite(value) else f"{float(value) + 0.0:.6g}"
