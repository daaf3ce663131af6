"""The pictures that stand for pages where somebody links to them: the board as two rows of marks, and one a
claim with its answer and label."""

from __future__ import annotations

import functools
import io
import textwrap
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from PIL import Image

from .. import figures
from ..answers import Answered
from ..archive import Archive
from ..figures.labels import LABEL_COLOURS
from ..results import Results
from ..words import (
    CONFLICTING,
    LABELS,
    NOT_CHECKED,
    NOT_ENOUGH,
    REFUTED,
    SUPPORTED,
    Label,
    counted,
    foremost,
    kept_as,
    written_day,
)
from .directions import Isolating, lines_apart

__all__ = ["drawable", "undrawn", "write", "write_claims"]

# Shape and colour both tell the label, as on the board.
MARKS = {
    SUPPORTED: ("o", "full"),
    REFUTED: ("X", "full"),
    CONFLICTING: ("o", "left"),
    NOT_ENOUGH: ("o", "none"),
    NOT_CHECKED: ("s", "none"),
}
# Inches, and dots an inch: 1200 by 630, what most sites ask for; a card of a claim has half of that.
SIZE, DOTS, DOTS_OF_CLAIM = (12.0, 6.3), 100, 50
WORDS: dict[str, Any] = {"family": "DejaVu Sans", "color": figures.INK, "va": "center"}
# Words need few shades, and a card of few shades is small.
SHADES = 6


def write(results: Results, path: Path) -> None:
    """Draw the card of the site and write it as a PNG without a trace of when or by which version."""
    archive, both = results.archive, results.both
    figure, axes = _paper(DOTS)
    apart = Isolating(archive).text
    _title(axes, apart(drawable(archive.article.called) or f"A {archive.article.form}"))
    made = f"{counted(len(archive.claims), 'claim')} of one {archive.article.form}"
    axes.text(0.7, 4.6, f"{made}, held against dated evidence", fontsize=21, **WORDS)
    days = (written_day(archive.article.published), f"As known on {written_day(archive.clock)}")
    for clock, (day, height) in enumerate(zip(days, (3.0, 1.5), strict=True)):
        axes.text(0.7, height + 0.7, day, fontsize=17, **WORDS)
        for place, claim in enumerate(archive.claims):
            across = 0.95 + place * 10.1 / max(1, len(archive.claims) - 1)
            _mark(axes, across, height, both[claim.id][clock].label, 25)
            axes.text(across, height - 0.42, claim.id, fontsize=11, ha="center", **WORDS)
    shown = {both[claim.id][clock].label for claim in archive.claims for clock in (0, 1)}
    for place, label in enumerate(one for one in LABELS if one in shown):
        _mark(axes, 0.95 + place * 2.9, 0.5, label, 14)
        axes.text(1.2 + place * 2.9, 0.5, label, fontsize=14, **WORDS)
    figure.savefig(path, format="png", metadata={"Software": None}, pil_kwargs={"compress_level": 9})


def _title(axes: Axes, title: str) -> None:
    """The name of the report, in smaller letters and two lines where it is long."""
    size, letters = (44, 30) if len(title) <= 30 else (28, 50)
    axes.text(
        0.7, 5.4, _wrapped(title, letters, 2), fontsize=size, fontweight="bold", parse_math=False, **WORDS
    )


def write_claims(results: Results, folder: Path) -> None:
    """Draw a card for every checked claim: its wording, its answer of today and its label with firmness."""
    archive, apart = results.archive, Isolating(results.archive).text
    folder.mkdir(parents=True, exist_ok=True)
    for claim in archive.claims:
        if claim.is_checked:
            _, answered = results.answers[claim.id]
            wording = apart(drawable(claim.wording) or claim.id)
            answer = apart(drawable(answered.text) or answered.label_in_words)
            card = _of_claim(wording, answer, answered, f"As known on {written_day(archive.clock)}")
            (folder / f"{claim.id}.png").write_bytes(card)


def _of_claim(wording: str, answer: str, answered: Answered, day: str) -> bytes:
    figure, axes = _paper(DOTS_OF_CLAIM)
    top: dict[str, Any] = {**WORDS, "va": "top", "parse_math": False}
    axes.text(0.7, 5.8, _wrapped(f"Claim: {wording}", 58, 2), fontsize=22, **top)
    axes.text(0.7, 4.4, _wrapped(answer, 44, 4), fontsize=30, fontweight="bold", **top)
    label = kept_as(answered.label)
    _mark(axes, 0.95, 0.8, label, 25)
    axes.text(
        1.35, 0.8, answered.label_in_words, fontsize=26, **{**WORDS, "color": LABEL_COLOURS[label].tone}
    )
    axes.text(11.3, 0.8, day, fontsize=17, ha="right", **WORDS)
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    small = io.BytesIO()
    Image.open(drawn).convert("RGB").quantize(SHADES).save(small, format="PNG", optimize=True)
    return small.getvalue()


def undrawn(archive: Archive) -> str:
    """Which words no card can show, in a line for the person who builds the report; empty for none."""
    lacking = [claim.id for claim in archive.claims if claim.is_checked and drawable(claim.wording) is None]
    title = [] if drawable(archive.article.called) else ["the title"]
    if not lacking + title:
        return ""
    shown = foremost([*title, *lacking], 5)
    return (
        f"card.png, cards: the font of the cards lacks signs of {shown}; ids or the form stand in their place"
    )


def drawable(text: str) -> str | None:
    """A text that the font of the cards can draw; None where it has no signs for it, as for Chinese."""
    return text if all(ord(sign) in _signs() for sign in text if not sign.isspace()) else None


@functools.cache
def _signs() -> frozenset[int]:
    return frozenset(get_font(findfont(WORDS["family"])).get_charmap())


def _paper(dots: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=SIZE, dpi=dots, facecolor=figures.PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 12), ylim=(0, 6.3))
    axes.set_axis_off()
    return figure, axes


def _mark(axes: Axes, across: float, height: float, label: Label, size: float) -> None:
    marker, fill = MARKS[label]
    axes.plot(
        across,
        height,
        marker,
        color=LABEL_COLOURS[label].tone,
        fillstyle=fill,
        markersize=size,
        markeredgewidth=size / 10,
        markerfacecoloralt="white",
    )


def _wrapped(text: str, width: int, lines: int) -> str:
    """A text in so many lines at most; what is longer ends in three dots."""
    return "\n".join(lines_apart(textwrap.wrap(text, width, max_lines=lines, placeholder=" …")))
