"""Rows held against their spellings, told apart and counted, as expressions that any engine computes alike.

An event is a row of numbers: of its moment, of its place, and what else tells it from others. All rows of an
event are put together once, with a bit for each tag that any of them has; whatever is counted is counted from
there.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from . import spellings
from .mapping import Mapping

__all__ = ["ANY", "asked", "by_tag", "counted", "events", "reasons", "unknown_tags"]

ANY = "any"
SAME = "same"


def asked(raw: ir.Table, mapping: Mapping) -> ir.Table:
    """What a mapping asks: `at`, `east`, `north` and `cell` as they are, and `same0`... to compare."""
    return raw.select(
        at=raw[mapping.moment],
        east=raw[mapping.longitude],
        north=raw[mapping.latitude],
        cell=raw[mapping.tags],
        **{f"{SAME}{place}": _comparable(raw[name]) for place, name in enumerate(mapping.same)},
    )


def _comparable(column: ir.Value) -> ir.Value:
    """Whole numbers are the same where their spellings are; all else is compared as text."""
    return column if column.type().is_integer() else spellings.text(column)


def _at(rows: ir.Table, when: ir.Table) -> ir.Table:
    # An empty cell is a spelling too, which an equation would not find.
    return rows.join(when, rows.at.identical_to(when.at), rname="{name}_written")


def _in(rows: ir.Table, where: ir.Table) -> ir.Table:
    same = [rows.east.identical_to(where.east), rows.north.identical_to(where.north)]
    return rows.join(where, same, rname="{name}_written")


def _good(spelled: ir.Table, number: str) -> ir.Table:
    return spelled.filter(spelled.reason.isnull()).select(*_written(spelled), number)


def _bad(spelled: ir.Table) -> ir.Table:
    return spelled.filter(spelled.reason.notnull()).select(*_written(spelled), "reason", "value", "many")


def _written(spelled: ir.Table) -> list[str]:
    return [name for name in ("at", "east", "north") if name in spelled.columns]


def reasons(rows: ir.Table, when: ir.Table, where: ir.Table) -> ir.Table:
    """How many rows are wrong for which reason, and the first value of each in the order of letters.

    A row counts once; its moment is looked at first.
    """
    late = _bad(when)
    told = _at(rows.select("at", "east", "north"), late).group_by("east", "north").agg(told=ibis._.count())
    places = _bad(where)
    same = [places.east.identical_to(told.east), places.north.identical_to(told.north)]
    places = places.left_join(told, same, rname="{name}_told")
    places = places.mutate(many=places.many - places.told.fill_null(0))
    wrong = ibis.union(*(one.select("reason", "value", "many") for one in (late, places)))
    wrong = wrong.filter(wrong.many > 0)
    return wrong.group_by("reason").agg(rows=wrong.many.sum().cast("int64"), example=wrong.value.min())


def unknown_tags(
    rows: ir.Table, when: ir.Table, where: ir.Table, tags: ir.Table, mapping: Mapping
) -> ir.Table:
    """Tags that the mapping does not know and how many rows have them; none where it names no tags."""
    known = spellings.known(mapping)
    strange = tags.filter(~tags.tag.isin(known) if known else ibis.literal(False))
    rows = rows.select("at", "east", "north", "cell")
    told = rows.join(strange, rows.cell.identical_to(strange.cell), rname="{name}_written")
    told = _in(_at(told, _good(when, "when")), _good(where, "where"))
    return told.group_by("tag").agg(rows=told.count())


def events(rows: ir.Table, when: ir.Table, where: ir.Table, bits: ir.Table) -> ir.Table:
    """Each event once, by `when`, `where` and what tells it from others, with the bits of all its tags.

    bits: those of each `cell` that has any.
    """
    found = _in(_at(rows, _good(when, "when")), _good(where, "where"))
    found = found.left_join(bits, found.cell.identical_to(bits.cell), rname="{name}_written")
    return spellings.bits(found, "when", "where", *(name for name in rows.columns if name.startswith(SAME)))


def counted(each: ir.Table, days: ir.Table, areas: ir.Table) -> ir.Table:
    """How many `incidents` each `day` and `area` has with the same tags.

    each: `events`. days, areas: the day of each `when` and the area of each `where`.
    """
    found = each.join(days, "when").join(areas, "where")
    return found.group_by("day", "area", *spellings.words(each)).agg(incidents=found.count())


def by_tag(sums: ir.Table, weights: ir.Table) -> ir.Table:
    """How many events a day, area and tag has; the tag `any` counts all. What has none has no row.

    sums: `counted`. weights: the bit of each tag.
    """
    told = [sums.select("day", "area", "incidents", tag=ibis.literal(ANY))]
    for word in spellings.words(weights):
        some = sums.filter(sums[word] != 0).select("day", "area", "incidents", bits=word)
        tags = weights.filter(weights[word] != 0).select("tag", bit=word)
        pairs = some.cross_join(tags)
        told.append(pairs.filter((pairs.bits & pairs.bit) != 0).select("day", "area", "incidents", "tag"))
    every = ibis.union(*told)
    total = every.incidents.sum().cast("int64")
    return every.group_by("day", "area", "tag").agg(incidents=total).order_by("day", "area", "tag")
