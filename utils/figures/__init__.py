"""The only way a notebook shows a picture.

`show` gives a figure its finding as title, a credit line and an alt text, and prints a fingerprint of what
was drawn (`fingerprints`), together with the table of it (`drawn`).
"""

from __future__ import annotations

import base64
import io
import textwrap
import zlib
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Any, overload

import matplotlib
import numpy
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .. import prose
from ..mime import CREDIT_MIME, FIGURE_MIME, Caption
from . import drawn
from .fingerprints import fingerprint

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
PACKED = 4  # zlib's level
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
    _display(_picture(figure), Caption(title, alt, credit, print_, table))


def _picture(figure: Figure) -> bytes:
    """The figure as a PNG of `DPI` dots an inch.

    `Figure.savefig` would draw it twice, once without ink to find the layout, which drawing finds itself, and
    would write for every pixel that it is opaque. Few colours in large areas are best packed without a
    filter; the level is the one from which more effort hardly makes the file smaller.
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
        compress_level=PACKED,
    )
    return picture.getvalue()


def _check_words(title: str, alt: str) -> None:
    if len(title) < 20 or title != title.strip():
        raise ValueError(f"a title that states the finding, not {title!r}")
    if len(alt) < 20 or not alt.endswith(".") or " " not in alt:
        raise ValueError(f"an alt text that is a sentence of 20 characters or more, not {alt!r}")
    if alt.rstrip(".") == title.rstrip("."):
        raise ValueError("an alt text that says what the picture shows, not the title again")


def _display(picture: bytes, caption: Caption) -> None:
    """Two outputs: the figure, with all that belongs to it; and a line below it for JupyterLab.

    JupyterLab shows of an output either its HTML or its picture, and no picture's alt text.
    """
    from IPython.display import display

    display(
        {
            FIGURE_MIME: caption.content,
            "image/png": base64.b64encode(picture).decode(),
            "text/plain": f"{caption.title}\n{caption.alt}",
        },
        metadata={"image/png": {"alt": caption.alt, "width": int(WIDTH * 100)}},
        raw=True,
    )
    display(
        {
            CREDIT_MIME: {"fingerprint": caption.fingerprint},
            "text/html": f"<p>{escape(caption.credit)} "
            f"Fingerprint <code>{escape(caption.fingerprint)}</code></p>"
            f"<details><summary>The picture in words</summary><p>{escape(caption.alt)}</p></details>",
            "text/plain": f"{caption.credit}\nFingerprint: {caption.fingerprint}",
        },
        raw=True,
    )
