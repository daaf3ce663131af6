"""What a state shows: the verdicts on all claims, one of them in full, and what moved by the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..analysis.comparing import Moved, moved
from ..answers import answer
from ..archive import Archive
from ..evidence.claims import Claim
from ..verdicts import Verdict
from ..words import Told
from .board import Board
from .state import Choices, State, settled

__all__ = ["View", "shown", "view"]


@dataclass(frozen=True, repr=False)
class View:
    """What a state shows.

    claim: with its choices. before, after: the verdicts on all claims by all that the archive holds, with
    nothing changed, and in this state. told: the label that readers are told of the claim. answer: the same
    in a sentence. moved: the claims on which both do not say the same. faults: what was wrong with one's own
    rows and values, which are left out.
    """

    state: State
    archive: Archive
    claim: Claim
    before: Mapping[str, Verdict]
    after: Mapping[str, Verdict]
    told: Told
    answer: str
    moved: tuple[Moved, ...]
    faults: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict on the claim of the state."""
        return self.after[self.claim.id]

    @property
    def code(self) -> str:
        """The line that gives this view."""
        return self.state.code

    def _repr_html_(self) -> str:
        from .pages import html

        return html(self)

    def __repr__(self) -> str:
        from .pages import text

        return text(self)


def view(
    archive: Archive,
    claim: str | None = None,
    *,
    as_of: date | str | None = None,
    choices: Choices | None = None,
    without: Iterable[str] = (),
    sides: Iterable[str] = (),
    rows: Iterable[Mapping[str, Any]] = (),
) -> View:
    """What an archive shows of a claim on a day, with other choices, without some, with rows of one's own.

    choices: by the name of a check, its parameters. without, sides: ids of sources and parties. rows: as for
    `Archive.with_rows`. KeyError for an unknown name; wrong rows and values are told in the view.
    """
    state = settled(archive, claim, as_of=as_of, choices=choices, without=without, sides=sides, rows=rows)
    return shown(Board(archive), state)


def shown(board: Board, state: State) -> View:
    """What a state of a board shows."""
    before = board.seen(State(state.claim, board.archive.clock))
    seen = board.seen(state)
    pairs = ((before.verdicts[name], after) for name, after in seen.verdicts.items())
    answered = answer(seen.whole, seen.claim, seen.verdicts[state.claim])
    return View(
        state=state,
        archive=seen.archive,
        claim=seen.claim,
        before=before.verdicts,
        after=seen.verdicts,
        told=answered.label,
        answer=answered.text,
        moved=tuple(one for pair in pairs if (one := moved(*pair)) is not None),
        faults=seen.faults,
    )
