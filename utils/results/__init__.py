"""What takes long and many ask for: the verdicts of every day and what they lean on, computed once.

Notebooks and report ask for them alike. Who asks first computes them and keeps them in ``reports/results``,
who asks meanwhile waits, who asks later reads: as JSON of records (`records`), under the digest of all that
they depend on (`content`), so that nothing old is read. Where that digest cannot be told, they are computed
anew and not kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import collector, history, robustness
from ..answers.labels import told
from ..answers.written import Answered
from ..answers.written import both as answered
from ..archive import DATA, Archive
from ..evidence.nearest import Named
from ..history import Change
from ..robustness import Robustness
from ..runs import checked
from ..runs.reach import digest
from ..shown import Shown, View, judged
from ..verdicts import TwoClocks, Verdict
from .content import key
from .records import from_text, to_text

__all__ = ["FOLDER", "KEPT", "Results", "alone", "kept", "leanings"]

FOLDER = DATA.parent / "reports" / "results"
# Of how many states of the data and the code they are kept, ten megabytes each, so that going back computes
# nothing.
KEPT = 4


@dataclass(frozen=True, repr=False)
class Results(Shown):
    """An archive and what follows from it, by claim.

    days: the verdict on every day. leaning: the robustness on the day of the article and today, of the
    claims that have a verdict.
    """

    archive: Archive
    days: Mapping[str, tuple[Verdict, ...]]
    leaning: Mapping[str, tuple[Robustness, Robustness]]

    def _view(self) -> View:
        return judged.results(self.archive.article.title, [days[-1] for days in self.days.values() if days])

    @classmethod
    def of(cls, archive: Archive) -> Results:
        """Compute them; some seconds for the project's own data."""
        return cls._filled(archive, _computed(archive))

    @classmethod
    def _filled(cls, archive: Archive, content: Mapping[str, Any]) -> Results:
        judged = content["judged"].items()
        days = Named("claim", ((name, history.every_day(some, archive.clock)) for name, some in judged))
        return cls(archive, days, Named("claim", content["leaning"].items()))

    def published_at(self, address: str) -> Results:
        """The same, of an archive whose report is published under this whole address."""
        article = self.archive.article.model_copy(update={"address": address})
        return replace(self, archive=replace(self.archive, article=article))

    @property
    def then_index(self) -> int:
        """The place of the article's day in the histories."""
        return (self.archive.article.published - self.archive.article.history_from).days

    @property
    def both(self) -> Mapping[str, TwoClocks]:
        """The verdicts on the day of the article and today."""
        both = ((name, (days[self.then_index], days[-1])) for name, days in self.days.items())
        return Named("claim", ((name, TwoClocks(pair)) for name, pair in both))

    @cached_property
    def answers(self) -> dict[str, tuple[Answered, Answered]]:
        """What readers are told on the day of the article and today."""
        return answered(self.archive, self.both, self.leaning)

    @property
    def changes(self) -> list[Change]:
        """Every change of the label that readers are told, the newest first."""
        found = [change for days in self.days.values() for change in history.changes(days, told)]
        return sorted(found, key=lambda change: (-change.day.toordinal(), change.claim))


def kept(archive: Archive, folder: Path | None = None) -> Results:
    """The results of an archive as `folder` keeps them; computed, and kept, where it does not.

    Without a folder each data folder has its own.
    """
    folder = folder or _of(archive)
    with collector.still():
        return Results._filled(archive, _kept(archive, folder, _computed))


def leanings(archive: Archive, folder: Path | None = None) -> dict[str, Robustness]:
    """The robustness of every checked claim by what an archive shows, kept like results; three seconds of
    processor time for the project's own data where it is not kept."""
    with collector.still():
        return _kept(archive, folder or _of(archive) / "leanings", robustness.ledger)


def _of(archive: Archive) -> Path:
    """Where the results of a data folder are kept, so that none drops those of another."""
    data = archive.tables.folder.resolve()
    return FOLDER if data == DATA.resolve() else FOLDER / digest(str(data))[:12]


def _kept(archive: Archive, folder: Path, compute: Callable[[Archive], dict[str, Any]]) -> dict[str, Any]:
    name = key(archive)
    if name is None:
        return compute(archive)
    path = folder / f"{name}.json"
    content = _read(path)
    if content is None:
        with alone(folder):
            content = _read(path) or _compute(archive, path, compute)
    return content


def _computed(archive: Archive) -> dict[str, Any]:
    checked = [claim for claim in archive.claims if claim.is_checked]
    return {
        "judged": history.judgements(archive),
        "leaning": {claim.id: robustness.two_clocks(archive, claim) for claim in checked},
    }


def _compute(archive: Archive, path: Path, compute: Callable[[Archive], dict[str, Any]]) -> dict[str, Any]:
    """Compute, and keep it unless a file that it depends on has been written in the meantime."""
    content = compute(archive)
    if key(archive) == path.stem:
        text = to_text(content)
        # Where nothing can be written, the next one computes as well.
        with contextlib.suppress(OSError):
            checked.write(path, text)
            _drop(path.parent)
    return content


def _read(path: Path) -> dict[str, Any] | None:
    """What a file keeps; None where there is none, or it is not what was written."""
    try:
        text = checked.read(path)
        return None if text is None else from_text(text)
    except ValueError:
        return None


def _drop(folder: Path) -> None:
    """Remove the oldest."""
    written = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in written[:-KEPT]:
        checked.remove(path)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process computes; without such a lock both do, and the last to write is kept."""
    with contextlib.ExitStack() as held:
        # No Windows has it, and not every network drive; the lock of a process that dies is free again.
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            folder.mkdir(parents=True, exist_ok=True)
            fcntl.flock(held.enter_context((folder / "lock").open("w")), fcntl.LOCK_EX)
        yield
