"""YAML of a data folder: plain values with their lines, within stated limits, and nothing that YAML guesses.

YAML takes 50_000, 0x1F and 1:30 for whole numbers and 50.000 for fifty, builds objects by tags, puts one
mapping into another and grows without end by aliases; here each of these is a problem with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..words import hidden
from . import saved
from .cells import THOUSANDS, as_day, require_digits, require_one_spelling
from .problems import Problem

__all__ = ["DEEPEST", "Place", "parse"]

# libyaml reads ten times as fast; PyYAML may have been built without it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The keys and positions on the way to a part of a YAML file.
Place = tuple[int | str, ...]
# Our own claims are nine levels deep, and the largest file has four thousand parts.
DEEPEST, MOST_PARTS = 40, 200_000
TAG = "tag:yaml.org,2002:"
PLAIN = {f"{TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")}
BOOLEANS = {"yes", "no", "true", "false", "on", "off"}
# So many of them that they might overflow the stack of a parser that calls itself at each.
BRACKETS, INDENT = 1_000, re.compile(r"^[ \t?:-]{200}", re.MULTILINE)


def parse(file: str, text: str, problems: list[Problem]) -> tuple[Any, dict[Place, int]] | None:
    """The content of a YAML file and the line of each place; None and its problems when it is wrong."""
    own: list[Problem] = []
    content, lines = None, {}
    try:
        if (deep := _too_deep(text)) is not None:
            own.append(Problem(file, deep, "file", "", f"at most {DEEPEST} levels"))
        else:
            loader = LOADER(text)
            node = loader.get_single_node()
            lines = dict(_Walk(file, own).lines(node, ())) if node else {}
            content = loader.construct_document(node) if node and not own else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        line = mark.line + 1 if mark else 1
        own.append(Problem(file, line, "file", "", saved.of_yaml(text, line, problem)))
    problems += own
    return None if own else (content, lines)


def _too_deep(text: str) -> int | None:
    """The line on which a text goes too deep for a parser that calls itself; None where none does.

    Asked only of a text that looks like it: going through the events takes as long as parsing.
    """
    if text.count("[") + text.count("{") < BRACKETS and not INDENT.search(text):
        return None
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return _line(event)
    return None


def _line(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 1


class _Walk:
    """One way through a file: what is wrong in it, and how many parts it has had."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file, self._problems, self._parts = file, problems, 0

    def lines(self, node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
        """The line of every place in a node; an alias is gone through wherever it stands."""
        self._parts += 1
        if len(place) > DEEPEST or self._parts > MOST_PARTS:
            if not self._problems or self._problems[-1].field != "file":
                limits = f"at most {DEEPEST} levels and {MOST_PARTS} parts, aliases written out"
                self._problems.append(Problem(self._file, _line(node), "file", "", limits))
            return
        yield place, _line(node)
        if node.tag not in PLAIN:
            self._wrong(node, place, "plain YAML without object tags")
        elif isinstance(node, yaml.MappingNode):
            yield from self._of_mapping(node, place)
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                yield from self.lines(value, (*place, position))
        elif isinstance(node, yaml.ScalarNode):
            self._scalar(node, place)

    def _of_mapping(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[Place, int]]:
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag not in PLAIN:
                self._wrong(key, place, "a plain word for a key, and no '<<'")
                continue
            if key.value in keys:
                self._problems.append(Problem(self._file, _line(key), key.value, "", "this key once"))
            keys.add(key.value)
            if key.tag == f"{TAG}bool":
                self._wrong(
                    key, place, f'the key in quotes, as "{key.value}":, lest YAML take it for a switch'
                )
                continue
            self._scalar(key, place)
            yield from self.lines(value, (*place, key.value))
            yield (*place, key.value), _line(key)

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> None:
        try:
            _require_plain(node.tag.removeprefix(TAG), node.value)
        except ValueError as error:
            self._wrong(node, place, str(error))

    def _wrong(self, node: yaml.Node, place: Place, expected: str) -> None:
        value = node.value if isinstance(node, yaml.ScalarNode) else ""
        name = ".".join(map(str, place))
        self._problems.append(Problem(self._file, _line(node), name, value, expected))


def _require_plain(kind: str, value: str) -> None:
    """ValueError for a value that is not spelled as its kind is here, or that hides something."""
    if kind in ("int", "float"):
        require_digits(value, float)
        if THOUSANDS.fullmatch(value):
            require_one_spelling(value)
    elif kind == "timestamp":
        try:
            as_day(value)
        except ValueError as error:
            raise ValueError(str(error).rpartition("expected ")[2]) from None
    elif kind == "bool" and value.lower() not in BOOLEANS:
        raise ValueError("true or false")
    elif (sign := hidden(value)) is not None:
        raise ValueError(f"no sign that is not seen, as {sign[0]!a}")
