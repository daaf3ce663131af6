"""What code a notebook can reach: its own cells and the modules of `utils` that it imports, and what they
import in turn, wherever in a module the import stands.

Code is compared by its syntax tree, so that a comment or a blank line is no change. Code whose imports cannot
be read off (a magic, a module imported by a computed name) reaches everything.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Code", "Modules", "digest", "notebook_code", "texts"]

EVERYTHING = "*"
# Tags that change how a cell is run: one that is not, one that may raise (as Jupyter and as nbval call it).
SKIPPED, MAY_RAISE = "skip-execution", ("raises-exception", "nbval-raises-exception")
RUNNING_TAGS = {SKIPPED, *MAY_RAISE}


def digest(content: bytes | str) -> str:
    """The SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@dataclass(frozen=True)
class Code:
    """A piece of code: the digest of its syntax tree and the names that it imports.

    imports: absolute names of modules or of things in modules; `EVERYTHING` when they cannot be known.
    """

    tree: str
    imports: tuple[str, ...]


def read_code(source: str, package: str = "") -> Code:
    """What a source is and imports; package: the package that a relative import starts from."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return Code(digest(source), (EVERYTHING,))
    return Code(digest(ast.dump(tree)), tuple(sorted(set(_imports(tree, package)))))


def _imports(tree: ast.AST, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in ("__import__", "import_module", "run_path", "run_module", "exec", "eval"):
                yield EVERYTHING


def notebook_code(notebook: dict[str, Any]) -> Code:
    """The code cells of a notebook, in order, with the tags that change how they are run, and its reads as it
    declares them."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    codes = [read_code("".join(cell["source"])) for cell in cells]
    tags = [sorted(RUNNING_TAGS & set(cell["metadata"].get("tags", ()))) for cell in cells]
    declared = [[declares] for declares in [notebook.get("metadata", {}).get("reads")] if declares]
    tree = digest(json.dumps([[code.tree, own] for code, own in zip(codes, tags, strict=True)] + declared))
    return Code(tree, tuple(sorted({name for code in codes for name in code.imports})))


def texts(notebook: dict[str, Any]) -> list[str]:
    """The texts that stand in the code cells of a notebook, and what they have in quotes; the words of a cell
    that is more than Python."""
    found: set[str] = set()
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        try:
            nodes = list(ast.walk(ast.parse(source))) if cell["cell_type"] == "code" else []
        except SyntaxError:
            found |= set(source.split())
        else:
            own = [node.value for node in nodes if isinstance(node, ast.Constant)]
            found |= {text for text in own if isinstance(text, str)}
    return sorted({piece for text in found for piece in (text, *re.split(r"['\"`]", text)) if piece.strip()})


class Modules:
    """The modules below a package folder, read when asked for.

    known: what `read_code` gave for sources by the digest of their bytes, so that an unchanged module is not
    parsed again; it is added to.
    """

    def __init__(self, folder: Path, known: dict[str, Any]) -> None:
        self.folder, self.known = folder, known
        self.used: dict[str, Any] = {}

    @functools.cached_property
    def files(self) -> dict[str, Path]:
        """Every module's file by its name."""
        found = {}
        for path in sorted(self.folder.rglob("*.py")):
            parts = path.relative_to(self.folder.parent).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return found

    @functools.cache  # noqa: B019 - one object a build
    def code(self, name: str) -> Code:
        """What a module is and imports."""
        path = self.files[name]
        content = path.read_bytes()
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        place = f"{package}:{digest(content)}"
        if place not in self.known:
            code = read_code(content.decode(), package)
            self.known[place] = [code.tree, code.imports]
        self.used[place] = self.known[place]
        tree, imports = self.known[place]
        return Code(tree, tuple(imports))

    def reached(self, imports: Iterable[str]) -> dict[str, str]:
        """Digests of all that these imports lead to, by the file's path below the project.

        Templates and other files that lie beside a reached module count with their bytes.
        """
        waiting, found = [name for one in imports for name in self._named(one)], set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [other for one in self.code(name).imports for other in self._named(one)]
        digests = {self._path(self.files[name]): self.code(name).tree for name in found}
        for folder in {self.files[name].parent for name in found}:
            digests |= self._beside(folder)
        return dict(sorted(digests.items()))

    @functools.cache  # noqa: B019 - one object a build
    def _beside(self, folder: Path) -> dict[str, str]:
        """Digests of the files in a package's folder that are no modules, by path."""
        return {self._path(path): digest(path.read_bytes()) for path in _beside(folder)}

    def _path(self, path: Path) -> str:
        return path.relative_to(self.folder.parent).as_posix()

    def _named(self, name: str) -> list[str]:
        """The modules that an import of this name runs: its packages, and itself where it is a module."""
        if name == EVERYTHING:
            return list(self.files)
        parts = name.split(".")
        if parts[0] != self.folder.name:
            return []
        if parts[-1] == "*":
            return [one for one in self.files if one.startswith(".".join(parts[:-1]))]
        steps = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
        return [step for step in steps if step in self.files]


def _beside(folder: Path) -> Iterator[Path]:
    """Files in a package's folder that are no modules, also in folders that are no packages."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            yield path
        elif path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from (inner for inner in sorted(path.rglob("*")) if inner.is_file())
