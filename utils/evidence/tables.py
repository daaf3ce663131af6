"""The computed tables of a data folder: where they come from, how to treat what is missing, how to read them.

A data folder describes them in its `datapackage.json`, from which their row models are built. `TABLES` is
what `utils.upstream` writes; a test holds it against the descriptor of `data/`.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from . import descriptor, rows, schema
from .datasets import Datasets, PinnedFile
from .schema import Problem, Record

if TYPE_CHECKING:
    import pandas

__all__ = ["TABLES", "Table", "check", "declared", "read_table", "unknown_datasets"]


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
    """The tables that a data folder describes in its `datapackage.json`, by name."""
    resources = descriptor.read(folder / descriptor.FILE, problems)
    return {resource.name: table for resource, table in zip(resources, _built(resources), strict=True)}


@functools.lru_cache(maxsize=64)
def _built(resources: tuple[descriptor.Resource, ...]) -> tuple[Table, ...]:
    # The same description gives the same row models, by which parsed tables are known again.
    return tuple(
        Table(
            descriptor.row_model(resource),
            resource.datasets,
            resource.table.primaryKey,
            resource.description,
            resource.suffix,
        )
        for resource in resources
    )


def read_table(path: Path, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """A table as a data frame with days as timestamps; None and its problems when it is wrong.

    Every row passes its model, no key stands twice, and the rows are in the order of the key. A GeoJSON
    table is a geopandas frame in degrees.
    """
    text = schema.read_text(path, problems)
    if text is None:
        return None
    parse = _parse_geojson if table.suffix == "geojson" else _parse_csv
    frame = parse(path.name, text, table, problems)
    return None if frame is None else frame.copy(deep=False)


@schema.once
def _parse_csv(file: str, text: str, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    import pandas

    read = schema.parse_csv(file, text, table.model, problems, key=table.key)
    keys = [tuple(getattr(row, name) for name in table.key) for _, row in read]
    problems += [
        Problem(file, line, ", ".join(table.key), ", ".join(map(str, own)), "rows sorted by the key")
        for (line, _), before, own in zip(read[1:], keys, keys[1:], strict=False)
        if own < before
    ]
    if problems:
        return None
    frame = pandas.DataFrame({name: [getattr(row, name) for _, row in read] for name in table.columns})
    for name, field in table.model.model_fields.items():
        if _is_day(field.annotation):
            frame[name] = pandas.to_datetime(frame[name])
    return frame


@schema.once
def _parse_geojson(file: str, text: str, table: Table, problems: list[Problem]) -> pandas.DataFrame | None:
    """Boundaries and their properties; None and its problems when they are wrong."""
    import geopandas

    columns = [*table.model.model_fields, "geometry"]
    try:
        frame = geopandas.read_file(io.StringIO(text))
    except Exception as error:
        problems.append(Problem(file, 0, "file", "", f"readable GeoJSON ({str(error).splitlines()[0]})"))
        return None
    if sorted(frame.columns) != sorted(columns):
        problems.append(Problem(file, 1, "properties", ", ".join(frame.columns), ", ".join(columns)))
        return None
    return frame[columns]


def _is_day(annotation: object) -> bool:
    return annotation is date or any(_is_day(part) for part in get_args(annotation))


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong with the pins and the tables of a data folder, if it has any."""
    problems: list[Problem] = []
    tables = declared(folder, problems)
    pinned = _check_pins(folder, problems)
    if pinned is not None:
        problems += unknown_datasets(tables, pinned)
    for name, table in tables.items():
        read_table(folder / "tables" / f"{name}.{table.suffix}", table, problems)
    problems += [
        Problem(path.name, 0, "file", "", f"a description of this table in {descriptor.FILE}")
        for path in sorted((folder / "tables").glob("*"))
        if path.suffix in (".csv", ".geojson") and path.stem not in tables
    ]
    return problems


def unknown_datasets(tables: Mapping[str, Table], known: Collection[str]) -> list[Problem]:
    """Datasets that tables name and that are not among the known ids."""
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
