"""Active personnel of armed forces by country and year since 1990, from two sources side by side.

Sources: Correlates of War Project, National Material Capabilities 6.0 (2021; cite Singer, Bremer and Stuckey
1972, and Singer 1987); Our World in Data, after the International Institute for Strategic Studies through the
World Bank (2017).

The countries are those that the claims touch, Russia, Ukraine, the two Koreas and the United States, and the
members of NATO that had more than 90,000 soldiers in 2016.

- The Correlates of War count in thousands; -9 is missing and makes no row. Their code RUS is the Soviet
  Union until 1991: those years are dropped by a correction.
- Our World in Data includes paramilitary forces, the other source mostly does not: for Russia it is up to 1.9
  times as high. In the 2010s the same numbers stand two years earlier there. The two must not be mixed in one
  series.
- Spending is in the datasets as well, and is not used.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas

from .inputs import Inputs

__all__ = ["COUNTRIES", "DATASETS", "tables"]

DATASETS = ("cow_nmc", "owid_military")

# Code of the Correlates of War -> English name, which is also that of Our World in Data.
COUNTRIES = {
    "FRN": "France",
    "GMY": "Germany",
    "GRC": "Greece",
    "ITA": "Italy",
    "PRK": "North Korea",
    "POL": "Poland",
    "RUS": "Russia",
    "ROK": "South Korea",
    "SPN": "Spain",
    "TUR": "Turkey",
    "UKR": "Ukraine",
    "UKG": "United Kingdom",
    "USA": "United States",
}
_SINCE = 1990
_SHARE = "Armed forces personnel as a share of the total population (OWID based on World Bank)"
_PERSONNEL = "Armed forces personnel (IISS via World Bank (2017))"


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`armed_forces`: `country`, `year`, `personnel` in persons (thousands from cow_nmc), `source`.

    ValueError names a missing column, a country without a row, a number below zero, or a row that stands
    twice.
    """
    rows = pandas.concat([_correlates_of_war(inputs), _our_world_in_data(inputs)])
    key = ["country", "year", "source"]
    if len(twice := rows[rows.duplicated(key)]):
        raise ValueError(f"{', '.join(map(str, twice[key].iloc[0]))} stands twice")
    if len(negative := rows[rows["personnel"] < 0]):
        raise ValueError(f"personnel is below zero: {', '.join(map(str, negative.iloc[0]))}")
    frame = rows[["country", "year", "personnel", "source"]].sort_values(key, ignore_index=True)
    return {"armed_forces": frame.astype({"year": int, "personnel": int})}


def _correlates_of_war(inputs: Inputs) -> pandas.DataFrame:
    raw = pandas.read_csv(
        inputs.file("cow_nmc", "NMC-60-abridged.csv"), usecols=["stateabb", "year", "milper"]
    )
    rows = inputs.corrected("cow_nmc", "capabilities", raw)
    _complete("cow_nmc", rows["stateabb"], COUNTRIES)
    rows = rows[rows["stateabb"].isin(COUNTRIES) & (rows["year"] >= _SINCE) & (rows["milper"] != -9)]
    return pandas.DataFrame(
        {
            "country": rows["stateabb"].map(COUNTRIES),
            "year": rows["year"],
            "personnel": rows["milper"] * 1000,
            "source": "cow_nmc",
        }
    )


def _our_world_in_data(inputs: Inputs) -> pandas.DataFrame:
    path = inputs.file("owid_military", f"{_SHARE}/{_SHARE}.csv")
    raw = pandas.read_csv(path, usecols=["Entity", "Year", _PERSONNEL])
    rows = inputs.corrected("owid_military", "personnel", raw).dropna(subset=_PERSONNEL)
    _complete("owid_military", rows["Entity"], COUNTRIES.values())
    rows = rows[rows["Entity"].isin(COUNTRIES.values()) & (rows["Year"] >= _SINCE)]
    renamed = {"Entity": "country", "Year": "year", _PERSONNEL: "personnel"}
    return rows.rename(columns=renamed).assign(source="owid_military")


def _complete(source: str, given: pandas.Series, expected: Iterable[str]) -> None:
    """ValueError names a country that the source has under this name no more."""
    if missing := set(expected) - set(given):
        raise ValueError(f"{source}: no row for {', '.join(sorted(missing))}")
