"""Closed prediction markets on the war, and the price of Trump's election, both from Polymarket.

Source: Polymarket (2024-2025), through the public interface; files kept by C. J. Robinson (2025).

`markets` lists the markets whose question names a side or a place of this war *and* an act of war, of peace
or of aid, and which do not ask whether somebody says a word in a speech. The rule is `_SIDE`, `_ACT` and
`_NOT_MEANT` below. It leaves out football, elections, Gaza, Syria and the price of the rouble. No market in
the files asks about North Korean soldiers in this war. A market without outcome or closing time was not
closed and is left out. It closes when the outcome is settled, often a day after the period that it asks for.

The column `prediction_price` is the price shortly before the market closed, when the outcome was often plain.
It is no forecast and is not used. `trump_price` holds what a share that pays one dollar if Trump is elected
cost at midnight UTC, at the beginning of the day. Its dates are written month first; each is held against
the row's own Unix time, so that a change of format cannot pass. 'NA' is no price and stays a gap.
"""

from __future__ import annotations

import pandas

from ..words import counted
from .inputs import Inputs

__all__ = ["DATASETS", "tables"]

DATASETS = ("polymarket",)

_SIDE = r"(?i)Ukrain|Russia|Putin|Zelensk|Kursk|Sudzha|Crimea"
_ACT = (
    r"(?i)\b(?:wars?|ceasefire|troops|invade|clash|captures?|recapture|control|hold|take|hits?|strikes?"
    r"|nuclear weapon|aid|join NATO|meet)\b"
)
_NOT_MEANT = r"(?i)\bsay\b|Alaska"


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`markets`: question, days of opening and closing (UTC), outcome, volume in whole USD; `trump_price`: a
    row a day, probability from 0 to 1 to four decimals.

    ValueError when a column is missing or a date, a number or a key is not what it was.
    """
    return {"markets": _markets(inputs), "trump_price": _trump_price(inputs)}


def _markets(inputs: Inputs) -> pandas.DataFrame:
    raw = pandas.read_csv(
        inputs.file("polymarket", "outcomes.csv"),
        usecols=["question", "createdAt", "closedTime", "volume", "winning_outcome"],
        dtype=str,
        keep_default_na=False,
    )
    rows = inputs.corrected("polymarket", "outcomes", raw)
    question = rows["question"].str.strip()
    meant = question.str.contains(_SIDE) & question.str.contains(_ACT) & ~question.str.contains(_NOT_MEANT)
    rows = rows[meant & (rows["winning_outcome"] != "") & (rows["closedTime"] != "")]
    markets = pandas.DataFrame(
        {
            "question": question[rows.index],
            "opened": _day(rows["createdAt"]),
            "closed": _day(rows["closedTime"]),
            "outcome": rows["winning_outcome"],
            "volume_usd": rows["volume"].astype(float).round().astype(int),
        }
    )
    return _sorted(markets, ["closed", "question"])


def _trump_price(inputs: Inputs) -> pandas.DataFrame:
    raw = pandas.read_csv(
        inputs.file("polymarket", "pres_daily.csv"),
        usecols=["Date (UTC)", "Timestamp (UTC)", "Donald Trump"],
        dtype=str,
        keep_default_na=False,
    )
    rows = inputs.corrected("polymarket", "pres_daily", raw)
    day = pandas.to_datetime(rows["Date (UTC)"], format="%m-%d-%Y %H:%M")
    stamp = pandas.to_datetime(rows["Timestamp (UTC)"].astype("int64"), unit="s").dt.normalize()
    if (day != stamp).any():
        first = rows[day != stamp].iloc[0]
        raise ValueError(
            f"pres_daily.csv: Date (UTC) {first['Date (UTC)']!r} is not the day of "
            f"Timestamp (UTC) {first['Timestamp (UTC)']!r}"
        )
    priced = rows["Donald Trump"] != "NA"
    prices = pandas.DataFrame(
        {
            "date": day[priced].dt.strftime("%Y-%m-%d"),
            "probability": rows["Donald Trump"][priced].astype(float).round(4),
        }
    )
    return _sorted(prices, ["date"])


def _day(moments: pandas.Series) -> pandas.Series:
    """ISO moments of any offset as days in UTC; ValueError when one is empty."""
    day = pandas.to_datetime(moments, utc=True, format="ISO8601")
    if day.isna().any():
        raise ValueError(f"{moments.name} is empty in {counted(int(day.isna().sum()), 'row')}")
    return day.dt.strftime("%Y-%m-%d")


def _sorted(frame: pandas.DataFrame, key: list[str]) -> pandas.DataFrame:
    """The frame in the order of its key; ValueError when a key stands twice."""
    if frame.duplicated(key).any():
        twice = frame[frame.duplicated(key)].iloc[0]
        raise ValueError(f"{', '.join(key)} stands twice: {', '.join(twice[key])}")
    return frame.sort_values(key, ignore_index=True)
