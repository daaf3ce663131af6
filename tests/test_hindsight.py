"""Hindsight by hand: who is graded, against what, and how the errors are summed up."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from utils.checks.grading import figures
from utils.checks.track_record import records
from utils.essays import hindsight
from utils.evidence.schema import Source, Statement

START = date(2024, 9, 1)


def told(name, source, day, value=None, low=None, high=None, *, published=None, span=0, origin=None, **other):
    """A statement on Russian troops in Kursk, `day` days after the start, published ten days later."""
    fields = {
        "id": name,
        "quantity": "ru_troops_kursk",
        "value": value,
        "low": low,
        "high": high,
        "valid_from": START + timedelta(days=day - span),
        "valid_to": START + timedelta(days=day),
        "published": START + timedelta(days=day + 10 if published is None else published),
        "dating": "day",
        "source": source,
        "outlet": name,
        "origin": origin or name,
        "access": "official",
        "standing": None,
        "stance": None,
        "status": "sound",
        "note": None,
        "url": None,
    }
    return Statement(**{**fields, **other})


def made(archive, *rows):
    parties = {"ann": "ua", "ben": "ua", "cem": "ru", "dora": "none"}
    sources = {
        name: Source(
            id=name,
            name=name,
            party=party,
            co_party=None,
            derived_from=None,
            speaks_for=None,
            kind="press",
            reliability="F",
            reason="made",
        )
        for name, party in parties.items()
    }
    ordered = tuple(sorted(rows, key=lambda row: (row.published, row.id)))
    return replace(archive, statements=ordered, sources=sources)


def later(value=40000, day=0, **other):
    """Two tellers of other parties who speak later, on one day."""
    return told("L1", "cem", day, value, published=20, **other), told(
        "L2", "dora", day, value, published=20, **other
    )


def graded(archive):
    return records(figures(archive))


def test_a_figure_is_held_against_what_others_said_later(archive):
    seen = made(archive, told("A", "ann", 0, 20000), *later())
    (one,) = graded(seen)
    assert (one.row, hindsight.party(seen, one.row), one.rows) == ("A", "ua", ("L1", "L2"))
    assert one.later == pytest.approx(40000, rel=1e-3)
    assert hindsight.error(one) == pytest.approx(math.log(0.5), abs=1e-3)


@pytest.mark.parametrize(
    "row",
    [
        told("A", "ann", 0, 20000, published=30),
        told("A", "ann", 0, 20000, low=20000),
        told("A", "ann", 0, low=10000),
        told("A", "ann", 0, 0),
        told("A", "ann", 0, 20000, status="doubtful"),
        told("A", "ann", 0, 20000, span=7),
        told("A", "ann", 11, 20000, published=11),
        told("A", "ann", 0, 20000, quantity="ru_troops_kursk_planned"),
    ],
    ids=["later", "at least", "bound", "zero", "doubtful", "a span", "too far", "a plan"],
)
def test_what_is_not_graded(archive, row):
    assert "A" not in [one.row for one in graded(made(archive, row, *later()))]


def test_a_teller_is_not_their_own_measure_nor_is_their_origin(archive):
    figure = told("A", "ann", 0, 20000)
    for own in (
        told("L2", "ann", 0, 40000, published=20),
        told("L2", "dora", 0, 40000, published=20, origin="A"),
    ):
        (one,) = graded(made(archive, figure, later()[0], own))
        assert one.rows == ("L1",)


def test_rows_of_one_origin_are_one_measure(archive):
    twice = [told(f"L{place}", "cem", place, 40000, published=20, origin="L") for place in (0, 5)]
    (one,) = graded(made(archive, told("A", "ann", 0, 20000), *twice))
    assert one.rows == ("L0",)


def test_only_tellers_of_another_party(archive):
    figure, friend = told("A", "ann", 0, 20000), told("L2", "ben", 0, 40000, published=20)
    for judges, expected in (((friend,), 0), ((friend, later()[0]), 1), (later()[1:], 1)):
        seen = made(archive, figure, *judges)
        found = graded(seen)
        assert len(found) == 1 and len(hindsight.of_other_parties(seen, found)) == expected
    free = made(archive, told("A", "dora", 0, 20000), friend)
    assert len(hindsight.of_other_parties(free, graded(free))) == 1


def test_the_sums(archive):
    rows = [told(f"A{value}", "ann", 0, value) for value in (20000, 40000, 44000)]
    # One teller's last word of a day is the one that stands, so the days differ.
    rows = [
        row.model_copy(update={"published": START + timedelta(days=day)}) for day, row in enumerate(rows, 1)
    ]
    seen = made(archive, *rows, *later())
    found = graded(seen)
    (row,) = hindsight.sums(seen, found, "source").to_dict("records")
    assert row["source"] == "ann" and row["figures"] == 3
    assert row["leans"] == pytest.approx(1.0, rel=1e-2)
    assert row["distance"] == pytest.approx(1.1, rel=1e-2)
    assert row["close"] == pytest.approx(2 / 3)
    assert hindsight.sums(seen, found, "party", least=4).empty


def test_the_clock_is_kept(archive):
    day = archive.article.published
    then, today = (graded(one) for one in (archive.as_of(day), archive))
    assert {one.row for one in then} < {one.row for one in today}
    assert all(archive.rows[name].published <= day for one in then for name in one.rows)
