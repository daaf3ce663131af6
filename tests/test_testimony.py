"""Tellers as witnesses: every rule of `utils.checks.testimony` with an answer worked out by hand.

All tellers have the letter C, a ratio of three, where nothing else is said; the window has twelve days.
"""

from dataclasses import replace
from datetime import date
from math import prod

import pandas
import pytest
from heard import FIRST, asked, found, source, told, word
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from shown import Shown

from utils import verdicts
from utils.checks import testimony, weighing
from utils.checks.testimony import Witness
from utils.sentences.values import Reason
from utils.words import NOT_ENOUGH, SUPPORTED

WINDOW = (1, 12)


def chance(archive, *rows, sources=(), **changes):
    return found(told(archive, *rows, sources=sources), asked(**changes)).probability


def at_odds(odds):
    """The probability at these odds."""
    return approx(odds / (1 + odds))


def test_two_tellers_of_two_parties_multiply(archive):
    assert chance(archive, word("A", "ann"), word("B", "bea")) == at_odds(3 * 3)


def test_one_teller_is_one_witness_however_often_it_speaks(archive):
    again = [word(f"A{day}", "ann", days=(day, day)) for day in (2, 4, 9)]
    finding = found(told(archive, *again, word("B", "bea")), asked())
    assert finding.probability == at_odds(9)
    assert finding.tellers == ("ann", "bea") and finding.origins == ("A2", "A4", "A9", "B")


def test_one_teller_alone_is_not_enough_and_a_silent_finding_has_no_probability(archive):
    again = [word(f"A{day}", "ann", days=(day, day)) for day in (2, 4, 9)]
    finding = found(told(archive, *again), asked())
    assert (finding.probability, finding.interval, finding.direction) == (None, None, None)
    assert not finding.enough and verdicts.label(finding) == NOT_ENOUGH


def test_a_second_teller_of_one_party_adds_half_of_the_first(archive):
    assert chance(archive, word("A", "ann"), word("B", "abe")) == at_odds(3 * 3**0.5)
    assert chance(archive, word("A", "ann"), word("B", "abe"), crowding=0.25) == at_odds(3 * 3**0.25)


def test_of_one_party_the_weightier_goes_first_whoever_spoke_first(archive):
    best = (source("ace", "us", "A"),)
    late = [word("A", "ann"), word("B", "ace", published=14)]
    early = [word("A", "ann"), word("B", "ace", published=12)]
    assert (
        chance(archive, *late, sources=best) == chance(archive, *early, sources=best) == at_odds(9 * 3**0.5)
    )


def test_a_spokesman_is_heard_as_the_one_for_whom_he_speaks(archive):
    spokesman = (source("sam", "us", "E", speaks_for="ann"),)
    both = [word("A", "ann"), word("S", "sam", days=(8, 8)), word("B", "bea")]
    finding = found(told(archive, *both, sources=spokesman), asked())
    assert finding.tellers == ("ann", "bea") and finding.probability == at_odds(9)
    # With the letter of the one who is heard, also where only the spokesman speaks.
    assert chance(archive, *both[1:], sources=spokesman) == at_odds(9)
    # Of both, the later word holds.
    back = word("S", "sam", "denies", WINDOW, 20)
    assert chance(
        archive, word("A", "ann"), back, word("B", "bea", days=WINDOW), sources=spokesman
    ) == at_odds(1)


def test_who_works_on_the_files_of_another_is_no_second_witness(archive):
    relay = source("sums", "none", "A", derived_from="ann")
    rows = [word("A", "ann"), word("B", "bea"), word("S", "sums", days=(5, 5))]
    finding = found(told(archive, *rows, sources=(relay,)), asked())
    # Those nearest to the files speak: three and not nine, and not twenty-seven with both.
    assert finding.tellers == ("ann", "bea") and finding.probability == at_odds(9)
    assert finding.unused == {"S": Reason.DERIVED}
    alone = [word("B", "bea"), word("S", "sums")]
    assert chance(archive, *alone, sources=(relay,)) == at_odds(3 * 9)
    strangers = relay.model_copy(update={"derived_from": None})
    assert chance(archive, *rows, sources=(strangers,)) == at_odds(3 * 3 * 9)


def test_what_is_derived_from_a_warring_party_has_no_outsiders_badge(archive):
    tallied = source("tally", "none", derived_from="kyiv")
    twice = source("digest", "none", derived_from="tally")
    for teller in ("tally", "digest"):
        shown = told(archive, word("T", teller), word("B", "bea"), sources=(tallied, twice))
        assert found(shown, asked()).outside_tellers == 1
        without = found(shown, asked(belligerents=False))
        assert without.tellers == ("bea",) and without.unused["T"] is Reason.PARTIAL


def test_a_later_word_replaces_the_earlier_one_from_the_day_on_which_it_was_public(archive):
    bea, denial = word("B", "bea", days=WINDOW), word("D", "ann", "denies", WINDOW, 13)
    taken_back = word("T", "ann", "affirms", WINDOW, date(2025, 4, 28))
    shown = told(archive, bea, denial, taken_back)
    assert found(shown.as_of(date(2025, 4, 27)), asked()).probability == at_odds(1)
    after = found(shown.as_of(date(2025, 4, 28)), asked())
    assert after.probability == at_odds(9) and not after.opposed
    assert after.unused == {"D": Reason.REPLACED}


def test_a_later_word_replaces_for_its_own_days_alone(archive):
    first, second = word("A", "ann", days=(4, 4)), word("C", "ann", days=(8, 8))
    denial = word("D", "ann", "denies", (4, 4), 20)
    (one,) = testimony.witnesses(told(archive, first, second, denial), asked())
    assert one.affirms and one.days == 1 << 7 and one.row == "C"
    (one,) = testimony.witnesses(told(archive, first, denial), asked())
    assert not one.affirms and one.days == 1 << 3


@pytest.mark.parametrize("days", [(4, 4), (4, 5), (1, 12)])
def test_a_relay_published_after_a_recantation_does_not_undo_it(archive, days):
    first = word("A", "ann", days=(4, 4), published=5)
    back = word("D", "ann", "denies", WINDOW, 9)
    relay = word("R", "ann", days=days, published=13, origin="A", outlet="another paper")
    (one,) = testimony.witnesses(told(archive, first, back, relay), asked())
    assert not one.affirms and one.row == "D"
    # A new telling does.
    (one,) = testimony.witnesses(
        told(archive, first, back, relay.model_copy(update={"origin": "N"})), asked()
    )
    assert one.affirms and one.row == "R"


def test_words_of_one_day_that_contradict_each_other_say_nothing_of_those_days(archive):
    both = [word("A", "ann"), word("D", "ann", "denies")]
    finding = found(told(archive, *both, word("B", "bea"), word("C", "cem")), asked())
    assert finding.tellers == ("bea", "cem") and finding.probability == at_odds(9)
    assert finding.unused == {"A": Reason.UNDECIDED, "D": Reason.UNDECIDED}
    # The days that only one of them is meant for remain.
    (one,) = testimony.witnesses(told(archive, word("A", "ann"), word("D", "ann", "denies", (4, 6))), asked())
    assert not one.affirms and one.days == 0b110000


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"stance": "unconfirmed"}, Reason.NO_STANCE),
        ({"status": "garbled"}, Reason.GARBLED),
        ({"status": "doubtful"}, Reason.DOUBTFUL),
        ({"status": "unseen"}, Reason.UNSEEN),
    ],
)
def test_what_is_no_witness(archive, cells, reason):
    silent = word("A", "ann").model_copy(update=cells)
    finding = found(told(archive, silent, word("B", "bea"), word("C", "cem")), asked())
    assert finding.tellers == ("bea", "cem") and finding.unused == {"A": reason}


def test_a_word_about_other_days_is_not_even_looked_at(archive):
    late = word("A", "ann", days=(13, 13))
    finding = found(told(archive, late, word("B", "bea"), word("C", "cem")), asked())
    assert finding.considered == ("B", "C")


@pytest.mark.parametrize(
    ("denials", "expected"),
    [
        ([(1, 12)], 1 / 3),
        ([(1, 6)], (1 + 1 / 3) / 2),
        ([(4, 4)], (11 + 1 / 3) / 12),
        ([(1, 6), (1, 6)], (1 + 1 / 9) / 2),
        ([(1, 6), (7, 12)], 1 / 3),
        ([(1, 8), (5, 12)], (8 / 3 + 4 / 9) / 12),
        ([(1, 12), (1, 12)], 1 / 9),
    ],
)
def test_a_denial_speaks_for_its_own_days(archive, denials, expected):
    rows = [
        word(f"D{place}", teller, "denies", days)
        for place, (teller, days) in enumerate(zip(("ann", "bea"), denials, strict=False))
    ]
    heard = testimony.witnesses(told(archive, *rows), asked())
    assert weighing.probability(heard, asked()) == at_odds(expected)
    covered = {day for first, last in denials for day in range(first, last + 1)}
    assert weighing.uncovered(heard, asked()) == 12 - len(covered)


def test_an_affirmation_draws_the_question_to_its_days(archive):
    """It was so on the fourth if at all: a denial of the fourth weighs more, one of the fifth less."""
    for day, expected in ((4, (1 / 3 * (1 / 12 + 2) + 11 / 12) / 3), (5, (1 / 3 / 12 + 11 / 12 + 2) / 3)):
        rows = [word("A", "ann"), word("D", "bea", "denies", (day, day))]
        assert chance(archive, *rows) == at_odds(3 * expected)


def test_every_day_is_some_day_turned_round(archive):
    whole = [word("A", "ann", days=WINDOW), word("B", "bea", days=WINDOW)]
    assert chance(archive, *whole, days="all") == at_odds(9)
    # Whoever denies one of all days has denied it.
    against = [word("A", "ann", "denies"), word("B", "bea", "denies", (9, 9))]
    assert chance(archive, *against, days="all") == at_odds(1 / 9)
    # Two affirmations of half of the days leave (1 + 1/9) / 2 of the odds that it was not so on some day.
    half = [word("A", "ann", days=(1, 6)), word("B", "bea", days=(1, 6))]
    assert chance(archive, *half, days="all") == at_odds(2 / (1 + 1 / 9))
    assert chance(archive, *half, days="all", prior=0.25) == at_odds(2 / (1 + 1 / 9) / 3)


def test_two_words_about_a_day_move_a_year_of_all_days_little(archive):
    year = {"days": "all", "since": date(2024, 1, 1), "until": date(2024, 12, 31)}
    rows = [word("A", "ace", days=(8, 8)), word("B", "bea", days=(8, 8))]
    best = (source("ace", "us", "A"),)
    assert chance(archive, *rows, sources=best, **year) == at_odds(366 / (365 + 1 / 27))
    assert chance(archive, *rows, sources=best) == at_odds(27)


def test_of_some_days_whoever_affirms_one_affirms(archive):
    mixed = [word("A", "ann"), word("D", "ann", "denies", (6, 12))]
    (some,) = testimony.witnesses(told(archive, *mixed), asked())
    (every,) = testimony.witnesses(told(archive, *mixed), asked(days="all"))
    assert some.affirms and not every.affirms


def test_standing_raises_the_ratio(archive):
    principal = word("A", "ann", standing="principal")
    hearsay = word("B", "bea", standing="told")
    assert chance(archive, principal, word("B", "bea")) == at_odds(3**1.5 * 3)
    assert chance(archive, word("A", "ann"), hearsay) == at_odds(3 * 3**0.5)
    assert chance(
        archive, principal, hearsay, standing={"principal": 1, "observer": 1, "told": 1}
    ) == at_odds(9)


def test_the_odds_start_at_the_prior(archive):
    rows = [word("A", "ann"), word("B", "bea")]
    assert chance(archive, *rows, prior=1 / 3) == at_odds(9 / 2)
    assert chance(archive, *rows, prior=0.9) == at_odds(81)


def test_two_whose_reliability_cannot_be_judged_do_not_support(archive):
    unknown = (source("una", "us", "F"), source("uri", "kr", "F"))
    finding = found(told(archive, word("A", "una"), word("B", "uri"), sources=unknown), asked())
    assert finding.probability == at_odds(1.8 * 1.8) and finding.probability < 0.8
    assert verdicts.label(finding) == NOT_ENOUGH


def test_the_interval_is_what_root_and_square_of_the_ratios_make(archive):
    finding = found(told(archive, word("A", "ann"), word("B", "bea")), asked())
    assert (finding.interval.low, finding.interval.high) == (at_odds(3), at_odds(81))


def test_whoever_affirms_what_is_against_it_denies(archive):
    turned = {"counts": [], "against": ["nk_combat_confirmed"]}
    assert chance(archive, word("A", "ann", days=WINDOW), word("B", "bea", days=WINDOW), **turned) == at_odds(
        1 / 9
    )
    assert chance(archive, word("A", "ann", "denies"), word("B", "bea", "denies"), **turned) == at_odds(9)


def with_table(archive, frame, *rows, sources=(), **changes):
    shown = {"table": "aid", "value": "euros", "source": "cem"} | changes.pop("shown", {})
    small = told(archive, *rows, sources=sources, tables=Shown(frame))
    return found(small, asked(shown=shown, **changes))


def daily(values):
    return pandas.DataFrame({"date": pandas.date_range(FIRST, periods=len(values)), "euros": values})


def test_a_table_is_a_witness_and_enough_by_itself(archive):
    never = with_table(archive, daily([0.0] * 12))
    assert never.enough and never.probability == at_odds(1 / 3)
    assert (never.outside_tellers, never.counted_tellers, never.tables) == (1, 1, ("aid",))
    half = with_table(archive, daily([0.0] * 6))
    assert half.probability == at_odds((1 + 1 / 3) / 2)
    once = with_table(archive, daily([0.0] * 3 + [7.0] + [0.0] * 8))
    assert once.probability == at_odds(3) and once.witnesses[0].days == 1 << 3
    assert with_table(archive, daily([0.0] * 12), shown={"zero": True}).probability == at_odds(3)
    assert with_table(archive, daily([0.0] * 12), shown={"zero": True}, days="all").probability == at_odds(3)


def test_a_table_that_shows_nothing_of_the_days_is_silent(archive):
    later = daily([5.0] * 12).assign(date=pandas.date_range("2024-11-13", periods=12))
    finding = with_table(archive, later)
    assert not finding.enough and finding.probability is None


def test_a_month_speaks_where_all_of_it_is_asked_about(archive):
    months = pandas.DataFrame({"month": ["2024-10", "2024-11", "2024-12"], "euros": [5.0, 0.0, 0.0]})
    whole = {"shown": {"day": "month"}, "since": date(2024, 11, 1), "until": date(2024, 12, 31)}
    none = with_table(archive, months, **whole)
    assert none.probability == at_odds(1 / 3) and none.witnesses[0].days == (1 << 61) - 1
    from_october = with_table(archive, months, **{**whole, "since": date(2024, 10, 31)})
    # The last day of October is asked about, but October is not: of 62 days one is not covered.
    assert from_october.probability == at_odds((1 + 61 / 3) / 62)
    assert with_table(archive, months, **{**whole, "since": date(2024, 10, 1)}).probability == at_odds(3)


def test_no_teller_who_rests_on_the_table_counts_beside_it(archive):
    reader = source("reader", "none", derived_from="cem")
    finding = with_table(archive, daily([9.0] * 12), word("R", "reader"), word("B", "bea"), sources=(reader,))
    assert finding.tellers == ("bea", "cem") and finding.probability == at_odds(9)
    assert with_table(archive, daily([9.0] * 12), word("C", "cem")).probability == at_odds(3)


def test_a_table_of_a_warring_party_is_left_out_with_them(archive):
    shown = {"shown": {"source": "kyiv"}}
    assert with_table(archive, daily([9.0] * 12), **shown).outside_tellers == 0
    assert with_table(archive, daily([9.0] * 12), belligerents=False, **shown).probability is None


def by_days(witnesses, check):
    """The formula of rule 5, day by day, for "some"."""
    ratios = {}
    for party in {one.party for one in witnesses}:
        for side in (True, False):
            same = [one for one in witnesses if (one.party, one.affirms) == (party, side)]
            for place, one in enumerate(sorted(same, key=lambda one: -one.ratio)):
                ratios[one.teller] = one.ratio ** (check.crowding**place)
    affirming = [one for one in witnesses if one.affirms]
    shares = []
    for day in range(check.length):
        share = 1 / check.length
        for one in affirming:
            if one.days >> day & 1:
                share += (ratios[one.teller] - 1) / one.days.bit_count()
        shares.append(share)
    total = sum(
        share
        / sum(shares)
        / prod(ratios[one.teller] for one in witnesses if not one.affirms and one.days >> day & 1)
        for day, share in enumerate(shares)
    )
    return check.prior / (1 - check.prior) * prod(ratios[one.teller] for one in affirming) * total


WITNESSES = st.lists(
    st.builds(
        lambda party, affirms, ratio, days: (party, affirms, ratio, days),
        st.sampled_from("abc"),
        st.booleans(),
        st.floats(1, 20),
        st.integers(1, 2**12 - 1),
    ),
    max_size=6,
).map(
    lambda many: [
        Witness(f"t{place}", party, False, False, affirms, ratio, days, "o", ("o",), "r")
        for place, (party, affirms, ratio, days) in enumerate(many)
    ]
)


@settings(deadline=None)
@given(witnesses=WITNESSES, prior=st.floats(0.05, 0.95), crowding=st.floats(0.1, 0.9))
def test_the_odds_are_those_of_the_rule_day_by_day(witnesses, prior, crowding):
    check = asked(prior=prior, crowding=crowding)
    assert weighing.probability(witnesses, check) == at_odds(by_days(witnesses, check))
    turned = [replace(one, affirms=not one.affirms) for one in witnesses]
    every = asked(prior=1 - prior, crowding=crowding, days="all")
    assert weighing.probability(turned, every) == approx(1 - weighing.probability(witnesses, check))


@settings(deadline=None)
@given(witnesses=WITNESSES, days=st.sampled_from(["some", "all"]), affirms=st.booleans())
def test_one_more_witness_never_moves_it_the_other_way(witnesses, days, affirms):
    more = [*witnesses, Witness("n", "n", False, False, affirms, 4.0, 0b1110, "o", ("o",), "r")]
    before, after = (weighing.probability(one, asked(days=days)) for one in (witnesses, more))
    assert (after - before) * (1 if affirms else -1) >= -1e-12


@pytest.mark.parametrize("days", ["some", "all"])
def test_hundreds_of_witnesses_weigh_as_few_do(days):
    # Each of another party, so that none leans on another; 9 to the power of 900 is more than a float holds.
    every = 2**12 - 1
    yes, no = (
        [
            Witness(f"{side}{place}", f"{side}{place}", False, False, side, 9.0, every, "o", ("o",), "r")
            for place in range(900)
        ]
        for side in (True, False)
    )
    assert weighing.probability(yes, asked(days=days)) == 1
    assert weighing.probability(no, asked(days=days)) == 0
    assert weighing.interval(no, asked(days=days)) == (0, 0)
    assert weighing.probability([*yes, *no], asked(days=days)) == approx(0.5)
    assert weighing.probability([*yes, *no[1:]], asked(days=days)) == at_odds(9)


def test_supported_needs_four_to_one(archive):
    finding = found(told(archive, word("A", "ann"), word("B", "bea")), asked())
    assert verdicts.label(finding) == SUPPORTED
