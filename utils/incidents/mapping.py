"""How a source writes its events: the names of its columns and the spelling of its moments and tags.

A mapping is a YAML file with the fields of `Mapping`. Those of VIINA, of ACLED's exports and of GDELT 2.0's
events ship with the project, in the folder `mappings`; nothing of the sources' data does.
"""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from ..evidence.nearest import unknown
from ..evidence.problems import expected
from ..evidence.schema import Record

__all__ = ["WIDTHS", "Mapping", "MappingError", "load", "shipped"]

FOLDER = Path(__file__).resolve().parent / "mappings"
# How many digits each part of a moment has; all parts have a fixed width.
WIDTHS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
OFFSET = "%z"


class MappingError(ValueError):
    """A mapping that is not there or wrong; one line that says how it would be right."""


class Mapping(Record):
    """How a source writes its events."""

    columns: tuple[str, ...] = Field((), description="names of all columns, for files without a header")
    delimiter: str = Field(",", min_length=1, max_length=1, description="what parts the cells of a line")
    moment: str = Field(description="the column with the day or moment of an event")
    format: str = Field(
        "%Y-%m-%d",
        description="its spelling, of %Y, %m, %d, %H, %M, %S and at the end %z for an offset from UTC",
    )
    written_in: str | None = Field(None, description="the time zone in which moments are written")
    counted_in: str | None = Field(None, description="the time zone whose days are counted")
    longitude: str = Field(description="the column with degrees east")
    latitude: str = Field(description="the column with degrees north")
    tags: str = Field(description="the column that says of which kind an event is")
    between: str = Field("", description="what parts the tags of an event; empty where it has one")
    names: dict[str, str] = Field({}, description="tags and what they are called; none: as they are written")
    left_out: frozenset[str] = Field(frozenset(), description="known tags that are not counted")
    same: tuple[str, ...] = Field(
        (),
        description="columns that, with the moment and the place, tell repeated reports of an event",
    )

    @field_validator("format")
    @classmethod
    def _has_days_of_fixed_width(cls, value: str) -> str:
        for part in ("%Y", "%m", "%d"):
            if value.count(part) != 1:
                raise ValueError(f"a spelling with one {part}")
        rest = value.removesuffix(OFFSET)
        for part in WIDTHS:
            rest = rest.replace(part, "", 1)
        if "%" in rest:
            raise ValueError("a spelling of %Y, %m, %d, %H, %M, %S, each once, and %z at its end")
        return value

    @field_validator("written_in", "counted_in")
    @classmethod
    def _is_a_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in (known := zoneinfo.available_timezones()):
            raise ValueError(f"a time zone ({unknown('zone', value, sorted(known))})")
        return value

    @model_validator(mode="after")
    def _zones_go_together(self) -> Mapping:
        if self.counted_in and "%H" not in self.format:
            raise ValueError("no zone, as a day without an hour is the same in all")
        if bool(self.counted_in) != bool(self.written_in or self.has_offset):
            raise ValueError("both zones or none: in which moments are written, or %z, and counted")
        if self.written_in and self.has_offset:
            raise ValueError("either the zone in which moments are written, or %z")
        if lacking := [one for one in self.asked if self.columns and one not in self.columns]:
            raise ValueError(f"columns that have {', '.join(lacking)}")
        return self

    @property
    def has_offset(self) -> bool:
        """Whether each moment tells its own offset from UTC."""
        return self.format.endswith(OFFSET)

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns that are read, each once."""
        return tuple(dict.fromkeys((self.moment, self.longitude, self.latitude, self.tags, *self.same)))


def shipped() -> dict[str, Path]:
    """The mappings that ship with the project, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


def load(name: str) -> Mapping:
    """A mapping by the name of one that is shipped, or by the path of a YAML file; MappingError if wrong."""
    known = shipped()
    path = known.get(name, Path(name))
    if name not in known and path.suffix not in (".yaml", ".yml"):
        raise MappingError(f"{unknown('mapping', name, known)}, or the path of a YAML file")
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise MappingError(f"{path}: {error.strerror}") from None
    except yaml.YAMLError as error:
        raise MappingError(f"{path} is no YAML: {' '.join(str(error).split())}") from None
    except ValidationError as errors:
        first = errors.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise MappingError(f"{path}, {where or 'mapping'}: expected {expected(first)}") from None
