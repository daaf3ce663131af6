"""Forecasts on hand-made data, with answers worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from utils import verdicts
from utils.checks import forecast
from utils.checks.forecast import ForecastCheck
from utils.checks.occurrence import OccurrenceCheck

JUDGED = date(2024, 12, 3)  # a fortnight after the last day of the claim's window


def row(archive, name, **cells):
    """A sound row of a single day that states nothing but its stance, changed."""
    day = cells.get("valid_from", date(2024, 9, 1))
    plain = {"id": name, "origin": name, "outlet": name, "value": None, "low": None, "high": None}
    plain |= {"valid_from": day, "valid_to": day, "published": day, "stance": "affirms", "status": "sound"}
    plain |= {"standing": None}
    return archive.rows["S199"].model_copy(update={**plain, **cells})


def shown(archive, day, *rows):
    known = tuple(sorted(rows, key=lambda row: (row.published, row.id)))
    return replace(archive, statements=known).as_of(day)


def forecast_asked(**changes):
    plain = {
        "method": "forecast",
        "says": "it was so",
        "counts": ["nk_combat_confirmed"],
        "said": ["nk_combat_forecast"],
    }
    return ForecastCheck.model_validate({**plain, "since": "2024-11-12", "until": "2024-11-19", **changes})


def said_of(archive, name, first, days=3, **cells):
    """A forecast published the day before its window."""
    window = {"valid_from": first, "valid_to": first + timedelta(days=days - 1)}
    plain = {"quantity": "nk_combat_forecast", "published": first - timedelta(days=1), "source": "zelensky"}
    return row(archive, name, **{**plain, **window, **cells})


def seen_on(archive, name, day, source="us_dod", **cells):
    """A witness of what happened on a day."""
    return row(archive, name, quantity="nk_combat_confirmed", valid_from=day, source=source, **cells)


def outcome(archive, name, day, stance):
    """Two witnesses of two parties who speak of the whole window of three days: nine to one together."""
    days = {"valid_to": day + timedelta(days=2), "published": day + timedelta(days=2), "stance": stance}
    return [seen_on(archive, f"{name}{source}", day, source, **days) for source in ("us_dod", "nis")]


def judged_forecast(archive, day, *rows, **changes):
    small = shown(archive, day, *rows)
    return forecast.check(small, small.claim("C13"), forecast_asked(**changes))


def three_forecasts(archive):
    """One that came true, two that failed."""
    days = [date(2024, 8, 10), date(2024, 9, 10), date(2024, 10, 10)]
    stances = ["affirms", "denies", "denies"]
    told = [said_of(archive, f"F{number}", day) for number, day in enumerate(days)]
    return told + [
        witness
        for number, (day, stance) in enumerate(zip(days, stances, strict=True))
        for witness in outcome(archive, f"W{number}", day, stance)
    ]


def test_before_its_window_is_settled_a_forecast_has_the_record_of_earlier_ones(archive):
    finding = judged_forecast(archive, date(2024, 11, 12), *three_forecasts(archive))
    assert finding.probability == pytest.approx((1 + 0.5) / (3 + 1))
    # Three tellings of one teller, who is a warring party.
    assert (finding.tellers, finding.origins) == (("zelensky",), ("F0", "F1", "F2"))
    assert (finding.outside_tellers, finding.enough) == (0, True)
    assert len(finding.evidence) == 9 and "Of 3 earlier forecasts" in finding.sentence


def test_the_interval_of_a_record_is_that_of_the_beta_distribution():
    # Beta(1/2, 1/2) is the arcsine law: its quantile of p is sin²(πp/2).
    share, interval = forecast.record(0, 0)
    assert share == pytest.approx(0.5)
    assert (interval.low, interval.high) == pytest.approx((0.00615583, 0.99384417))


def test_one_settled_forecast_is_not_enough(archive):
    told = [said_of(archive, "F", date(2024, 9, 1)), *outcome(archive, "W", date(2024, 9, 2), "affirms")]
    finding = judged_forecast(archive, date(2024, 11, 12), *told)
    assert finding.values.came_true == 1 and finding.probability is None
    assert not finding.enough and verdicts.label(finding) == verdicts.NOT_ENOUGH


def test_an_earlier_forecast_is_settled_once_its_own_days_have_passed(archive):
    first = date(2024, 9, 1)  # over on 3 September, judged from 17 September on
    told = [said_of(archive, "F", first), *outcome(archive, "W", first, "affirms")]
    assert judged_forecast(archive, date(2024, 9, 16), *told).probability is None
    assert len(judged_forecast(archive, date(2024, 9, 17), *told).tellers) == 1
    assert len(judged_forecast(archive, date(2024, 9, 16), *told, settle_days=13).tellers) == 1


@pytest.mark.parametrize(
    "cells",
    [
        {"stance": "denies"},
        {"stance": "unconfirmed"},
        {"status": "garbled"},
        {"published": date(2024, 9, 4)},
        {"valid_to": date(2024, 11, 12)},
        {"quantity": "nk_combat_confirmed"},
    ],
    ids=["says no", "says neither", "garbled", "told afterwards", "not over before the claim's", "a count"],
)
def test_what_is_no_earlier_forecast(archive, cells):
    small = shown(archive, date(2025, 1, 1), said_of(archive, "F", date(2024, 9, 1), **cells))
    assert forecast.earlier(small, forecast_asked()) == ()


def test_repeats_of_a_forecast_are_one(archive):
    told = [said_of(archive, name, date(2024, 9, 1), origin="x", outlet=name) for name in "ABC"]
    assert [row.id for row in forecast.earlier(shown(archive, JUDGED, *told), forecast_asked())] == ["A"]


def test_a_short_window_can_be_lengthened(archive):
    first = date(2024, 9, 1)
    told = [said_of(archive, "F", first, days=1), *outcome(archive, "W", date(2024, 9, 5), "affirms")]
    assert len(judged_forecast(archive, date(2024, 11, 12), *told).tellers) == 0
    longer = judged_forecast(archive, date(2024, 11, 12), *told, least_window_days=5)
    assert len(longer.tellers) == 1 and longer.values.came_true == 1


def test_a_denial_of_one_day_does_not_settle_a_window(archive):
    """Two denials of one of three days leave (2 + 1/9) / 3 of the odds, seven tenths: that is no miss."""
    first = date(2024, 9, 1)
    told = [said_of(archive, "F", first), *outcome(archive, "W", first, "denies")]
    short = [row.model_copy(update={"valid_to": row.valid_from}) for row in told[1:]]
    assert judged_forecast(archive, date(2024, 11, 12), *told).values.known == 1
    assert judged_forecast(archive, date(2024, 11, 12), told[0], *short).values.known == 0


def test_one_forecast_by_a_teller_and_who_works_on_his_files_is_one(archive):
    first = date(2024, 9, 1)
    told = [said_of(archive, "F", first), said_of(archive, "G", first, source="us_dod")]
    sources = {
        **archive.sources,
        "us_dod": archive.sources["us_dod"].model_copy(update={"derived_from": "zelensky"}),
    }
    seen = shown(archive, JUDGED, *told)
    assert len(forecast.earlier(seen, forecast_asked())) == 2
    same = replace(seen, sources=sources)
    assert [row.id for row in forecast.earlier(same, forecast_asked())] == ["F"]


def test_silence_settles_nothing_unless_it_is_said_to(archive):
    told = [said_of(archive, "A", date(2024, 9, 1)), said_of(archive, "B", date(2024, 9, 20))]
    assert judged_forecast(archive, date(2024, 11, 12), *told).probability is None
    silent = judged_forecast(archive, date(2024, 11, 12), *told, silence_denies=True)
    assert silent.probability == pytest.approx(0.5 / 3) and silent.enough
    lone = seen_on(archive, "W", date(2024, 9, 1))
    with_one = judged_forecast(archive, date(2024, 11, 12), *told, lone, silence_denies=True)
    assert len(with_one.tellers) == 1  # somebody spoke of the first window, but alone


def test_witnesses_who_contradict_each_other_leave_a_forecast_open(archive):
    day = date(2024, 9, 1)
    both = [seen_on(archive, "W", day), seen_on(archive, "V", day, "nis", stance="denies")]
    assert (
        judged_forecast(archive, JUDGED - timedelta(days=1), said_of(archive, "F", day), *both).evidence == ()
    )


def test_once_settled_the_claim_is_judged_by_what_came(archive):
    came = outcome(archive, "C", date(2024, 11, 15), "affirms")
    before = judged_forecast(archive, JUDGED - timedelta(days=1), *three_forecasts(archive), *came)
    after = judged_forecast(archive, JUDGED, *three_forecasts(archive), *came)
    assert before.probability == pytest.approx(1.5 / 4)
    assert after.probability == pytest.approx(9 / 10)  # three to one twice
    assert after.method == "forecast" and set(after.evidence) == {"Cus_dod", "Cnis"}
    late = judged_forecast(archive, JUDGED, *outcome(archive, "C", date(2024, 11, 20), "affirms"))
    assert late.probability is None and verdicts.label(late) == verdicts.NOT_ENOUGH


def test_without_forecasts_of_its_kind_it_has_no_record(archive):
    finding = judged_forecast(archive, date(2024, 11, 12), *three_forecasts(archive), said=[])
    assert finding.probability is None and "No earlier forecast of this kind" in finding.sentence


def test_counts_of_the_past_are_no_forecasts(archive):
    with pytest.raises(ValueError, match="nk_killed is observed, not a forecast"):
        judged_forecast(archive, date(2024, 11, 12), said=["nk_killed"])


BEFORE = st.dates(date(2024, 8, 1), date(2025, 2, 1))


@settings(max_examples=60, deadline=None)
@given(
    day=BEFORE,
    later=st.integers(1, 200),
    of=BEFORE,
    quantity=st.sampled_from(["nk_combat_confirmed", "nk_combat_forecast"]),
    repeat=st.booleans(),
    stance=st.sampled_from(["affirms", "denies"]),
)
def test_no_forecast_is_judged_by_what_was_published_later(archive, day, later, of, quantity, repeat, stance):
    known = [*three_forecasts(archive), *outcome(archive, "C", date(2024, 11, 15), "affirms")]
    # A row that looks back from after the day as of which it is asked, in an old origin or in a new one.
    added = row(archive, "Z", quantity=quantity, valid_from=of, stance=stance, origin="F1" if repeat else "Z")
    added = added.model_copy(update={"published": day + timedelta(days=later), "source": "nis"})
    asked, claim = forecast_asked(silence_denies=True), archive.claim("C13")
    with_it, without = shown(archive, day, *known, added), shown(archive, day, *known)
    assert forecast.check(with_it, claim, asked) == forecast.check(without, claim, asked)


@pytest.mark.parametrize(
    ("model", "cells"),
    [
        (OccurrenceCheck, {"since": "2024-11-02", "until": "2024-11-01"}),
        (OccurrenceCheck, {"since": "2024-11-01", "until": "2024-11-02", "counts": []}),
        (ForecastCheck, {"since": "2024-11-02", "until": "2024-11-01", "said": ["b"]}),
        (ForecastCheck, {"since": "2024-11-01", "until": "2024-11-02", "said": ["b"], "settle_days": -1}),
    ],
)
def test_wrong_parameters_are_refused(model, cells):
    method = model.__name__.removesuffix("Check").lower()
    with pytest.raises(ValidationError):
        model.model_validate({"method": method, "counts": ["a"], **cells})
