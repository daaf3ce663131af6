"""Where units stood by the stays that a map shows, and how they went from place to place.

The rule stands in `utils.checks.transfer`, which asks for it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

__all__ = ["flows", "moves", "placed", "positions"]


def positions(frame: pandas.DataFrame, day: date, slack_days: int, place: str = "oblast") -> pandas.Series:
    """The place in which each unit stands on a day, by unit; units that cannot be placed are left out.

    frame: stays with `unit`, `first_seen`, `last_seen` and the column `place`.
    """
    import numpy
    import pandas

    at, none = numpy.datetime64(day), numpy.timedelta64(0)
    first, last = frame["first_seen"].to_numpy(), frame["last_seen"].to_numpy()
    away = numpy.maximum(numpy.maximum(first - at, at - last), none)
    nearest = numpy.lexsort((first, away))
    nearest = nearest[away[nearest] <= numpy.timedelta64(slack_days, "D")]
    units, stays = numpy.unique(frame["unit"].to_numpy()[nearest], return_index=True)
    places = frame[place].to_numpy()[nearest[stays]]
    return pandas.Series(places, index=pandas.Index(units, name="unit"), name=place, dtype=frame[place].dtype)


def placed(
    frame: pandas.DataFrame, before: date, on: date, slack_days: int, place: str = "oblast"
) -> pandas.DataFrame:
    """Where every unit stood on two days: `unit`, `from`, `to`, by unit; missing where it was not shown."""
    import pandas

    both = {
        "from": positions(frame, before, slack_days, place),
        "to": positions(frame, on, slack_days, place),
    }
    return pandas.DataFrame(both).sort_index().rename_axis("unit").reset_index()


def moves(
    frame: pandas.DataFrame, before: date, on: date, slack_days: int, place: str = "oblast"
) -> pandas.DataFrame:
    """The units that stood in different places on two days: `unit`, `from`, `to`, by unit."""
    both = placed(frame, before, on, slack_days, place).dropna()
    return both[both["from"] != both["to"]].reset_index(drop=True)


def flows(
    frame: pandas.DataFrame, before: date, on: date, slack_days: int, place: str = "oblast"
) -> pandas.DataFrame:
    """How many units each place lost and won between two days, by place, the largest loss first.

    Columns, in units: `before` and `on` (shown on that day), `departures`, `arrivals`, `net`; `appeared` and
    `vanished` are units that the map could not place on the other day, and no moves.
    """
    import pandas

    both, moved = (ask(frame, before, on, slack_days, place) for ask in (placed, moves))
    counts = {
        "before": both["from"],
        "on": both["to"],
        "departures": moved["from"],
        "arrivals": moved["to"],
        "appeared": both.loc[both["from"].isna(), "to"],
        "vanished": both.loc[both["to"].isna(), "from"],
    }
    table = pandas.DataFrame({name: column.value_counts() for name, column in counts.items()})
    table = table.fillna(0).astype(int).rename_axis(place)
    table.insert(4, "net", table["arrivals"] - table["departures"])
    return table.sort_index().sort_values("net", kind="stable")
