"""Files of a data folder, read as models; whatever is wrong in them is collected with its line.

Nothing here writes.
"""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from .cells import THOUSANDS, require_digits, require_one_spelling
from .problems import DataError, Problem, expected
from .schema import Record

__all__ = [
    "Place",
    "forget",
    "load_csv",
    "load_yaml",
    "once",
    "parse_csv",
    "read_csv",
    "read_text",
    "read_yaml",
]

# YAML takes 50_000, 0x1F and 1:30 for whole numbers, and 50.000 for fifty.
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
# libyaml reads ten times as fast; PyYAML may have been built without it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

AnyRow = TypeVar("AnyRow", bound=Record)
AnyRecord = TypeVar("AnyRecord", bound=BaseModel)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
# The keys and positions on the way to a part of a YAML file.
Place = tuple[int | str, ...]


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


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The file as text, or None and a problem."""
    if not path.is_file():
        problems.append(Problem(path.name, 0, "file", "", "a file of this name"))
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(path.name, line, "file", repr(data[error.start : error.end]), "UTF-8 text"))
        return None
    if not text.strip():
        problems.append(Problem(path.name, 1, "file", "", "some content; the file is empty"))
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
        for name in fields:
            if header.count(name) != 1:
                problems.append(
                    Problem(file, 1, name, "", f"this column once; there are {header.count(name)}")
                )
        problems += [Problem(file, 1, name, "", "no such column") for name in header if name not in fields]
        if sorted(header) != sorted(fields):
            return []
        line = reader.line_num + 1
        for cells in reader:
            rows += _row(file, line, header, cells, model, key, seen, problems)
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(file, reader.line_num, "file", "", f"well-formed CSV ({error})"))
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
        problems.append(Problem(file, line, "row", f"{len(cells)} cells", f"{len(header)} cells"))
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
    own = tuple(raw[name] for name in key)
    if own in seen:
        name, value = ", ".join(key), ", ".join(own)
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
    try:
        node = yaml.compose(text, Loader=YAML_LOADER)
        lines = dict(_lines(node, (), file, problems)) if node else {}
        content = yaml.load(text, Loader=YAML_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        problems.append(Problem(file, line, "file", "", f"plain YAML without object tags ({problem})"))
        return None, {}
    try:
        return model.model_validate(content), lines
    except ValidationError as errors:
        for wrong in errors.errors():
            place = tuple(wrong["loc"])
            value = wrong["input"] if wrong["type"] not in ("missing", "extra_forbidden") else ""
            name = ".".join(map(str, place)) or "file"
            problems.append(Problem(file, _line(lines, place), name, str(value), expected(wrong)))
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


def _lines(node: yaml.Node, place: Place, file: str, problems: list[Problem]) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if key.value in keys:
                problems.append(Problem(file, key.start_mark.line + 1, key.value, "", "this key once"))
            keys.add(key.value)
            yield from _lines(value, (*place, key.value), file, problems)
            yield (*place, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            yield from _lines(value, (*place, position), file, problems)
    elif node.tag in NUMBERS:
        try:
            require_digits(node.value, float)
            if THOUSANDS.fullmatch(node.value):
                require_one_spelling(node.value)
        except ValueError as error:
            name = ".".join(map(str, place))
            problems.append(Problem(file, node.start_mark.line + 1, name, node.value, str(error)))


def _line(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest place around it (a missing key has no line of its own).

    Pydantic puts the chosen member of a union into the place; such a part names no key and is skipped.
    """
    found: Place = ()
    for part in place:
        if (*found, part) in lines:
            found = (*found, part)
    return lines.get(found, 1)
