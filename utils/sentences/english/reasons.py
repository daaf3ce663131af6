"""Why a row is not used, and what the confidence in a finding rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import counted, number
from ..values import Reason

if TYPE_CHECKING:
    from ...archive import Archive
    from ...evidence.article import Partial

__all__ = ["REASONS", "basis", "reason"]

REASONS = {
    Reason.GARBLED: "a relay changed the figure or its meaning",
    Reason.UNSEEN: "the page was not seen",
    Reason.DOUBTFUL: "the page is weak, or the figure or its date is uncertain",
    Reason.NO_NUMBER: "it gives no number",
    Reason.NO_STANCE: "it neither affirms nor denies",
    Reason.NOT_AS_CLAIMED: "it gives another figure, or another meaning",
    Reason.OTHER_FIGURE: "it gives a figure of something else in the same report",
    Reason.OTHER_DAYS: "it is meant for other days",
    Reason.LATER: "it was published after the day that is asked about",
    Reason.OTHER_ACCESS: "others cannot check how it came about",
    Reason.PARTIAL: "its teller is an interested party, and the question leaves them out",
    Reason.OWN: "the claim has its number from there, and is no witness for itself",
    Reason.UNDECIDED: "its teller says both of the same days",
    Reason.DERIVED: "it rests on another teller who is already heard",
    Reason.REPLACED: "the same teller says otherwise, later or of other days",
    Reason.OPEN: "what it foresees cannot be judged",
    Reason.OUTLET_HEARD: "the same outlet is already heard",
    Reason.TELLER_HEARD: "the same teller is already heard",
    Reason.HEARD: "the same origin is already heard",
    Reason.NOT_NEEDED: "the answer does not depend on it",
}


def reason(why: Reason, archive: Archive) -> str:
    """Why a row is not used, in the words of the article."""
    return archive.article.partial_party.tell(REASONS[why])


def basis(
    tellers: int, outside: int, counts: int, partial: Partial | None, outlets: int | None = None
) -> str:
    """What the confidence in a finding rests on. partial: what a party is called whose word is partial, None
    where there is none. outlets: where the question is what was printed, they are the witnesses, and no
    partial parties, whatever party the teller is."""
    if not tellers:
        return "nobody who can be heard"
    if outlets is not None:
        told = f"{counted(outlets, 'outlet')} relaying {counted(tellers, 'teller')}"
        return f"{told}; an outlet is no {partial.one}" if partial else told
    beyond = f"{number(outside)} outside the {partial.many}, " if partial else ""
    return f"{counted(tellers, 'teller')}, {beyond}{number(counts)} resting on a count"
