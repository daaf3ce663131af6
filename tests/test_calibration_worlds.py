"""Every world differs from the first in the way that it claims to."""

import math
import statistics
from collections import Counter, defaultdict

import numpy
import pytest
from drawn import drawn

from utils.calibration import cast, columns, numbers, series
from utils.calibration.case import NO_PARTY
from utils.calibration.draws import DRAWS
from utils.calibration.worlds import WORLDS

pytestmark = pytest.mark.campaign


def errors(cases):
    """Of each case, the log errors of the numbers told of it, by teller, in order."""
    of_case = []
    for case in cases:
        told = defaultdict(list)
        for one in case.tellings:
            if one.number is not None:
                told[one.teller].append(math.log(one.number / case.amount))
        of_case.append(told)
    return of_case


def spread(values):
    return statistics.pstdev(values)


def of_parties(cases):
    """Mean log error of each party in each case, for parties with two tellers or more."""
    means = []
    for case, told in zip(cases, errors(cases), strict=True):
        party = {teller.name: teller.party for teller in case.tellers}
        groups = defaultdict(list)
        for name, logs in told.items():
            groups[party[name]].append(statistics.fmean(logs))
        means += [statistics.fmean(one) for name, one in groups.items() if name != NO_PARTY and len(one) > 1]
    return means


def test_parties_lean_together():
    assert spread(of_parties(drawn("party_lean", "quantity", 400))) > 1.25 * spread(
        of_parties(drawn("as_assumed", "quantity", 400))
    )
    assert sides_differ("party_lean") > sides_differ("as_assumed") + 0.1


def sides_differ(world):
    """How often the two warring parties contradict each other, of the cases in which both speak."""
    both, apart = 0, 0
    for case in drawn(world, "occurrence", 400):
        party = {teller.name: teller.party for teller in case.tellers}
        said = {party[one.teller]: one.affirms for one in case.tellings}
        if {"north", "south"} <= said.keys():
            both, apart = both + 1, apart + (said["north"] != said["south"])
    return apart / both


def test_a_teller_leans_the_same_way_each_time_and_speaks_thrice():
    cases = drawn("teller_lean", "quantity")
    tellings = [
        {one.origin for one in case.tellings if one.teller == name}
        for case in cases
        for name in {one.teller for one in case.tellings}
    ]
    assert {len(one) for one in tellings} == {3}
    own = [statistics.fmean(logs) for told in errors(cases) for logs in told.values()]
    plain = [
        statistics.fmean(logs) for told in errors(drawn("as_assumed", "quantity")) for logs in told.values()
    ]
    assert spread(own) > 1.15 * spread(plain)


def test_every_second_teller_copies_and_the_curators_know_of_half():
    tellers = [one for case in drawn("copying", "quantity") for one in case.tellers]
    copying = [one for one in tellers if one.eyes != one.name]
    assert 0.4 < len(copying) / len(tellers) < 0.6
    assert 0.4 < sum(one.derived_known for one in copying) / len(copying) < 0.6
    assert all(one.eyes == one.name for case in drawn("as_assumed", "quantity", 20) for one in case.tellers)


def test_who_copies_says_the_same_and_rests_on_the_other_if_that_is_known():
    agree, rests = Counter(), Counter()
    for case in drawn("copying", "occurrence", 500):
        of = {teller.name: teller for teller in case.tellers}
        said = {one.teller: one for one in case.tellings}
        for one in said.values():
            teller = of[one.teller]
            if teller.party == NO_PARTY and teller.eyes != teller.name and teller.eyes in said:
                source = said[teller.eyes]
                if of[source.teller].party == NO_PARTY:
                    agree[one.affirms == source.affirms] += 1
                    assert one.origin != source.origin
                    rests[teller.derived_known, columns.source(teller)["derived_from"]] += 1
                    assert columns.source(teller)["derived_from"] in ("", source.teller)
    assert agree[True] > 10 and agree[False] == 0
    known = {bool(name) for is_known, name in rests if is_known}
    assert known == {True} and {name for is_known, name in rests if not is_known} == {""}


def denials(world, asked=("some", "none")):
    cases = [case for case in drawn(world, "occurrence", 400) if case.question.days in asked]
    words = [one.affirms for case in cases for one in case.tellings]
    return words.count(False) / len(words)


def test_deniers_are_silent():
    assert denials("silence_of_deniers") < 0.65 * denials("as_assumed")

    def contradicting(world):
        cases = drawn(world, "quantity", 300)
        numbers_of = [(case, one.number) for case in cases for one in case.tellings if one.number]
        off = [abs(number / case.question.value - 1) > case.question.tolerance for case, number in numbers_of]
        return sum(off) / len(off)

    assert contradicting("silence_of_deniers") < 0.75 * contradicting("as_assumed")


def covered(world):
    """The shares of the days asked about that words which are not of one day cover."""
    return [
        ((one.last - one.first).days + 1) / ((case.question.until - case.question.since).days + 1)
        for case in drawn(world, "occurrence")
        for one in case.tellings
        if one.affirms == (case.question.days == "all")
    ]


def test_words_cover_a_part_of_the_window():
    assert set(covered("as_assumed")) == {1.0}
    partial = covered("partial_windows")
    assert min(partial) < 0.35 and 0.4 < statistics.fmean(partial) < 0.7


def test_tables_leave_out_a_part_of_the_window():
    def missing(world):
        for case in drawn(world, "trend", 40):
            days = {row[0] for row in case.tables[0].rows}
            asked = (case.question.until - case.question.since).days
            yield 1 - sum(case.question.since < on <= case.question.until for on in days) / asked

    assert set(missing("as_assumed")) == {0.0}
    assert statistics.fmean(missing("partial_windows")) > 0.3


def test_first_words_are_guesses_and_better_ones_follow():
    first, later = [], []
    for case in drawn("revisions", "quantity", 300):
        for name in {one.teller for one in case.tellings}:
            own = sorted((one for one in case.tellings if one.teller == name), key=lambda one: one.origin)
            if len({one.origin for one in own}) == 2:
                assert own[0].public < own[-1].public and own[0].first == own[-1].first
                first.append(math.log(own[0].number / case.amount))
                later.append(math.log(own[-1].number / case.amount))
    assert len(first) > 300
    assert statistics.fmean(first) < statistics.fmean(later) - 0.2
    recanted = [
        words
        for case in drawn("revisions", "occurrence", 300)
        for name in {one.teller for one in case.tellings}
        if len(words := {one.origin[-1]: one.affirms for one in case.tellings if one.teller == name}) == 2
    ]
    assert len(recanted) > 100 and all(words["1"] != words["2"] for words in recanted)


def test_numbers_are_told_as_bounds():
    def shares(world):
        told = [one for case in drawn(world, "quantity") for one in case.tellings]
        return sum(one.number is None for one in told) / len(told)

    assert shares("as_assumed") == 0.0 and 0.4 < shares("bounds") < 0.6
    low = [
        (one.at_least, case.amount)
        for case in drawn("bounds", "quantity", 300)
        for one in case.tellings
        if one.number is None and one.at_least is not None
    ]
    assert sum(bound <= truth for bound, truth in low) / len(low) > 0.7
    events = [one for case in drawn("bounds", "occurrence", 30) for one in case.tellings]
    assert all(one.affirms is None and (one.number == 0 or one.at_least > 0) for one in events)


@pytest.mark.parametrize("method", DRAWS)
def test_claims_are_true_as_often_as_the_base_rate_says(method):
    for world, rate in (("as_assumed", 0.5), ("base_rate", 0.3)):
        shares = statistics.fmean(case.holds for case in drawn(world, method, 400))
        assert shares == pytest.approx(rate, abs=0.08), world


def standardised(world):
    """Errors of counts that state no range, in stated errors, without what rounding adds."""
    rng = numpy.random.default_rng(5)
    teller = cast.Teller("t", NO_PARTY, "A", "count", "t")
    sights = [numbers._sight(WORLDS[world], rng, teller) for _ in range(4000)]
    return numpy.array([one.off / (one.stated or 0.10) for one in sights])


def test_errors_have_heavy_tails_or_uneven_precision():
    plain, heavy, uneven = map(standardised, ("as_assumed", "heavy_tails", "unequal_precision"))
    assert spread(plain) == pytest.approx(1.0, abs=0.05)
    assert (abs(plain) > 4).mean() < 0.001 < 0.01 < (abs(heavy) > 4).mean()
    assert (abs(heavy) < 0.7).mean() == pytest.approx((abs(plain) < 0.7).mean(), abs=0.06)
    assert (abs(uneven) > 3).mean() > 0.03 and (abs(uneven) < 0.1).mean() > 1.2 * (abs(plain) < 0.1).mean()


def all_contrary(world):
    """In how many cases more words are wrong than right."""
    contrary = []
    for case in drawn(world, "occurrence", 600):
        true = case.holds != (case.question.days == "none")
        right = [one.affirms == true for one in case.tellings]
        contrary.append(sum(right) < len(right) / 2)
    return statistics.fmean(contrary)


def test_all_are_wrong_together():
    assert all_contrary("wrong_together") > all_contrary("as_assumed") + 0.04

    def means(world):
        told = errors(drawn(world, "quantity", 300))
        return [
            statistics.fmean(log for logs in one.values() for log in logs) for one in told if len(one) > 3
        ]

    assert spread(means("wrong_together")) > 1.5 * spread(means("as_assumed"))


def test_numbers_ramp_and_series_remember():
    rng = numpy.random.default_rng(5)

    def week(world):
        levels = [numbers.path(WORLDS[world], rng, 1000.0, 10) for _ in range(300)]
        return statistics.fmean(abs(math.log(level(7) / level(0))) for level in levels)

    assert week("ramps") > 3 * week("as_assumed")

    def memory(world):
        changes = [numpy.diff(series.walk(WORLDS[world], rng, numpy.zeros(700))[::7]) for _ in range(20)]
        return statistics.fmean(numpy.corrcoef(one[1:], one[:-1])[0, 1] for one in changes)

    assert abs(memory("as_assumed")) < 0.06 and memory("ramps") > 0.4


def test_a_series_goes_at_its_pace_and_with_its_spread():
    rng = numpy.random.default_rng(5)
    for world in ("as_assumed", "ramps"):
        weekly = numpy.concatenate(
            [numpy.diff(series.walk(WORLDS[world], rng, numpy.full(700, 3.0))[::7]) for _ in range(60)]
        )
        assert weekly.mean() == pytest.approx(3.0, abs=0.6)
        assert weekly.std() == pytest.approx(series.WEEKLY, rel=0.08)
