"""The computed tables of a data folder: what their rows must look like, and where they come from.

`datasets.yaml` says of every external dataset who publishes it, at which revision it is pinned and what is
wrong with it; `files.csv` pins every file of it by SHA-256. `utils.upstream` computes the tables from those
files; the archive reads them. Both keep to the models here, and so do the data dictionary and
`datapackage.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from . import schema
from .schema import DataError, Day, Identifier, Number, Problem, Record, Row, Text

if TYPE_CHECKING:
    import pandas

__all__ = ["TABLES", "Correction", "Dataset", "Datasets", "PinnedFile", "Table", "Tables", "read_table"]


def _unit(name: str) -> dict[str, str]:
    return {"unit": name}


Area = Annotated[Number, Field(ge=0, json_schema_extra=_unit("km²"))]
Persons = Annotated[int, Field(ge=0, json_schema_extra=_unit("persons"))]
Items = Annotated[int, Field(ge=0, json_schema_extra=_unit("items"))]
Share = Annotated[Number, Field(ge=0, le=1, json_schema_extra=_unit("share from 0 to 1"))]
Billion = Annotated[Number, Field(json_schema_extra=_unit("billion EUR"))]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", json_schema_extra=_unit("month, YYYY-MM"))]
Longitude = Annotated[Number, Field(ge=-180, le=180, json_schema_extra=_unit("degrees east"))]
Latitude = Annotated[Number, Field(ge=-90, le=90, json_schema_extra=_unit("degrees north"))]


class Correction(Record):
    """A known error of an upstream file, as data.

    The rows in which every column of `where` has the given text are dropped or get another value. `expect`
    is the guard: when another number of rows matches, upstream has changed and the correction is due for
    review.
    """

    frame: Identifier = Field(description="the name by which the dataset's module knows the raw rows")
    where: dict[str, str]
    action: Literal["drop", "set"]
    field: str | None = Field(None, description="the column that is set")
    value: str | None = Field(None, description="what it is set to; nothing makes it empty")
    expect: int = Field(ge=1, description="how many rows match as long as upstream is not mended")
    reason: Text


class Dataset(Record):
    """One external dataset, pinned."""

    id: Identifier
    title: Text
    publisher: Text
    citation: Text
    licence: Text
    shipped: Text = Field(description="what of it this project may publish, and does")
    repository: Text = Field(description="owner and name of the public repository that holds the files")
    revision: Text = Field(description="the commit or tag to which the files are pinned")
    folder: str = Field(description="where in the repository the files lie")
    files: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="patterns of the files' paths below the folder"
    )
    newest_only: bool = Field(False, description="only the last file by name counts; the name has a date")
    retrieved: Day
    publication_lag_days: Annotated[int, Field(ge=0)] = Field(
        description="days from the day that a row is about until it could be known"
    )
    lag_reason: Text
    coverage_from: Day
    coverage_to: Day
    gaps: Text
    known_problems: tuple[Text, ...]
    corrections: tuple[Correction, ...] = ()


class Datasets(Record):
    """The datasets file."""

    datasets: Annotated[tuple[Dataset, ...], Field(min_length=1)]


class PinnedFile(Row):
    """A file of a dataset, pinned. The id is the file's path in a mirror: dataset, then path."""

    id: Text
    dataset: Identifier
    path: Text = Field(description="path below the dataset's folder in the repository")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=0)]


class AreaByOblast(Record):
    """Area of each status on DeepState's map, by day and oblast."""

    date: Day
    oblast: Text = Field(description="the oblast's English name; 'elsewhere' for the rest of the map")
    status: Literal["occupied", "ukrainian_held", "unknown", "liberated", "occupied_before_2022"] = Field(
        description="ukrainian_held: held by Ukraine on Russian soil; unknown: the map's grey zone"
    )
    area_km2: Area


class UnitPosting(Record):
    """A stay of a Russian unit's icon in one oblast on DeepState's map: positions, not strength."""

    unit: Text = Field(description="the unit's English name, with a number when several icons share it")
    oblast: Text
    first_seen: Day
    last_seen: Day


class KurskCell(Record):
    """How much of a map cell of 0.05 degrees in Kursk oblast Ukraine held, on one day a week."""

    date: Day
    longitude: Longitude = Field(description="of the cell's centre")
    latitude: Latitude = Field(description="of the cell's centre")
    ukrainian_held_share: Share
    unknown_share: Share


class OccupiedArea(Record):
    """Occupied territory of Ukraine by day, from an independent daily extract of DeepState's map."""

    date: Day
    area_km2: Area


class IswArea(Record):
    """Area of each layer of the Institute for the Study of War's map, by day."""

    date: Day
    layer: Identifier = Field(
        description="occupied_and_advances is derived: russian_advances plus ukraine_control_map"
    )
    area_km2: Area


class RussianLossesClaimed(Record):
    """Russian losses in a day as the Ukrainian General Staff claims them; killed and wounded together."""

    date: Day = Field(description="the day that the losses belong to")
    published: Day = Field(description="the morning of the report")
    personnel: int = Field(json_schema_extra=_unit("persons"))
    aircraft: int = Field(json_schema_extra=_unit("items"))
    helicopters: int = Field(json_schema_extra=_unit("items"))
    tanks: int = Field(json_schema_extra=_unit("items"))
    armoured_vehicles: int = Field(json_schema_extra=_unit("items"))
    artillery: int = Field(json_schema_extra=_unit("items"))
    rocket_launchers: int = Field(json_schema_extra=_unit("items"))
    air_defence: int = Field(json_schema_extra=_unit("items"))
    drones: int = Field(json_schema_extra=_unit("items"))
    cruise_missiles: int = Field(json_schema_extra=_unit("items"))
    ships: int = Field(json_schema_extra=_unit("items"))
    submarines: int = Field(json_schema_extra=_unit("items"))
    vehicles_and_fuel_tanks: int = Field(json_schema_extra=_unit("items"))
    special_equipment: int = Field(json_schema_extra=_unit("items"))


class RussianDeathsNamed(Record):
    """Russian soldiers' deaths confirmed by name, by day of death; counts only."""

    date: Day
    deaths: Persons


class ConflictDeaths(Record):
    """Events and deaths in Ukraine by day, from the Uppsala Conflict Data Program."""

    date: Day
    events: Annotated[int, Field(ge=0, json_schema_extra=_unit("events"))]
    deaths: Persons


class AidByDonor(Record):
    """Aid to Ukraine allocated by a donor in a month; allocations are not deliveries."""

    month: Month
    donor: Text
    military: Billion
    financial: Billion
    humanitarian: Billion


class Market(Record):
    """A closed prediction market on the war."""

    question: Text
    opened: Day
    closed: Day
    outcome: Text
    volume_usd: Annotated[Number, Field(ge=0, json_schema_extra=_unit("USD"))]


class TrumpPrice(Record):
    """Price of Trump's election on a prediction market, by day."""

    date: Day
    probability: Share


class Provocation(Record):
    """A North Korean provocation."""

    date: Day
    type: Text


class ArmedForces(Record):
    """Active personnel of a country's armed forces by year."""

    country: Text
    year: Annotated[int, Field(ge=1816, le=2100)]
    personnel: Persons
    source: Identifier = Field(description="the dataset that says so")


class IncidentsByOblast(Record):
    """Incidents that Ukrainian and Russian news reported, by day, oblast and tag; an incident may have
    several tags."""

    date: Day
    oblast: Text
    tag: Text
    incidents: Annotated[int, Field(ge=1, json_schema_extra=_unit("incidents"))]


class EquipmentLosses(Record):
    """Equipment losses confirmed by pictures, by month in which they were recorded."""

    month: Month
    party: Literal["ru", "ua"] = Field(description="who lost it")
    type: Text
    destroyed: Items
    captured: Items


class Place(Record):
    """A place that the maps name."""

    place: Text
    oblast: Text
    longitude: Longitude
    latitude: Latitude
    source: Text = Field(description="gazetteer and its identifier of the place")


class Oblast(Record):
    """The simplified boundary of an oblast, for maps and not for areas."""

    oblast: Text = Field(description="the oblast's English name")
    country: Text
    source: Identifier = Field(description="the dataset that the boundary is taken from")


@dataclass(frozen=True)
class Table:
    """A table of `data/tables`: its row model, the datasets it is computed from, its sort key.

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


TABLES: Mapping[str, Table] = {
    "area_by_oblast": Table(
        AreaByOblast,
        ("deepstate_snapshots", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("date", "oblast", "status"),
        "No map was kept for that day; the area is not known and was not filled in. A status without a row "
        "on a day that has rows covers no area there.",
    ),
    "unit_postings": Table(
        UnitPosting,
        ("deepstate_snapshots", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("unit", "first_seen", "oblast"),
        "Between last_seen and the unit's next first_seen the icon was on no kept map or had moved.",
    ),
    "kursk_grid": Table(
        KurskCell,
        ("deepstate_snapshots", "natural_earth_admin1"),
        ("date", "longitude", "latitude"),
        "A cell without a row on a day that has rows was neither held nor unknown. Other days are not in "
        "the table; area_by_oblast has them.",
    ),
    "occupied_area": Table(
        OccupiedArea,
        ("deepstate_daily",),
        ("date",),
        "No extract was kept for that day; the area is not known and was not filled in.",
    ),
    "isw_area": Table(
        IswArea,
        ("isw_areas",),
        ("date", "layer"),
        "The layer was not published or not kept for that day; the area is not known, and it is not zero.",
    ),
    "russian_losses_claimed": Table(
        RussianLossesClaimed,
        ("general_staff_losses",),
        ("date",),
        "No report; the losses are part of the next day's.",
    ),
    "russian_deaths_named": Table(
        RussianDeathsNamed,
        ("named_deaths",),
        ("date",),
        "No death of that day has been confirmed by name so far. Recent months are incomplete.",
    ),
    "conflict_deaths": Table(
        ConflictDeaths,
        ("ucdp_viina_daily",),
        ("date",),
        "No event was coded for that day.",
    ),
    "aid_by_donor": Table(
        AidByDonor,
        ("kiel_support",),
        ("month", "donor"),
        "Every donor has every month that the tracker covers; a month without an allocation is zero.",
    ),
    "markets": Table(
        Market,
        ("polymarket",),
        ("closed", "question"),
        "Only markets that a claim uses are listed.",
    ),
    "trump_price": Table(
        TrumpPrice, ("polymarket",), ("date",), "No price was kept for that day; it was not filled in."
    ),
    "provocations": Table(
        Provocation, ("nk_provocations",), ("date", "type"), "No provocation is recorded for that day."
    ),
    "armed_forces": Table(
        ArmedForces,
        ("cow_nmc", "owid_military"),
        ("country", "year", "source"),
        "The source has no figure for that year.",
    ),
    "incidents_by_oblast": Table(
        IncidentsByOblast,
        ("viina_incidents", "natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("date", "oblast", "tag"),
        "No incident of that tag was reported there on that day. Coverage falls over time, so fewer reports "
        "need not mean fewer incidents.",
    ),
    "equipment_losses": Table(
        EquipmentLosses,
        ("oryx_events",),
        ("month", "party", "type"),
        "No loss of that type was recorded in that month.",
    ),
    "oblasts": Table(
        Oblast,
        ("natural_earth_admin1", "geoboundaries_ukr_adm1"),
        ("oblast",),
        "Only the oblasts that the maps show are listed.",
        suffix="geojson",
    ),
    "places": Table(Place, (), ("place",), "The list is by hand; it holds the places that the maps name."),
}


def read_table(path: Path, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """A table as a data frame with days as timestamps; None and its problems when it is wrong.

    Every row passes its model, no key stands twice, and the rows are in the order of the key. A GeoJSON
    table is a geopandas frame in degrees.
    """
    import pandas

    if table.suffix == "geojson":
        return _read_geojson(path, table, problems)

    found: list[Problem] = []
    rows = schema.read_csv(path, table.model, found, key=table.key)
    keys = [tuple(getattr(row, name) for name in table.key) for _, row in rows]
    found += [
        Problem(path.name, line, ", ".join(table.key), ", ".join(map(str, own)), "rows sorted by the key")
        for (line, _), before, own in zip(rows[1:], keys, keys[1:], strict=False)
        if own < before
    ]
    problems += found
    if found:
        return None
    frame = pandas.DataFrame([dict(row) for _, row in rows], columns=list(table.model.model_fields))
    for name, field in table.model.model_fields.items():
        if date in (field.annotation, getattr(field.annotation, "__origin__", None)):
            frame[name] = pandas.to_datetime(frame[name])
    return frame


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


class Tables:
    """The computed tables of one data folder, read and validated when first asked for.

    A row is public on its `published` day; without one, `publication_lag_days` of its slowest dataset after
    the last day that the row is about.
    """

    def __init__(self, folder: Path, datasets: Mapping[str, Dataset]) -> None:
        self._folder, self._datasets = folder / "tables", datasets
        self._frames: dict[str, tuple[pandas.DataFrame, pandas.Series, timedelta]] = {}

    def as_of(self, name: str, day: date) -> pandas.DataFrame:
        """The rows of a table that were public on a day.

        KeyError for a table that the project does not know, DataError for one that is missing or wrong.
        """
        import pandas

        if name not in self._frames:
            self._frames[name] = self._read(name)
        frame, published, lag = self._frames[name]
        seen = frame[published <= pandas.Timestamp(day)].reset_index(drop=True)
        if "last_seen" in seen:
            # A stay that goes on was known only up to the newest map of the day.
            seen["last_seen"] = seen["last_seen"].clip(upper=pandas.Timestamp(day) - lag)
        return seen

    def _read(self, name: str) -> tuple[pandas.DataFrame, pandas.Series, timedelta]:
        table, problems = TABLES[name], []
        frame = read_table(self._folder / f"{name}.{table.suffix}", table, problems)
        if frame is None:
            raise DataError(problems)
        days = max((self._datasets[key].publication_lag_days for key in table.datasets), default=0)
        lag = timedelta(days=days)
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
