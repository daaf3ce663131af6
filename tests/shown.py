"""A table made by hand that stands in for the computed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas

from utils.evidence import vintages


class Shown:
    """Shows one frame under every name; nobody made it, and all its rows are public at once."""

    def __init__(self, frame: pandas.DataFrame) -> None:
        self.frame = frame

    def as_of(self, name: str, day: date) -> pandas.DataFrame:
        if "date" not in self.frame:
            return self.frame
        return self.frame[self.frame["date"] <= pandas.Timestamp(day)]

    def daily(
        self, name: str, day: date, value: str, where: Mapping[str, Sequence[str]], by: str | None = None
    ) -> dict[str, pandas.Series]:
        return vintages.sums(self.as_of(name, day), value, where, by, ("date",))

    def maker(self, name: str) -> None:
        return None

    def by_maker(self, name: str) -> None:
        return None

    def origin(self, name: str) -> str:
        return name

    def span(self, name: str) -> str:
        return "day"

    def unit(self, name: str, column: str) -> str:
        return "km²"
