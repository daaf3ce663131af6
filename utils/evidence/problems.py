"""What is wrong with a data folder, as a person gets to read it.

Problems are collected, never raised one by one: `DataError` carries all of them, each as
``file:line field: value, expected …``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..words import on_a_line
from .cells import SHORT_NAME
from .spelling import meant_share

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, ValidationError

__all__ = ["DataError", "Problem", "expected", "of_model", "unfit"]


@dataclass(frozen=True, order=True)
class Problem:
    """One wrong field of a data folder; as text one line, in which nothing is hidden."""

    file: str
    line: int
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        return on_a_line(f"{self.file}:{self.line} {self.field}: {value!r}, expected {self.expected}")


class DataError(ValueError):
    """A data folder that cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[DataError], tuple[object, ...]]:
        return type(self), (self.problems,)


def of_model(file: str, number: int, error: ValidationError) -> list[Problem]:
    """What is wrong with a thing given in code, the one of this number among its like."""
    return [
        Problem(file, number, ".".join(map(str, one["loc"])), _cell(one["input"]), expected(one))
        for one in error.errors()
    ]


def _cell(value: object) -> str:
    return "" if value is None or isinstance(value, Mapping) else str(value)


def unfit(error: ValidationError) -> str:
    """What is wrong with values given in code, a line each, in the words of `Problem`."""
    return "\n".join(
        f"{'.'.join(map(str, one['loc'])) or 'together'}: {_given(one['input'])}expected {expected(one)}"
        for one in error.errors()
    )


def _given(value: object) -> str:
    return "" if isinstance(value, Mapping) else f"{value!r:.60}, "


def expected(error: ErrorDetails) -> str:
    """Pydantic's message in the words of `Problem`."""
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if error["type"] == "string_pattern_mismatch" and error["ctx"]["pattern"] != SHORT_NAME:
        return f"a text of the pattern {error['ctx']['pattern']}"
    given = error["input"]
    if error["type"] == "string_type" and isinstance(given, bool):
        return "a text; quote a bare yes, no, on or off, which YAML takes for a switch"
    if error["type"] == "string_type" and given is None:
        return "a text; quote one that begins with '#', which YAML takes for a comment"
    if error["type"] in ("tuple_type", "list_type"):
        return f"a list, as [{given}]" if isinstance(given, str | int | float) else "a list"
    if error["type"] == "string_pattern_mismatch" and isinstance(given, str) and given != given.strip():
        return f"a short name without blanks around it, as {given.strip()!r}"
    if error["type"] in ("float_parsing", "float_type") and isinstance(given, str):
        return f"a number{meant_share(given)}"
    plain = {
        "too_short": f"at least {error.get('ctx', {}).get('min_length', 1)} of them; there is none",
        "missing": "a value; the field is missing",
        "extra_forbidden": "no such field",
        "string_too_short": "a text that is not empty",
        "string_pattern_mismatch": "a short name of letters, digits, '_', '-' and '.'",
        "float_parsing": "a number",
        "float_type": "a number",
        "string_type": "a text",
    }
    return plain.get(error["type"], message)
