"""Names of dead Russian soldiers in a public list, counted by the day that the list gives.

Source: the list svo.rf.gd, as counted by day in the repository ukrainewarlosses/ukrwarlosses (2025). It is
not the list of Mediazona and BBC News Russian, which has 7 to 12 % more names up to the same days. Only
counts are read.

The list does not say what its day is. From 2023 it behaves like the day on which a death became known, not
like the day of death: there are fewer names at weekends, the last weeks before the copy hold the most, and
the sum up to a day keeps step with what Mediazona had published by then. So there is no correction for deaths
that are not known yet.

The copy lost pages of some 200 names. Where a page is lost, days are missing or low. A missing day is
therefore not zero, and stays a gap. No undated names are in this edition: a row before 24 February 2022 is
refused, and so is one after the edition's own day.
"""

from __future__ import annotations

import json

import pandas

from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("named_deaths",)

_FIRST = "2022-02-24"


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`russian_deaths_named`: `date` and `deaths`, the number of names; a row for each day that has names.

    KeyError names a missing column. ValueError when the two counts of a day differ, a count is not above
    zero, or a day is before the war or after the edition.
    """
    (path,) = inputs.files("named_deaths")
    content = json.loads(path.read_text(encoding="utf-8"))
    raw = pandas.DataFrame.from_dict(content, orient="index").rename_axis("date").reset_index()
    rows = inputs.corrected("named_deaths", "daily", raw)[["date", "deaths", "total"]]
    edition = pandas.to_datetime(path.name, format="daily_%Y-%m-%d.json").strftime("%Y-%m-%d")
    _refuse(rows[rows["deaths"] != rows["total"]], "deaths is not the total")
    _refuse(rows[rows["deaths"] < 1], "deaths is not above zero")
    _refuse(rows[~rows["date"].between(_FIRST, edition)], f"date is not from {_FIRST} to {edition}")
    rows = rows.assign(date=pandas.to_datetime(rows["date"], format="%Y-%m-%d").dt.strftime("%Y-%m-%d"))
    return {"russian_deaths_named": rows[["date", "deaths"]].sort_values("date", ignore_index=True)}


def _refuse(wrong: pandas.DataFrame, what: str) -> None:
    """ValueError with the first wrong row, if there is one."""
    if len(wrong):
        raise ValueError(f"{what} on {wrong['date'].iloc[0]}")
