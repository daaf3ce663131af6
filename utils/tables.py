"""The computed tables of a data folder: where they come from, how to treat what is missing, how to read them.

`utils.upstream` computes them from the files of external datasets; the archive reads them. Both keep to the
models of `utils.rows`, and so do the data dictionary and `datapackage.json`. Another data folder describes
tables of its own in its `datapackage.json`; their row models are built from it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from . import descriptor, rows, schema
from .datasets import Dataset, Datasets, PinnedFile
from .schema import DataError, Problem, Record

if TYPE_CHECKING:
    import pandas

__all__ = ["TABLES", "Table", "Tables", "check", "declared", "read_table"]


@dataclass(frozen=True)
class Table:
    """A table of a data folder: its row model, the datasets it is computed from, its sort key.

    missing_day: how a reader should treat a day, month or row that is not there.
    """

    model: type[Record]
    datasets: tuple[str, ...]
    key: tuple[str, ...]
    missing_day: str
    suffix: Literal["csv", "geojson"] = "csv"

    @property
    def title(self) -> str:
        """The first sentence of the row model, which says what a row is."""
        return " ".join((self.model.__doc__ or "").split())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self.model.model_fields)


TABLES: Mapping[str, Table] = {
    "area_by_oblast": Table(
        rows.AreaByOblast,
        ("deepstate_snapshots", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("date", "oblast", "status"),
        "No map was kept for that day; the area is not known and was not filled in. A status without a row "
        "on a day that has rows covers no area there.",
    ),
    "unit_postings": Table(
        rows.UnitPosting,
        ("deepstate_snapshots", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("unit", "first_seen", "oblast"),
        "Between last_seen and the unit's next first_seen the icon was on no kept map or had moved.",
    ),
    "kursk_grid": Table(
        rows.KurskCell,
        ("deepstate_snapshots", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("date", "longitude", "latitude"),
        "A cell without a row on a day that has rows was neither held nor unknown, but for a thousandth of "
        "it. Other days are not in the table; area_by_oblast has them.",
    ),
    "occupied_area": Table(
        rows.OccupiedArea,
        ("deepstate_daily",),
        ("date",),
        "No extract was kept for that day; the area is not known and was not filled in.",
    ),
    "isw_area": Table(
        rows.IswArea,
        ("isw_areas",),
        ("date", "layer"),
        "The layer was not published or not kept for that day; the area is not known, and it is not zero.",
    ),
    "russian_losses_claimed": Table(
        rows.RussianLossesClaimed,
        ("general_staff_losses",),
        ("date",),
        "No report; the losses are part of the next day's. An empty cell was not reported by day yet; below "
        "zero something was taken back. Corrections of older totals are in no row.",
    ),
    "russian_deaths_named": Table(
        rows.RussianDeathsNamed,
        ("named_deaths",),
        ("date",),
        "The copy of the list has lost that day; it is not zero.",
    ),
    "conflict_deaths": Table(
        rows.ConflictDeaths,
        ("ucdp_viina_daily",),
        ("date",),
        "No event that began on that day was coded.",
    ),
    "aid_by_donor": Table(
        rows.AidByDonor,
        ("kiel_support",),
        ("month", "donor"),
        "Every donor has every month that the tracker covers; a month without an allocation is zero.",
    ),
    "markets": Table(
        rows.Market,
        ("polymarket",),
        ("closed", "question"),
        "Only closed markets on the war are listed, chosen by their question.",
    ),
    "trump_price": Table(
        rows.TrumpPrice, ("polymarket",), ("date",), "No price was kept for that day; it was not filled in."
    ),
    "provocations": Table(
        rows.Provocation, ("nk_provocations",), ("date", "type"), "No provocation is recorded for that day."
    ),
    "armed_forces": Table(
        rows.ArmedForces,
        ("cow_nmc", "owid_military"),
        ("country", "year", "source"),
        "The source has no figure for that year.",
    ),
    "incidents_by_oblast": Table(
        rows.IncidentsByOblast,
        ("viina_incidents", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("date", "oblast", "tag"),
        "No incident of that tag was reported there on that day. Coverage falls over time, so fewer reports "
        "need not mean fewer incidents.",
    ),
    "equipment_losses": Table(
        rows.EquipmentLosses,
        ("oryx_events",),
        ("month", "party", "type"),
        "No loss of that type was recorded in that month.",
    ),
    "oblasts": Table(
        rows.Oblast,
        ("natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("oblast",),
        "Only the oblasts that the maps show are listed.",
        suffix="geojson",
    ),
    "places": Table(
        rows.Place, (), ("place",), "The list is by hand; it holds the places that the maps name."
    ),
}


def declared(folder: Path, problems: list[Problem]) -> dict[str, Table]:
    """The tables that a data folder describes in its `datapackage.json`, by name.

    One with the name and the columns of a table of this project is that table; every other has the row model
    that its description gives.
    """
    found = {}
    for resource in descriptor.read(folder / descriptor.FILE, problems):
        ours = TABLES.get(resource.name)
        suffix = resource.path.rpartition(".")[2]
        if ours and suffix == ours.suffix and (not resource.table or resource.columns == set(ours.columns)):
            found[resource.name] = ours
        elif resource.table and suffix == "csv":
            found[resource.name] = Table(
                descriptor.row_model(resource),
                resource.datasets,
                resource.table.primaryKey,
                resource.description,
            )
        else:
            problems.append(
                Problem(descriptor.FILE, 1, "path", resource.path, "a CSV table with a Table Schema")
            )
    return found


def read_table(path: Path, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """A table as a data frame with days as timestamps; None and its problems when it is wrong.

    Every row passes its model, no key stands twice, and the rows are in the order of the key. A GeoJSON
    table is a geopandas frame in degrees.
    """
    import pandas

    if table.suffix == "geojson":
        return _read_geojson(path, table, problems)

    found: list[Problem] = []
    read = schema.read_csv(path, table.model, found, key=table.key)
    keys = [tuple(getattr(row, name) for name in table.key) for _, row in read]
    found += [
        Problem(path.name, line, ", ".join(table.key), ", ".join(map(str, own)), "rows sorted by the key")
        for (line, _), before, own in zip(read[1:], keys, keys[1:], strict=False)
        if own < before
    ]
    problems += found
    if found:
        return None
    frame = pandas.DataFrame([dict(row) for _, row in read], columns=list(table.model.model_fields))
    for name, field in table.model.model_fields.items():
        if _is_day(field.annotation):
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def _is_day(annotation: object) -> bool:
    return annotation is date or any(_is_day(part) for part in get_args(annotation))


def _read_geojson(path: Path, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """Boundaries and their properties; None and its problems when they are wrong."""
    import geopandas

    columns = [*table.model.model_fields, "geometry"]
    try:
        frame = geopandas.read_file(path)
    except Exception as error:
        problems.append(Problem(path.name, 0, "file", "", f"readable GeoJSON ({str(error).splitlines()[0]})"))
        return None
    if sorted(frame.columns) != sorted(columns):
        problems.append(Problem(path.name, 1, "properties", ", ".join(frame.columns), ", ".join(columns)))
        return None
    return frame[columns]


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong with the pins and the tables of a data folder, if it has any."""
    problems: list[Problem] = []
    tables = declared(folder, problems)
    pinned = _check_pins(folder, problems)
    if pinned is not None:
        problems += _unknown_datasets(tables, pinned)
    for name, table in tables.items():
        read_table(folder / "tables" / f"{name}.{table.suffix}", table, problems)
    problems += [
        Problem(path.name, 0, "file", "", f"a description of this table in {descriptor.FILE}")
        for path in sorted((folder / "tables").glob("*"))
        if path.suffix in (".csv", ".geojson") and path.stem not in tables
    ]
    return problems


def _unknown_datasets(tables: Mapping[str, Table], known: Collection[str]) -> list[Problem]:
    return [
        Problem(descriptor.FILE, 1, f"tables/{name}.datasets", dataset, "the id of a known dataset")
        for name, table in tables.items()
        for dataset in table.datasets
        if dataset not in known
    ]


def _check_pins(folder: Path, problems: list[Problem]) -> set[str] | None:
    """The ids of the external datasets of a data folder; None when the file that lists them is wrong."""
    if not (folder / "datasets.yaml").is_file():
        return set()
    datasets, _ = schema.read_yaml(folder / "datasets.yaml", Datasets, problems)
    files = schema.read_csv(folder / "files.csv", PinnedFile, problems)
    if datasets is None:
        return None
    known = {one.id for one in datasets.datasets}
    problems += [
        Problem("files.csv", line, "dataset", file.dataset, "the id of a known dataset")
        for line, file in files
        if file.dataset not in known
    ]
    return known


class Tables:
    """The computed tables of one data folder, read and validated when first asked for.

    A row is public on its `published` day; without one, `publication_lag_days` of its slowest dataset after
    the last day that the row is about: its `date`, the end of its `month` or `year`, the day on which a stay
    was `first_seen` or a market `closed`. A table without any of these columns is public at all times.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._frames: dict[str, tuple[pandas.DataFrame, pandas.Series, timedelta]] = {}

    @cached_property
    def datasets(self) -> Mapping[str, Dataset]:
        """The external datasets by id; none in a folder that has no datasets file."""
        path = self._folder / "datasets.yaml"
        if not path.is_file():
            return {}
        return {one.id: one for one in schema.load_yaml(path, Datasets).datasets}

    @cached_property
    def declared(self) -> Mapping[str, Table]:
        """The tables that the folder describes, by name; DataError when a description is wrong."""
        problems: list[Problem] = []
        found = declared(self._folder, problems)
        problems += _unknown_datasets(found, self.datasets)
        if problems:
            raise DataError(problems)
        return found

    def knows(self, name: str) -> bool:
        """Whether the folder describes a table of this name."""
        return name in self.declared

    def maker(self, name: str) -> Dataset | None:
        """The dataset that a table's facts come from, the first that it names; None where none is named."""
        return next((self.datasets[key] for key in self.declared[name].datasets), None)

    def origin(self, name: str) -> str:
        """Who made what a table was computed from; the table's own name where nobody is named."""
        maker = self.maker(name)
        return maker.maker if maker else name

    def unit(self, name: str, column: str) -> str:
        """The unit of a column; the column's own name where it states none."""
        extra = self.declared[name].model.model_fields[column].json_schema_extra
        return extra.get("unit", column) if isinstance(extra, dict) else column

    def days_of_news(self, name: str, about_until: date | None = None) -> set[date]:
        """The days on which something about the days up to `about_until` (none: all) became public."""
        import pandas

        frame, published, lag = self._frame(name)
        days = set(published.dt.date)
        if "last_seen" in frame:
            # A stay is seen to last one day longer with every new map.
            days |= set(pandas.date_range(frame["first_seen"].min(), frame["last_seen"].max()).date)
            days |= {day + lag for day in days}
        return days if about_until is None else {day for day in days if day <= about_until + lag}

    def as_of(self, name: str, day: date) -> pandas.DataFrame:
        """The rows of a table that were public on a day.

        KeyError for a table that the folder does not describe, DataError for one that is missing or wrong.
        """
        import pandas

        frame, published, lag = self._frame(name)
        seen = frame[published <= pandas.Timestamp(day)].reset_index(drop=True)
        if "last_seen" in seen:
            # A stay that goes on was known only up to the newest map of the day.
            seen["last_seen"] = seen["last_seen"].clip(upper=pandas.Timestamp(day) - lag)
        return seen

    def _frame(self, name: str) -> tuple[pandas.DataFrame, pandas.Series, timedelta]:
        if name not in self._frames:
            self._frames[name] = self._read(name)
        return self._frames[name]

    def _read(self, name: str) -> tuple[pandas.DataFrame, pandas.Series, timedelta]:
        table, problems = self.declared[name], []
        frame = read_table(self._folder / "tables" / f"{name}.{table.suffix}", table, problems)
        if frame is None:
            raise DataError(problems)
        lags = [self.datasets[key].publication_lag_days for key in table.datasets]
        lag = timedelta(days=max(lags, default=0))
        return frame, _published(frame, lag), lag


def _published(frame: pandas.DataFrame, lag: timedelta) -> pandas.Series:
    """The day on which each row could be known."""
    import pandas

    if "published" in frame:
        return frame["published"]
    for name in ("first_seen", "closed", "date"):
        if name in frame:
            return frame[name] + lag
    if "month" in frame:
        return pandas.to_datetime(frame["month"]) + pandas.offsets.MonthEnd(0) + lag
    if "year" in frame:
        return pandas.to_datetime(frame["year"].astype(str) + "-12-31") + lag
    return pandas.Series(pandas.Timestamp.min, index=frame.index)
