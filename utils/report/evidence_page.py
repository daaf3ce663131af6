"""What the page "Where the evidence comes from" shows: sides, languages, addresses, and claims by dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from .. import verdicts
from ..archive import Archive
from ..calibration.gate import band
from ..checks import Finding
from ..evidence.claims import Claim
from ..evidence.datasets import Dataset
from ..evidence.review import Review
from ..evidence.schema import Statement
from ..evidence.tables import Table
from ..results import Results
from ..words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED

__all__ = [
    "Group",
    "Row",
    "Said",
    "by_language",
    "by_side",
    "context",
    "language_name",
    "matrix",
    "second_look_interval",
]

ENGLISH = Locale("en")
SAYS = {SUPPORTED: "supports", REFUTED: "refutes", CONFLICTING: "conflicts", NOT_ENOUGH: "cannot decide"}
SECOND_LOOK = 0.95


@dataclass(frozen=True)
class Group:
    """What there is of one side or language: rows, sound ones, their tellers and tellings."""

    name: str
    rows: int
    sound: int
    tellers: int
    tellings: int


@dataclass(frozen=True)
class Said:
    """What one line of evidence says; of: the part of the claim it speaks of, where the claim has several."""

    of: str | None
    words: str


# Before the name of a table that was made of no dataset.
OWN = "tables/"


@dataclass(frozen=True)
class Row:
    """A claim in the matrix: what its words say, and what each dataset says, then and now.

    weighed_together: whether some line weighs the words of tellers and a dataset as one.
    """

    claim: Claim
    words: tuple[Said, ...]
    cells: tuple[tuple[Said, ...], ...]
    weighed_together: bool

    @property
    def on_words_alone(self) -> bool:
        """Whether no dataset speaks of it."""
        return not any(self.cells)


def _groups(archive: Archive, key: Callable[[Statement], str]) -> list[Group]:
    rows: dict[str, list[Statement]] = {}
    for row in archive.statements:
        rows.setdefault(key(row), []).append(row)
    found = []
    for name, group in rows.items():
        sound = [row for row in group if row.status == "sound"]
        tellers = {archive.teller(row) for row in sound}
        found.append(Group(name, len(group), len(sound), len(tellers), len({row.origin for row in sound})))
    return sorted(found, key=lambda one: (-one.rows, one.name))


def by_side(archive: Archive) -> list[Group]:
    """The rows by the party of their teller, most rows first."""
    return _groups(archive, lambda row: archive.article.parties[archive.sources[row.source].party].name)


def by_language(archive: Archive) -> list[Group]:
    """The rows by the language of their page, most rows first."""
    return _groups(archive, lambda row: language_name(row.language))


def language_name(code: str | None) -> str:
    """The name of a language by its two letters; a code without a name stays."""
    return "not known" if code is None else ENGLISH.languages.get(code, code).capitalize()


@dataclass(frozen=True)
class _Line:
    """A check on both clocks; mixed: whether it weighs words beside the dataset under which it stands."""

    old: Finding
    new: Finding
    mixed: bool

    @property
    def part(self) -> str | None:
        """The part of the claim of which it speaks; None where that is the whole."""
        return self.new.condition or self.new.reading

    @property
    def words(self) -> str:
        """What it says; both clocks where they differ."""
        first, last = (SAYS[verdicts.label(one)] for one in (self.old, self.new))
        phrase = first if first == last else f"{first}, today {last}"
        return f"{phrase} (with words)" if self.mixed else phrase


def _said(lines: Iterable[_Line], parts: bool) -> tuple[Said, ...]:
    """What lines of evidence say; parts: whether the claim has several."""
    return tuple(Said(line.part if parts else None, line.words) for line in lines)


def matrix(results: Results) -> tuple[list[str], list[Row]]:
    """The datasets, and tables made of none, that speak of any claim, and a row for each checked claim."""
    archive = results.archive
    lines = {claim.id: _lines(archive, claim, results.both) for claim in archive.claims if claim.is_checked}
    speaking = {name for by_dataset in lines.values() for name in by_dataset if name is not None}
    own = [f"{OWN}{name}" for name in archive.tables.declared]
    datasets = [name for name in (*archive.tables.datasets, *own) if name in speaking]
    rows = [_row(archive.claim(name), by_dataset, datasets) for name, by_dataset in lines.items()]
    return datasets, rows


def _asked(archive: Archive, name: str) -> Dataset | Table:
    """A dataset, or a table made of none, by its name in the matrix."""
    if name.startswith(OWN):
        return archive.tables.declared[name.removeprefix(OWN)]
    return archive.tables.datasets[name]


def _row(claim: Claim, by_dataset: Mapping[str | None, list[_Line]], datasets: Sequence[str]) -> Row:
    every = [line for lines in by_dataset.values() for line in lines]
    parts = len({line.part for line in every}) > 1
    return Row(
        claim,
        _said(by_dataset.get(None, ()), parts),
        tuple(_said(by_dataset.get(one, ()), parts) for one in datasets),
        any(line.mixed for line in every),
    )


def _lines(
    archive: Archive, claim: Claim, both: Mapping[str, tuple[verdicts.Verdict, verdicts.Verdict]]
) -> dict[str | None, list[_Line]]:
    """The lines of a claim by dataset; under None those that rest on words alone."""
    then, now = both[claim.id]
    found: dict[str | None, list[_Line]] = {}
    for check, old, new in zip(claim.built, then.findings, now.findings, strict=True):
        tables = check.tables_used()
        # A table that the folder made of no dataset stands for itself.
        made_from = [archive.tables.declared[table].datasets[:1] or (f"{OWN}{table}",) for table in tables]
        places: list[str | None] = [name for names in made_from for name in names] or [None]
        line = _Line(old, new, mixed=bool(made_from and check.quantities_used()))
        for place in places:
            found.setdefault(place, []).append(line)
    return found


def second_look_interval(review: Review) -> tuple[float, float]:
    """The 95 % interval of the share of wrong rows, by the second look at a sample of them."""
    return band(review.wrong.rows, review.checked, SECOND_LOOK)


def context(results: Results, review: Review | None) -> dict[str, object]:
    """What the template needs."""
    archive = results.archive
    datasets, rows = matrix(results)
    sound = [row for row in archive.statements if row.status == "sound"]
    addressed = [row for row in sound if row.url]
    return {
        "sides": by_side(archive),
        "languages": by_language(archive),
        "datasets_asked": [_asked(archive, name) for name in datasets],
        "silent_datasets": [one for name, one in archive.tables.datasets.items() if name not in datasets],
        "matrix": rows,
        "review": review,
        "interval": second_look_interval(review) if review else None,
        "addressed": len(addressed),
        "sound": len(sound),
        "read_days": sorted(Counter(row.read for row in addressed if row.read).items()),
        "archived": sum(row.archived is not None for row in addressed),
    }
