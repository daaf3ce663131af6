"""Events and deaths in Ukraine by day, from the Uppsala Conflict Data Program (UCDP).

Source: UCDP Georeferenced Event Dataset, counted by day by sdspieg (war-datasets-dashboard, 2026). Cite
Davies, Pettersson, Sollenberg and Öberg (2025) and Sundberg and Melander (2013). An event is an incident of
organised violence that killed somebody; deaths are UCDP's best estimate, soldiers and civilians together.

- The file also has columns of ACLED. They may not be published again and are never read. Days that are in the
  file for ACLED only, with no UCDP event, are left out.
- An event of many days, such as the losses of a month or a siege, stands on its first day with all its
  deaths. A third of the deaths since the invasion stand on the first of a month. Use sums of months or more.
- The file names no places. By upstream's word it is Ukraine only, so nothing here is about Kursk.

The VIINA counts of the same dataset are not used: viina_incidents has the reports themselves.
"""

from __future__ import annotations

import json

import pandas

from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("ucdp_viina_daily",)


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`conflict_deaths`: `date`, `events` and `deaths`; a row for each day on which an event began.

    KeyError names a missing column. ValueError when a date is not a plain day or stands twice, a count is
    below zero, or there are deaths without an event.
    """
    content = inputs.file("ucdp_viina_daily", "daily_events.json").read_text(encoding="utf-8")
    raw = pandas.DataFrame(json.loads(content))[["date", "ucdp_events", "ucdp_fatalities"]]
    rows = inputs.corrected("ucdp_viina_daily", "daily_events", raw)
    rows = rows.set_axis(["date", "events", "deaths"], axis="columns")
    rows["date"] = pandas.to_datetime(rows["date"], format="%Y-%m-%dT00:00:00").dt.strftime("%Y-%m-%d")
    _refuse(rows[rows["date"].isna()], "a date is empty")
    _refuse(rows[rows.duplicated("date")], "the day stands twice")
    _refuse(rows[(rows[["events", "deaths"]] < 0).any(axis=1)], "a count is below zero")
    _refuse(rows[(rows["events"] == 0) & (rows["deaths"] > 0)], "there are deaths without an event")
    return {"conflict_deaths": rows[rows["events"] > 0].sort_values("date", ignore_index=True)}


def _refuse(wrong: pandas.DataFrame, what: str) -> None:
    """ValueError with the first wrong row, if there is one."""
    if len(wrong):
        raise ValueError(f"daily_events.json, {wrong['date'].iloc[0]}: {what}")
