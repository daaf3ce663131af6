"""Aid to Ukraine by donor and month, from the Ukraine Support Tracker of the Kiel Institute, release 29.

Source: Trebesch, C. et al. (2026), "Ukraine Support Tracker, Release 29", Kiel Institute for the World
Economy; the method is told in Kiel Working Paper 2218 (2023). Amounts are allocations in billion EUR: money
or goods set aside for a stated purpose, and no deliveries. The institutions of the European Union are one
donor ("EU (Commission and Council)"), its member states are donors of their own.

Upstream leaves out a month in which a donor allocated nothing. The table has every donor in every month that
the release covers, with zero there; the end of the coverage is read from the release itself, as nothing is
known of any later month. An amount that is missing, a total that is not the sum of its parts, a donor who
stands twice in a month and a month outside the coverage are errors.
"""

from __future__ import annotations

import pandas

from ..words import counted, listed
from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("kiel_support",)

# The tracker begins on 24 January 2022, when NATO put forces on alert.
_FIRST_MONTH = "2022-01"
_KEY = ["month", "donor"]
_PARTS = ["military", "financial", "humanitarian"]
# Upstream rounds to millionths of a billion EUR, so a total may miss the sum of its parts by this much.
_ROUNDING = 5e-6


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`aid_by_donor`: a row a donor and month, allocations in billion EUR to six decimals.

    ValueError when a column is missing, an amount is no number or does not add up, a key stands twice, or a
    month lies outside the release's coverage.
    """
    raw = pandas.read_csv(
        inputs.file("kiel_support", "data_explorer.csv"),
        usecols=["country", "year", "month", "total", *_PARTS],
        dtype={name: "float64" for name in ("total", *_PARTS)},
    )
    rows = _checked(inputs.corrected("kiel_support", "data_explorer", raw))
    month = rows["year"].astype(str) + "-" + rows["month"].astype(str).str.zfill(2)
    amounts = rows.assign(month=month, donor=rows["country"]).set_index(_KEY)[_PARTS]
    twice = amounts.index[amounts.index.duplicated()]
    if len(twice):
        raise ValueError(f"data_explorer.csv has more than one row of {', '.join(twice[0])}")
    months = _months(inputs)
    outside = sorted(set(month) - set(months))
    if outside:
        raise ValueError(f"data_explorer.csv has months outside the release's coverage: {outside}")
    every = pandas.MultiIndex.from_product([months, sorted(set(rows["country"]))], names=_KEY)
    return {"aid_by_donor": amounts.reindex(every, fill_value=0.0).round(6).reset_index()}


def _checked(rows: pandas.DataFrame) -> pandas.DataFrame:
    """The rows, if every amount is there and every total is the sum of its parts."""
    off = (rows["total"] - rows[_PARTS].sum(axis=1, skipna=False)).abs()
    wrong = rows[~(off <= _ROUNDING)]
    if len(wrong):
        first = wrong.iloc[0]
        raise ValueError(
            f"data_explorer.csv: total is not the sum of {listed(_PARTS)} in {counted(len(wrong), 'row')}, "
            f"the first is {first['country']} {first['year']}-{first['month']}"
        )
    return rows


def _months(inputs: Inputs) -> list[str]:
    """Every month that the release covers, as YYYY-MM."""
    release = pandas.read_csv(inputs.file("kiel_support", "release_info.csv"), usecols=["period"], dtype=str)
    last = pandas.to_datetime(release["period"], format="%m/%Y").max()
    return pandas.period_range(_FIRST_MONTH, last, freq="M").astype(str).tolist()
