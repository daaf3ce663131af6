"""The picture that stands for the site where somebody links to it: the board as two rows of marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .. import figures
from ..figures.labels import LABEL_COLOURS
from ..results import Results
from ..words import CONFLICTING, NOT_CHECKED, NOT_ENOUGH, REFUTED, SUPPORTED, counted, written_day

__all__ = ["write"]

# Shape and colour both tell the label, as on the board.
MARKS = {
    SUPPORTED: ("o", "full"),
    REFUTED: ("X", "full"),
    CONFLICTING: ("o", "left"),
    NOT_ENOUGH: ("o", "none"),
    NOT_CHECKED: ("s", "none"),
}
SIZE, DOTS = (12.0, 6.3), 100  # inches and dots an inch: 1200 by 630, what most sites ask for


def write(results: Results, path: Path, title: str) -> None:
    """Draw the card and write it as a PNG without a trace of when or by which version."""
    archive, both = results.archive, results.both
    figure = Figure(figsize=SIZE, dpi=DOTS, facecolor=figures.PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 12), ylim=(0, 6.3))
    axes.set_axis_off()
    words: dict[str, Any] = {"family": "DejaVu Sans", "color": figures.INK}
    axes.text(0.7, 5.2, title, fontsize=44, fontweight="bold", va="center", **words)
    axes.text(
        0.7,
        4.35,
        f"{counted(len(archive.claims), 'claim')} of one news article, held against dated evidence",
        fontsize=21,
        va="center",
        **words,
    )
    days = (written_day(archive.article.published), f"As known on {written_day(archive.clock)}")
    for clock, (day, height) in enumerate(zip(days, (2.6, 1.1), strict=True)):
        axes.text(0.7, height + 0.62, day, fontsize=17, va="center", **words)
        for place, claim in enumerate(archive.claims):
            label = both[claim.id][clock].label
            marker, fill = MARKS[label]
            axes.plot(
                0.95 + place * 10.1 / max(1, len(archive.claims) - 1),
                height,
                marker,
                color=LABEL_COLOURS[label].tone,
                fillstyle=fill,
                markersize=25,
                markeredgewidth=2.5,
                markerfacecoloralt="white",
            )
    figure.savefig(path, format="png", metadata={"Software": None})
