"""Data walks one way: no module of the project imports, over any way, itself."""

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
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


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports of a module wherever they stand, but for those that only a type checker sees."""
    for node in executed(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        else:
            yield from imports(node)


def executed(node: ast.AST) -> Iterable[ast.AST]:
    """What stands in a node, without the branch that is for type checkers."""
    if isinstance(node, ast.If):
        if is_for_checkers(node.test):
            return node.orelse
        if isinstance(node.test, ast.UnaryOp) and is_for_checkers(node.test.operand):
            return node.body
    return ast.iter_child_nodes(node)


def is_for_checkers(test: ast.expr) -> bool:
    return ast.unparse(test).rpartition(".")[2] == "TYPE_CHECKING"


def targets(node: ast.Import | ast.ImportFrom, package: str, found: Container[str]) -> Iterator[str]:
    """The dotted names that an import in a package asks for."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    up = package.rsplit(".", node.level - 1)[0] if node.level else ""
    base = ".".join(filter(None, [up, node.module]))
    for alias in node.names:
        # A name that is no module of its own comes out of its package.
        yield whole if (whole := f"{base}.{alias.name}") in found else base


def arrows(found: Mapping[str, Path]) -> dict[str, set[str]]:
    """Which modules of the project each one imports."""
    told = {}
    for name, path in found.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        reached = {one for node in imports(tree) for one in targets(node, package, found)}
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


@pytest.mark.long
def test_no_module_imports_itself_over_others():
    assert circle(arrows(modules(ROOT))) == []


CHECKED = "from typing import TYPE_CHECKING\n"


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        ("from . import b", {"b"}),
        ("from .b import x", {"b"}),
        ("from ..room import b, c", {"b", "c"}),
        ("from utils.room import b", {"b"}),
        ("from utils.room.b import x", {"b"}),
        ("import utils.room.b", {"b"}),
        ("import utils.room.b as y", {"b"}),
        ("import os, utils.room.b, utils.room.c as y", {"b", "c"}),
        ("import utils", set()),
        ("import os.path as b", set()),
        ("def late():\n    import utils.room.b", {"b"}),
        (
            "class A:\n    try:\n        from . import b\n    except ImportError:\n        from . import c",
            {"b", "c"},
        ),
        ("with x:\n    from . import b", {"b"}),
        (f"{CHECKED}if TYPE_CHECKING:\n    from . import b", set()),
        (f"{CHECKED}if TYPE_CHECKING:\n    import utils.room.b", set()),
        (f"{CHECKED}if TYPE_CHECKING:\n    from . import b\nelse:\n    from . import c", {"c"}),
        (f"{CHECKED}if TYPE_CHECKING:\n    from . import b\nelif x:\n    from . import c", {"c"}),
        (f"{CHECKED}if not TYPE_CHECKING:\n    from . import b\nelse:\n    from . import c", {"b"}),
        ("import typing\nif typing.TYPE_CHECKING:\n    from . import b", set()),
        (
            "import typing as t\nif t.TYPE_CHECKING:\n    from . import b\nelse:\n    import utils.room.c",
            {"c"},
        ),
        ("if x:\n    from . import b\nelse:\n    from . import c", {"b", "c"}),
        ("if TYPE_CHECKING_TOO:\n    from . import b", {"b"}),
    ],
)
def test_what_a_module_imports_is_seen(tmp_path, source, reached):
    sources = {"room/a": source, "room/b": "x = 1", "room/c": ""}
    assert arrows(written(tmp_path, sources))["utils.room.a"] == {f"utils.room.{one}" for one in reached}


@pytest.mark.parametrize(
    ("first", "second", "round_"),
    [
        ("from . import b", "from . import a", True),
        ("from .b import x", "def late():\n    from .a import y", True),
        ("import utils.room.b", "import utils.room.a as y", True),
        ("import utils.room.b", f"{CHECKED}if TYPE_CHECKING:\n    x = 1\nelse:\n    from . import a", True),
        ("from . import b", f"{CHECKED}if TYPE_CHECKING:\n    from . import a", False),
        ("from . import b", "import typing\nif typing.TYPE_CHECKING:\n    import utils.room.a", False),
        ("from . import b", "x = 1", False),
    ],
)
def test_a_circle_is_found(tmp_path, first, second, round_):
    assert bool(circle(arrows(written(tmp_path, {"room/a": first, "room/b": second})))) == round_


def written(root: Path, sources: Mapping[str, str]) -> dict[str, Path]:
    """The modules of a project with these sources, all in one room."""
    (root / "utils" / "room").mkdir(parents=True)
    for name, text in {"__init__": "", "room/__init__": "", **sources}.items():
        (root / "utils" / f"{name}.py").write_text(f"{text}\n", encoding="utf-8")
    return modules(root)
