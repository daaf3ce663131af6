"""The labels of a verdict. They are AVeriTeC's, and names in exports as well as words."""

from __future__ import annotations

import re

__all__ = ["CONFLICTING", "LABELS", "NOT_CHECKED", "NOT_ENOUGH", "REFUTED", "SUPPORTED", "slug"]

SUPPORTED = "Supported"
REFUTED = "Refuted"
CONFLICTING = "Conflicting evidence"
NOT_ENOUGH = "Not enough evidence"
NOT_CHECKED = "Not yet checked"
LABELS = (SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH, NOT_CHECKED)


def slug(label: str) -> str:
    """A label as the names of the style sheet have it; the script of the board makes it likewise."""
    return re.sub(r"[^a-z]+", "-", label.lower())
