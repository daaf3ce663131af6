"""The colours of the labels: in charts, on the card and, by `style_sheet`, on the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..words import (
    CONFLICTING,
    LABELS,
    NOT_CHECKED,
    NOT_ENOUGH,
    REFUTED,
    SUPPORTED,
    TOLD,
    Label,
    Told,
    kept_as,
    slug,
)

__all__ = ["LABEL_COLOURS", "LabelColour", "style_sheet"]


@dataclass(frozen=True)
class LabelColour:
    """tone: of marks and edges. ground: below words. filled: whether a bar has the tone, not the ground.

    dark_tone, dark_ground: the same on the site's dark pages; charts are drawn on white paper everywhere.
    """

    tone: str
    ground: str
    dark_tone: str
    dark_ground: str
    filled: bool = False

    @property
    def bar(self) -> dict[str, Any]:
        """Face and edge of a bar, as matplotlib's patches take them."""
        return {"facecolor": self.tone if self.filled else self.ground, "edgecolor": self.tone}

    @property
    def ink(self) -> str:
        """The colour of words on such a bar."""
        return "#FFFFFF" if self.filled else self.tone


LABEL_COLOURS = {
    SUPPORTED: LabelColour("#0b5d3f", "#dcece4", "#6fd6ab", "#17382b", filled=True),
    REFUTED: LabelColour("#9c3300", "#f6e0d4", "#ff9f73", "#45251a", filled=True),
    CONFLICTING: LabelColour("#6b4a00", "#f3e8c8", "#f0c862", "#3d3216"),
    NOT_ENOUGH: LabelColour("#4f4f4f", "#eceae6", "#c6c6c6", "#2c2e33"),
    NOT_CHECKED: LabelColour("#4f4f4f", "#eceae6", "#c6c6c6", "#2c2e33"),
}


def style_sheet() -> str:
    """The colours of the labels for the site: as custom properties on light and on dark pages, and the rules
    that give them to badges, to marks, and to the bars of a history with their words."""
    light, dark = (_properties(theme) for theme in ("light", "dark"))
    return "\n".join(
        [
            "/* Written by utils/figures/labels.py; the charts have the same colours. */",
            f"body {{\n{light}\n}}",
            f'@media not print {{\nbody[data-theme="dark"] {{\n{dark}\n}}\n}}',
            "@media not print {\n@media (prefers-color-scheme: dark) {\n"
            f'body:not([data-theme="light"]) {{\n{dark}\n}}\n}}\n}}',
            *(rule for label in LABELS for rule in _rules(label)),
            *(rule for told in TOLD if told not in LABELS for rule in _rules(kept_as(told), told)),
            "",
        ]
    )


def _properties(theme: str) -> str:
    lines = []
    for label, colour in LABEL_COLOURS.items():
        light = (colour.tone, colour.ground)
        tone, ground = light if theme == "light" else (colour.dark_tone, colour.dark_ground)
        lines.append(f"  --ft-{slug(label)}: {tone}; --ft-{slug(label)}-ground: {ground};")
    return "\n".join(lines)


def _rules(label: Label, told: Told | None = None) -> list[str]:
    """A bar and its words are as in a chart; white paper is the ground of the page. told: the readers' label
    that has the colours of this one."""
    name = slug(label)
    tone, ground = f"var(--ft-{name})", f"var(--ft-{name}-ground)"
    filled = LABEL_COLOURS[label].filled
    face, ink = (tone, "var(--color-background-primary)") if filled else (ground, tone)
    own = slug(told or label)
    return [
        f".badge-{own}, .mark-{own} {{ --tone: {tone}; --ground: {ground}; }}",
        f".run-{own} {{ fill: {face}; stroke: {tone}; }}",
        f".run-name-{own} {{ fill: {ink}; }}",
    ]
