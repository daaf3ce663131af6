"""JSON of a data folder."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..words import hidden
from .problems import Problem

__all__ = ["hides", "parse"]


def parse(file: str, text: str, problems: list[Problem]) -> object:
    """The content of a JSON file; None and its problem when it is wrong."""
    try:
        content: object = json.loads(text)
    except json.JSONDecodeError as error:
        problems.append(Problem(file, error.lineno, "file", "", f"JSON ({error.msg})"))
        return None
    except (RecursionError, ValueError):
        problems.append(Problem(file, 1, "file", "", "JSON of fewer levels, and numbers of fewer digits"))
        return None
    return content


def hides(content: object) -> str | None:
    """The first text within a part of it that hides something; None where none does."""
    return next((text for text in _texts(content) if hidden(text)), None)


def _texts(content: object) -> Iterator[str]:
    """Every name and text within a part of it."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from (text for pair in content.items() for part in pair for text in _texts(part))
    elif isinstance(content, list):
        yield from (text for part in content for text in _texts(part))
