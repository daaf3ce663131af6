"""Russian losses in a day as the Ukrainian General Staff claims them, from its cumulative totals.

Source: General Staff of the Armed Forces of Ukraine, daily reports since 25 February 2022; totals kept by
Petro Ivaniuk (2022 Ukraine Russia War dataset). A row is the difference between two reports.

- The date in the files is the morning of the report. Losses belong to the day before, so `date` is a day
  earlier than `published`. Shifted so, the sum of November 2024 is the one that the Ukrainian ministry of
  defence gives, and other months equal those that the British ministry quotes.
- The first report covers the first day of the war, so its totals are that day's losses. A day without a
  report is missing; its losses are in the next row.
- On some mornings the General Staff also corrects older totals. What it added or took away is in upstream's
  correction file, and is already part of the totals. It is no loss of that day and is taken out. So a total
  is the sum of the rows and of the corrections.
- Lorries and fuel tanks were two columns until 30 April 2022 and are one since; the two are added up.
- Special equipment and cruise missiles came into the reports later with a total of many days. They have no
  value up to that report: neither zero nor a day's losses. The first submarine was reported on the day after
  it was hit, so there were none before. Mobile ballistic missile launchers (until April 2022) and ground
  robots (since May 2026) are left out.
"""

from __future__ import annotations

import json

import pandas

from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("general_staff_losses",)

# Column of the table -> column of the files.
_COLUMNS = {
    "personnel": "personnel",
    "aircraft": "aircraft",
    "helicopters": "helicopter",
    "tanks": "tank",
    "armoured_vehicles": "APC",
    "artillery": "field artillery",
    "rocket_launchers": "MRL",
    "air_defence": "anti-aircraft warfare",
    "drones": "drone",
    "cruise_missiles": "cruise missiles",
    "ships": "naval ship",
    "submarines": "submarines",
    "vehicles_and_fuel_tanks": "vehicles and fuel tanks",
    "special_equipment": "special equipment",
}
_LATER = ("cruise_missiles", "special_equipment")


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`russian_losses_claimed`: a row a report; persons and items lost in the day, empty where not reported.

    A value is below zero where the General Staff took something back without saying how much.
    KeyError names a missing column; ValueError a day that stands twice, a total that stops, or a correction
    of a day without a report.
    """
    totals = _totals(inputs)
    corrections = _read(inputs, "russia_losses_equipment_correction.json", "equipment_correction")
    corrections = corrections[list(_COLUMNS.values())].set_axis(list(_COLUMNS), axis="columns")
    if len(strange := corrections.index.difference(totals.index)):
        raise ValueError(f"corrections of days without a report: {', '.join(strange)}")
    losses = totals.diff()
    losses.iloc[0] = totals.iloc[0]
    losses -= corrections.reindex(losses.index).fillna(0)
    published = pandas.to_datetime(losses.index.to_series(), format="%Y-%m-%d")
    losses.insert(0, "date", (published - pandas.Timedelta(days=1)).dt.strftime("%Y-%m-%d"))
    losses.insert(1, "published", losses.index)
    numbers = dict.fromkeys(_COLUMNS, "Int64")
    return {"russian_losses_claimed": losses.reset_index(drop=True).astype(numbers)}


def _totals(inputs: Inputs) -> pandas.DataFrame:
    """Totals by day of the report, in the table's columns; ValueError names a total that is missing."""
    personnel = _read(inputs, "russia_losses_personnel.json", "personnel")[["personnel"]]
    equipment = _read(inputs, "russia_losses_equipment.json", "equipment")
    joined = equipment["vehicles and fuel tanks"]
    equipment["vehicles and fuel tanks"] = joined.fillna(equipment["military auto"] + equipment["fuel tank"])
    equipment["submarines"] = equipment["submarines"].where(equipment["submarines"].ffill().notna(), 0)
    totals = personnel.join(equipment, how="outer", sort=True)[list(_COLUMNS.values())]
    totals = totals.set_axis(list(_COLUMNS), axis="columns")
    due = totals.ffill().notna()
    due[[name for name in _COLUMNS if name not in _LATER]] = True
    for name in _COLUMNS:
        if len(missing := totals.index[due[name] & totals[name].isna()]):
            raise ValueError(f"{_COLUMNS[name]} is missing in the report of {missing[0]}")
    return totals


def _read(inputs: Inputs, file: str, frame: str) -> pandas.DataFrame:
    """A file with its known errors corrected, by day of the report; ValueError when a day is not one row."""
    records = json.loads(inputs.file("general_staff_losses", file).read_text(encoding="utf-8"))
    rows = inputs.corrected("general_staff_losses", frame, pandas.DataFrame(records))
    if len(wrong := rows[rows["date"].isna() | rows.duplicated("date")]):
        raise ValueError(f"{file}: date {wrong['date'].iloc[0]} is empty or stands twice")
    return rows.set_index("date").sort_index()
