"""What changed in the published report and on which day, as a data folder tells it in `corrections.yaml`.

Days here are those on which the report changed, not those of the evidence. Each entry is one of the feed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..words import Label, Told
from . import reading
from .cells import Day, Identifier, Text
from .problems import Problem
from .schema import Record

__all__ = ["FILE", "Became", "Correction", "Corrections", "Move", "moves", "problems", "read"]

FILE = "corrections.yaml"


class Became(Record):
    """The labels of a claim from the day of the entry on, as readers were told them; a clock that is left out
    kept its own."""

    then: Label | Told | None = Field(None, description="on the day of the article")
    today: Label | Told | None = Field(None, description="as known today")


class Correction(Record):
    """One change of the report: a mended fault, a changed rule, new evidence, a first publication."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")] = Field(
        description="a short name in lower case with hyphens; its address on the page and in the feed"
    )
    day: Day = Field(description="the day on which the report changed")
    kind: Literal["fault", "rule", "evidence", "published"] = Field(
        description="fault: something was wrong; rule: a rule of judgement changed; evidence: rows were "
        "added; published: the first time"
    )
    title: Text = Field(description="what it is about, in a few words")
    wrong: Text | None = Field(None, description="of a fault: what was wrong")
    since: Day | None = Field(None, description="of a fault: the first day on which it stood in the report")
    changed: Text = Field(description="what is otherwise now")
    claims: tuple[Identifier, ...] = Field((), description="the claims whose pages it touches")
    verdicts: dict[Identifier, Became] = Field({}, description="the verdicts that became others, by claim")

    @model_validator(mode="after")
    def _a_fault_is_told(self) -> Correction:
        told = self.wrong is not None, self.since is not None
        if told != ((self.kind == "fault"),) * 2:
            raise ValueError("what was wrong and since when for a fault, and for nothing else")
        if self.since is not None and self.since > self.day:
            raise ValueError("a fault that was there before the day on which it was mended")
        return self

    @property
    def touched(self) -> tuple[str, ...]:
        """The claims that it names, each once."""
        return tuple(dict.fromkeys((*self.claims, *self.verdicts)))


class Corrections(Record):
    """The file of corrections, the oldest entry first."""

    corrections: Annotated[tuple[Correction, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Move:
    """A verdict that became another one, on a clock ("then" or "today"); before is None the first time."""

    claim: str
    clock: str
    before: str | None
    after: str


def read(folder: Path, found: list[Problem]) -> tuple[tuple[Correction, ...], dict[reading.Place, int]]:
    """The entries of a data folder, the oldest first, with the line of every place; none without the file."""
    if not reading.is_there(folder / FILE):
        return (), {}
    content, lines = reading.read_yaml(folder / FILE, Corrections, found)
    return (content.corrections if content else ()), lines


def problems(
    entries: Sequence[Correction], lines: Mapping[reading.Place, int], claims: Collection[str]
) -> Iterator[Problem]:
    """Entries that share a name, stand out of order, or name a claim that is not there."""
    for place, entry in enumerate(entries):
        line = lines["corrections", place]
        if entry.id in [other.id for other in entries[:place]]:
            yield Problem(FILE, line, "id", entry.id, "a name of its own")
        if place and entry.day < entries[place - 1].day:
            yield Problem(FILE, line, "day", str(entry.day), "the oldest entry first")
        for name in entry.touched:
            if claims and name not in claims:
                yield Problem(FILE, line, "claims", name, "the id of a known claim")


def moves(entries: Sequence[Correction]) -> dict[str, list[Move]]:
    """The verdicts that each entry changed, by its name, with what the entries before it had made them."""
    last: dict[tuple[str, str], str] = {}
    found: dict[str, list[Move]] = {}
    for entry in entries:
        found[entry.id] = []
        for claim, became in entry.verdicts.items():
            for clock, after in (("then", became.then), ("today", became.today)):
                if after is not None and last.get((claim, clock)) != after:
                    found[entry.id].append(Move(claim, clock, last.get((claim, clock)), after))
                    last[claim, clock] = after
    return found
