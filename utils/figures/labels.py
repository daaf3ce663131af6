"""The colours of the labels, in charts, on the card and, as a test holds, in the site's style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..words import CONFLICTING, NOT_CHECKED, NOT_ENOUGH, REFUTED, SUPPORTED

__all__ = ["LABEL_COLOURS", "LabelColour"]


@dataclass(frozen=True)
class LabelColour:
    """tone: of marks and edges. ground: below words. filled: whether a bar has the tone, not the ground."""

    tone: str
    ground: str
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
    SUPPORTED: LabelColour("#0b5d3f", "#dcece4", filled=True),
    REFUTED: LabelColour("#9c3300", "#f6e0d4", filled=True),
    CONFLICTING: LabelColour("#6b4a00", "#f3e8c8"),
    NOT_ENOUGH: LabelColour("#4f4f4f", "#eceae6"),
    NOT_CHECKED: LabelColour("#4f4f4f", "#eceae6"),
}
