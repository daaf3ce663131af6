"""How a question stands in a claims file: the parameters of the check that asks it.

With `utils.calibration.columns` the only module that knows what a data folder may hold. All other parameters
keep their defaults: what is measured is what a newcomer gets.
"""

from __future__ import annotations

import functools
from typing import Any

from .case import (
    CouldGrow,
    GaveFigure,
    Happened,
    HowMany,
    NoneMoved,
    NotThinned,
    Question,
    SeriesWent,
    Spoke,
    Unverifiable,
    WillCome,
)

__all__ = ["check"]


@functools.singledispatch
def check(question: Question) -> dict[str, Any]:
    """The parameters of the check that asks the question."""
    raise TypeError(f"no check asks {question}")


@check.register
def _how_many(question: HowMany) -> dict[str, Any]:
    return {
        "value": question.value,
        "tolerance": question.tolerance,
        "on": question.on,
        "counts": [question.matter],
    }


@check.register
def _happened(question: Happened) -> dict[str, Any]:
    # That something happened on no day is asked by what speaks against it, of all days.
    side, says, days = (
        ("against", "it did not happen", "all")
        if question.days == "none"
        else ("counts", "it happened", question.days)
    )
    window = {"since": question.since, "until": question.until}
    return {"says": says, side: [question.matter], "days": days, **window}


@check.register
def _gave_figure(question: GaveFigure) -> dict[str, Any]:
    return {"speaker": question.speaker, "origin": question.origin, "value": question.value}


@check.register
def _spoke(question: Spoke) -> dict[str, Any]:
    return {
        "speaker": question.speaker,
        "sources": [question.speaker],
        "quantities": [question.matter],
        "since": question.since,
        "until": question.until,
        "stance": "affirms" if question.affirmed else "denies",
    }


@check.register
def _will_come(question: WillCome) -> dict[str, Any]:
    return {
        "says": "it came",
        "counts": [question.came],
        "said": [question.foreseen],
        "since": question.since,
        "until": question.until,
    }


@check.register
def _unverifiable(question: Unverifiable) -> dict[str, Any]:
    return {"counts": [question.matter], "since": question.since, "until": question.until}


@check.register
def _series_went(question: SeriesWent) -> dict[str, Any]:
    asked = {
        "table": question.table,
        "value": "level",
        "since": question.since,
        "until": question.until,
        "direction": question.direction,
    }
    if question.turn is not None:
        asked["turn"] = question.turn
    if question.least is not None:
        asked |= {"by": "place", "least": question.least}
    return asked


@check.register
def _none_moved(question: NoneMoved) -> dict[str, Any]:
    return _of_map(question) | {"asks": "none_moved", "to": question.to, "sources": list(question.sources)}


@check.register
def _not_thinned(question: NotThinned) -> dict[str, Any]:
    return _of_map(question) | {"asks": "not_thinned", "main": [question.main]}


def _of_map(question: NoneMoved | NotThinned) -> dict[str, Any]:
    """What the two questions of one map share: its table, and the days that are compared."""
    return {"table": question.table, "place": "place", "before": question.before, "on": question.on}


@check.register
def _could_grow(question: CouldGrow) -> dict[str, Any]:
    return {
        "recruits": {question.recruits: 1},
        "losses": {question.losses: 1},
        "lost_for_good": list(question.lost_for_good),
        "needed": list(question.needed),
        "since": question.since,
        "until": question.until,
    }
