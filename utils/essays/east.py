"""The east in numbers: ground gained by month, and units that moved from place to place."""

from __future__ import annotations

from datetime import date

import pandas

__all__ = ["links", "monthly", "published_gains", "stays"]

SHORT_WINDOW = 28  # days; a figure for fewer is not one for the month


def monthly(daily: pandas.Series) -> pandas.Series:
    """What a daily level gained in each calendar month, by the first day of the month, in the level's unit.

    A month's end is its newest day, at most six days before the last; without one at both ends there is no
    gain, and the month is missing.
    """
    ends = pandas.date_range(daily.index.min(), daily.index.max() + pandas.offsets.MonthEnd(0), freq="ME")
    places = daily.index.searchsorted(ends, side="right") - 1
    level = [
        daily.iloc[place] if place >= 0 and (end - daily.index[int(place)]).days < 7 else float("nan")
        for end, place in zip(ends, places, strict=True)
    ]
    gained = pandas.Series(level, index=ends, dtype=float).diff()
    gained.index = ends.to_period("M").to_timestamp()
    return gained.dropna()


def published_gains(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The last figure of each teller for each month, with `month` and `part` (for less than the month).

    frame: statements as `Archive.frame` gives them.
    """
    month = frame.valid_from.dt.to_period("M").dt.to_timestamp()
    part = (frame.valid_to - frame.valid_from).dt.days + 1 < SHORT_WINDOW
    last = frame.assign(month=month, part=part).sort_values(["published", "id"])
    return last.drop_duplicates(["source", "month"], keep="last").sort_values(["month", "source"])


def stays(frame: pandas.DataFrame, both: pandas.DataFrame, oblast: str, on: date) -> pandas.DataFrame:
    """The units placed in an oblast on a day: where they stood before, when they were first shown there and
    where their icon went next (missing where it stayed to the end of the table), by unit.

    frame: stays of the table of postings. both: of `stays.placed`. Columns: `unit`, `stood_before`,
    `first_shown`, `went_next`.
    """
    there = both[both["to"] == oblast].dropna()
    rows = []
    for unit, stood in zip(there["unit"], there["from"], strict=True):
        own = frame[frame["unit"] == unit].sort_values("first_seen")
        stay = own[(own["oblast"] == oblast) & (own["first_seen"] <= pandas.Timestamp(on))].iloc[-1]
        after = own[own["first_seen"] > stay["last_seen"]]
        rows.append((unit, stood, stay["first_seen"], None if after.empty else after.iloc[0]["oblast"]))
    return pandas.DataFrame(rows, columns=["unit", "stood_before", "first_shown", "went_next"])


def links(moved: pandas.DataFrame) -> pandas.DataFrame:
    """How many units went from where to where: `from`, `to`, `units`; the busiest places first.

    moved: of `stays.moves`.
    """
    counts = moved.groupby(["from", "to"]).size().rename("units").reset_index()
    out, into = (counts.groupby(name)["units"].sum() for name in ("from", "to"))
    order = counts.assign(out=counts["from"].map(out), into=counts["to"].map(into))
    order = order.sort_values(["out", "from", "into", "to"], ascending=[False, True, False, True])
    return order[["from", "to", "units"]].reset_index(drop=True)
