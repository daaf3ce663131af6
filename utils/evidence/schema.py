"""What every table of a data folder must look like, and the error a person gets.

A table row is a frozen pydantic model; a CSV cell is text until its model has read it. Problems are
collected, never raised one by one: `DataError` carries all of them, each as
``file:line field: value, expected …``. Nothing here writes.
"""

from __future__ import annotations

import contextlib
import csv
import decimal
import functools
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

__all__ = [
    "DataError",
    "Day",
    "Event",
    "Identifier",
    "Problem",
    "Quantity",
    "Record",
    "Row",
    "Source",
    "Statement",
    "expected",
    "load_csv",
    "load_yaml",
    "once",
    "parse_csv",
    "read_csv",
    "read_text",
    "read_yaml",
    "written_day",
]

# YAML takes 50_000, 0x1F and 1:30 for whole numbers, and 50.000 for fifty.
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
# libyaml reads ten times as fast; PyYAML may have been built without it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, order=True)
class Problem:
    """One wrong field of a data folder."""

    file: str
    line: int
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        return f"{self.file}:{self.line} {self.field}: {value!r}, expected {self.expected}"


class DataError(ValueError):
    """A data folder that cannot be used; `problems` lists every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[DataError], tuple[object, ...]]:
        return type(self), (self.problems,)


# strftime would follow the locale of the machine.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def written_day(day: date, *, short: bool = False) -> str:
    """A day in words, as "12 November 2024", or short as "12 Nov 2024"."""
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month} {day.year}"


def _day(value: object) -> object:
    # pydantic would also take a Unix time; a year, a month and a day are what the tables hold.
    return _read_day(value) if isinstance(value, str) else value


@functools.cache
def _read_day(value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day that exists, as YYYY-MM-DD") from None


def _address(value: str) -> str:
    if value and not re.match(r"https?://[^\s\"'<>]+$", value):
        raise ValueError("an http or https address")
    return value


WHOLE, DECIMAL = re.compile(r"-?[0-9]+"), re.compile(r"-?[0-9]+\.[0-9]+")
# Groups of three digits with a mark between them; a point is such a mark to half of the world.
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[., _'’\u00a0\u2009\u202f][0-9]{3})+")


def _strict(value: str, kind: type) -> None:
    """ValueError for a number that is not written in digits, with a point at most where it may have one."""
    if WHOLE.fullmatch(value) or (kind is float and DECIMAL.fullmatch(value)):
        return
    if value.strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise ValueError("a finite number")
    if kind is int:
        raise ValueError(f"a whole number in digits{_suggested(value, WHOLE)}")
    raise ValueError(f"a number in digits with at most one decimal point{_suggested(value)}")


def _unambiguous(value: str) -> None:
    """ValueError for a decimal that ends in a zero, lest a thousands mark pass for a decimal point."""
    if DECIMAL.fullmatch(value) and value.endswith("0"):
        raise ValueError(f"a number without a zero at the end of its decimals{_suggested(value)}")


def _suggested(value: str, spelling: re.Pattern[str] = re.compile(".*")) -> str:
    """How a number that is refused would be right, where that can be told."""
    text, ways = value.strip(), []
    if THOUSANDS.fullmatch(text):
        ways.append(re.sub("[^-0-9]", "", text))
    if not ways or text.count(".") == 1:
        with contextlib.suppress(decimal.InvalidOperation):
            number = decimal.Decimal(text.replace(",", "."))
            ways += [f"{number.normalize():f}"] if number.is_finite() else []
    ways = [way for way in ways if spelling.fullmatch(way)]
    return f", as {' or '.join(ways)}" if ways else ""


def within(folder: Path, name: str) -> Path:
    """A file of a folder by a name that comes from data; ValueError for one that leads out of it."""
    path = folder / name
    if not Path(os.path.normpath(path)).is_relative_to(os.path.normpath(folder)):
        raise ValueError(f"{name!r} leads out of {folder}")
    return path


def _relative(value: str) -> str:
    parts = value.split("/")
    if any(part in ("", ".", "..") for part in parts) or not value.isprintable() or set(value) & set("\\:"):
        raise ValueError("a plain relative path of a file, without '..', a drive or a control character")
    return value


Day = Annotated[date, BeforeValidator(_day)]
SHORT_NAME = r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$"
Identifier = Annotated[str, Field(pattern=SHORT_NAME)]
Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(allow_inf_nan=False)]
FileName = Annotated[Text, AfterValidator(_relative)]
# The address keeps its percent-encoding: it is a key to the page as it was read.
Address = Annotated[str, BeforeValidator(_address)]


class Record(BaseModel):
    """What every part of a data folder shares: known fields only, never changed after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Record):
    """A row of a CSV table; empty cells of optional fields are None."""

    id: Identifier


class Source(Row):
    """The first teller of a figure: a person in office, a body, a group of unnamed officials, a count."""

    name: Text
    party: Identifier = Field(description="whose side the teller is on; a party of article.yaml")
    co_party: Identifier | None = Field(description="second party of a mixed group of tellers")
    kind: Literal[
        "government",
        "military",
        "intelligence",
        "unnamed_officials",
        "alliance",
        "institute",
        "monitor",
        "press",
        "expert",
        "ngo",
    ]
    reliability: Literal["A", "B", "C", "D", "E", "F"] = Field(
        description="Admiralty letter; F means that it cannot be judged, not that it is the worst"
    )
    reason: Text = Field(description="why this letter, with the rows that show it")


class Quantity(Row):
    """What a number counts; half of all disputes are about that."""

    unit: Text
    tense: Literal["observed", "planned", "forecast"] = Field(
        description="observed: cannot be published before it was true"
    )
    horizon_days: Annotated[int, Field(ge=1)] | None = Field(
        description="days after its publication for which a figure still speaks for the present: 90 for "
        "troops in a place, ground held and the pace of losses or recruiting; 180 for running totals, whole "
        "forces, aid, where troops are used, plans and forecasts; 730 for yearbook counts of standing "
        "forces; empty for a quote, a single event, a peak or a past period, which is over and does not age"
    )
    label: Text
    definition: Text = Field(description="what counts and what does not")


class Statement(Row):
    """One published figure, bound, affirmation or denial."""

    quantity: Identifier
    value: Number | None
    low: Number | None
    high: Number | None
    valid_from: Day = Field(description="first day for which the statement is meant")
    valid_to: Day = Field(description="last day for which the statement is meant")
    published: Day = Field(description="first day on which it could be known from this address")
    dating: Literal["day", "about"] = Field(description="whether the day of publication is exact")
    source: Identifier
    outlet: Text = Field(description="who printed it, with the relays in between")
    origin: Identifier = Field(description="shared by all rows that go back to the same first telling")
    access: Literal["official", "anonymous", "count", "model"] = Field(
        description="how the figure came about: on the record, unnamed, counted, modelled"
    )
    stance: Literal["affirms", "denies", "unconfirmed"] | None = Field(
        description="for rows that give no number; unconfirmed is not a denial"
    )
    status: Literal["sound", "garbled", "unseen", "doubtful"] = Field(
        description="only sound rows are evidence; garbled: a relay changed figure or meaning"
    )
    note: str | None
    url: Address | None

    @field_validator("value", "low", "high", mode="before")
    @classmethod
    def _spelled_in_one_way(cls, value: object) -> object:
        if isinstance(value, str):
            _unambiguous(value)
        return value

    @property
    def has_point(self) -> bool:
        """Whether the row gives a number or both ends of a range, not only one bound."""
        return self.value is not None or (self.low is not None and self.high is not None)

    @property
    def middle(self) -> date:
        """The middle of the days for which the statement is meant."""
        return self.valid_from + (self.valid_to - self.valid_from) / 2

    def problems(self, quantity: Quantity | None) -> Iterator[tuple[str, object, str]]:
        """Rules between the fields of the row and its quantity, as (field, value, expected)."""
        value, low, high = self.value, self.low, self.high
        if value is None and low is None and high is None and self.stance is None:
            yield "value", "", "a number, a bound or a stance"
        if low is not None and value is not None and low > value:
            yield "low", low, f"at most the value {value:g}"
        if high is not None and value is not None and value > high:
            yield "high", high, f"at least the value {value:g}"
        if low is not None and high is not None and low > high:
            yield "low", low, f"at most the high bound {high:g}"
        if self.valid_from > self.valid_to:
            yield "valid_to", self.valid_to, f"a day not before valid_from {self.valid_from}"
        if quantity is None:
            return
        if quantity.tense == "observed":
            for field in ("valid_from", "valid_to"):
                if (day := getattr(self, field)) > self.published:
                    yield (
                        "published",
                        self.published,
                        f"a day not before {field} {day}, as it is a count of the past",
                    )
        if quantity.unit.split("/")[0] not in ("none", "USD", "EUR"):
            for field in ("value", "low", "high"):
                if (number := getattr(self, field)) is not None and number < 0:
                    yield field, number, f"no negative number of {quantity.unit}"
        yield from self._of_unit(quantity.unit)

    def _of_unit(self, unit: str) -> Iterator[tuple[str, object, str]]:
        """Rules that follow from what is counted."""
        for field in ("value", "low", "high"):
            number = getattr(self, field)
            if number is not None and unit == "none":
                yield field, number, "a stance and no number, as the quantity counts nothing"
            if number is not None and unit == "persons" and number % 1:
                yield field, number, "a whole number of persons"
            if number is not None and unit == "fraction" and number > 1:
                yield field, number, "a share from 0 to 1"


class Event(Row):
    """Something that happened, with the page that tells of it."""

    date: Day
    published: Day = Field(description="first day on which the cited page could be read")
    title: Text
    source: Text = Field(description="who says so")
    url: Address | None
    claims: str | None = Field(description="ids of the claims it bears on, separated by spaces")
    status: Literal["sound", "unseen", "doubtful"]

    def problems(self) -> Iterator[tuple[str, object, str]]:
        """Rules between the fields of the row, as (field, value, expected)."""
        if self.published < self.date:
            yield "published", self.published, f"a day not before the event {self.date}"


AnyRow = TypeVar("AnyRow", bound=Record)
AnyRecord = TypeVar("AnyRecord", bound=BaseModel)


def expected(error: Any) -> str:
    """Pydantic's message in the words of `Problem`."""
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if error["type"] == "string_pattern_mismatch" and error["ctx"]["pattern"] != SHORT_NAME:
        return f"a text of the pattern {error['ctx']['pattern']}"
    plain = {
        "missing": "a value; the field is missing",
        "extra_forbidden": "no such field",
        "string_too_short": "a text that is not empty",
        "string_pattern_mismatch": "a short name of letters, digits, '_', '-' and '.'",
        "float_parsing": "a number",
        "float_type": "a number",
        "string_type": "a text",
    }
    return plain.get(error["type"], message)


def once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a file's name, its content and more, with a list of problems as its last argument, that
    finds out only once in a process what the same content says, and reports the same problems each time."""

    @functools.lru_cache(64)
    def parsed(*what: object) -> tuple[Any, list[Problem]]:
        problems: list[Problem] = []
        return parse(*what, problems), problems

    @functools.wraps(parse)
    def told(*arguments: Any) -> Any:
        *what, problems = arguments
        result, found = parsed(*what)
        problems += found
        return result

    told.cache_info = parsed.cache_info
    told.cache_clear = parsed.cache_clear
    return told


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
    seen: dict[tuple, int] = {}
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
    seen: dict[tuple, int],
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
                _strict(raw[name], kind)
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
) -> tuple[AnyRecord | None, dict[tuple, int]]:
    """Read a YAML file as a model, with the line of every place in it.

    Object tags, unknown keys and keys that stand twice are problems. The second part maps a path of keys
    and positions to its line.
    """
    text = read_text(path, problems)
    if text is None:
        return None, {}
    return _parse_yaml(path.name, text, model, problems)


@once
def _parse_yaml(
    file: str, text: str, model: type[AnyRecord], problems: list[Problem]
) -> tuple[AnyRecord | None, dict[tuple, int]]:
    try:
        node = yaml.compose(text, Loader=YAML_LOADER)
        lines = dict(_lines(node, (), file, problems))
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
        for error in errors.errors():
            place = tuple(error["loc"])
            value = error["input"] if error["type"] not in ("missing", "extra_forbidden") else ""
            name = ".".join(map(str, place)) or "file"
            problems.append(Problem(file, _line(lines, place), name, str(value), expected(error)))
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


def _lines(node: yaml.Node, place: tuple, file: str, problems: list[Problem]) -> Iterator[tuple[tuple, int]]:
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
    elif node.tag in NUMBERS and not isinstance(node.value, list):
        try:
            _strict(node.value, float)
            if THOUSANDS.fullmatch(node.value):
                _unambiguous(node.value)
        except ValueError as error:
            name = ".".join(map(str, place))
            problems.append(Problem(file, node.start_mark.line + 1, name, node.value, str(error)))


def _line(lines: dict[tuple, int], place: tuple) -> int:
    """The line of a place, or of the nearest place around it (a missing key has no line of its own).

    Pydantic puts the chosen member of a union into the place; such a part names no key and is skipped.
    """
    found: tuple = ()
    for part in place:
        if (*found, part) in lines:
            found = (*found, part)
    return lines.get(found, 1)
