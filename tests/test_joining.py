"""Findings joined at random: no probability stands beside a label that contradicts it."""

from dataclasses import replace
from datetime import date

import heard
import pytest
from folders import SECOND
from heard import told, word
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from test_verdicts import TODAY, finding

from utils import joining, verdicts
from utils.archive import Archive
from utils.words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED


def judge(archive, *found):
    return verdicts.judge(archive.claim("C15"), found, TODAY)


def test_two_conditions_of_85_per_cent_are_not_enough(archive):
    verdict = judge(archive, finding(0.85, condition="a"), finding(0.85, condition="b"))
    (reading,) = verdict.readings
    assert (verdict.label, verdict.probability) == (NOT_ENOUGH, approx(0.7225))
    # Whatever their dependence: at least 0.85 + 0.85 - 1, at most the smaller one.
    assert reading.bounds == approx((0.70, 0.85))
    assert (verdict.interval.low, verdict.interval.high) == approx((0.70, 0.85))


def test_three_conditions_and_bounds_that_end_at_zero(archive):
    found = [finding(chance, condition=name) for name, chance in (("a", 0.6), ("b", 0.5), ("c", 0.7))]
    (reading,) = judge(archive, *found).readings
    assert reading.probability == approx(0.21) and reading.bounds == approx((0, 0.5))


def test_half_true(archive):
    verdict = judge(archive, finding(0.9, condition="a"), finding(0.1, condition="b"))
    assert (verdict.label, verdict.probability, verdict.interval) == (CONFLICTING, None, None)


def test_a_refuted_condition_beside_a_silent_one_gives_the_most_that_all_can_have(archive):
    silent = finding(None, enough=False, condition="b")
    verdict = judge(archive, finding(0.15, condition="a"), silent)
    assert (verdict.label, verdict.probability) == (REFUTED, 0.15)
    assert verdict.readings[0].bounds == (0, 0.15)


def judgement(chance):
    """What a number of this probability within its range can be judged to be."""
    if chance >= 0.8:
        return st.sampled_from([None, "supported"])
    if chance <= 0.2:
        return st.sampled_from([None, "refuted below", "refuted above", "coarser", "open"])
    return st.sampled_from([None, "coarser", "open"])


FINDINGS = st.lists(
    st.floats(0, 1).flatmap(
        lambda chance: st.builds(
            lambda *parts: finding(
                chance,
                **dict(zip(("judgement", "opposed", "enough", "reading", "condition"), parts, strict=True)),
            ),
            judgement(chance),
            st.booleans(),
            st.booleans(),
            st.sampled_from([None, "wide"]),
            st.sampled_from([None, "a", "b"]),
        )
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=300)
@given(found=FINDINGS)
@pytest.mark.long
def test_no_probability_stands_beside_a_label_that_contradicts_it(archive, found):
    found = [replace(one, probability=one.probability if one.enough else None) for one in found]
    verdict = judge(archive, *found)
    parts = [verdict, *verdict.readings, *(one for each in verdict.readings for one in each.conditions)]
    parts += [verdict.reading(one.reading) for one in verdict.readings]
    for part in parts:
        chance = part.probability
        if part.label == SUPPORTED:
            assert chance is not None and chance >= joining.SUPPORT_FROM
        elif part.label == REFUTED:
            assert chance is not None and chance <= joining.REFUTE_TO
        else:
            assert chance is None or joining.REFUTE_TO < chance < joining.SUPPORT_FROM
    for reading in verdict.readings:
        if reading.bounds is not None and reading.probability is not None:
            assert reading.bounds[0] - 1e-12 <= reading.probability <= reading.bounds[1] + 1e-12
    assert (verdict.probability is None) == (verdict.likelihood is None)


@pytest.mark.parametrize("affirm", [0, 1, 2])
@pytest.mark.parametrize("deny", [0, 1, 2])
@pytest.mark.parametrize("denial", [None, "it was not so"])
def test_proposition_sentence_and_probability_have_one_sign(archive, affirm, deny, denial):
    names = ("ann", "bea", "cem", "rut")
    more = (heard.source("rut", "none"),)
    rows = [word(f"A{name}", name, days=(1, 12)) for name in names[:affirm]]
    rows += [word(f"D{name}", name, "denies", (1, 12)) for name in names[2 : 2 + deny]]
    found = heard.found(told(archive, *rows, sources=more), heard.asked(denial=denial))
    assert (found.values.affirm, found.values.deny) == (affirm, deny)
    if not rows:
        assert found.sentence == "Nobody had said that it was so, or denied it, in a row that can be used."
        return
    said = {0: "No teller says", 1: "1 teller says", 2: "2 tellers say"}[affirm]
    assert found.sentence.startswith(f"{said} that it was so")
    if denial is None:
        against = {0: "none denies it", 1: "1 denies it", 2: "2 deny it"}
        alone = {1: "1 teller denies it", 2: "2 tellers deny it"}
    else:
        against = {0: "none that it was not so", 1: "1 says that it was", 2: "2 say that it was"}
        alone = {1: "1 teller says that it was not so", 2: "2 tellers say that it was not so"}
    assert (against if affirm else {0: "", **alone})[deny] in found.sentence
    if found.probability is not None:
        # Three to one by each of as many parties, all of the whole window.
        assert found.probability == approx(3 ** (affirm - deny) / (1 + 3 ** (affirm - deny)))


def witness_findings(archive):
    for seen in (archive.as_of(archive.article.published), archive):
        for claim in seen.claims:
            for check, answer in zip(claim.built, verdicts.findings(seen, claim), strict=True):
                if hasattr(check, "says") and hasattr(answer.values, "affirm"):
                    yield check, answer


@pytest.mark.parametrize("article", ["first", "second"])
def test_every_witness_check_speaks_of_its_proposition(archive, article, request):
    seen = archive if article == "first" else Archive.read(SECOND)
    found = list(witness_findings(seen))
    assert len(found) >= 8
    for check, answer in found:
        for_it = [one for one in answer.witnesses if one.affirms]
        if not answer.witnesses:
            assert answer.sentence.startswith(f"Nobody had said that {check.says}")
            continue
        many = {0: "No teller says", 1: "1 teller says"}.get(len(for_it), f"{len(for_it)} tellers say")
        assert answer.sentence.startswith(f"{many} that {check.says}"), answer.sentence
        # Who affirms moves it up, who denies moves it down: without those against it nothing is below a half.
        if answer.probability is not None and len(for_it) == len(answer.witnesses):
            assert answer.probability > 0.5
        if answer.probability is not None and not for_it:
            assert answer.probability < 0.5


@settings(deadline=None, max_examples=25)
@given(after=st.integers(1, 300), stance=st.sampled_from(["affirms", "denies"]), first=st.integers(1, 12))
def test_nothing_is_taken_back_before_it_was(archive, after, stance, first):
    rows = [word("A", "ann", days=(1, 12)), word("B", "bea"), word("C", "cem", "denies", (3, 9))]
    day = date(2024, 11, 13)
    back = word("Z", "ann", stance, (first, 12), date.fromordinal(day.toordinal() + after))
    before, then = told(archive, *rows).as_of(day), told(archive, *rows, back).as_of(day)
    assert heard.found(then, heard.asked()) == heard.found(before, heard.asked())
