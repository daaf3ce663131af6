"""Everything that the pages need and that takes time, computed once for a build."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import history, robustness
from ..archive import Archive
from ..history import Change
from ..robustness import Robustness
from ..verdicts import Verdict

__all__ = ["Results", "kept"]


@dataclass(frozen=True)
class Results:
    """An archive and what follows from it, by claim.

    days: the verdict on every day. leaning: the robustness on the day of the article and today, of the
    claims that have a verdict.
    """

    archive: Archive
    days: Mapping[str, tuple[Verdict, ...]]
    leaning: Mapping[str, tuple[Robustness, Robustness]]

    @classmethod
    def of(cls, archive: Archive) -> Results:
        """Compute them; some ten seconds for the project's own data."""
        return cls(
            archive,
            history.histories(archive),
            {claim.id: robustness.two_clocks(archive, claim) for claim in archive.claims if claim.is_checked},
        )

    @property
    def then_index(self) -> int:
        """The place of the article's day in the histories."""
        return (self.archive.article.published - self.archive.article.history_from).days

    @property
    def both(self) -> dict[str, tuple[Verdict, Verdict]]:
        """The verdicts on the day of the article and today."""
        return {name: (days[self.then_index], days[-1]) for name, days in self.days.items()}

    @property
    def changes(self) -> list[Change]:
        """Every change of a label, the newest first."""
        found = [change for days in self.days.values() for change in history.changes(days)]
        return sorted(found, key=lambda change: (-change.day.toordinal(), change.claim))


def kept(data: Path, folder: Path, key: str) -> Results:
    """The results for a data folder, as `folder` keeps them under the key of all that they depend on.

    Computed and kept, in place of older ones, when they are not there or cannot be read.
    """
    archive, path = Archive.read(data), folder / f"{key}.pickle"
    # Tens of thousands of findings are made or read; the collector would go through them again and again.
    gc.disable()
    try:
        return Results(archive, *pickle.loads(path.read_bytes()))
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError):
        made = Results.of(archive)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.pickle"):
            old.unlink()
        path.write_bytes(pickle.dumps((made.days, made.leaning), protocol=pickle.HIGHEST_PROTOCOL))
        return made
    finally:
        gc.enable()
