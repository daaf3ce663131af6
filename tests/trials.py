"""A notebook run in this process by a reader who has changed something, and what it then shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import nbformat

from utils import figures, prose, verdicts
from utils.archive import Archive
from utils.evidence.claims import Claim
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
            yield from _choices(claim)
            yield from _rows(claim, archive, source)
    for days in (-10, 10, 60):
        yield Change(f"the article printed {days} days later", _printed_later(timedelta(days=days)))
    yield Change("as known at the end of 2025", lambda archive: archive.as_of("2025-12-31"))
    for old, new in CELLS:
        if old in source:
            yield Change(f"{new} in a cell", of_cells=((old, new),))


def with_claim(archive: Archive, claim: Claim) -> Archive:
    """The archive with a claim in place of the one of its name."""
    return replace(archive, claims=tuple(claim if one.id == claim.id else one for one in archive.claims))


def _choices(claim: Claim) -> Iterator[Change]:
    for check in claim.built:
        for name, ways in alternatives(check).items():
            for way in ways:
                varied = claim.vary(check.key, **way)
                yield Change(
                    f"{claim.id}, {check.key}: another {name} ({way})",
                    lambda archive, varied=varied: with_claim(archive, varied),
                )


def _rows(claim: Claim, archive: Archive, source: str) -> Iterator[Change]:
    """A teller left out, each in turn, and a row that says the opposite of one that is used.

    Tellers whose rows the cells name are not left out: a page that speaks of a row by name needs it.
    """
    named = {row.source for row in archive.statements if f'"{row.id}"' in source}
    used = [archive.rows[name] for name in verdicts.verdict(archive, claim).evidence]
    for teller in dict.fromkeys(row.source for row in used if row.source not in named):
        yield Change(f"{claim.id}: without {teller}", lambda archive, teller=teller: archive.without(teller))
    if not used:
        return
    other = {"affirms": "denies", "denies": "affirms"}
    row = used[-1]
    own = row.model_copy(
        update={
            "id": "S9999",
            "origin": "S9999",
            "published": max(row.valid_from, archive.article.published),
            "stance": other.get(row.stance, row.stance),
            "value": row.value and 3 * row.value,
        }
    )
    yield Change(f"{claim.id}: against {row.id}", lambda archive: archive.with_rows(own))


def _printed_later(by: timedelta) -> Callable[[Archive], Archive]:
    return lambda archive: replace(
        archive, article=archive.article.model_copy(update={"published": archive.article.published + by})
    )
