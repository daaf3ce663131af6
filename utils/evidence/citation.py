"""How this work is cited, as `CITATION.cff` says it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import yaml

__all__ = ["FILE", "cited"]

FILE = Path(__file__).resolve().parents[2] / "CITATION.cff"


@functools.cache
def cited() -> Mapping[str, str]:
    """The project's name as `project`, its `version` and its `author`."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {"project": told["title"], "version": told["version"], "author": told["authors"][0]["name"]}
