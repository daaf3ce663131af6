"""What the findings of each method have to say: typed values, no words, so that any language can say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

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
]


class Reason(Enum):
    """Why a row that a check looked at is not among its evidence; `english` has the words."""

    GARBLED = "garbled"
    UNSEEN = "unseen"
    DOUBTFUL = "doubtful"
    NO_NUMBER = "no number"
    NO_STANCE = "no stance"
    NOT_AS_CLAIMED = "not as claimed"
    OTHER_DAYS = "other days"
    LATER = "later"
    OTHER_ACCESS = "other access"
    WARRING_PARTY = "warring party"
    UNDECIDED = "undecided"
    OPEN = "open"
    OUTLET_HEARD = "outlet heard"
    TELLER_HEARD = "teller heard"
    DERIVED = "derived"
    HEARD = "heard"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True)
class PooledNumber:
    """A pooled number for a day, in `unit`, with its 90 % interval; no middle without any origin."""

    origins: int
    on: date
    unit: str
    claimed: float
    tolerance: float
    middle: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Sides:
    """How many origins affirm and deny; how many of all are outside the warring parties."""

    affirm: int
    deny: int
    outside: int


@dataclass(frozen=True)
class Relays:
    """How many outlets credit a speaker with a figure, and how many kept it, changed it or cannot be used."""

    speaker: str
    kept: int
    changed: int
    doubtful: int


@dataclass(frozen=True)
class Said:
    """How many outlets have a speaker say so, and how many the opposite."""

    speaker: str
    so: int
    opposite: int


@dataclass(frozen=True)
class SeriesChange:
    """One series' change and half of its 90 % interval, in units a week; no name for the only one."""

    name: str | None
    weekly: float
    half_width: float


@dataclass(frozen=True)
class Changes:
    """How the series of a table changed from week to week, or turned.

    unheld: whether a turn could be measured in one of them, with too few other days to hold it against.
    """

    table: str
    rows: tuple[str, ...]
    turned: bool
    unheld: bool
    unit: str
    series: tuple[SeriesChange, ...]


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
    """The growth that recruits less losses leave over some days, in persons; none where a side is unknown."""

    recruits: int
    losses: int
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
    """Who had published a figure that others can check by a day, their parties, and how they knew."""

    anybody: bool
    by: date
    tellers: tuple[str, ...]
    parties: tuple[str, ...]
    access: tuple[str, ...]
