"""Files of a data folder, read as models; whatever is wrong in them is collected with its line.

Nothing here writes.
"""

from __future__ import annotations

import csv
import functools
import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ..words import counted, hidden
from . import plain_yaml, saved
from .cells import require_digits
from .plain_yaml import Place
from .problems import DataError, Problem, expected
from .schema import Record

__all__ = [
    "Place",
    "as_text",
    "forget",
    "is_there",
    "load_csv",
    "load_yaml",
    "once",
    "parse_csv",
    "read_bytes",
    "read_csv",
    "read_text",
    "read_yaml",
]

# The most bytes that a file may have; a folder with more is no work of people, and would fill the memory.
LARGEST = {".csv": 64_000_000, ".geojson": 64_000_000}
LARGEST_OTHER = 4_000_000

AnyRow = TypeVar("AnyRow", bound=Record)
AnyRecord = TypeVar("AnyRecord", bound=BaseModel)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class once(Generic[Parameters, Result]):
    """A function of a file's name, its content and more, with a list of problems as its last argument, that
    finds out only once in a process what the same content says, and reports the same problems each time."""

    def __init__(self, parse: Callable[Parameters, Result]) -> None:
        functools.update_wrapper(self, parse)
        # No type says "these parameters, the last of which is a list of problems".
        self._parse: Callable[..., Result] = parse
        self._parsed = functools.lru_cache(64)(self._parse_anew)
        self.cache_info, self.cache_clear = self._parsed.cache_info, self._parsed.cache_clear

    def __call__(self, *arguments: Parameters.args, **named: Parameters.kwargs) -> Result:
        return self._told(*arguments, **named)

    def _told(self, *arguments: Any, **named: Any) -> Result:
        *what, problems = arguments
        result, found = self._parsed(*what, **named)
        problems += found
        return result

    def _parse_anew(self, *what: object, **named: object) -> tuple[Result, list[Problem]]:
        problems: list[Problem] = []
        return self._parse(*what, problems, **named), problems


def is_there(path: Path) -> bool:
    """Whether anything has this name, be it no file: what is there must be sound."""
    return os.path.lexists(path)


def read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """The file as bytes, or None and a problem."""
    most = LARGEST.get(path.suffix, LARGEST_OTHER)
    try:
        if not path.is_file():
            problems.append(Problem(path.name, 0, "file", "", "a file of this name"))
        elif path.stat().st_size > most:
            problems.append(Problem(path.name, 0, "file", "", f"at most {most} bytes"))
        else:
            return path.read_bytes()
    except OSError as error:
        problems.append(Problem(path.name, 0, "file", "", f"a file that can be read ({error.strerror})"))
    return None


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The file as text, or None and a problem."""
    data = read_bytes(path, problems)
    return None if data is None else as_text(path.name, data, problems)


def as_text(file: str, data: bytes, problems: list[Problem]) -> str | None:
    """The bytes of a file as text in which nothing is hidden, or None and a problem."""
    if other := saved.of_bytes(file, data):
        problems.append(Problem(file, 1, "file", "", other))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(saved.wrong_sign(file, data, error.start, error.end))
        return None
    if not text.strip():
        problems.append(Problem(file, 1, "file", "", saved.content(file)))
        return None
    if (sign := hidden(text)) is not None:
        line = text.count("\n", 0, sign.start()) + 1
        around = text[max(0, sign.start() - 12) : sign.end() + 12]
        expected = f"text without signs that are not seen, as {sign[0]!a}"
        problems.append(Problem(file, line, "file", around, expected))
        return None
    return text


def read_csv(
    path: Path, model: type[AnyRow], problems: list[Problem], key: Sequence[str] = ("id",)
) -> list[tuple[int, AnyRow]]:
    """Read a table as (line, row) pairs; whatever is wrong goes to `problems`, with its line.

    A wrong row is left out of the answer, so that later rules still see the others. Columns may stand in
    any order, but none may be missing, unknown or twice there. No two rows may have the same `key`.
    """
    text = read_text(path, problems)
    return [] if text is None else parse_csv(path.name, text, model, problems, key)


def parse_csv(
    file: str, text: str, model: type[AnyRow], problems: list[Problem], key: Sequence[str] = ("id",)
) -> list[tuple[int, AnyRow]]:
    """The text of a table as `read_csv` reads it; `file` is its name in the problems."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, AnyRow]] = []
    seen: dict[tuple[str, ...], int] = {}
    try:
        header = next(reader)
        fields = list(model.model_fields)
        if sorted(header) != sorted(fields):
            problems += saved.of_header(file, header, fields)
            return []
        line = reader.line_num + 1
        for cells in reader:
            rows += _row(file, line, header, cells, model, key, seen, problems)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(file, reader.line_num, "file", "", f"well-formed CSV ({error}){saved.OPEN}"))
    if not rows and not problems:
        problems.append(Problem(file, 1, "file", "", "at least one row"))
    return rows


def _row(
    file: str,
    line: int,
    header: list[str],
    cells: list[str],
    model: type[AnyRow],
    key: Sequence[str],
    seen: dict[tuple[str, ...], int],
    problems: list[Problem],
) -> list[tuple[int, AnyRow]]:
    """The row as a list of one, or an empty list and its problems."""
    if not cells:
        return []
    if len(cells) != len(header):
        wanted = counted(len(header), "cell") + (saved.SPLIT if len(cells) > len(header) else saved.CUT)
        problems.append(Problem(file, line, "row", counted(len(cells), "cell"), wanted))
        return []
    raw = dict(zip(header, cells, strict=True))
    if misspelt := list(_misspelt(file, line, raw, _numbers(model))):
        problems += misspelt
        return []
    try:
        row = model.model_validate({name: cell or None for name, cell in raw.items()})
    except ValidationError as errors:
        for error in errors.errors():
            name = str(error["loc"][0])
            problems.append(Problem(file, line, name, raw.get(name, ""), expected(error)))
        return []
    # An id becomes the name of a file, which some systems take for the same whatever its case.
    own = tuple(raw[name].casefold() if name == "id" else raw[name] for name in key)
    if own in seen:
        name, value = ", ".join(key), ", ".join(raw[name] for name in key)
        problems.append(Problem(file, line, name, value, f"a key of its own; line {seen[own]} has it"))
        return []
    seen[own] = line
    return [(line, row)]


def _misspelt(file: str, line: int, raw: dict[str, str], numbers: Mapping[str, type]) -> Iterator[Problem]:
    """Cells of numbers that are not spelled as one, whatever Python would make of them."""
    for name, kind in numbers.items():
        try:
            if raw[name]:
                require_digits(raw[name], kind)
        except ValueError as error:
            yield Problem(file, line, name, raw[name], str(error))


@functools.cache
def _numbers(model: type[Record]) -> Mapping[str, type]:
    """The columns of a model that hold numbers, each with int or float."""

    def kinds(annotation: object) -> Iterator[type]:
        if annotation in (int, float):
            yield annotation
        for part in get_args(annotation):
            yield from kinds(part)

    kind_of = {name: next(kinds(field.annotation), None) for name, field in model.model_fields.items()}
    return {name: kind for name, kind in kind_of.items() if kind is not None}


def read_yaml(
    path: Path, model: type[AnyRecord], problems: list[Problem]
) -> tuple[AnyRecord | None, dict[Place, int]]:
    """Read a YAML file as a model, with the line of every place in it.

    Object tags, unknown keys and keys that stand twice are problems. The second part maps a path of keys
    and positions to its line.
    """
    text = read_text(path, problems)
    if text is None:
        return None, {}
    content, lines = _parse_yaml(path.name, text, model, problems)
    return (content if isinstance(content, model) else None), lines


@once
def _parse_yaml(
    file: str, text: str, model: type[BaseModel], problems: list[Problem]
) -> tuple[BaseModel | None, dict[Place, int]]:
    parsed = plain_yaml.parse(file, text, problems)
    if parsed is None:
        return None, {}
    content, lines = parsed
    try:
        return model.model_validate(content), lines
    except ValidationError as errors:
        told = errors.errors()
        for wrong in told:
            # A list whose items are wrong is no empty one.
            if wrong["type"] == "too_short" and wrong["input"] and not wrong["ctx"]["actual_length"]:
                continue
            place = tuple(wrong["loc"])
            value = wrong["input"] if wrong["type"] not in ("missing", "extra_forbidden") else ""
            name = ".".join(map(str, place)) or "file"
            problems.append(
                Problem(
                    file,
                    _line(lines, place),
                    name,
                    str(value),
                    expected(wrong) + saved.key_meant(wrong, told),
                )
            )
        return None, lines


def forget() -> None:
    """Read YAML that was read before anew: what it may say has changed."""
    _parse_yaml.cache_clear()


def load_csv(path: Path, model: type[AnyRow]) -> list[AnyRow]:
    """The rows of a table that must be sound; DataError otherwise."""
    problems: list[Problem] = []
    rows = [row for _, row in read_csv(path, model, problems)]
    if problems:
        raise DataError(problems)
    return rows


def load_yaml(path: Path, model: type[AnyRecord]) -> AnyRecord:
    """A YAML file that must be sound; DataError otherwise."""
    problems: list[Problem] = []
    content, _ = read_yaml(path, model, problems)
    if problems or content is None:
        raise DataError(problems)
    return content


def _line(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest place around it (a missing key has no line of its own).

    Pydantic puts the chosen member of a union into the place; such a part names no key and is skipped.
    """
    found: Place = ()
    for part in place:
        if (*found, part) in lines:
            found = (*found, part)
    return lines.get(found, 1)
