"""What the pages "About this report" and "Corrections" show, and the feed, which has the same entries."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from ..archive import Archive
from ..evidence.corrections import Correction, Move, moves
from .render import render

__all__ = ["Entry", "about", "corrections", "entries", "feed"]

KINDS = {
    "fault": "Correction",
    "rule": "Changed rule",
    "evidence": "New evidence",
    "published": "First publication",
}


@dataclass(frozen=True)
class Entry:
    """A change of the report: what the data folder tells of it, and the verdicts that moved."""

    told: Correction
    moves: tuple[Move, ...]
    feed: uuid.UUID

    @property
    def kind(self) -> str:
        """What sort of change it is, in words."""
        return KINDS[self.told.kind]

    @property
    def anchor(self) -> str:
        """Its address on the page of corrections."""
        return f"entry-{self.told.id}"

    @property
    def urn(self) -> str:
        """Its name in the feed."""
        return uuid.uuid5(self.feed, self.told.id).urn


def entries(archive: Archive) -> list[Entry]:
    """Every change of the report, the newest first; those of one day in the reverse order of the file."""
    moved, own = moves(archive.corrections), _feed(archive)
    return [Entry(one, tuple(moved[one.id]), own) for one in reversed(archive.corrections)]


def _feed(archive: Archive) -> uuid.UUID:
    """A name of its own for the feed of a report, the same in every build and wherever it is published."""
    name = re.sub(r"\W+", "-", archive.article.called.lower()).strip("-")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{name}/corrections")


def about(archive: Archive) -> dict[str, object]:
    """The values of the template ``about.html``."""
    contact = archive.article.contact
    is_mail = contact is not None and "://" not in contact
    return {"contact": contact, "contact_address": f"mailto:{contact}" if is_mail else contact}


def corrections(archive: Archive) -> dict[str, object]:
    """The values of the template ``corrections.html``: faults that were mended, and what else changed."""
    every = entries(archive)
    return {
        "faults": [one for one in every if one.told.kind == "fault"],
        "others": [one for one in every if one.told.kind != "fault"],
    }


def feed(archive: Archive, answers: Mapping[str, str] | None = None) -> str:
    """The changes as an Atom feed, dated by the days on which the report changed.

    answers: the answer of today by claim; it follows the last verdict of today that the feed tells of it.

    Its addresses are whole where that of the site is known. Without a change it has the day of the data.
    """
    every, home = entries(archive), archive.article.address
    newest = every[0].told.day if every else archive.vintage or archive.clock
    return str(
        render(
            "changes.xml",
            article=archive.article,
            feed_id=_feed(archive).urn,
            updated=newest.isoformat(),
            home=f"{home}/" if home else "",
            entries=every,
            answers=_answered(every, answers or {}),
            article_day=archive.article.published,
        )
    )


def _answered(every: list[Entry], answers: Mapping[str, str]) -> dict[str, list[str]]:
    """The answers that an entry gives, by its name: of the claims whose verdict of today it changed last."""
    last: dict[str, str] = {}
    for one in every:
        for move in one.moves:
            if move.clock == "today":
                last.setdefault(move.claim, one.told.id)
    given: dict[str, list[str]] = {one.told.id: [] for one in every}
    for claim, entry in last.items():
        if claim in answers:
            given[entry].append(f"{claim}: {answers[claim]}")
    return given
