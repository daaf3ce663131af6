"""Spans made by hand, with answers worked out by hand."""

from datetime import date

import pandas
import pytest

from utils.essays.provocations import while_away

SINCE, UNTIL = date(2024, 10, 18), date(2025, 4, 27)


def every(days, extra=()):
    """A missile provocation on every so many days since 2013, and other ones on every day."""
    shots = pandas.date_range("2013-01-01", "2026-08-20", freq=f"{days}D").append(pandas.DatetimeIndex(extra))
    other = pandas.date_range("2013-01-01", "2026-08-20")
    frames = [
        pandas.DataFrame({"date": shots, "type": "Missile Provocation"}),
        pandas.DataFrame({"date": other, "type": "Other Provocation"}),
    ]
    return pandas.concat(frames, ignore_index=True)


def test_an_even_pace_is_no_change_and_other_kinds_do_not_count():
    away = while_away(every(16), SINCE, UNTIL)
    # 192 days, and one of 16.
    assert (away.days, away.low, away.high, away.changed) == (12, 12.0, 12.0, False)
    # 2014 to 20 August 2026 are 4,615 days: 4,424 spans of 192 days, less the 383 that touch this one.
    assert away.spans == 4_424 - 383


@pytest.mark.parametrize("many", [1, 20])
def test_more_while_they_were_away_is_a_change(many):
    extra = pandas.date_range("2024-11-01", periods=60)[:many]
    away = while_away(every(16, extra[~extra.isin(every(16).date[:400])]), SINCE, UNTIL)
    assert away.changed and away.days > away.high


def test_none_while_they_were_away_is_a_change():
    table = every(16)
    gone = table[~table.date.between(pandas.Timestamp(SINCE), pandas.Timestamp(UNTIL))]
    away = while_away(gone, SINCE, UNTIL)
    assert away.changed and away.days == 0


def test_what_only_other_years_have_says_that_it_cannot_tell():
    with pytest.raises(ValueError, match="no other span"):
        while_away(every(16), date(2014, 1, 1), date(2026, 8, 20))
