"""Which units shown in a place stood elsewhere before? Icons of a map on two days.

Rule
----
1. A row of the table is a stay of a unit in a place. A unit stands where a stay covers the day; if none
   does, where its nearest stay lies, up to `slack_days` away, the earlier of two that are equally near.
   Only units that can be placed on both days are compared.
2. "none_moved" (the wide reading): of the n units shown in `to` on the second day, the map shows k in the
   `sources` on the first. If none moved, each is shown there by error with the chance `wrong_share`; if a
   share s of them moved, with s + (1 - s) · wrong_share, and all shares are alike. Before the map is looked
   at, none moved with the probability `prior`. The answer is the probability after it, by Bayes. The
   interval is that of the share if some moved; it begins at zero while none still has 5 % or more.
3. "not_thinned" (the narrow reading): of n units placed there on either day, the map shows some to have left
   the `main` places and some to have come to them. The true numbers are others: a unit that stayed is shown
   to move with the chance `wrong_share`, and one that moved is missed with it. All true numbers from none to
   n are alike before, those who left and those who came apart. The answer is the probability that at least
   as many came as left; the interval is that of the net number. Moves among the main places do not count.
   With `new_icons`, a unit that the map shows on the second day only has arrived, and one that it shows on
   the first only has left.
4. Five units placed on both days are the least that can be judged: five of those shown in `to`, or five of
   those that stood in the main places on either day. With fewer there is no probability.

Assumptions
-----------
Icons are positions, not sizes: a head office and a small team are one icon each, and half of a unit may be
where no icon shows it. One map is one witness, whatever the number of its units, and a map that a party to
the matter draws is no outsider. It follows the ground with a delay, and the `slack_days` do not cure that.

The share of wrong icons is a convention, and icons are taken to err independently. One unit more or less, or
one more or less in a hundred icons wrong, moves the answer a little and nowhere by a step.

A new icon may be a fresh unit or an old one that the editors have only now found, so that new icons are no
moves unless one says so; `utils.checks.stays` tells them apart, and robustness tries both. A place may be
wider than the part of it that is meant: a unit that leaves the one need not leave the other.

Before this rule
----------------
The allowance for wrong icons in the narrow reading came after the first run of the ledger. It was a number of
whole units, so that one of 19 gave 0.37 and one of 20 gave 0.74.

Literature
----------
Rogan and Gladen (1978), American Journal of Epidemiology 107, for a share seen through errors; Jeffreys
(1961), Theory of Probability, for a share that is none held against all others.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from ..evidence.cells import Day, Days, Identifier, Text
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck, Share
from ..sentences import english
from ..sentences.values import MapFlows, MapOrigins
from .asked import Asked
from .finding import Alternatives, Answer, Finding, Interval, Outcome, direction, of_table
from .icons import net, origins
from .method import Method
from .stays import positions

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = [
    "METHOD",
    "TransferCheck",
    "check",
]

ALTERNATIVES: Alternatives = {
    "on": lambda check: [check.on + timedelta(days=days) for days in (-7, 7)],
    "before": lambda check: [check.before + timedelta(days=days) for days in (-14, -7)],
    "slack_days": lambda check: [0, 14],
    "wrong_share": lambda check: [0.02, 0.1, 0.2, 0.001],
    "prior": lambda check: [1 / 3, 2 / 3] if check.asks == "none_moved" else [],
    "new_icons": lambda check: [not check.new_icons] if check.asks == "not_thinned" else [],
}
Places = Mapping[str, str]
LEAST_UNITS = 5
# Choices that move no unit.
UNREAD = ("wrong_share", "prior")


class TransferCheck(BuiltCheck):
    """What a claims file says of units that are said to have moved, or not."""

    method: Literal["transfer"]
    table: Identifier = Field(description="the table of stays: units, their places, first and last days")
    place: Identifier = Field("oblast", description="the column that holds the place of a stay")
    asks: Literal["none_moved", "not_thinned"] = Field(
        description="whether no unit went from the sources to the place, or the main places lost no unit net"
    )
    before: Day = Field(description="the first of the two days that are compared")
    on: Day = Field(description="the second of them")
    to: Text | None = Field(None, description="the place whose units are asked where they stood before")
    sources: tuple[Text, ...] = Field((), description="places that a unit may have come from")
    main: tuple[Text, ...] = Field((), description="places that are asked whether they were thinned")
    slack_days: Days = Field(
        7,
        description="how far from a day a stay may lie to place a unit that no stay places on the day itself",
    )
    wrong_share: Share = Field(0.05, description="share of icons that are misplaced or misnamed")
    prior: Share = Field(0.5, description="how likely none moved is before the map is looked at")
    new_icons: bool = Field(
        False,
        description="whether icons that the map shows on one day only count as moves of the main places",
    )

    @property
    def looks_at(self) -> tuple[date | None, date | None]:
        """The days around the second day; before them no unit can be placed on both."""
        slack = timedelta(days=self.slack_days)
        return self.on - slack, self.on + slack

    def tables_used(self) -> tuple[str, ...]:
        """The table of the stays."""
        return (self.table,)

    def columns_used(self) -> frozenset[str]:
        """The unit, its place and the days of the stay."""
        return frozenset(("unit", self.place, "first_seen", "last_seen"))

    def values_used(self) -> Mapping[str, tuple[str, ...]]:
        """The places that units may have left; that none ever stood at the place they went to may be so."""
        return {self.place: (*self.sources, *self.main)}

    @model_validator(mode="after")
    def _can_be_asked(self) -> TransferCheck:
        if not self.before < self.on:
            raise ValueError("before earlier than on")
        if self.asks == "none_moved" and (not self.to or not self.sources or self.to in self.sources):
            raise ValueError("to, and sources that it is not one of, to ask whether none moved")
        if self.asks == "not_thinned" and not self.main:
            raise ValueError("main, to ask whether it was not thinned")
        return self


@functools.lru_cache(128)
def _places(asked: Asked[TransferCheck], day: date) -> dict[str, str]:
    """Where the units stood on a day, by unit."""
    parameters = asked.parameters
    frame = asked.archive.tables.as_of(parameters.table, asked.archive.clock)
    told = positions(frame, day, parameters.slack_days, parameters.place).dropna()
    return dict(zip(told.index.tolist(), told.tolist(), strict=True))


@functools.lru_cache(128)
def _icons(asked: Asked[TransferCheck]) -> tuple[int, ...]:
    """What the icons of both days show: for the wide reading units and how many of them moved, for the narrow
    one units, departures, arrivals and all that are counted."""
    parameters = asked.parameters
    same = Asked(asked.archive, parameters, *UNREAD, "before", "on", "asks", "new_icons")
    was, now = _places(same, parameters.before), _places(same, parameters.on)
    return _moved(was, now, parameters) if parameters.asks == "none_moved" else _flowed(was, now, parameters)


def _moved(was: Places, now: Places, parameters: TransferCheck) -> tuple[int, int]:
    there = [was[unit] for unit, place in now.items() if place == parameters.to and unit in was]
    return len(there), sum(place in parameters.sources for place in there)


def _flowed(was: Places, now: Places, parameters: TransferCheck) -> tuple[int, int, int, int]:
    known = was.keys() & now.keys()
    counted = was.keys() | now.keys() if parameters.new_icons else known
    stood = {unit for unit in counted if was.get(unit) in parameters.main}
    stand = {unit for unit in counted if now.get(unit) in parameters.main}
    return len((stood | stand) & known), len(stood - stand), len(stand - stood), len(stood | stand)


def _none_moved(icons: tuple[int, ...], parameters: TransferCheck) -> tuple[int, dict[str, Any]]:
    """How many units there are to judge by, and what they say of the wide reading."""
    units, moved = icons
    if not units:
        return 0, {"values": MapOrigins(0)}
    says = origins(moved, units, parameters.wrong_share, parameters.prior)
    return units, {
        "values": MapOrigins(
            units, moved, parameters.to or "", parameters.sources, parameters.before, parameters.on
        ),
        "probability": says.none,
        "estimate": moved / units,
        "interval": Interval(says.low, says.high, "share of the units"),
    }


def _not_thinned(icons: tuple[int, ...], parameters: TransferCheck) -> tuple[int, dict[str, Any]]:
    """How many units there are to judge by, and what they say of the narrow reading."""
    units, departures, arrivals, counted = icons
    if not units:
        return 0, {"values": MapOrigins(0)}
    says = net(arrivals, departures, counted, parameters.wrong_share)
    return units, {
        "values": MapFlows(
            units,
            departures,
            arrivals,
            parameters.main,
            parameters.new_icons,
            parameters.before,
            parameters.on,
        ),
        "probability": says.kept,
        "estimate": float(arrivals - departures),
        "interval": Interval(says.low, says.high, "units"),
    }


def check(archive: Archive, claim: Claim, parameters: TransferCheck) -> Finding:
    """Probability that no unit moved, or that the main places were not thinned, by one map's icons.

    The module says what kind of probability it is.
    """
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def outcome(archive: Archive, parameters: TransferCheck) -> Outcome:
    """What the label of a check follows from."""
    return _outcome(*_shown(archive, parameters))


def _shown(archive: Archive, parameters: TransferCheck) -> tuple[int, dict[str, Any]]:
    """How many units there are to judge by, and what they say of what is asked."""
    ask = _none_moved if parameters.asks == "none_moved" else _not_thinned
    return ask(_icons(Asked(archive, parameters, *UNREAD)), parameters)


def _outcome(units: int, says: dict[str, Any]) -> Outcome:
    # So few icons have no say, whatever they show.
    enough = units >= LEAST_UNITS
    return Outcome(probability=says["probability"] if enough else None, enough=enough)


def _answer(archive: Archive, parameters: TransferCheck) -> Answer:
    units, says = _shown(archive, parameters)
    said = _outcome(units, says)
    newest = archive.table(parameters.table)["last_seen"].max()
    return Answer(
        **{**says, **vars(said)},
        **of_table(archive, parameters.table, units > 0, until=parameters.on, newest=newest),
        direction=direction(said.probability),
        weight=float(units > 0),
    )


METHOD = Method(
    name="transfer",
    title="Transfer: which units moved?",
    rule=__doc__,
    parameters=TransferCheck,
    check=check,
    alternatives=ALTERNATIVES,
    outcome=outcome,
    question=english.transfer_asks,
    sentence=english.transfer,
    strategies=frozenset({"Numerical Comparison"}),
)
