"""A notebook run in this process by a reader who has changed something, and what it then shows."""

import ast
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import nbformat

from utils import figures, prose, verdicts
from utils.archive import Archive
from utils.evidence.claims import Claim
from utils.evidence.schema import Statement
from utils.robustness.choices import alternatives

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("0*.ipynb"))
# What cells offer to be changed by hand: as it stands, and as it is tried.
CELLS = (
    ("closeness = 1.25", "closeness = 1.6"),
    ("week = 7", "week = 14"),
    ('"needed": (29_000, 36_000)', '"needed": (10_000, 12_000)'),
    ('day = pandas.Timestamp("2024-11-30")', 'day = pandas.Timestamp("2024-09-30")'),
)


@dataclass(frozen=True)
class Change:
    """What a reader changes: in words, of the archive that is read, and of the cells' text."""

    words: str
    of_archive: Callable[[Archive], Archive] = lambda archive: archive
    of_cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Shown:
    """What a notebook showed: a text an output, and the cells that stopped, with why."""

    texts: tuple[str, ...]
    stopped: tuple[str, ...]

    @property
    def notes(self) -> list[str]:
        return [text for text in self.texts if text.startswith(prose.CHANGED)]


def run(notebook: Path, change: Change, monkeypatch) -> Shown:
    """Run the cells of a notebook, one after another, with what a reader changed; none stops the next."""
    archive = change.of_archive(Archive.read())
    texts: list[str] = []
    stopped = []
    monkeypatch.setattr(Archive, "read", lambda: archive)
    monkeypatch.setattr("IPython.display.display", lambda data, **_: texts.append(data["text/plain"]))
    # What is drawn is read from the figure; no pixel is needed.
    monkeypatch.setattr(figures, "svg", lambda figure: "")
    monkeypatch.setattr(figures, "_picture", lambda figure: b"")
    names: dict[str, object] = {}
    for place, cell in enumerate(nbformat.read(notebook, as_version=4).cells):
        if cell.cell_type == "code":
            source = cell.source
            for old, new in change.of_cells:
                source = source.replace(old, new)
            try:
                exec(compile(source, f"{notebook.stem}, cell {place}", "exec"), names)
            except Exception as problem:
                stopped.append(f"cell {place}: {type(problem).__name__}: {problem}")
    return Shown(tuple(texts), tuple(stopped))


def changes(notebook: Path, archive: Archive) -> Iterator[Change]:
    """What a reader may change on a page: each choice of its checks, tellers, rows, days, and cells."""
    source = "".join(cell.source for cell in nbformat.read(notebook, as_version=4).cells)
    for claim in archive.claims:
        if f'"{claim.id}"' in source:
            yield from _choices(claim, archive)
            yield from _rows(claim, archive)
    for teller in dict.fromkeys(row.source for row in archive.statements if f'"{row.id}"' in source):
        yield Change(f"without {teller}, of whom a cell speaks", without(teller))
    for days in (-10, 10, 60):
        yield Change(f"the article printed {days} days later", _printed_later(timedelta(days=days)))
    for day in (archive.article.published.isoformat(), "2025-02-01", "2025-12-31"):
        yield Change(f"as known on {day}", lambda archive, day=day: archive.as_of(day))
    for old, new in CELLS:
        if old in source:
            yield Change(f"{new} in a cell", of_cells=((old, new),))


def seed() -> str:
    """What changes are drawn by: another draw with each change of a page, the same one for the same pages."""
    return hashlib.sha256(b"".join(page.read_bytes() for page in NOTEBOOKS)).hexdigest()


def unguarded(source: str) -> set[str]:
    """Rows that a cell's text needs by name, outside of an `if prose.there(…)` that asks for them.

    Needed is what is looked up in `rows[…]`, and what is given as `rows`, as `sources` or to `prose.cite`.
    `prose.present(…)` and `rows.get(…)` may be given any name.
    """
    return _needed(ast.parse(source), frozenset())


def _needed(node: ast.AST, guarded: frozenset[str]) -> set[str]:
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    if called in ("prose.there", "prose.present") or called.endswith("rows.get"):
        return set()
    if isinstance(node, ast.If) and "prose.there(" in ast.unparse(node.test):
        asked = guarded | _names(node.test)
        return set().union(
            *(_needed(one, asked) for one in node.body), *(_needed(one, guarded) for one in node.orelse)
        )
    own: set[str] = set()
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("rows"):
        own = _names(node.slice)
    elif isinstance(node, ast.keyword) and node.arg in ("rows", "sources"):
        own = _names(node.value)
    elif called == "prose.cite":
        own = _names(node)
    elif isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp) and any(
        isinstance(one, ast.Subscript) and ast.unparse(one.value).endswith("rows") for one in ast.walk(node)
    ):
        own = set().union(*(_names(one.iter) for one in node.generators))
    return (own - guarded).union(*(_needed(one, guarded) for one in ast.iter_child_nodes(node)))


def _names(node: ast.AST) -> set[str]:
    """Names of rows in a piece of code, but for those that are only asked for if they are there."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "prose.present":
        return set()
    if isinstance(node, ast.Constant):
        return {node.value} if re.fullmatch(r"[SV]\d{2,4}", str(node.value)) else set()
    return set().union(*(_names(one) for one in ast.iter_child_nodes(node)))


def with_claim(archive: Archive, claim: Claim) -> Archive:
    """The archive with a claim in place of the one of its name."""
    return replace(archive, claims=tuple(claim if one.id == claim.id else one for one in archive.claims))


def _choices(claim: Claim, archive: Archive) -> Iterator[Change]:
    for check in claim.built:
        for name, ways in alternatives(archive, check).items():
            for way in ways:
                varied = claim.vary(check.key, **way)
                yield Change(
                    f"{claim.id}, {check.key}: another {name} ({way})",
                    lambda archive, varied=varied: with_claim(archive, varied),
                )


def without(teller: str) -> Callable[[Archive], Archive]:
    """The archive without all rows of a teller."""
    return lambda archive: archive.without(teller)


def _rows(claim: Claim, archive: Archive) -> Iterator[Change]:
    """A teller left out, each in turn, and a row that says the opposite of one that is used."""
    used = [archive.rows[name] for name in verdicts.verdict(archive, claim).evidence]
    for teller in dict.fromkeys(row.source for row in used):
        yield Change(f"{claim.id}: without {teller}", without(teller))
    if not used:
        return
    own = _against(used[-1], archive)
    yield Change(f"{claim.id}: against {used[-1].id}", lambda archive: archive.with_rows(own))


def _against(row: Statement, archive: Archive) -> Statement:
    """A row of a reader's own that says the opposite of a row, or a third of its number."""
    other = {"affirms": "denies", "denies": "affirms"}
    whole = archive.quantities[row.quantity].unit == "persons"
    numbers = {
        name: number if number is None else number // 3 if whole else number / 3
        for name, number in (("value", row.value), ("low", row.low), ("high", row.high))
    }
    told = {"id": "S9999", "origin": "S9999", "published": max(row.published, archive.article.published)}
    return row.model_copy(update={**told, **numbers, "stance": other.get(row.stance, row.stance)})


def _printed_later(by: timedelta) -> Callable[[Archive], Archive]:
    return lambda archive: replace(
        archive, article=archive.article.model_copy(update={"published": archive.article.published + by})
    )
