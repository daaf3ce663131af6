"""A figure once more for a narrow screen: as wide as a telephone, its words no smaller than on paper.

Long names of rows leave the side and stand above their row, keys stand above the axes, ticks that would touch
are left out, and words that would leave the picture are broken or moved. A drawing whose words are its whole
layout says itself how it is drawn narrow, by `when_narrow`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import QuadMesh
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import BboxBase

__all__ = ["WIDTH", "narrow", "when_narrow"]

WIDTH = 3.5  # inches, 252 points: on a screen of 360 pixels a point is 1.3 pixels
LEAST, TITLE = 9.0, 10.0  # points
LINE = 12.0  # points from a line of words to the next
SHORT = 9  # letters of a name that may stay at the side of an axis
SIDE, ACROSS, LETTERS = 16, 40, 34  # letters in a line: at the side, of a name above its row, of a title
FULL = 0.6  # bars of this height leave no room for words above them
GAP = 3.0  # points between two names of ticks

_ASKED: WeakKeyDictionary[Axes, tuple[Callable[[Axes], None] | None, float]] = WeakKeyDictionary()


def when_narrow(axes: Axes, draw: Callable[[Axes], None] | None = None, *, height: float = 1.0) -> None:
    """Draw these axes in another way when the figure is narrow, or make the figure of another height.

    draw: is given the empty axes. height: of the narrow figure, as a multiple of the wide one.
    """
    _ASKED[axes] = draw, height


def narrow(figure: Figure) -> None:
    """Turn a figure into the narrow one; it cannot be turned back."""
    height = figure.get_size_inches()[1]
    for axes in figure.axes:
        draw, taller = _ASKED.get(axes, (None, 1.0))
        height *= taller
        if draw is not None:
            axes.clear()
            draw(axes)
    for words in figure.findobj(Text):
        words.set_fontsize(min(max(LEAST, words.get_fontsize()), TITLE))
    # The panels of a column share its height.
    height += sum(max(map(_make_room, row)) for row in _rows(figure.axes)) / 72
    figure.set_size_inches(WIDTH, height)
    _lay_out(figure)
    for axes in figure.axes:
        _thin(axes)
    _lay_out(figure)
    for axes in figure.axes:
        for words in axes.texts:
            if words.get_text() and words.get_visible():
                _keep_inside(words, axes.bbox, figure.bbox, 72 / figure.dpi)


def _rows(every: Sequence[Axes]) -> list[list[Axes]]:
    """The axes of a figure by the row of panels in which they stand."""
    rows: dict[int, list[Axes]] = {}
    for axes in every:
        place = axes.get_subplotspec()
        rows.setdefault(place.rowspan.start if place else 0, []).append(axes)
    return list(rows.values())


def _make_room(axes: Axes) -> float:
    """Set title, names and key of axes for a narrow picture; returns the points by which it must grow."""
    place = axes.get_subplotspec()
    columns = place.get_gridspec().ncols if place else 1
    title = axes.get_title("left") or axes.get_title().strip()
    axes.set_title("")
    axes.set_title(textwrap.fill(title, LETTERS // columns), loc="left", fontsize=TITLE)
    axes.set_xlabel(textwrap.fill(axes.get_xlabel(), LETTERS))
    return _names(axes) + _key_above(axes)


def _lay_out(figure: Figure) -> None:
    """Find where everything lies on the canvas; nothing is drawn yet."""
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()


def _names(axes: Axes) -> float:
    """Put long names of rows above their rows, or in short lines at the side; returns the points to grow."""
    names = [words.get_text() for words in axes.get_yticklabels()]
    set_by_hand = isinstance(axes.yaxis.get_major_locator(), FixedLocator) and isinstance(
        axes.yaxis.get_major_formatter(), FixedFormatter | FuncFormatter
    )
    longest = max((len(line) for name in names for line in name.split("\n")), default=0)
    if not set_by_hand or not axes.axison or axes.get_yscale() == "log" or longest <= SHORT:
        return 0.0
    bars = [bar for one in axes.containers if isinstance(one, BarContainer) for bar in one.patches]
    full = any(isinstance(one, QuadMesh) for one in axes.collections) or bool(axes.images)
    if full or max((abs(bar.get_height()) for bar in bars), default=0.0) >= FULL or _crowded(bars):
        lines = [textwrap.fill(" ".join(name.split()), SIDE) for name in names]
        axes.set_yticks(axes.get_yticks(), lines, fontsize=LEAST)
        most = max(name.count("\n") + 1 for name in lines)
        return max(0.0, LINE * most * len(lines) - axes.bbox.height * 72 / axes.figure.dpi)
    return _names_above(axes, names, bars)


def _crowded(bars: Sequence[Rectangle]) -> bool:
    """Whether a row has several bars below each other."""
    heights = {round(bar.get_y() % 1, 2) for bar in bars}
    return len(heights) > 1


def _names_above(axes: Axes, names: Sequence[str], bars: Sequence[Rectangle]) -> float:
    half = max((abs(bar.get_height()) / 2 for bar in bars), default=0.0)
    low, high = axes.get_ylim()
    up = 1 if high > low else -1
    lines = [textwrap.fill(" ".join(name.split()), ACROSS) for name in names]
    ticks = zip(axes.get_yticks(), lines, axes.get_yticklabels(), strict=True)
    for place, name, label in ticks:
        axes.annotate(
            name,
            (0, place + up * half),
            xycoords=axes.get_yaxis_transform(),
            xytext=(1, 1 if bars else 5),
            textcoords="offset points",
            va="bottom",
            fontsize=LEAST,
            fontweight=label.get_fontweight(),
        )
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    # Room for the name of the top row.
    axes.set_ylim(low, high + 0.45 * up)
    return 0.8 * LINE * sum(name.count("\n") + 1 for name in lines)


def _key_above(axes: Axes) -> float:
    """Put a key above the axes, in as many columns as it has room for; returns the points that it takes."""
    legend = axes.get_legend()
    if legend is None or axes.get_aspect() != "auto":
        return 0.0
    words = [one.get_text() for one in legend.get_texts()]
    columns = max(1, min(3, ACROSS // (max(map(len, words)) + 5)))
    above = axes.legend(
        handles=legend.legend_handles,
        labels=words,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        fontsize=LEAST,
        columnspacing=1.0,
        handlelength=1.2,
        handletextpad=0.4,
        labelspacing=0.25,
        borderaxespad=0.2,
    )
    # The layout would narrow the axes for a wide key; blank lines below the title keep its height.
    above.set_in_layout(False)
    rows = -(-len(words) // columns)
    title = axes.get_title("left")
    axes.set_title("\n".join([*([title] if title else []), *[" "] * rows]), loc="left", fontsize=TITLE)
    return LINE * rows


def _thin(axes: Axes) -> None:
    """Leave out the names of ticks that would touch the one before, from the left."""
    locator = axes.xaxis.get_major_locator()
    if isinstance(locator, MaxNLocator):
        locator.set_params(nbins=4)
        return
    end = float("-inf")
    for words in axes.get_xticklabels():
        box = words.get_window_extent()
        if words.get_text() and words.get_visible():
            words.set_visible(box.x0 >= end + GAP)
            end = box.x1 if words.get_visible() else end


def _keep_inside(words: Text, panel: BboxBase, whole: BboxBase, points: float) -> None:
    """Break words that would leave the picture, and move them by what is still outside."""
    box = words.get_window_extent()
    inside = panel.x0 <= (box.x0 + box.x1) / 2 <= panel.x1
    left = panel.x0 if inside and words.get_horizontalalignment() != "left" else whole.x0
    over = max(box.x1 - whole.x1, left - box.x0)
    if over <= 0:
        return
    text = words.get_text()
    if "\n" not in text and len(text) > SIDE:
        words.set_text(textwrap.fill(text, max(SIDE, int(len(text) * (1 - over / box.width)))))
        box = words.get_window_extent()
    shift = min(0.0, whole.x1 - 1 - box.x1) + max(0.0, left + 1 - box.x0)
    if isinstance(words, Annotation) and words.anncoords == "offset points":
        words.xyann = (words.xyann[0] + shift * points, words.xyann[1])
    elif shift and not isinstance(words, Annotation):
        place = words.get_position()
        numbers = words.convert_xunits(place[0]), words.convert_yunits(place[1])
        across, up = words.get_transform().transform(numbers)
        words.set_position(tuple(words.get_transform().inverted().transform((across + shift, up))))
