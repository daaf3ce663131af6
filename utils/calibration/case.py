"""What is drawn: a claim with its truth, who tells what of it, and the tables that show it.

Nothing here knows a column or a file of a data folder; `utils.calibration.folder` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, SupportsInt

from ..evidence.schema import Access

__all__ = [
    "ARTICLE_DAY",
    "LAG_DAYS",
    "NEWEST_DAY",
    "NO_PARTY",
    "WARRING",
    "Case",
    "CouldGrow",
    "GaveFigure",
    "Happened",
    "HowMany",
    "Matter",
    "NoneMoved",
    "NotThinned",
    "Question",
    "Series",
    "SeriesWent",
    "Spoke",
    "Stays",
    "Teller",
    "Telling",
    "Unverifiable",
    "WillCome",
    "day",
]

ARTICLE_DAY = date(2031, 5, 20)
NEWEST_DAY = ARTICLE_DAY + timedelta(days=200)
LAG_DAYS = 2  # from a day that a table is about until it is public
WARRING = ("north", "south")
NO_PARTY = "none"


def day(after: SupportsInt) -> date:
    """So many days after the article; before it when negative."""
    return ARTICLE_DAY + timedelta(days=int(after))


@dataclass(frozen=True)
class Teller:
    """Somebody who tells.

    access: how it comes to know numbers. eyes: by whom it knows, its own name when it knows by itself.
    derived_known: whether the curators know that it knows by another.
    """

    name: str
    party: str
    letter: str
    access: Access
    eyes: str
    derived_known: bool = False

    @property
    def warring(self) -> bool:
        """Whether it belongs to a warring party."""
        return self.party in WARRING


@dataclass(frozen=True)
class Matter:
    """What tellers speak of. unit: None where it is told by yes and no. foreseen: not there when told.
    adds_up: whether its number is counted over days."""

    name: str
    unit: str | None = None
    foreseen: bool = False
    adds_up: bool = False


@dataclass(frozen=True)
class Telling:
    """One teller's word of a matter, meant for some days and public on one.

    origin: shared with all that go back to the same telling. A number may have both ends of its 90 % range;
    a bound has one end alone. affirms: yes or no, for a word without a number.
    """

    matter: str
    teller: str
    origin: str
    outlet: str
    first: date
    last: date
    public: date
    access: Access = "official"
    number: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    affirms: bool | None = None


@dataclass(frozen=True)
class Series:
    """A table of numbers by day and place: (day, place, day of publication, number); what became public later
    of the same day and place is added to it."""

    name: str
    rows: tuple[tuple[date, str, date, float], ...]


@dataclass(frozen=True)
class Stays:
    """A table of the places in which units were shown: (unit, place, first day, last day)."""

    name: str
    rows: tuple[tuple[str, str, date, date], ...]


@dataclass(frozen=True)
class HowMany:
    """The number was this, give or take a share, on a day."""

    matter: str
    value: float
    tolerance: float
    on: date


@dataclass(frozen=True)
class Happened:
    """It was so on some day of a window, on none, or on all of them."""

    matter: str
    days: Literal["some", "none", "all"]
    since: date
    until: date


@dataclass(frozen=True)
class GaveFigure:
    """The speaker gave this very figure; the origin holds all that credit the speaker with one."""

    speaker: str
    origin: str
    value: float


@dataclass(frozen=True)
class Spoke:
    """The speaker affirmed or denied the matter within the days."""

    speaker: str
    matter: str
    affirmed: bool
    since: date
    until: date


@dataclass(frozen=True)
class WillCome:
    """What others have foreseen before will come within the days."""

    came: str
    foreseen: str
    since: date
    until: date


@dataclass(frozen=True)
class Unverifiable:
    """Nobody outside had published, by the article's day, a check of its own of the number of those days."""

    matter: str
    since: date
    until: date


@dataclass(frozen=True)
class SeriesWent:
    """A series went a way at its mean pace. least: in so many of its places. turn: its pace after this day
    differs that way from the pace before."""

    table: str
    direction: Literal["up", "down", "either"]
    since: date
    until: date
    least: int | None = None
    turn: date | None = None


@dataclass(frozen=True)
class NoneMoved:
    """Of the units in a place on the second day, none stood in the sources on the first."""

    table: str
    before: date
    on: date
    to: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class NotThinned:
    """No fewer units stood in a place on the second day than on the first."""

    table: str
    before: date
    on: date
    main: str


@dataclass(frozen=True)
class CouldGrow:
    """Recruits less losses for good, both a day, made up for what was needed in the window."""

    recruits: str
    losses: str
    lost_for_good: tuple[float, float]
    needed: tuple[float, float]
    since: date
    until: date


Question = (
    HowMany
    | Happened
    | GaveFigure
    | Spoke
    | WillCome
    | Unverifiable
    | SeriesWent
    | NoneMoved
    | NotThinned
    | CouldGrow
)


@dataclass(frozen=True)
class Case:
    """One claim with all there is about it.

    holds: whether it is true. amount: the true value of what an interval is given for, in its unit; None
    where the method measures nothing.
    """

    name: str
    method: str
    question: Question
    holds: bool
    amount: float | None = None
    matters: tuple[Matter, ...] = ()
    tellers: tuple[Teller, ...] = ()
    tellings: tuple[Telling, ...] = ()
    tables: tuple[Series | Stays, ...] = ()
