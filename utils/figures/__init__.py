"""The only way a notebook shows a picture.

`show` gives a figure its finding as title, a credit line and an alt text, and prints a fingerprint of what
was drawn. nbval does not compare pictures; it does compare the fingerprint, so that a run fails when the
drawing changes and only then. The fingerprint is made of data, labels and limits, never of pixels or
positions on the canvas, so that it does not depend on the platform.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import textwrap
import zlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, overload

import matplotlib
import numpy
from matplotlib import collections, image, lines, patches, text
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.category import StrCategoryFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FuncFormatter
from PIL import Image

from .. import prose
from . import drawn

if TYPE_CHECKING:
    import pandas
    from matplotlib.typing import RcKeyType
    from numpy.typing import NDArray

__all__ = [
    "ALERT",
    "CLOCK_COLOURS",
    "FAINT",
    "INK",
    "PARTY_COLOURS",
    "at",
    "fingerprint",
    "mark_day",
    "new",
    "party_colour",
    "show",
]

# Okabe and Ito's colours, which stay apart for colour-blind readers; a party has one colour everywhere.
PARTY_COLOURS = {
    "ua": "#0072B2",
    "ru": "#D55E00",
    "kp": "#CC79A7",
    "us": "#009E73",
    "kr": "#56B4E9",
    "nato": "#7A5195",
    "eu": "#B8860B",
    "none": "#5A5A5A",
}
INK, FAINT, PAPER = "#1B1B1B", "#6B6B6B", "#FFFFFF"
ALERT = "#A61C3C"  # what a reader should stop at; no party's colour
CLOCK_COLOURS = {"then": "#8A8A8A", "today": INK}
WIDTH = 6.4  # inches; wide enough for print, and the type stays legible on a narrow screen
DPI = 180
STYLE: dict[RcKeyType, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so it is the same everywhere
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.labelsize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "figure.facecolor": PAPER,
    "text.hinting": "none",  # so fine a grid needs none, and letters keep their distances
    "timezone": "UTC",
}


@overload
def new(*, height: float = ..., **options: Any) -> tuple[Figure, Axes]: ...
@overload
def new(
    rows: int, columns: int = ..., *, height: float = ..., **options: Any
) -> tuple[Figure, NDArray[numpy.object_]]: ...
def new(
    rows: int = 1, columns: int = 1, *, height: float = 4.0, **options: Any
) -> tuple[Figure, Axes | NDArray[numpy.object_]]:
    """A figure of the house's width and style, and its axes as `matplotlib.pyplot.subplots` returns them.

    height: in inches. Other options go to ``subplots``. pyplot does not know the figure: it is drawn once,
    when `show` saves it, and not after each layer of a map.
    """
    matplotlib.rcParams.update(STYLE)
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **options)


def at(when: date | timedelta) -> Any:
    """A day, or a span of days, on an axis: matplotlib takes it, and its type hints know numbers alone."""
    return when


def party_colour(party: str) -> str:
    """The colour of a party; the one of "none" for a party that has no colour of its own."""
    return PARTY_COLOURS.get(party, PARTY_COLOURS["none"])


def mark_day(axes: Axes, when: date, label: str, *, top: float = 0.99) -> None:
    """A named vertical line on an axis of days; `top` is the height of its name as a share of the axes."""
    axes.axvline(at(when), color=FAINT, linewidth=1, linestyle=(0, (4, 3)))
    axes.annotate(
        label,
        (when, top),
        xycoords=("data", "axes fraction"),
        xytext=(4, 0),
        textcoords="offset points",
        va="top",
        fontsize=9.5,
        color=FAINT,
    )


def show(
    figure: Figure, *, title: str, alt: str, sources: prose.Rows, data: pandas.DataFrame | None = None
) -> None:
    """Show a figure with its finding, its alt text, its credit, its table and its fingerprint.

    title: the finding, as a sentence. alt: what a listener needs instead of the picture, as a sentence of
    20 characters or more. sources: the rows of the archive that it rests on. data: the table behind it, where
    it tells more than the one read off the drawing. ValueError for a title or an alt text that cannot serve.
    """
    _check_words(title, alt)
    credit = f"Sources: {prose.credit(sources)}."
    figure.suptitle(textwrap.fill(title, 56), x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK)
    figure.supxlabel(textwrap.fill(credit, 96), x=0.01, ha="left", fontsize=8, color=FAINT)
    print_ = fingerprint(figure)
    table = drawn.as_csv(figure) if data is None else data.to_csv(index=False, lineterminator="\n")
    _display(_picture(figure), title, alt, credit, print_, table)


def _picture(figure: Figure) -> bytes:
    """The figure as a PNG of `DPI` dots an inch.

    `Figure.savefig` would draw it twice, once without ink to find the layout, which drawing finds itself, and
    would write for every pixel that it is opaque. Few colours in large areas are best packed without a
    filter, and then more effort hardly makes the file smaller.
    """
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = io.BytesIO()
    Image.fromarray(numpy.asarray(canvas.buffer_rgba())).convert("RGB").save(
        picture,
        format="png",
        dpi=(DPI, DPI),
        compress_type=zlib.Z_DEFAULT_STRATEGY,
        compress_level=zlib.Z_BEST_SPEED,
    )
    return picture.getvalue()


def _check_words(title: str, alt: str) -> None:
    if len(title) < 20 or title != title.strip():
        raise ValueError(f"a title that states the finding, not {title!r}")
    if len(alt) < 20 or not alt.endswith(".") or " " not in alt:
        raise ValueError(f"an alt text that is a sentence of 20 characters or more, not {alt!r}")
    if alt.rstrip(".") == title.rstrip("."):
        raise ValueError("an alt text that says what the picture shows, not the title again")


def _display(picture: bytes, title: str, alt: str, credit: str, print_: str, table: str) -> None:
    """One output: the picture, and all that belongs to it beside it."""
    from IPython.display import display

    told = {"title": title, "alt": alt, "credit": credit, "fingerprint": print_, "table": table}
    display(
        {
            prose.FIGURE_MIME: told,
            "image/png": base64.b64encode(picture).decode(),
            "text/plain": f"{title}\n{alt}\n{credit}\nFingerprint: {print_}",
        },
        metadata={"image/png": {"alt": alt, "width": int(WIDTH * 100)}},
        raw=True,
    )


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
    raise TypeError(f"a fingerprint of {name} is not defined; teach utils.figures what it draws")


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
