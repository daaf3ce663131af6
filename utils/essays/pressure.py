"""How hard the front was pressed, by files that are no maps: reports, losses, pictures, deaths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..evidence.choices import chosen
from ..words import month_and_year

if TYPE_CHECKING:
    import pandas

    from ..archive import Archive

__all__ = ["by_month", "on_firsts", "shares_by_month"]


def shares_by_month(reports: pandas.DataFrame, among: Mapping[str, Sequence[str]]) -> pandas.DataFrame:
    """Each oblast's share of the reports of a month, in per cent: oblasts by months, the largest first.

    reports: `date`, `oblast`, `tag`, `incidents`. among: the rows that are the whole.
    """
    rows = chosen(reports, among)
    month = rows["date"].dt.to_period("M").dt.to_timestamp()
    told = rows.pivot_table("incidents", "oblast", month, aggfunc="sum", fill_value=0)
    shares = 100 * told / told.sum()
    order = told.sum(axis="columns").sort_values(ascending=False).index
    return shares.loc[order]


def by_month(archive: Archive, since: str, until: str) -> pandas.DataFrame:
    """The whole front by month: Russian losses as Kyiv claims them, Russian equipment that Oryx recorded as
    destroyed or captured, and deaths of both sides that UCDP recorded, with those on the first of the month.

    since, until: months, as 2024-07.
    """
    import pandas

    months = pandas.period_range(since, until, freq="M")
    claimed, deaths = archive.table("russian_losses_claimed"), archive.table("conflict_deaths")
    equipment = archive.table("equipment_losses").query("party == 'ru'").set_index("month")
    recorded = equipment[["destroyed", "captured"]].sum(axis="columns").groupby(level=0).sum()
    return pandas.DataFrame(
        {
            "month": [month_and_year(month.start_time.date()) for month in months],
            "russian_losses,_by_Kyiv": _in(claimed, "personnel", months),
            "russian_equipment_recorded": [int(recorded.get(str(month), 0)) for month in months],
            "deaths_recorded": _in(deaths, "deaths", months),
            "of_these_on_the_first": _in(deaths[deaths["date"].dt.day == 1], "deaths", months),
        }
    )


def on_firsts(archive: Archive, year: int) -> float:
    """The share of a year's deaths that UCDP has on the first of a month."""
    told = archive.table("conflict_deaths")
    deaths = told[told["date"].dt.year == year]
    return float(deaths.loc[deaths["date"].dt.day == 1, "deaths"].sum() / deaths["deaths"].sum())


def _in(told: pandas.DataFrame, column: str, months: pandas.PeriodIndex) -> list[int]:
    """The sum of each month; of one without a row, none."""
    sums = told.groupby(told["date"].dt.to_period("M"))[column].sum()
    return [int(sums.get(month, 0)) for month in months]
