"""Moments as sources write them, and the days on which they fall in a time zone.

The offsets of a zone come from Python's own tables and go into the expression, so that every engine counts
the same days and none needs an extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from .mapping import OFFSET, WIDTHS, Mapping

__all__ = ["day", "parsed"]

OFFSET_SPELLED = r"(Z|[+-][0-9][0-9]:?[0-9][0-9])$"


def parsed(column: ir.Value, mapping: Mapping) -> ir.TimestampValue:
    """The moment as written, without its zone, or in UTC where it tells its offset; null if unreadable."""
    if not column.type().is_string():
        # Parquet has days and moments of its own; a day as a number is spelled out.
        if column.type().is_temporal():
            return column.cast("timestamp")
        column = column.cast("string")
    text = column.strip()
    spelled = mapping.format.removesuffix(OFFSET)
    pattern, places = _layout(spelled)
    pattern = f"^{pattern}{OFFSET_SPELLED if mapping.has_offset else '$'}"
    part = {name: text.substr(at, WIDTHS[name]) for name, at in places.items()}
    whole = part["%Y"] + "-" + part["%m"] + "-" + part["%d"] + " "
    clock = [part.get(name, ibis.literal("00")) for name in ("%H", "%M", "%S")]
    whole = whole + clock[0] + ":" + clock[1] + ":" + clock[2]
    fits = ibis.ifelse(text.re_search(pattern), whole, ibis.null("string"))
    moment = fits.try_cast("timestamp")
    return _in_utc(moment, text.substr(_length(spelled))) if mapping.has_offset else moment


def _layout(spelled: str) -> tuple[str, dict[str, int]]:
    """A spelling as a regular expression, and where each of its parts begins."""
    pattern, places, at = "", {}, 0
    for piece in re.findall("%.|[^%]", spelled):
        if piece in WIDTHS:
            places[piece] = at
        pattern += f"[0-9]{{{WIDTHS[piece]}}}" if piece in WIDTHS else f"[{piece}]" if piece != "^" else r"\^"
        at += WIDTHS.get(piece, 1)
    return pattern, places


def _length(spelled: str) -> int:
    return sum(WIDTHS.get(piece, 1) for piece in re.findall("%.|[^%]", spelled))


def _in_utc(moment: ir.TimestampValue, offset: ir.StringValue) -> ir.TimestampValue:
    """A moment less its offset, spelled as Z, +02:00 or +0200."""
    spelled = offset.replace(":", "")
    minutes = spelled.substr(1, 2).try_cast("int64") * 60 + spelled.substr(3, 2).try_cast("int64")
    signed = ibis.ifelse(spelled.startswith("-"), -minutes, minutes)
    return moment - ibis.ifelse(spelled == "Z", 0, signed).as_interval("m")


def day(
    moment: ir.TimestampValue, mapping: Mapping, first: datetime, last: datetime
) -> ir.DateValue | ir.Value:
    """The day of a moment in the zone whose days are counted.

    first, last: between which all moments lie. An hour that a clock goes through twice is the first of both.
    """
    if mapping.counted_in is None:
        return moment.date()
    utc = moment
    if mapping.written_in is not None:
        utc = moment - _offset(moment, mapping.written_in, first, last, local=True).as_interval("m")
    return (utc + _offset(utc, mapping.counted_in, first, last, local=False).as_interval("m")).date()


def _offset(
    moment: ir.TimestampValue, zone: str, first: datetime, last: datetime, *, local: bool
) -> ir.IntegerValue:
    """Minutes by which a zone is ahead of UTC at a moment of its own clock (`local`) or of UTC."""
    changes = list(_changes(ZoneInfo(zone), first, last))
    branches = []
    for (_, before), (at, minutes) in pairwise(changes):
        # In its own clock a change is over when both the old and the new time have passed it.
        since = at + timedelta(minutes=max(before, minutes)) if local else at
        branches.append((moment >= ibis.timestamp(since.isoformat(sep=" ")), ibis.literal(minutes, "int64")))
    earliest = ibis.literal(changes[0][1], "int64")
    return ibis.cases(*reversed(branches), else_=earliest) if branches else earliest


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, int]]:
    """When (in UTC) a zone's offset changes, and to how many minutes; first that before all moments."""
    at = first.replace(second=0, microsecond=0, tzinfo=None) - timedelta(days=2)
    yield at, _minutes(zone, at)
    while at < last.replace(tzinfo=None) + timedelta(days=2):
        following = at + timedelta(days=1)
        if _minutes(zone, following) != _minutes(zone, at):
            turn = _turn(zone, at, following)
            yield turn, _minutes(zone, turn)
        at = following


def _turn(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first whole minute at which a zone has the offset that it has at `high`."""
    before = _minutes(zone, low)
    while (minutes := (high - low) // timedelta(minutes=1)) > 1:
        middle = low + timedelta(minutes=minutes // 2)
        low, high = (middle, high) if _minutes(zone, middle) == before else (low, middle)
    return high


def _minutes(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return round((offset or timedelta()).total_seconds() / 60)
