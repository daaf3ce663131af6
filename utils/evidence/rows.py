"""What a row of each computed table must look like, with the unit of every column."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .schema import Day, Identifier, Number, Record, Text

__all__ = [
    "AidByDonor",
    "AreaByOblast",
    "ArmedForces",
    "ConflictDeaths",
    "EquipmentLosses",
    "IncidentsByOblast",
    "IswArea",
    "KurskCell",
    "Market",
    "Oblast",
    "OccupiedArea",
    "Place",
    "Provocation",
    "RussianDeathsNamed",
    "RussianLossesClaimed",
    "TrumpPrice",
    "UnitPosting",
]


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


class AreaByOblast(Record):
    """Area of each status on DeepState's map, by day and oblast."""

    date: Day
    oblast: Text = Field(description="the oblast's English name; 'elsewhere' for the rest, as Crimea")
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
    """How much of a map cell of 0.05 degrees in Kursk oblast Ukraine held, on Thursdays."""

    date: Day
    longitude: Longitude = Field(description="of the cell's centre")
    latitude: Latitude = Field(description="of the cell's centre")
    ukrainian_held_share: Share
    unknown_share: Share


class OccupiedArea(Record):
    """Occupied territory of Ukraine by day, Crimea included, from a second archive of DeepState's map."""

    date: Day = Field(description="the day at whose end the map showed it")
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
    cruise_missiles: int | None = Field(json_schema_extra=_unit("items"))
    ships: int = Field(json_schema_extra=_unit("items"))
    submarines: int = Field(json_schema_extra=_unit("items"))
    vehicles_and_fuel_tanks: int = Field(json_schema_extra=_unit("items"))
    special_equipment: int | None = Field(json_schema_extra=_unit("items"))


class RussianDeathsNamed(Record):
    """Dead Russian soldiers in a public list of names, by the day that the list gives; counts only."""

    date: Day = Field(description="mostly the day on which the death became known; the list does not say")
    deaths: Persons


class ConflictDeaths(Record):
    """Events and deaths in Ukraine by day, from the Uppsala Conflict Data Program."""

    date: Day = Field(description="the first day of the event; events of a month stand on its first day")
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
    volume_usd: Annotated[int, Field(ge=0, json_schema_extra=_unit("USD"))]


class TrumpPrice(Record):
    """Price of Trump's election on a prediction market, by day."""

    date: Day
    probability: Share


class Provocation(Record):
    """A day with North Korean provocations of a type."""

    date: Day
    type: Text


class ArmedForces(Record):
    """Active personnel of a country's armed forces by year."""

    country: Text
    year: Annotated[int, Field(ge=1816, le=2100)]
    personnel: Persons
    source: Identifier = Field(description="the dataset that says so")


class IncidentsByOblast(Record):
    """News reports of incidents in Ukraine by day, oblast and tag; a report may have several tags."""

    date: Day = Field(description="the day of the report")
    oblast: Text = Field(description="the oblast's English name; 'elsewhere' for the rest")
    tag: Identifier = Field(description="'any' counts every report, tagged or not; the others overlap")
    incidents: Annotated[int, Field(ge=1, json_schema_extra=_unit("incidents"))]


class EquipmentLosses(Record):
    """Equipment losses confirmed by pictures, by month in which they were recorded."""

    month: Month
    party: Literal["ru", "ua"] = Field(description="who lost it")
    type: Literal[
        "air_defence",
        "aircraft",
        "armoured_vehicles",
        "artillery",
        "drones",
        "helicopters",
        "other",
        "rocket_launchers",
        "ships",
        "special_equipment",
        "tanks",
        "trucks",
    ] = Field(description="a class of systems; special_equipment: engineering, command, radar, jamming")
    destroyed: Items
    captured: Items


class Place(Record):
    """A place that the maps name."""

    place: Text
    oblast: Text
    longitude: Longitude
    latitude: Latitude
    source: Text = Field(description="the gazetteer, with its spelling where that differs")


class Oblast(Record):
    """The simplified boundary of an oblast, for maps and not for areas."""

    oblast: Text = Field(description="the oblast's English name")
    country: Text
    source: Identifier = Field(description="the dataset that the boundary is taken from")
