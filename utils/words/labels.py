"""The labels of a verdict. They are AVeriTeC's, and names in exports as well as words."""

from __future__ import annotations

__all__ = ["CONFLICTING", "LABELS", "NOT_CHECKED", "NOT_ENOUGH", "REFUTED", "SUPPORTED"]

SUPPORTED = "Supported"
REFUTED = "Refuted"
CONFLICTING = "Conflicting evidence"
NOT_ENOUGH = "Not enough evidence"
NOT_CHECKED = "Not yet checked"
LABELS = (SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH, NOT_CHECKED)
