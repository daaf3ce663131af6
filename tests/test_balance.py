"""The balance of a force by tellers made by hand, with answers worked out by hand."""

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.special import ndtr
from shown import Shown

from utils import verdicts
from utils.checks import balance, sides
from utils.checks.balance import BalanceCheck
from utils.evidence.claims import Claim
from utils.sentences import english
from utils.sentences.values import Balance

SINCE = date(2024, 8, 6)
UNTIL = SINCE + timedelta(days=100)


def weighed(**changes):
    plain = {
        "method": "balance",
        "recruits": {"ru_recruits_per_day": 1, "ru_recruits_per_month": 30},
        "losses": {"ru_casualties_daily": 1},
        "lost_for_good": (0.5, 0.5),
        "needed": (40_000, 40_000),
        "since": SINCE,
        "until": UNTIL,
        "access_error": dict.fromkeys(("official", "anonymous", "count", "model"), 0.0),
        # Next to no error at all, so that results can be worked out by hand.
        "shared_error": 0,
        "lean": 1e-6,
    }
    return BalanceCheck.model_validate({**plain, **changes})


def telling(archive, name, quantity, value, source="us_dod", **cells):
    """A row of its own origin, meant for the whole window. A value that ends in 1 has next to no rounding."""
    plain = {"low": None, "high": None, "access": "official", "stance": None, "status": "sound"}
    plain |= {"valid_from": SINCE, "valid_to": UNTIL, "published": UNTIL, "origin": name}
    changed = {"id": name, "quantity": quantity, "value": value, "source": source}
    return archive.rows["S138"].model_copy(update={**plain, **changed, **cells})


def recruited(archive, name, value, source="us_dod", **cells):
    return telling(archive, name, "ru_recruits_per_day", value, source, **cells)


def lost(archive, name, value, source="us_dod", **cells):
    return telling(archive, name, "ru_casualties_daily", value, source, **cells)


def with_rows(archive, *rows):
    return replace(archive, statements=tuple(sorted(rows, key=lambda row: (row.published, row.id))))


def judged(archive, *rows, **changes):
    shown = with_rows(archive, *rows)
    return balance.check(shown, shown.claim("C11"), weighed(**changes))


def both_sides(archive, recruits=(1001.0, 1001.0), losses=(1001.0, 1001.0)):
    """Two tellers a side, of two parties each."""
    tellers = ("us_dod", "nis")
    pairs = enumerate(zip(tellers, recruits, strict=True))
    rows = [recruited(archive, f"R{place}", value, teller) for place, (teller, value) in pairs]
    pairs = enumerate(zip(tellers, losses, strict=True))
    return rows + [lost(archive, f"L{place}", value, teller) for place, (teller, value) in pairs]


def test_a_surplus_and_a_deficit_worked_out_by_hand(archive):
    # 1,001 a day for 100 days, less half of as many: 50,050.
    surplus = judged(archive, *both_sides(archive))
    assert surplus.estimate == pytest.approx(10_050, abs=50)
    assert surplus.probability == 1.0 and surplus.enough and not surplus.opposed
    assert surplus.interval.unit == "persons" and surplus.direction == "for"
    deficit = judged(archive, *both_sides(archive), needed=(60_000, 60_000))
    assert deficit.estimate == pytest.approx(-9_950, abs=50)
    assert deficit.probability == 0.0 and verdicts.label(deficit) == verdicts.REFUTED


def test_a_month_is_spread_over_its_days(archive):
    month = telling(archive, "M", "ru_recruits_per_month", 30_030.0)
    assert sides.rates(with_rows(archive, month), weighed(), weighed().recruits)[0].per_day == 1001.0


def test_the_error_of_a_teller_is_its_access_or_its_range(archive):
    # A surplus needs a rate above 900.5. Two tellers who err by 0.2 each are off by 0.2 / sqrt(2) together.
    errors = dict.fromkeys(("official", "anonymous", "count", "model"), 0.2)
    rows = [recruited(archive, f"R-{name}", 1001.0, name) for name in ("us_dod", "nis")]
    rows += [lost(archive, f"L-{name}", 1001.0, name, low=1000.9, high=1001.1) for name in ("us_dod", "nis")]
    finding = judged(archive, *rows, access_error=errors)
    expected = float(ndtr(math.log(1001 / 900.5) / 0.2 * math.sqrt(2)))
    assert finding.probability == pytest.approx(expected, abs=4 * 0.5 / math.sqrt(20_000))


def test_the_spread_of_shares_and_needs_is_that_of_even_draws(archive):
    # The surplus is 100,100 - 100,100 · share - need: even over 10,010 wide, above zero for 70 % of it.
    finding = judged(archive, *both_sides(archive), lost_for_good=(0.45, 0.55), needed=(48_048, 48_048))
    assert finding.probability == pytest.approx(0.7, abs=0.015)
    width = finding.interval.high - finding.interval.low
    assert width == pytest.approx(0.9 * 10_010, rel=0.02)


def spread(archive, rows, **changes):
    """Standard error of the recruits on the log scale, as their draws have it."""
    drawn = balance.draws(with_rows(archive, *rows), weighed(**changes))
    return numpy.log(drawn["recruits"]).std(), float(numpy.log(drawn["recruits"]).mean())


def test_what_all_share_stays_whatever_the_number_of_tellers(archive):
    rows = both_sides(archive)
    more = [
        recruited(archive, f"R{number}", 1001.0, name) for number, name in enumerate(("kluge", "uk_mod"), 5)
    ]
    for told in (rows, [*rows, *more]):
        assert spread(archive, told, shared_error=0.2)[0] == pytest.approx(0.2, rel=0.02)


def test_one_teller_who_speaks_often_is_one_witness(archive):
    rows = both_sides(archive)
    errors = {"lean": 0.12, "access_error": dict.fromkeys(("official", "anonymous", "count", "model"), 0.2)}
    again = [recruited(archive, f"R{number}", 1001.0) for number in range(5, 11)]
    others = [
        recruited(archive, f"R{number}", 1001.0, name)
        for number, name in enumerate(("kluge", "uk_mod", "isw"), 5)
    ]
    alone, often, many = (spread(archive, [*rows, *more], **errors)[0] for more in ([], again, others))
    # Seven words of one teller weigh hardly more than one, and three further tellers a lot.
    assert often > 0.9 * alone and many < 0.8 * alone


def test_a_teller_who_works_on_anothers_figures_is_no_second_witness(archive):
    rows = [recruited(archive, "R0", 1001.0), *both_sides(archive)[2:]]
    assert not judged(archive, *rows).enough
    second = [*rows, recruited(archive, "R1", 1001.0, "nis")]
    assert judged(archive, *second).enough
    derived = archive.sources["nis"].model_copy(update={"derived_from": "us_dod"})
    resting = replace(archive, sources={**archive.sources, "nis": derived})
    told = judged(resting, *second)
    assert not told.enough and told.probability is None


@settings(max_examples=15, deadline=None)
@given(power=st.integers(-6, 6), recruits=st.floats(500, 1500), losses=st.floats(500, 1500))
def test_no_unit_changes_a_balance(archive, power, recruits, losses):
    """Persons or thousands of them: figures and what was needed in another unit."""
    unit, errors = 10.0**power, {"shared_error": 0.1, "lean": 0.1, "draws": 2000}
    here, there = (
        judged(
            archive,
            *both_sides(archive, (recruits * one, 1001.0 * one), (losses * one, 900.0 * one)),
            needed=(40_000 * one, 45_000 * one),
            **errors,
        )
        for one in (1.0, unit)
    )
    assert there.probability == pytest.approx(here.probability, abs=0.003)
    assert there.estimate == pytest.approx(here.estimate * unit, rel=0.01, abs=50 * unit)


def test_one_origin_speaks_once_by_the_row_that_shares_most_days_and_for_its_first_teller(archive):
    one = {"origin": "x", "source": "general_staff_ua", "published": SINCE + timedelta(days=40)}
    month = lost(archive, "A", 1001.0, **one | {"valid_to": SINCE + timedelta(days=30)})
    peak = lost(archive, "B", 1771.0, **one | {"valid_from": SINCE + timedelta(days=49)})
    peak = peak.model_copy(update={"valid_to": SINCE + timedelta(days=50)})
    relay = lost(archive, "C", 1301.0, **one | {"source": "uk_mod", "published": UNTIL})
    relay = relay.model_copy(update={"valid_from": SINCE + timedelta(days=50)})
    assert archive.is_belligerent(month) and not archive.is_belligerent(relay)
    (rate,) = sides.rates(with_rows(archive, month, peak, relay), weighed(), weighed().losses)
    assert (rate.row, rate.per_day, rate.party, rate.belligerent) == ("C", 1301.0, "ua", True)
    outside = weighed(belligerents=False)
    assert sides.rates(with_rows(archive, month, peak, relay), outside, outside.losses) == ()


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        ({"valid_from": UNTIL + timedelta(days=30), "valid_to": UNTIL + timedelta(days=30)}, True),
        ({"valid_from": UNTIL + timedelta(days=31), "valid_to": UNTIL + timedelta(days=60)}, False),
        ({"valid_from": SINCE - timedelta(days=60), "valid_to": SINCE - timedelta(days=30)}, True),
        ({"valid_from": SINCE - timedelta(days=60), "valid_to": SINCE - timedelta(days=31)}, False),
        ({"value": None, "high": 2000.0}, False),
        ({"value": None, "low": 900.0, "high": 1100.0}, True),
        ({"value": 0.0}, False),
        ({"value": 500.0, "low": 0.0, "high": 1000.0}, False),
        ({"status": "doubtful"}, False),
    ],
)
def test_which_rows_are_witnesses(archive, cells, counts):
    rows = with_rows(archive, recruited(archive, "A", **{"value": 1001.0, **cells}))
    assert len(sides.rates(rows, weighed(), weighed().recruits)) == counts


def test_one_teller_on_a_side_is_not_enough_and_none_says_nothing(archive):
    rows = both_sides(archive)
    one = judged(archive, *rows[1:])
    assert not one.enough and one.probability is None and one.estimate is not None
    assert verdicts.label(one) == verdicts.NOT_ENOUGH
    finding = judged(archive, *rows[:2])
    assert finding.probability is None and finding.estimate is None and not finding.enough
    assert "were lost" in finding.sentence and "came" not in finding.sentence
    assert balance.swings(with_rows(archive), weighed()).empty


def test_swings_show_which_part_decides(archive):
    rows = [
        recruited(archive, f"R-{name}", 1001.0, name, low=500.5, high=2002.0) for name in ("us_dod", "nis")
    ]
    shown = with_rows(archive, *rows, *both_sides(archive)[2:])
    table = balance.swings(shown, weighed(lost_for_good=(0.45, 0.55), needed=(39_500, 40_500)))
    assert list(table.index) == ["recruits", "lost_for_good", "needed", "casualties"]
    # Two tellers with a 90 % range of a factor of two either way: 2 ** (1 / sqrt(2)) together, for 100 days.
    # Of the others ninety per cent of the ends: 0.09 of 100,100; 900 persons; next to nothing.
    factor = 2 ** math.sqrt(0.5)
    swing = 100_100 * (factor - 1 / factor)
    assert table["swing"].tolist() == pytest.approx([swing, 9_009, 900, 0], rel=0.03, abs=800)
    assert table.loc["lost_for_good", "surplus_low"] > table.loc["lost_for_good", "surplus_high"]


def test_draws_repeat_and_news_on_one_part_leaves_the_others_alone(archive):
    rows = both_sides(archive)
    first, again = (balance.draws(with_rows(archive, *rows), weighed()) for _ in range(2))
    pandas.testing.assert_frame_equal(first, again)
    more = balance.draws(with_rows(archive, *rows, recruited(archive, "R5", 1501.0, "kluge")), weighed())
    others = ["casualties", "lost_for_good", "needed"]
    pandas.testing.assert_frame_equal(first[others], more[others])
    assert not first["recruits"].equals(more["recruits"])
    assert not first.equals(balance.draws(with_rows(archive, *rows), weighed(seed=1)))


@settings(max_examples=25, deadline=None)
@given(
    day=st.dates(date(2024, 8, 6), date(2025, 3, 31)),
    later=st.integers(1, 300),
    value=st.floats(100, 5000),
    quantity=st.sampled_from(["ru_recruits_per_day", "ru_casualties_daily"]),
    origin=st.sampled_from(["new", "GSU-daily"]),
)
def test_nothing_published_later_changes_the_balance(archive, day, later, value, quantity, origin):
    added = telling(
        archive, "Z", quantity, value, origin=origin, valid_to=day, published=day + timedelta(days=later)
    )
    more = with_rows(archive, *archive.statements, added)
    claim, parameters = archive.claim("C11"), weighed(draws=1000, near_days=120)
    assert balance.check(more.as_of(day), claim, parameters) == balance.check(
        archive.as_of(day), claim, parameters
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"recruits": {}},
        {"losses": {"ru_casualties_daily": 0}},
        {"losses": {"ru_recruits_per_day": 1}},
        {"lost_for_good": (0.6, 0.4)},
        {"lost_for_good": (0.5, 1.1)},
        {"needed": (5, 4)},
        {"needed": (-1, 4)},
        {"until": SINCE},
        {"draws": 10},
    ],
)
def test_wrong_parameters_of_a_balance_are_refused(changes):
    with pytest.raises(ValidationError):
        weighed(**changes)


def test_a_claims_file_may_ask_for_it(archive):
    plain = archive.claim("C11").model_dump(mode="json", exclude={"checks"})
    claim = Claim.model_validate({**plain, "checks": [weighed().model_dump(mode="json")]})
    assert claim.parameters("balance") == weighed()
    assert [one.method for one in verdicts.verdict(archive, claim).findings] == ["balance"]


def counted_daily(archive, values):
    """A daily count of losses on the first days of the window."""
    days = pandas.date_range(SINCE, periods=len(values))
    return replace(archive, tables=Shown(pandas.DataFrame({"date": days, "personnel": values})))


DAILY = {"table": "russian_losses_claimed", "value": "personnel", "source": "us_dod"}


def test_a_daily_count_stands_for_the_figure_of_its_teller(archive):
    rows = both_sides(archive)
    daily = counted_daily(with_rows(archive, *rows), [601.0] * 50 + [801.0] * 51)
    asked = weighed(daily=DAILY)
    told = {rate.teller: rate for rate in sides.rates(daily, asked, asked.losses)}
    assert told["us_dod"].per_day == pytest.approx((601 * 50 + 801 * 51) / 101)
    assert told["us_dod"].by_table and told["us_dod"].rounding == 0
    assert told["nis"].per_day == 1001.0 and not told["nis"].by_table
    assert all(rate.per_day == 1001.0 for rate in sides.rates(daily, asked, asked.recruits))
    finding = balance.check(daily, daily.claim("C11"), asked)
    assert finding.tables == ("russian_losses_claimed",)
    assert finding.estimate > balance.check(daily, daily.claim("C11"), weighed()).estimate


def test_a_daily_count_with_a_hole_gives_no_mean(archive):
    rows = both_sides(archive)
    for values in ([601.0] * 100, [0.0] * 101):
        daily = counted_daily(with_rows(archive, *rows), values)
        asked = weighed(daily=DAILY)
        assert [rate.per_day for rate in sides.rates(daily, asked, asked.losses)] == [1001.0, 1001.0]
        assert balance.check(daily, daily.claim("C11"), asked).tables == ()


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (
            "persons",
            "Those who came, by 3 origins, less losses, by 2, leave a growth of 40,000 persons in",
        ),
        (
            "lorries",
            "The lorries that came, by 3 origins, less losses, by 2, leave a growth of 40,000 lorries in",
        ),
        (
            "km2",
            "The km² that came, by 3 origins, less losses, by 2, leave a growth of 40,000 km² in the 90 days",
        ),
    ],
)
def test_who_came_is_told_in_the_words_of_what_is_counted(unit, told):
    needed, growth = (10_000.0, 20_000.0), (30_000.0, 40_000.0, 50_000.0)
    said = Balance(3, 2, unit, days=90, until=date(2031, 5, 18), needed=needed, growth=growth)
    assert english.balance(said).startswith(told)
    nobody = english.balance(replace(said, growth=None, recruits=0))
    assert ("how many came" in nobody) is (unit == "persons")
