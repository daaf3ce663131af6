"""What is asked of spellings: of each moment, each place and each cell of tags, of which there are few.

Nothing is asked of a row that can be asked of its spellings. Each has a number, so that rows are told apart
by numbers. Nulls are made before anything is compared, as not every engine takes what is no number for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from . import moments
from .mapping import Mapping
from .places import MILLIONTHS

__all__ = [
    "NO_PLACE",
    "bits",
    "days",
    "known",
    "moments_of",
    "names",
    "places_of",
    "tags_of",
    "text",
    "weights",
    "words",
]

NO_MOMENT, WRONG_MOMENT = "no moment", "a moment that cannot be read"
NO_PLACE, WRONG_PLACE = "no coordinates", "coordinates that cannot be read"
OFF_THE_GLOBE = "coordinates that are not on the globe"
BEYOND_ALL = 1e300
# To some engines what parts a text is a regular expression; this mark is the same in all.
MARK = "\x1f"
# No blank comes after this one.
LAST_BLANK = " "
NUMBER = r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$"
# A bit for each tag; an integer has more, but must not turn negative.
TAGS_OF_A_WORD = 62


def _any_bit(word: int) -> int:
    """The bits that any of some words has."""
    raise NotImplementedError("each engine has this itself, though Ibis does not know it of all")


BIT_OR = ibis.udf.agg.builtin(_any_bit, name="bit_or")


def moments_of(rows: ir.Table, mapping: Mapping) -> ir.Table:
    """Each spelling `at` of a moment once, with its `moment`, and its `reason` and `value` where it is wrong.

    when: the number of the moment, the same for all spellings of it. value: what is wrong, as written.
    many: how many rows are spelled so.
    """
    each = rows.group_by("at").agg(many=rows.count())
    moment, written = moments.parsed(each.at, mapping), text(each.at)
    reason = ibis.cases((written == "", NO_MOMENT), (moment.isnull(), WRONG_MOMENT))
    return _numbered(each.mutate(moment=moment, reason=reason, value=written), "when", "moment")


def places_of(rows: ir.Table) -> ir.Table:
    """Each spelling `east` and `north` of a place once, with `x`, `y`, `reason`, `value` and `many` as above.

    x, y: millionths of a degree, null where wrong. where: the number of the place.
    """
    each = rows.group_by("east", "north").agg(many=rows.count())
    longitude, latitude = _number(each.east), _number(each.north)
    east, north = text(each.east), text(each.north)
    reason = ibis.cases(
        ((east == "") | (north == ""), NO_PLACE),
        (longitude.isnull() | latitude.isnull(), WRONG_PLACE),
        ((longitude.abs() > 180) | (latitude.abs() > 90), OFF_THE_GLOBE),
    )
    x, y = _millionths(longitude, 180), _millionths(latitude, 90)
    return _numbered(each.mutate(x=x, y=y, reason=reason, value=east + " " + north), "where", "x", "y")


def _numbered(spellings: ir.Table, name: str, *meaning: str) -> ir.Table:
    number = ibis.dense_rank().over(order_by=list(meaning)).cast("int32")
    return spellings.mutate(**{name: number})


def days(when: ir.Table, mapping: Mapping, first: datetime, last: datetime) -> ir.Table:
    """The `day` of each moment by its number `when`; first, last: between which all of them lie."""
    day = moments.day(when.moment, mapping, first, last)
    return when.filter(when.reason.isnull()).select("when", day=day).distinct()


def tags_of(rows: ir.Table, mapping: Mapping) -> ir.Table:
    """A row for each `tag` of each spelling `cell`, as written; a cell without tags has none."""
    each = rows.select("cell").distinct()
    tag = text(each.cell)
    if mapping.between:
        tag = tag.replace(mapping.between, MARK).split(MARK).unnest()
    split = each.mutate(tag=tag)
    split = split.mutate(tag=_stripped(split.tag))
    return split.filter(split.tag != "")


def known(mapping: Mapping) -> list[str]:
    """The tags that a mapping knows; none where it takes all as they are written."""
    return [*mapping.names, *mapping.left_out] if mapping.names else []


def names(tags: ir.Table, mapping: Mapping) -> ir.Table:
    """What each `cell` is counted as: the names of its tags, as `tag`."""
    told = tags.filter(~tags.tag.isin(list(mapping.left_out))) if mapping.left_out else tags
    if mapping.names:
        told = told.filter(told.tag.isin(list(mapping.names)))
        told = told.mutate(tag=told.tag.substitute(dict(mapping.names)))
    return told


def words(table: ir.Table) -> list[str]:
    """The columns of a table that hold bits."""
    return [name for name in table.columns if name.startswith("bits")]


def weights(tags: Sequence[str]) -> ir.Table:
    """The bit of each `tag` of some, each named once, in as many columns `bits0`... as they need."""
    bit = {
        f"bits{word}": [
            1 << place % TAGS_OF_A_WORD if place // TAGS_OF_A_WORD == word else 0
            for place in range(len(tags))
        ]
        for word in range(max(1, -(-len(tags) // TAGS_OF_A_WORD)))
    }
    return ibis.memtable({"tag": tags, **bit}, schema={"tag": "string", **dict.fromkeys(bit, "int64")})


def bits(table: ir.Table, *by: str) -> ir.Table:
    """One row for all rows that have the same `by`, with the bits of all of them."""
    return table.group_by(by).agg(**{name: BIT_OR(table[name]) for name in words(table)})


def text(column: ir.Value) -> ir.StringValue:
    """A cell as text without blanks around it; empty where there is none."""
    if column.type().is_floating():
        column = column.isnan().ifelse(ibis.null(column.type()), column)
    return _stripped(column.cast("string").fill_null(""))


def _stripped(column: ir.StringValue) -> ir.StringValue:
    """Text without blanks around it; few have any, and to look is faster than to strip."""
    may_have = (column.left(1) <= LAST_BLANK) | (column.right(1) <= LAST_BLANK)
    return ibis.ifelse(may_have, column.strip(), column)


def _number(column: ir.Value) -> ir.FloatingValue:
    """A cell as a finite number; null for anything else."""
    if column.type().is_string():
        stripped = column.strip()
        column = ibis.ifelse(stripped.re_search(NUMBER), stripped, ibis.null("string")).try_cast("float64")
    value = column.cast("float64")
    # What is no number is above all numbers, for each engine; infinity is.
    return ibis.ifelse(value.abs() < BEYOND_ALL, value, ibis.null("float64"))


def _millionths(degrees: ir.FloatingValue, most: int) -> ir.IntegerValue:
    on_the_globe = ibis.ifelse(degrees.abs() <= most, degrees, ibis.null("float64"))
    return (on_the_globe * MILLIONTHS).round().cast("int64")
