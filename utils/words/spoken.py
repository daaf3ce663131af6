"""The language that values are written in, everywhere."""

from __future__ import annotations

from .english import ENGLISH
from .language import Language

__all__ = ["LANGUAGE"]

LANGUAGE: Language = ENGLISH
