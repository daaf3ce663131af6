"""Data walks one way: no module of the project imports, over any way, itself."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def modules(root: Path) -> dict[str, Path]:
    """Every module below `root` by its dotted name."""
    found = {}
    for path in sorted((root / "utils").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(tree: ast.AST) -> Iterator[ast.ImportFrom]:
    """The imports of a module wherever they stand, but for those that only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ImportFrom):
            yield node
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from imports(node)


def arrows(found: Mapping[str, Path]) -> dict[str, set[str]]:
    """Which modules of the project each one imports."""
    told = {}
    for name, path in found.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        reached = set()
        for node in imports(ast.parse(path.read_text(encoding="utf-8"))):
            up = package.rsplit(".", node.level - 1)[0] if node.level else ""
            base = ".".join(filter(None, [up, node.module]))
            # A name that is no module of its own comes out of its package.
            reached |= {whole if (whole := f"{base}.{alias.name}") in found else base for alias in node.names}
        told[name] = {one for one in reached if one in found and one != "utils"}
    return told


def circle(told: Mapping[str, set[str]]) -> list[str]:
    """The modules of a circle of imports, the first of them again at the end; nothing without one."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(told.get(name, ())):
            if there := walk(other, [*way, name]):
                return there
        done.add(name)
        return []

    return next((way for name in told if (way := walk(name, []))), [])


def test_no_module_imports_itself_over_others():
    assert circle(arrows(modules(ROOT))) == []


@pytest.mark.parametrize(
    ("first", "second", "round_"),
    [
        ("from . import b", "from . import a", True),
        ("from .b import x", "def late():\n    from .a import y", True),
        (
            "from . import b",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import a",
            False,
        ),
        ("from . import b", "x = 1", False),
    ],
)
def test_a_circle_is_found(tmp_path, first, second, round_):
    (tmp_path / "utils" / "room").mkdir(parents=True)
    for name, text in (("__init__", ""), ("room/__init__", ""), ("room/a", first), ("room/b", second)):
        (tmp_path / "utils" / f"{name}.py").write_text(text + "\n")
    assert bool(circle(arrows(modules(tmp_path)))) == round_
