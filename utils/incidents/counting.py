"""Events read, checked, told apart and counted, as expressions that any engine computes alike.

A row that cannot be counted has a `reason`. Nulls are made before anything is compared, as not every engine
takes what is no number for a null.
"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from . import moments
from .mapping import Mapping
from .places import MILLIONTHS

__all__ = [
    "ANY",
    "NO_PLACE",
    "checked",
    "counts",
    "dated",
    "events",
    "moments_of",
    "places_of",
    "reasons",
    "tagged",
    "unknown_tags",
]

ANY = "any"
NO_MOMENT, WRONG_MOMENT = "no moment", "a moment that cannot be read"
NO_PLACE, WRONG_PLACE = "no coordinates", "coordinates that cannot be read"
OFF_THE_GLOBE = "coordinates that are not on the globe"
BEYOND_ALL = 1e300
# To some engines what parts a text is a regular expression; this mark is the same in all.
MARK = "\x1f"
BLANKS = " \t\n\r\v\f"
NUMBER = r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$"


def moments_of(raw: ir.Table, mapping: Mapping) -> ir.Table:
    """Each spelling of a moment once: as `written`, its `moment`, and its `reason` where it is wrong.

    There are far fewer spellings than rows; nothing is asked of a row that can be asked of them.
    """
    each = raw.select(written=raw[mapping.moment]).distinct()
    moment, text = moments.parsed(each.written, mapping), _text(each.written)
    reason = ibis.cases((text == "", NO_MOMENT), (moment.isnull(), WRONG_MOMENT))
    return each.mutate(moment=moment, reason=reason, value=text)


def places_of(raw: ir.Table, mapping: Mapping) -> ir.Table:
    """Each spelling of a place once: as `lon` and `lat`, its `x` and `y`, its `reason` where it is wrong.

    x, y: millionths of a degree, null where wrong.
    """
    each = raw.select(lon=raw[mapping.longitude], lat=raw[mapping.latitude]).distinct()
    longitude, latitude = _number(each.lon), _number(each.lat)
    lon, lat = _text(each.lon), _text(each.lat)
    reason = ibis.cases(
        ((lon == "") | (lat == ""), NO_PLACE),
        (longitude.isnull() | latitude.isnull(), WRONG_PLACE),
        ((longitude.abs() > 180) | (latitude.abs() > 90), OFF_THE_GLOBE),
    )
    x, y = _millionths(longitude, 180), _millionths(latitude, 90)
    return each.mutate(x=x, y=y, reason=reason, value=lon + " " + lat)


def checked(raw: ir.Table, when: ir.Table, where: ir.Table, mapping: Mapping) -> ir.Table:
    """The rows with `moment`, `day`, `x`, `y`, `area`, `tags`, `same1`..., and `reason` where they are wrong.

    when: `moments_of` with a `day`. where: `places_of` with an `area`. value: what is wrong, as written.
    """
    asked = raw.select(
        at=raw[mapping.moment],
        east=raw[mapping.longitude],
        north=raw[mapping.latitude],
        tags=_text(raw[mapping.tags]),
        **{f"same{place}": _text(raw[name]) for place, name in enumerate(mapping.same)},
    )
    when = when.rename(late="reason", wrong_moment="value")
    where = where.rename(off="reason", wrong_place="value")
    # An empty cell is a spelling too, which an equation would not find.
    rows = asked.left_join(when, asked.at.identical_to(when.written))
    rows = rows.left_join(where, [asked.east.identical_to(where.lon), asked.north.identical_to(where.lat)])
    return rows.select(
        *("moment", "day", "x", "y", "area", "tags"),
        *(f"same{place}" for place in range(len(mapping.same))),
        reason=ibis.coalesce(rows.late, rows.off),
        value=ibis.ifelse(rows.late.notnull(), rows.wrong_moment, rows.wrong_place),
    )


def _text(column: ir.Value) -> ir.StringValue:
    """A cell as text without blanks around it; empty where there is none."""
    if column.type().is_floating():
        column = column.isnan().ifelse(ibis.null(column.type()), column)
    return _stripped(column.cast("string").fill_null(""))


def _stripped(text: ir.StringValue) -> ir.StringValue:
    """Text without blanks around it; few have any, and to look is faster than to strip."""
    return ibis.ifelse(text.re_search(f"^[{BLANKS}]|[{BLANKS}]$"), text.strip(), text)


def _number(column: ir.Value) -> ir.FloatingValue:
    """A cell as a finite number; null for anything else."""
    if column.type().is_string():
        text = column.strip()
        column = ibis.ifelse(text.re_search(NUMBER), text, ibis.null("string")).try_cast("float64")
    value = column.cast("float64")
    # What is no number is above all numbers, for each engine; infinity is.
    return ibis.ifelse(value.abs() < BEYOND_ALL, value, ibis.null("float64"))


def _millionths(degrees: ir.FloatingValue, most: int) -> ir.IntegerValue:
    on_the_globe = ibis.ifelse(degrees.abs() <= most, degrees, ibis.null("float64"))
    return (on_the_globe * MILLIONTHS).round().cast("int64")


def reasons(rows: ir.Table) -> ir.Table:
    """How many rows are wrong for which reason, and the first value of each in the order of letters."""
    wrong = rows.filter(rows.reason.notnull())
    return wrong.group_by("reason").agg(rows=wrong.count(), example=wrong.value.min())


def events(rows: ir.Table) -> ir.Table:
    """The rows that can be counted."""
    return rows.filter(rows.reason.isnull()).drop("reason", "value")


def dated(when: ir.Table, mapping: Mapping, first: datetime, last: datetime) -> ir.Table:
    """Moments with their `day`; first, last: between which all of them lie."""
    return when.mutate(day=moments.day(when.moment, mapping, first, last))


def tagged(rows: ir.Table, mapping: Mapping) -> ir.Table:
    """A row for each tag of an event, as written; an event without tags has none."""
    if mapping.between:
        split = rows.tags.replace(mapping.between, MARK).split(MARK).unnest()
        rows = rows.mutate(tag=split)
        rows = rows.mutate(tag=_stripped(rows.tag))
    else:
        rows = rows.mutate(tag=rows.tags)
    return rows.filter(rows.tag != "").drop("tags")


def unknown_tags(rows: ir.Table, mapping: Mapping) -> ir.Table:
    """Tags that the mapping does not know and how many rows have them; none where it names no tags."""
    known = [*mapping.names, *mapping.left_out]
    strange = rows.filter(~rows.tag.isin(known)) if mapping.names else rows.filter(ibis.literal(False))
    return strange.group_by("tag").agg(rows=strange.count())


def counts(whole: ir.Table, each: ir.Table, mapping: Mapping) -> ir.Table:
    """How many events a day, area and tag has; the tag `any` counts all. What has none has no row.

    whole: the events with `day` and `area`. each: the same by tag.
    """
    told = each.filter(~each.tag.isin(list(mapping.left_out))) if mapping.left_out else each
    if mapping.names:
        told = told.filter(told.tag.isin(list(mapping.names)))
        told = told.mutate(tag=told.tag.substitute(dict(mapping.names)))
    everything = whole.drop("tags").distinct().mutate(tag=ibis.literal(ANY))
    return ibis.union(_counted(everything), _counted(told.distinct())).order_by("day", "area", "tag")


def _counted(rows: ir.Table) -> ir.Table:
    return rows.group_by("day", "area", "tag").agg(incidents=rows.count())
