"""Every way to claim a number, with answers worked out by hand.

Where errors are stated and nobody leans, two tellers of one day who give figures with 15 per cent each make
a normal distribution on the log scale: its middle is the root of the product of their figures, its standard
deviation 15 per cent over the root of two.
"""

from datetime import date
from math import erf, hypot, log, sqrt

import pytest
from heard import told, word
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pytest import approx

from utils import verdicts
from utils.checks import quantity
from utils.checks.quantity import QuantityCheck
from utils.evidence.schema import Quantity
from utils.words import NOT_ENOUGH, REFUTED, SUPPORTED

ON = date(2024, 11, 12)
# Nothing but the tellers' own errors: no shared error, and next to no leans and no drift.
PLAIN = {"shared_error": 0.0, "lean_factor": 1e-6, "drift_factor": 1e-6}
ERROR = hypot(0.15, 0.005) / sqrt(2)  # no figure is more exact than half a per cent
UNROUNDED = 1.0000123456789  # a factor that leaves no zeros at the end


def number(name, unit="persons", kind="stock"):
    plain = {"id": name, "unit": unit, "tense": "observed", "kind": kind, "horizon_days": 90}
    return Quantity.model_validate({**plain, "label": name.title(), "definition": "made for a test"})


NUMBERS = {one.id: one for one in map(number, ("force", "other"))}


def row(name, teller, value=None, quantity="force", day=12, **cells):
    cells = {"quantity": quantity, "value": value, "days": (day, day), "published": 13, **cells}
    return word(name, teller, None, **cells)


def asked(**changes):
    return QuantityCheck.model_validate({"method": "quantity", "on": ON, "counts": ["force"], **changes})


def found(archive, *rows, quantities=NUMBERS, **changes):
    small = told(archive, *rows, quantities={**archive.quantities, **quantities})
    return quantity.check(small, small.claim("C01"), asked(**changes))


def two(value, quantity="force", name="A", day=12):
    """Two tellers of two parties who give the same figure."""
    value *= UNROUNDED
    return [row(f"{name}{teller}", teller, value, quantity, day) for teller in ("ann", "bea")]


def normal(place):
    return (1 + erf(place / sqrt(2))) / 2


def below(edge, middle=1000.0, error=ERROR):
    return normal(log(edge / middle) / error)


CLAIMS = [
    ({"relation": "about", "value": 1100, "tolerance": 0.2}, below(1320) - below(880)),
    ({"value": 900, "tolerance": 0.1}, below(990) - below(810)),
    ({"relation": "at least", "value": 900}, 1 - below(900)),
    ({"relation": "more than", "value": 900}, 1 - below(900)),
    ({"relation": "at most", "value": 1050}, below(1050)),
    ({"relation": "less than", "value": 1050}, below(1050)),
    ({"relation": "between", "low": 900, "high": 1050}, below(1050) - below(900)),
]


@pytest.mark.parametrize(("claim", "expected"), CLAIMS)
def test_a_range_of_the_number(archive, claim, expected):
    finding = found(archive, *two(1000), **claim, **PLAIN)
    assert finding.probability == approx(expected, abs=0.004)
    assert finding.estimate == approx(1000, rel=0.002) and finding.interval.unit == "persons"
    assert finding.interval.high == approx(1000 * 2.718281828 ** (1.6449 * ERROR), rel=0.005)


def test_tellers_who_differ_meet_in_the_middle_of_factors(archive):
    rows = [row("A", "ann", 500 * UNROUNDED), row("B", "bea", 2000 * UNROUNDED)]
    assert found(archive, *rows, relation="at least", value=1000, **PLAIN).probability == approx(
        0.5, abs=0.01
    )


@pytest.mark.parametrize("relation", ["share", "times"])
def test_a_ratio_to_another_number(archive, relation):
    rows = [*two(200), *two(1000, "other", "B")]
    claim = {"relation": relation, "value": 0.25, "tolerance": 0.2, "of": ["other"]}
    finding = found(archive, *rows, **claim, **PLAIN)
    both = ERROR * sqrt(2)
    assert finding.probability == approx(below(0.3, 0.2, both) - below(0.2, 0.2, both), abs=0.004)
    assert finding.estimate == approx(0.2, rel=0.002)
    assert finding.interval.unit == {"share": "fraction", "times": "times"}[relation]
    assert finding.tellers == ("ann", "bea") and len(finding.evidence) == 4
    # Without a number to compare it with there is nothing to judge.
    alone = found(archive, *two(200), **claim, **PLAIN)
    assert not alone.enough and alone.probability is None


def record(archive, now, then, relation="highest since", **changes):
    """Two pools a month apart, with a number that wanders so fast that neither tells of the other's day."""
    rows = [*two(now), *two(then, name="B", day=1)]
    claim = {"relation": relation, "since": date(2024, 10, 1), **PLAIN, "drift_factor": 100.0}
    return found(archive, *rows, **{**claim, **changes})


@pytest.mark.parametrize(("now", "then"), [(1200, 1000), (1000, 1200), (1000, 1000)])
def test_a_record_is_above_or_below_all_earlier_numbers(archive, now, then):
    highest, lowest = record(archive, now, then), record(archive, now, then, "lowest since")
    expected = normal(log(now / then) / (ERROR * sqrt(2)))
    assert highest.probability == approx(expected, abs=0.01)
    assert lowest.probability == approx(1 - expected, abs=0.01)
    assert highest.estimate == approx(now, rel=0.01) and highest.values.earlier == approx(then, rel=0.01)
    assert highest.values.earlier_on == date(2024, 11, 1)


def test_a_record_is_compared_with_the_highest_or_the_lowest_of_the_earlier_days(archive):
    rows = [*two(2000), *two(500, name="B", day=1), *two(3000, name="C", day=3)]
    claim = {"since": date(2024, 10, 1), **PLAIN, "drift_factor": 100.0}
    highest = found(archive, *rows, relation="highest since", **claim)
    lowest = found(archive, *rows, relation="lowest since", **claim)
    assert highest.values.earlier == approx(3000, rel=0.02) and lowest.values.earlier == approx(500, rel=0.02)
    assert verdicts.label(highest) == verdicts.label(lowest) == REFUTED


@pytest.mark.parametrize(
    "changes", [{"since": date(2024, 11, 2)}, {"gap_days": 12}], ids=["told before since", "too near"]
)
def test_a_record_without_earlier_days_is_not_judged(archive, changes):
    assert record(archive, 1200, 1000).enough
    finding = record(archive, 1200, 1000, **changes)
    assert not finding.enough and finding.probability is None


NEEDS = {
    "about": {"value": 5, "tolerance": 0.2},
    "at least": {"value": 5},
    "more than": {"value": 5},
    "at most": {"value": 5},
    "less than": {"value": 5},
    "between": {"low": 4, "high": 6},
    "share": {"value": 0.5, "tolerance": 0.2, "of": ["other"]},
    "times": {"value": 3, "tolerance": 0.2, "of": ["other"]},
    "highest since": {"since": "2024-10-01"},
    "lowest since": {"since": "2024-10-01"},
}
EVERY = {"value": 5, "tolerance": 0.2, "low": 4, "high": 6, "of": ["other"], "since": "2024-10-01"}


@pytest.mark.parametrize("relation", NEEDS)
def test_a_relation_takes_what_it_needs_and_nothing_else(relation):
    needed = NEEDS[relation]
    assert asked(relation=relation, **needed).relation == relation
    for name, value in EVERY.items():
        if name in needed:
            without = {key: one for key, one in needed.items() if key != name}
            with pytest.raises(ValidationError, match=f"{relation} needs .*{name}"):
                asked(relation=relation, **without)
        else:
            with pytest.raises(ValidationError, match=f"{relation} takes .* and no {name}"):
                asked(relation=relation, **needed, **{name: value})


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"value": 0, "tolerance": 0.2}, "for a zero, say at most or between"),
        ({**NEEDS["share"], "relation": "share", "value": -0.1}, "share needs a value above zero"),
        ({**NEEDS["times"], "relation": "times", "value": -2}, "times needs a value above zero"),
        ({"relation": "between", "low": 6, "high": 6}, "low below high"),
        ({"relation": "between", "low": -1, "high": -2}, "low below high"),
        ({"relation": "about", "value": 5, "tolerance": 1.0}, "tolerance"),
        ({"relation": "roughly", "value": 5}, "relation"),
        ({**NEEDS["at least"], "relation": "at least", "part": "other"}, "part and rest together"),
    ],
)
def test_a_claim_that_cannot_be_meant_is_refused(claim, said):
    with pytest.raises(ValidationError, match=said):
        asked(**claim)


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ({"relation": "at least", "value": 0}, SUPPORTED),
        ({"relation": "at most", "value": 0}, SUPPORTED),
        ({"relation": "more than", "value": 0}, REFUTED),
        ({"relation": "less than", "value": 0}, REFUTED),
        ({"relation": "between", "low": -1, "high": 1}, SUPPORTED),
        ({"relation": "at least", "value": 5}, REFUTED),
        ({"value": 5, "tolerance": 0.2}, REFUTED),
    ],
)
def test_zero_told_three_times_is_a_number(archive, claim, label):
    zeros = [row(name, name, 0.0) for name in ("ann", "bea", "cem")]
    finding = found(archive, *zeros, **claim)
    assert finding.enough and finding.estimate == approx(0, abs=1e-9)
    assert verdicts.label(finding) == label
    assert "3 tellers put the number for 12 November 2024 at 0" in finding.sentence


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ({"relation": "less than", "value": 0}, SUPPORTED),
        ({"relation": "about", "value": -1000, "tolerance": 0.5}, SUPPORTED),
        ({"relation": "between", "low": -2000, "high": -500}, SUPPORTED),
        ({"relation": "at least", "value": 0}, REFUTED),
        ({"relation": "about", "value": 1000, "tolerance": 0.5}, REFUTED),
        ({"relation": "between", "low": -100, "high": 2000}, REFUTED),
    ],
)
def test_a_number_below_zero(archive, claim, label):
    money = {"force": number("force", "EUR", "other")}
    finding = found(archive, *two(-1000), quantities=money, **claim, **PLAIN)
    assert finding.estimate == approx(-1000, rel=0.01)
    assert verdicts.label(finding) == label


def test_no_ratio_to_a_number_that_may_be_zero(archive):
    rows = [*two(200), row("Z1", "ann", 0.0, "other"), row("Z2", "bea", 0.0, "other")]
    finding = found(archive, *rows, relation="share", **NEEDS["share"])
    assert not finding.enough and finding.probability is None


def test_imprecision_is_no_disproof(archive):
    """Three counts of exactly 1,000 do not refute 1,000, give or take 4 per cent; they refute 3,000."""
    counts = [row(name, name, 1000.0, access="count") for name in ("ann", "bea", "cem")]
    finding = found(archive, *counts, value=1000, tolerance=0.04)
    assert finding.judgement == "coarser" and verdicts.label(finding) == NOT_ENOUGH
    assert finding.probability < 0.5 and "The evidence is coarser than the claim" in finding.sentence
    far = found(archive, *counts, value=3000, tolerance=0.04)
    assert far.judgement == "refuted below" and verdicts.label(far) == REFUTED


@pytest.mark.parametrize(("tolerance", "stands"), [(0.01, False), (0.04, False), (0.15, True)])
def test_a_probability_below_a_fifth_stands_beside_no_label_but_refuted(archive, tolerance, stands):
    counts = [row(name, name, 1000.0, access="count") for name in ("ann", "bea", "cem")]
    finding = found(archive, *counts, value=1000, tolerance=tolerance)
    assert finding.judgement == "coarser" and (finding.probability > 0.2) == stands
    verdict = verdicts.judge(archive.claim("C01"), [finding], ON)
    assert verdict.label == NOT_ENOUGH
    assert verdict.probability == (finding.probability if stands else None)
    assert (verdict.likelihood is None) == (verdict.interval is None) == (not stands)


def test_the_claims_own_telling_is_no_witness_for_itself(archive):
    rows = [*two(1000), row("O", "cem", 4000.0)]
    plain = {"relation": "at least", "value": 1500, **PLAIN}
    without = found(archive, *rows, own_origin="O", **plain)
    assert without.tellers == ("ann", "bea") and without.estimate == approx(1000, rel=0.002)
    with_it = found(archive, *rows, **plain)
    assert with_it.tellers == ("ann", "bea", "cem") and with_it.probability > without.probability


FIGURES = st.lists(
    st.tuples(st.sampled_from(["ann", "bea", "cem", "abe"]), st.integers(1, 10**6), st.integers(1, 12)),
    min_size=2,
    max_size=5,
)
FACTORS = st.sampled_from([10.0**power for power in (-9, -6, -3, -2, -1, 1, 2, 3, 6, 9)])
RANGES = st.sampled_from(
    [
        {"relation": "about", "tolerance": 0.3},
        {"relation": "at least"},
        {"relation": "more than"},
        {"relation": "at most"},
        {"relation": "less than"},
    ]
)


def same(one, other, factor, within=1e-6):
    assert one.judgement == other.judgement and one.enough == other.enough
    assert verdicts.label(one) == verdicts.label(other)
    if one.enough:
        assert one.probability == approx(other.probability, abs=within)
        assert one.estimate * factor == approx(other.estimate, rel=1e-6)


@settings(deadline=None, max_examples=40)
@given(figures=FIGURES, claimed=st.integers(1, 10**6), claim=RANGES, factor=FACTORS, zero=st.booleans())
def test_no_unit_changes_a_verdict(archive, figures, claimed, claim, factor, zero):
    """Persons or millions, a share or per cent; with a zero among the figures too."""
    counted = [
        (teller, 0 if zero and not place else value, day)
        for place, (teller, value, day) in enumerate(figures)
    ]

    def in_unit(size, unit):
        rows = [
            row(f"R{place}", teller, value * size, day=day)
            for place, (teller, value, day) in enumerate(counted)
        ]
        return found(
            archive, *rows, quantities={"force": number("force", unit)}, value=claimed * size, **claim
        )

    same(in_unit(1, "persons"), in_unit(factor, "units"), factor)


@settings(deadline=None, max_examples=20)
@given(figures=FIGURES, others=FIGURES, factor=FACTORS, share=st.integers(1, 40))
def test_no_unit_changes_a_share_or_a_multiple(archive, figures, others, factor, share):
    def in_unit(size, relation):
        rows = [
            row(f"{name}{place}", teller, value * size, name, day=day)
            for name, told_of in (("force", figures), ("other", others))
            for place, (teller, value, day) in enumerate(told_of)
        ]
        claim = {"relation": relation, "value": share / 10, "tolerance": 0.3, "of": ["other"]}
        return found(archive, *rows, **claim)

    same(in_unit(1, "share"), in_unit(factor, "times"), 1)


@settings(deadline=None, max_examples=20)
@given(figures=FIGURES, factor=FACTORS)
def test_no_unit_changes_a_record(archive, figures, factor):
    def in_unit(size):
        rows = [
            row(f"R{place}", teller, value * size, day=day)
            for place, (teller, value, day) in enumerate(figures)
        ]
        return found(archive, *rows, relation="highest since", since=date(2024, 10, 1), gap_days=1)

    # Where two answers are alike, chance of the last digit decides between their nodes.
    same(in_unit(1), in_unit(factor), factor, within=1e-3)


def test_half_a_million_and_500_000_are_one_claim(archive):
    """As persons and as millions, told as a reader would write them, and as a share and as per cent."""
    for figures, claimed, size in (((480000, 530000), 500000, 1e-6), ((0.31, 0.36), 0.35, 100)):
        first, second = (
            found(
                archive,
                *(row(name, name, value * by) for name, value in zip(("ann", "bea"), figures, strict=True)),
                value=claimed * by,
                tolerance=0.3,
            )
            for by in (1, size)
        )
        same(first, second, size)
        assert first.enough
