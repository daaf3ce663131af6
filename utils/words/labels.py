"""The labels of a verdict. They are AVeriTeC's, and names in exports as well as words."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["CONFLICTING", "LABELS", "NOT_CHECKED", "NOT_ENOUGH", "REFUTED", "SUPPORTED", "Label", "slug"]

Label = Literal["Supported", "Refuted", "Conflicting evidence", "Not enough evidence", "Not yet checked"]

SUPPORTED: Label = "Supported"
REFUTED: Label = "Refuted"
CONFLICTING: Label = "Conflicting evidence"
NOT_ENOUGH: Label = "Not enough evidence"
NOT_CHECKED: Label = "Not yet checked"
LABELS: tuple[Label, ...] = (SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH, NOT_CHECKED)


def slug(label: str) -> str:
    """A label as the names of the style sheet have it; the script of the board makes it likewise."""
    return re.sub(r"[^a-z]+", "-", label.lower())
