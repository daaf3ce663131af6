"""Mean temperature of the world by year, as two agencies of the United States reckon it.

Source: GISTEMP of NASA and the global series of NOAA, as copied by the repository datasets/global-temp. The
copy is dedicated to the public domain. Each is a difference from a mean of its own: NASA's from 1951 to 1980,
NOAA's from the 20th century. So the two may be compared in how they change, and not in where they stand.

The copy holds single months of a year that is not over as if they were the year, and its two series end in
different years. Only years that both series have are kept.
"""

from __future__ import annotations

import pandas

from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("global_temp",)

_AGENCIES = {"GISTEMP": "NASA", "GCAG": "NOAA"}


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`yearly_temperature`: `year`, `agency` and `anomaly`, in degrees Celsius; a row a year and agency.

    KeyError names a missing column. ValueError for a series that is not known, or a year that one has twice.
    """
    path = inputs.file("global_temp", "annual.csv")
    raw = pandas.read_csv(path, dtype={"Year": int, "Mean": float})
    rows = inputs.corrected("global_temp", "annual", raw)
    if unknown := sorted(set(rows["Source"]) - set(_AGENCIES)):
        raise ValueError(f"no series {', '.join(unknown)} is known")
    if rows.duplicated(["Year", "Source"]).any():
        raise ValueError("a year stands twice in one series")
    of_both = rows.groupby("Year")["Source"].transform("nunique") == len(_AGENCIES)
    kept = rows[of_both].assign(agency=rows["Source"].map(_AGENCIES))
    frame = kept.rename(columns={"Year": "year", "Mean": "anomaly"})[["year", "agency", "anomaly"]]
    return {"yearly_temperature": frame.sort_values(["year", "agency"], ignore_index=True)}
