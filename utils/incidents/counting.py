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

__all__ = ["ANY", "NO_PLACE", "checked", "counts", "days", "events", "reasons", "tagged", "unknown_tags"]

ANY = "any"
NO_MOMENT, WRONG_MOMENT = "no moment", "a moment that cannot be read"
NO_PLACE, WRONG_PLACE = "no coordinates", "coordinates that cannot be read"
OFF_THE_GLOBE = "coordinates that are not on the globe"
BEYOND_ALL = 1e300
# To some engines what parts a text is a regular expression; this mark is the same in all.
MARK = "\x1f"
NUMBER = r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$"


def checked(raw: ir.Table, mapping: Mapping) -> ir.Table:
    """What is asked of each row: `moment`, `x`, `y`, `tags`, `same1`..., and `reason` where it is wrong.

    x, y: millionths of a degree. value: what is wrong, as written.
    """
    longitude, latitude = _number(raw[mapping.longitude]), _number(raw[mapping.latitude])
    moment = moments.parsed(raw[mapping.moment], mapping)
    written = {name: _text(raw[name]) for name in (mapping.moment, mapping.longitude, mapping.latitude)}
    lon, lat = written[mapping.longitude], written[mapping.latitude]
    no_place = (lon == "") | (lat == "")
    unread = longitude.isnull() | latitude.isnull()
    reason = ibis.cases(
        (written[mapping.moment] == "", NO_MOMENT),
        (moment.isnull(), WRONG_MOMENT),
        (no_place, NO_PLACE),
        (unread, WRONG_PLACE),
        ((longitude.abs() > 180) | (latitude.abs() > 90), OFF_THE_GLOBE),
    )
    of_moment = reason.isin([NO_MOMENT, WRONG_MOMENT])
    return raw.select(
        moment=moment,
        x=_millionths(longitude, 180),
        y=_millionths(latitude, 90),
        tags=_text(raw[mapping.tags]),
        **{f"same{place}": _text(raw[name]) for place, name in enumerate(mapping.same)},
        reason=reason,
        value=ibis.ifelse(of_moment, written[mapping.moment], lon + " " + lat),
    )


def _text(column: ir.Value) -> ir.StringValue:
    """A cell as text without blanks around it; empty where there is none."""
    if column.type().is_floating():
        column = column.isnan().ifelse(ibis.null(column.type()), column)
    return column.cast("string").fill_null("").strip()


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


def days(rows: ir.Table, mapping: Mapping, first: datetime, last: datetime) -> ir.Table:
    """The events with their `day`."""
    return rows.mutate(day=moments.day(rows.moment, mapping, first, last))


def tagged(rows: ir.Table, mapping: Mapping) -> ir.Table:
    """A row for each tag of an event, as written; an event without tags has none."""
    written = rows.tags
    split = written.replace(mapping.between, MARK).split(MARK).unnest() if mapping.between else written
    each = rows.mutate(tag=split).drop("tags")
    each = each.mutate(tag=each.tag.strip())
    return each.filter(each.tag != "")


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
