"""North Korean provocations since 1958, by day and type.

Source: CSIS Beyond Parallel, Database of North Korean Provocations, as kept by Matt Stiles
(north-korea-provocations, 2026). Only the day and CSIS's three types are taken. The descriptions are CSIS's
text and are not.

A row says that there was a provocation of that type on that day. Several of one type on one day are one row:
the pinned file has 8 more, among them waves of balloons that are listed twice and launches of two kinds on
one day.
"""

from __future__ import annotations

import pandas

from ..words import counted
from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("nk_provocations",)

_TYPES = ("Missile Provocation", "Nuclear Provocation", "Other Provocation")


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`provocations`: `date` and `type`, one row for each type of a day.

    ValueError names a missing column, a date that is no day, or a type that CSIS did not have.
    """
    raw = pandas.read_csv(
        inputs.file("nk_provocations", "north_korea_provocations_1958_present.csv"),
        usecols=["date", "type"],
        dtype=str,
        keep_default_na=False,
    )
    rows = inputs.corrected("nk_provocations", "provocations", raw)[["date", "type"]]
    if (rows["date"] == "").any():
        raise ValueError(f"date is empty in {counted(int((rows['date'] == '').sum()), 'row')}")
    if len(strange := rows[~rows["type"].isin(_TYPES)]):
        raise ValueError(f"type {strange['type'].iloc[0]!r} on {strange['date'].iloc[0]} is not known")
    rows["date"] = pandas.to_datetime(rows["date"], format="%Y-%m-%d").dt.strftime("%Y-%m-%d")
    rows = rows.drop_duplicates().sort_values(["date", "type"], ignore_index=True)
    return {"provocations": rows}
