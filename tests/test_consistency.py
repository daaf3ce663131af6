"""Rules between the rows of a data folder: what they refuse, and what they let pass."""

from datetime import date

import pytest

from utils.evidence import consistency


def row(archive, name, **cells):
    plain = {"id": name, "quantity": "nk_killed", "value": 100.0, "low": None, "high": None, "stance": None}
    plain |= {"origin": name, "source": "nis", "status": "sound", "published": date(2025, 1, 13)}
    plain |= {"valid_from": date(2025, 1, 13), "valid_to": date(2025, 1, 13)}
    return archive.rows["S019"].model_copy(update={**plain, **cells})


def said(*rows):
    return [(one.line, one.field) for one in consistency.problems(list(enumerate(rows)))]


def test_one_teller_has_one_origin_for_one_thing_said_of_the_same_days(archive):
    assert said(row(archive, "A"), row(archive, "B", origin="A")) == []
    assert said(row(archive, "A"), row(archive, "B")) == [(1, "origin")]
    assert said(row(archive, "A"), row(archive, "B", status="garbled")) == []
    assert said(row(archive, "A"), row(archive, "B", source="us_dod")) == []
    assert said(row(archive, "A"), row(archive, "B", value=101.0)) == []


@pytest.mark.parametrize(("year", "problems"), [(2025, []), (2024, [(0, "valid_from"), (1, "valid_from")])])
def test_the_same_words_of_one_origin_are_meant_for_days_that_are_near(archive, year, problems):
    moved = {"valid_from": date(year, 1, 10), "valid_to": date(year, 1, 12)}
    assert said(row(archive, "A"), row(archive, "B", origin="A", **moved)) == problems


def test_a_figure_in_thousands_among_others_is_out_of_scale(archive):
    others = [row(archive, f"O{number}", value=float(number)) for number in (90, 100, 110)]
    assert said(*others, row(archive, "A", value=10_000.0)) == []
    assert said(*others, row(archive, "A", value=100_000.0)) == [(3, "value")]
    assert said(*others, row(archive, "A", value=None, low=1.0, high=100_000.0)) == [(3, "value")]
    # An early figure of a running total may be as small as it likes, and two figures are no scale.
    assert said(*others, row(archive, "A", value=1.0)) == []
    assert said(*others[:2], row(archive, "A", value=100_000.0)) == []
