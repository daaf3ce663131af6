"""What the findings of each method have to say: typed values, no words, so that any language can say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..evidence.article import Partial

__all__ = [
    "Balance",
    "Changes",
    "Checkable",
    "Forecasts",
    "MapFlows",
    "MapOrigins",
    "PooledNumber",
    "Reason",
    "Relays",
    "Said",
    "SeriesChange",
    "Sides",
    "Sums",
]

Sums = Literal["levels", "amounts", "shares"]


class Reason(Enum):
    """Why a row that a check looked at is not among its evidence; `english` has the words."""

    GARBLED = "garbled"
    UNSEEN = "unseen"
    DOUBTFUL = "doubtful"
    NO_NUMBER = "no number"
    NO_STANCE = "no stance"
    NOT_AS_CLAIMED = "not as claimed"
    OTHER_FIGURE = "other figure"
    OTHER_DAYS = "other days"
    LATER = "later"
    OTHER_ACCESS = "other access"
    PARTIAL = "partial"
    OWN = "own"
    UNDECIDED = "undecided"
    DERIVED = "derived"
    REPLACED = "replaced"
    OPEN = "open"
    OUTLET_HEARD = "outlet heard"
    TELLER_HEARD = "teller heard"
    HEARD = "heard"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True)
class PooledNumber:
    """What tellers say of a number for a day, in `unit`, with its 90 % interval; no middle without an answer.

    period: the month, quarter or year around the day that the number is of; None where it is of the day.
    label: what is counted. tellings: how many there are of how many tellers. relation: how the claim puts it.
    claimed, tolerance, ends: what the claim says, as far as it says it. other: what a share or a multiple is
    of; middle and interval are then those of the ratio. since, earlier, earlier_on: of a record, the first
    day compared, and the highest or lowest earlier answer with its day. coarser: whether the evidence is
    coarser than the claim.
    """

    label: str
    tellers: int
    tellings: int
    on: date
    unit: str
    relation: str
    claimed: float | None
    tolerance: float | None
    ends: tuple[float, float] | None = None
    other: str | None = None
    since: date | None = None
    middle: float | None = None
    low: float | None = None
    high: float | None = None
    earlier: float | None = None
    earlier_on: date | None = None
    coarser: bool = False
    period: str | None = None

    @property
    def claimed_ends(self) -> tuple[float, float] | None:
        """The ends of the claimed range, where the claim has one."""
        if self.ends is not None:
            return self.ends
        if self.claimed is None or self.tolerance is None or self.other is not None:
            return None
        ends = self.claimed * (1 - self.tolerance), self.claimed * (1 + self.tolerance)
        return min(ends), max(ends)


@dataclass(frozen=True)
class Sides:
    """How many tellers say what the claim says and how many deny that; how many of all are no partial party.

    says, denial: what the two sides say, as clauses; without a denial those against deny what the others say.
    days: how many are asked about. uncovered: on how many of them nobody of the side speaks that must cover
    them all: those who affirm where it is asked of every day, else those who deny. partial: what such a party
    is called; None where the folder has none.
    """

    says: str
    denial: str | None
    affirm: int
    deny: int
    outside: int
    days: int
    uncovered: int
    every_day: bool
    partial: Partial | None


@dataclass(frozen=True)
class Relays:
    """How many outlets credit a speaker with a figure, and how many kept it, changed it or cannot be used."""

    speaker: str
    kept: int
    changed: int
    doubtful: int


@dataclass(frozen=True)
class Said:
    """How many outlets have a speaker say so, how many the opposite, and how many changed the word to it."""

    speaker: str
    so: int
    opposite: int
    garbled: int


@dataclass(frozen=True)
class SeriesChange:
    """One series' change and half of its 90 % interval, in units a step; no name for the only one."""

    name: str | None
    weekly: float
    half_width: float


@dataclass(frozen=True)
class Changes:
    """How the series of a table changed from week to week, or turned on a day.

    measured: what the series is, as a noun. turn: the day of the turn, None where none is asked about. step:
    from what to what it is, where not from week to week. sums: what a day's sum is. single: whether it adds
    nothing up, as one row is all that the table has of a step. among: the places or kinds among which shares
    are. unheld: whether a turn could be measured in one of them, with too few other days to hold it against.
    """

    table: str
    measured: str
    turn: date | None
    sums: Sums
    among: tuple[str, ...]
    unheld: bool
    unit: str
    series: tuple[SeriesChange, ...]
    step: str = "week"
    single: bool = False


@dataclass(frozen=True)
class MapOrigins:
    """How many of the units that a map shows in a place stood in others before; no units without a map."""

    units: int
    moved: int = 0
    to: str = ""
    sources: tuple[str, ...] = ()
    before: date | None = None
    on: date | None = None


@dataclass(frozen=True)
class MapFlows:
    """How many units a map moved out of places and in, of those it could place on both days."""

    units: int
    departures: int
    arrivals: int
    main: tuple[str, ...]
    new_icons: bool
    before: date
    on: date


@dataclass(frozen=True)
class Balance:
    """The growth that what came in less what was lost leaves over some days; none where a side is unknown."""

    recruits: int
    losses: int
    unit: str
    days: int
    until: date
    needed: tuple[float, float]
    growth: tuple[float, float, float] | None


@dataclass(frozen=True)
class Forecasts:
    """How many earlier forecasts there were, could be judged, and came true; when this one is judged."""

    judged_from: date
    told: int
    known: int
    came_true: int


@dataclass(frozen=True)
class Checkable:
    """Who had published a figure that others can check by a day, their parties, and how they knew.

    anybody: whether a partial party counts. partial: what such a party is called; None where there is none.
    """

    anybody: bool
    by: date
    tellers: tuple[str, ...]
    parties: tuple[str, ...]
    access: tuple[str, ...]
    partial: Partial | None
