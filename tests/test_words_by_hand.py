"""No room and no notebook writes a value by hand: numbers, days, plurals and lists are `utils.words`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
UTILS = ROOT / "utils"
# What another program reads or writes is spelt as that program has it.
FORMATS = {
    "exports/averitec.py": {":%d-%m-%Y"},  # AVeriTeC's day of a claim
    "calibration/answers.py": {":%m%d"},  # a part of the name of a made-up origin
    "figures/drawn.py": {":%Y-%m-%d", ":%Y-%m-%dT%H:%M"},  # the table behind a figure
}
# Files of upstream projects are read and written with days of their own.
READERS = "upstream/"


def by_hand(source: str) -> Iterator[str]:
    """What a module writes by hand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)[2:-1]
            if re.search(r"[,%+_]", spec):
                yield f":{spec}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\{\w*:[^{}]*[,%][^{}]*\}", node.value)
        if isinstance(node, ast.IfExp):
            ends = [one.value for one in (node.body, node.orelse) if isinstance(one, ast.Constant)]
            if {"", "s"} == set(ends) or {"y", "ies"} == set(ends):
                yield "a plural"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _call(node.func.attr, node)


def _call(name: str, node: ast.Call) -> Iterator[str]:
    first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    if name in ("strftime", "month_name", "day_name"):
        yield name
    between = getattr(getattr(node.func, "value", None), "value", None)
    if name == "join" and between in (" and ", " or "):
        yield "a list"
    if name in ("partition", "split", "rpartition", "rsplit") and first in (",", " (", ", "):
        yield "a teller"


def in_template(text: str) -> Iterator[str]:
    """What a template writes by hand."""
    yield from re.findall(
        r"""\{\{ "s" if|else "s"|"\w*y" if|join\(" (?:and|or) "\)|\|format\(|\.format\(""", text
    )
    yield from re.findall(r"\|length \}\}(?:</a>)? [a-z]+s\b", text)


@pytest.mark.long
def test_no_module_writes_a_value_by_hand():
    found = {}
    for path in sorted(UTILS.rglob("*.py")):
        name = path.relative_to(UTILS).as_posix()
        if not name.startswith(("words/", READERS)):
            written = set(by_hand(path.read_text(encoding="utf-8"))) - FORMATS.get(name, set())
            found |= {name: written} if written else {}
    assert found == {}


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_no_notebook_writes_a_value_by_hand(path):
    cells = enumerate(nbformat.read(path, as_version=4).cells)
    assert [(n, made) for n, cell in cells if cell.cell_type == "code" for made in by_hand(cell.source)] == []


def test_no_template_writes_a_value_by_hand():
    found = {
        path.name: written
        for path in sorted((UTILS / "report" / "templates").iterdir())
        if (written := list(in_template(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        'f"{number:,}"',
        'f"{number:,.0f} persons"',
        'f"{change:+.1f}"',
        'f"{share:.0%}"',
        'f"{day:%d %B %Y}"',
        '"{x:,.0f}"',
        '"{:.0%}".format(share)',
        'day.strftime("%B")',
        """f"row{'' if many == 1 else 's'}\"""",
        """f"quantit{'y' if many == 1 else 'ies'}\"""",
        '" and ".join(names)',
        'name.partition(",")[0]',
        'name.split(", ")[0]',
    ],
)
def test_a_value_by_hand_is_found(source):
    assert list(by_hand(source))


@pytest.mark.parametrize(
    "source", ['f"{number}"', 'f"{name:<24}"', '", ".join(names)', 'line.split("\\t")', 'f"{seconds:6.1f} s"']
)
def test_what_is_no_value_is_left_alone(source):
    assert not list(by_hand(source))


@pytest.mark.parametrize(
    "text",
    [
        '{{ "s" if rows|length > 1 else "" }}',
        'row{{ "" if many == 1 else "s" }}',
        '{{ names|join(" and ") }}',
        '{{ "for %d days"|format(days) }}',
        "{{ claims|length }} claims",
    ],
)
def test_a_value_by_hand_is_found_in_a_template(text):
    assert list(in_template(text))
