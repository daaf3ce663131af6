"""Areas of the layers of the Institute for the Study of War's map, by day.

Source: Institute for the Study of War and Critical Threats Project; the areas were computed from ISW's layers
in the repository sdspieg/war-datasets-dashboard (`daily_areas.json`). They are taken over as published there.

- ISW moves land between layers: on 3 November 2024 `russian_advances` lost 828 km² and `ukraine_control_map`
  won 903. The derived layer `occupied_and_advances` is their sum on days that have both. Difference that one,
  never one of the two.
- A layer without a row on a day was not kept for that day: its area is unknown, not zero.
- `ukraine_other` is not a layer of the map. It holds three rows whose layer was not recognised upstream. Each
  layer that they belong to is plain from its neighbours, and corrections put them there.
- Two days of `russian_advances` are wrong by 722 and 1659 km² and right again on the next day. Corrections
  drop them.
- `kursk_russian_advances` is what Russia took back in Kursk oblast since 11 September 2024. No layer shows
  what Ukraine held there. The polygons of this layer are in the dataset for a cross-check of the areas only.
"""

from __future__ import annotations

import pandas

from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("isw_areas",)


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`isw_area`: `date`, `layer` and `area_km2` to 0.01 km², with the derived `occupied_and_advances`.

    KeyError names a column or layer that is missing; ValueError a day that is not one, an empty area or a
    layer that stands twice on a day.
    """
    path = inputs.file("isw_areas", "daily_areas.json")
    raw = pandas.read_json(path, dtype=False, precise_float=True)[["date", "layerType", "areaKm2"]]
    rows = inputs.corrected("isw_areas", "daily_areas", raw)
    rows = rows.rename(columns={"layerType": "layer", "areaKm2": "area_km2"})
    rows["date"] = pandas.to_datetime(rows["date"], format="%Y-%m-%d").dt.strftime("%Y-%m-%d")
    _check(rows)
    frame = pandas.concat([rows, _occupied_and_advances(rows)])
    frame["area_km2"] = frame["area_km2"].astype(float).round(2)
    return {"isw_area": frame.sort_values(["date", "layer"], ignore_index=True)}


def _check(rows: pandas.DataFrame) -> None:
    if rows.isna().any(axis=None):
        raise ValueError(
            f"daily_areas.json: an empty cell in {rows[rows.isna().any(axis=1)].to_dict('records')}"
        )
    twice = rows[rows.duplicated(["date", "layer"])]
    if len(twice):
        raise ValueError(f"daily_areas.json: stands twice: {twice[['date', 'layer']].to_dict('records')}")


def _occupied_and_advances(rows: pandas.DataFrame) -> pandas.DataFrame:
    """The sum of the two layers between which ISW moves land, on days that have both."""
    wide = rows.pivot(index="date", columns="layer", values="area_km2")
    both = (wide["russian_advances"] + wide["ukraine_control_map"]).dropna()
    return both.rename("area_km2").reset_index().assign(layer="occupied_and_advances")[list(rows.columns)]
