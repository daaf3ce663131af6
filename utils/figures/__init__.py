"""The only way a notebook shows a picture.

`show` gives a figure its finding as title, a credit line and an alt text, and prints a fingerprint of what
was drawn (`fingerprints`), together with the table of it (`drawn`).
"""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Any, overload

import numpy
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .. import prose
from ..mime import CREDIT_MIME, FIGURE_MIME, Caption
from . import drawn
from .fingerprints import fingerprint
from .screens import narrow, when_narrow
from .scripts import one_line_for_missing_signs
from .theme import (
    ALERT,
    CLOCK_COLOURS,
    FAINT,
    INK,
    NOBODY,
    PALE,
    PAPER,
    PARTY_COLOURS,
    SHADE,
    SMALL,
    TOLERANCE,
    colours_of,
    party_colour,
    set_theme,
)
from .vector import svg

if TYPE_CHECKING:
    import pandas
    from numpy.typing import NDArray

__all__ = [
    "ALERT",
    "CLOCK_COLOURS",
    "FAINT",
    "INK",
    "NOBODY",
    "PALE",
    "PAPER",
    "PARTY_COLOURS",
    "SHADE",
    "SMALL",
    "TOLERANCE",
    "at",
    "colours_of",
    "fingerprint",
    "mark_day",
    "new",
    "party_colour",
    "show",
    "when_narrow",
]

WIDTH = 6.4  # inches; wide enough for print, and the type stays legible on a narrow screen
DPI = 180
COLOURS = 128  # of a stored picture: lines, letters and their edges need no more
ANOTHER_PICTURE = (
    f"{prose.CHANGED}, this picture is not the one for which its title, its description and the text "
    "beside it were written: they may no longer follow."
)
WORTH = 2.0  # times the bytes: words that a search finds, and edges that stay sharp


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

    >>> figure, axes = new(height=3)
    >>> figure.get_size_inches().tolist()
    [6.4, 3.0]
    """
    set_theme()
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **options)


def at(when: date | timedelta) -> Any:
    """A day, or a span of days, on an axis: matplotlib takes it, and its type hints know numbers alone.

    >>> at(date(2024, 11, 12))
    datetime.date(2024, 11, 12)
    """
    return when


def mark_day(axes: Axes, when: date, label: str, *, top: float = 0.99) -> None:
    """A named vertical line on an axis of days; `top` is the height of its name as a share of the axes.

    >>> figure, axes = new()
    >>> mark_day(axes, date(2024, 11, 12), "the article")
    >>> axes.texts[0].get_text()
    'the article'
    """
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
    figure: Figure,
    *,
    title: str,
    alt: str,
    sources: prose.Rows,
    data: pandas.DataFrame | None = None,
    holds: bool = True,
    written_for: str | None = None,
) -> None:
    """Show a figure with its finding, its alt text, its credit, its table, its fingerprint and its drawings.

    title: the finding, as a sentence. alt: what a listener needs instead of the picture, as a sentence of
    20 characters or more. sources: the rows of the archive that it rests on. data: the table behind it, where
    it tells more than the one read off the drawing. holds: whether the title is true. written_for: the
    fingerprint of the picture for which title, alt text and the text beside it were written. Where the title
    is not true, or the picture is another, a note says so. ValueError for a title or an alt text that cannot
    serve.
    The figure is narrow afterwards.

    >>> figure, axes = new()
    >>> lines = axes.plot([1, 2, 3], [1, 4, 9])
    >>> title, alt = "Squares grow faster than numbers", "A line that rises ever steeper."
    >>> show(figure, title=title, alt=alt, sources=[])
    Squares grow faster than numbers
    ...
    """
    _check_words(title, alt)
    with one_line_for_missing_signs():
        _show(figure, title, alt, sources, data, holds, written_for)


def _show(
    figure: Figure,
    title: str,
    alt: str,
    sources: prose.Rows,
    data: pandas.DataFrame | None,
    holds: bool,
    written_for: str | None,
) -> None:
    """As `show`, with all words checked."""
    credit = f"Sources: {prose.credit(sources)}."
    print_ = fingerprint(figure)
    table = drawn.as_csv(figure) if data is None else data.to_csv(index=False, lineterminator="\n")
    wide = svg(figure)
    # In the report the title is beside the drawing, in a notebook it is in the picture.
    heading = textwrap.fill(title, 56)
    words = figure.suptitle(heading, x=0.01, ha="left", fontsize=13, fontweight="bold", color=INK)
    picture = _picture(figure)
    words.set_visible(False)
    words.set_in_layout(False)
    narrow(figure)
    drawings = {"wide": wide, "narrow": svg(figure)}
    if any(one is None or len(one) > WORTH * len(picture) for one in drawings.values()):
        drawings = {"wide": _text(picture), "narrow": _text(_picture(figure))}
    _display(picture, Caption(title, alt, credit, print_, table), drawings)
    if not holds:
        prose.untrue(f"{title}.")
    if written_for not in (None, print_):
        prose.note(ANOTHER_PICTURE)


def _text(picture: bytes) -> str:
    """A picture as a notebook holds it."""
    return base64.b64encode(picture).decode()


def _picture(figure: Figure) -> bytes:
    """The figure as a PNG of `DPI` dots an inch, in as many colours as it needs.

    `Figure.savefig` would draw it twice, once without ink to find the layout, which drawing finds itself, and
    would write for every pixel that it is opaque.
    """
    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = io.BytesIO()
    pixels = Image.fromarray(numpy.asarray(canvas.buffer_rgba())).convert("RGB")
    few = pixels.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(picture, format="png", dpi=(DPI, DPI), optimize=True)
    return picture.getvalue()


def _check_words(title: str, alt: str) -> None:
    if len(title) < 20 or title != title.strip():
        raise ValueError(f"a title that states the finding, not {title!r}")
    if len(alt) < 20 or not alt.endswith(".") or " " not in alt:
        raise ValueError(f"an alt text that is a sentence of 20 characters or more, not {alt!r}")
    if alt.rstrip(".") == title.rstrip("."):
        raise ValueError("an alt text that says what the picture shows, not the title again")


def _display(picture: bytes, caption: Caption, drawings: Mapping[str, str | None]) -> None:
    """Two outputs: the figure, with all that belongs to it; and a line below it for JupyterLab.

    JupyterLab shows of an output either its HTML or its picture, and no picture's alt text. The drawings are
    metadata, which nbval does not compare: where on the canvas something lies depends on the platform.
    """
    from IPython.display import display

    display(
        {
            FIGURE_MIME: caption.content,
            "image/png": _text(picture),
            "text/plain": f"{caption.title}\n{caption.alt}",
        },
        metadata={
            "image/png": {"alt": caption.alt, "width": int(WIDTH * 100)},
            FIGURE_MIME: dict(drawings),
        },
        raw=True,
    )
    display(
        {
            CREDIT_MIME: {"fingerprint": caption.fingerprint},
            "text/html": f"<p>{escape(caption.credit)}</p>"
            f"<details><summary>The picture in words</summary><p>{escape(caption.alt)}</p>"
            "<p>The tests tell by this fingerprint whether the drawing has changed: "
            f"<code>{escape(caption.fingerprint)}</code></p></details>",
            "text/plain": f"{caption.credit}\nFingerprint: {caption.fingerprint}",
        },
        raw=True,
    )
