"""The worlds: how truth, tellers and tellings come about, each one frozen record of parameters.

They were written down and committed before the engine was run on them. What was changed after that first
look is named here:

- nothing so far.

Every world is the first one, "as_assumed", with the changes that its story tells. In the first world the
methods' own assumptions hold as nearly as one world can have them all: letters mean what the default ratios
say, stated errors are the true ones, all tellers share an error of 0.10, parties and tellers do not lean,
copies are declared, every word covers all days that are asked about, series have no memory. Some of the
others break those assumptions on purpose. None is meant to be likely, and no parameter was fitted: they are
round numbers of the size that the literature on polls, counts of casualties and eyewitnesses finds.

A change touches only what it can touch: a table of one keeper knows no copying, an outlet that reports a
speech no heavy tails of a count. What it leaves alone is as in the first world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

__all__ = ["ACCESS_ERROR", "AS_ASSUMED", "LETTER_RATIO", "WORLDS", "World"]

# How many times likelier a teller of a letter says so if it is so than if it is not.
LETTER_RATIO = MappingProxyType({"A": 9.0, "B": 5.0, "C": 3.0, "D": 1.5, "E": 1.2, "F": 2.0})
# The error of a figure that states no range, by how it came about.
ACCESS_ERROR = MappingProxyType({"official": 0.15, "anonymous": 0.20, "count": 0.10, "model": 0.25})


@dataclass(frozen=True)
class World:
    """One way in which articles and their evidence come about.

    Errors of numbers are standard deviations on the log scale; for a series they are shares of the spread of
    its weekly changes. What is not said to be one of those is a probability.

    base_rate: that a claim is true, before anything is known.
    shared_error: what all tellers of a number get wrong together.
    wrong_together: that what all tellers see of an event, or all outlets hear of a speech, is the contrary.
    party_line: that a further teller of a state's party says what the first one of the party said.
    party_lean: by how much the tellers of one party err together in a number.
    party_interest: that a warring party's teller says what suits its side, whatever it saw.
    teller_lean: by how much one teller errs in all its tellings of a number.
    teller_interest: that a teller says what it is inclined to, whatever it saw.
    tellings: how often a teller speaks, each time for other days and as a telling of its own.
    copying: that a teller only repeats what another one knows. copying_known: that the curators know it.
    silence: that a teller who would deny says nothing; of a number, one that would contradict the claim.
    least_covered: the least share of the days asked about that a word covers, from their first day on.
    revising: that a teller's first word is a guess, and of a number low, and that a better one follows.
    first_short: by how much such a first number falls short.
    bounding: that a number is told as "more than" or "up to".
    freedom: degrees of freedom of Student's t of which errors are drawn; none: they are normal.
    gross: that a teller, a map or an outlet is simply wrong.
    uneven: the standard deviation of the log of the factor between a true precision and the stated one.
    ramp: the slope of the true number, a day. memory: correlation of a series' change with the week before.
    wander: the random part of the true number's change in a day.
    """

    name: str
    story: str
    base_rate: float = 0.5
    shared_error: float = 0.10
    wrong_together: float = 0.0
    party_line: float = 0.5
    party_lean: float = 0.0
    party_interest: float = 0.0
    teller_lean: float = 0.0
    teller_interest: float = 0.0
    tellings: int = 1
    copying: float = 0.0
    copying_known: float = 0.5
    silence: float = 0.0
    least_covered: float = 1.0
    revising: float = 0.0
    first_short: float = 0.0
    bounding: float = 0.0
    freedom: float | None = None
    gross: float = 0.0
    uneven: float = 0.0
    ramp: float = 0.0
    memory: float = 0.0
    wander: float = 0.03


AS_ASSUMED = World("as_assumed", "The methods' own assumptions hold.")


def _other(name: str, story: str, **changes: Any) -> World:
    """The first world with some changes."""
    return replace(AS_ASSUMED, name=name, story=story, **changes)


_WORLDS = (
    AS_ASSUMED,
    _other(
        "party_lean",
        "All tellers of one party shift their numbers together, by a fifth as a rule. An interested party's "
        "teller says in one of three cases what suits its side, and so does a map of its staff.",
        party_lean=0.2,
        party_interest=0.35,
    ),
    _other(
        "teller_lean",
        "Each teller shifts all its numbers its own way, by a fifth as a rule, and speaks three times. In "
        "one of five cases it says what it is inclined to.",
        teller_lean=0.2,
        teller_interest=0.2,
        tellings=3,
    ),
    _other(
        "copying",
        "Every second teller only repeats what another one knows, in its own words and on its own days. The "
        "curators know it of every second of them.",
        copying=0.5,
    ),
    _other(
        "silence_of_deniers",
        "Two of three tellers who would deny say nothing: what did not happen is no news, and a figure that "
        "contradicts the article is kept back.",
        silence=0.67,
    ),
    _other(
        "partial_windows",
        "A word covers the days from the first one asked about up to any later one, sometimes a tenth of "
        "them. A table covers only a part of the window, and its pace is another in the rest.",
        least_covered=0.1,
    ),
    _other(
        "revisions",
        "Every second teller's first word is a guess. First numbers are low, by a quarter as a rule; a "
        "better one follows within weeks, and a denial is taken back. Tables are corrected late.",
        revising=0.5,
        first_short=0.35,
    ),
    _other(
        "bounds",
        "Every second number is told as 'more than' or 'up to'; events are told as numbers of those seen, "
        "and an outlet drops a bound or adds one.",
        bounding=0.5,
    ),
    _other(
        "base_rate",
        "Only three of ten claims are true; all else is as the methods assume.",
        base_rate=0.3,
    ),
    _other(
        "heavy_tails",
        "Errors are drawn of Student's t with three degrees of freedom, and one teller, outlet or map of "
        "ten is simply wrong.",
        freedom=3.0,
        gross=0.1,
    ),
    _other(
        "unequal_precision",
        "Of two tellers with one letter and one way of knowing, one errs by twice as much as stated and the "
        "other by half. A series has quiet and wild months.",
        uneven=0.7,
    ),
    _other(
        "wrong_together",
        "All tellers share an error of a quarter in a number, and in one of ten matters all of them have it "
        "the wrong way round.",
        shared_error=0.25,
        wrong_together=0.1,
    ),
    _other(
        "ramps",
        "True numbers rise or fall by a twenty-fifth a day, and a series remembers its last weeks.",
        ramp=0.04,
        memory=0.6,
    ),
)

WORLDS: Mapping[str, World] = MappingProxyType({world.name: world for world in _WORLDS})
