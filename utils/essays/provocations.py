"""Did Pyongyang's provocations change while its soldiers were away?

Rule
----
1. Counted are days with a missile provocation. Others are left out: in 2024 they are mostly waves of
   balloons, which no other year has. The sending of soldiers is itself not in the table.
2. The span goes from the first word of the soldiers to Pyongyang's own. Its count is held against those of
   all spans of the same length since 2014 that do not touch it; before 2014 only the larger ones are listed.
3. They changed if the count lies outside the middle nine tenths of these. Inside, the table cannot tell: it
   shows no change, and a change of the size of the ordinary one would not be seen.

Written before the counts were looked at. Neighbouring spans share most of their days, so that they are far
fewer in substance than in number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

__all__ = ["Away", "while_away"]

LISTED_SINCE = date(2014, 1, 1)
KIND = "Missile Provocation"
MIDDLE = 0.9


@dataclass(frozen=True)
class Away:
    """How many days with a missile provocation a span has, and between which ends other spans mostly lie.

    spans: how many there are beside it.
    """

    days: int
    low: float
    high: float
    spans: int

    @property
    def changed(self) -> bool:
        """Whether the span stands out among the others."""
        return not self.low <= self.days <= self.high


def while_away(provocations: pandas.DataFrame, since: date, until: date) -> Away:
    """The count of the span, ends included, beside those of all others of its length.

    provocations: `date` and `type`. ValueError where no other span is left.
    """
    import pandas

    told = provocations[provocations["type"] == KIND]
    last = max(provocations["date"].max(), pandas.Timestamp(until))
    every = pandas.date_range(LISTED_SINCE, last)
    listed = pandas.Series(every.isin(told["date"]).astype(int), index=every)
    length = (until - since).days + 1
    # By the day on which a span ends.
    spans = listed.rolling(length).sum().dropna()
    near = timedelta(days=length)
    ends = spans.index
    others = spans[(ends <= pandas.Timestamp(until - near)) | (ends >= pandas.Timestamp(until + near))]
    if others.empty:
        raise ValueError("no other span of that length")
    low, high = others.quantile([(1 - MIDDLE) / 2, (1 + MIDDLE) / 2]).tolist()
    return Away(int(spans[pandas.Timestamp(until)]), low, high, len(others))
