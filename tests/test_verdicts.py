"""The rule of `utils.verdicts`, sentence by sentence, on findings made by hand."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations

import pytest
from pytest import approx

from utils import verdicts
from utils.archive import Archive
from utils.checks import Finding, Interval, speaks_until
from utils.evidence.article import Partial
from utils.words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED

TODAY = date(2025, 6, 1)


def finding(probability: float | None = 0.9, **says) -> Finding:
    plain = {
        "claim": "C15",
        "method": "occurrence",
        "name": "one",
        "reading": None,
        "condition": None,
        "as_of": TODAY,
        "probability": probability,
        "estimate": None,
        "interval": None,
        "direction": None,
        "tellers": ("a", "b"),
        "origins": ("x", "y"),
        "values": None,
        "weight": 2.0,
        "outside_tellers": 0,
        "counted_tellers": 0,
        "enough": True,
        "opposed": False,
        "evidence": (),
        "tables": (),
        "newest": None,
        "speaks_until": None,
        "proposition": "it was so",
        "sentence": "It was so.",
        "partial": Partial(one="warring party", many="warring parties"),
    }
    return Finding(**{**plain, **says})


SAYS = {
    SUPPORTED: {"probability": 0.9},
    REFUTED: {"probability": 0.1},
    CONFLICTING: {"probability": 0.5, "opposed": True},
    NOT_ENOUGH: {"probability": 0.6, "enough": False},
}


def saying(label: str, **says) -> Finding:
    return finding(**{**SAYS[label], **says})


@pytest.fixture
def judged(archive: Archive):
    def judge(*found: Finding) -> verdicts.Verdict:
        return verdicts.judge(archive.claim("C15"), found, TODAY)

    return judge


@pytest.mark.parametrize(
    ("probability", "label"),
    [
        (1.0, SUPPORTED),
        (0.80, SUPPORTED),
        (0.7999, NOT_ENOUGH),
        (0.5, NOT_ENOUGH),
        (0.2001, NOT_ENOUGH),
        (0.20, REFUTED),
        (0.0, REFUTED),
        (None, NOT_ENOUGH),
    ],
)
def test_the_label_of_a_finding(probability, label):
    assert verdicts.label(finding(probability)) == label
    between = probability is not None and 0.20 < probability < 0.80
    assert verdicts.label(finding(probability, opposed=True)) == (CONFLICTING if between else label)
    for opposed in (False, True):
        assert verdicts.label(finding(probability, enough=False, opposed=opposed)) == NOT_ENOUGH


def test_a_silent_line_says_nothing(judged):
    verdict = judged(saying(SUPPORTED), saying(NOT_ENOUGH, probability=0.5))
    assert (verdict.label, verdict.probability) == (SUPPORTED, 0.9)
    assert judged(saying(NOT_ENOUGH), saying(NOT_ENOUGH)).label == NOT_ENOUGH


@pytest.mark.parametrize("label", [SUPPORTED, REFUTED, CONFLICTING])
@pytest.mark.parametrize("other", [SUPPORTED, REFUTED, CONFLICTING])
def test_lines_that_differ_conflict_and_have_no_common_probability(judged, label, other):
    verdict = judged(saying(label), saying(other), saying(NOT_ENOUGH))
    if label == other:
        assert (verdict.label, verdict.probability) == (label, SAYS[label]["probability"])
    else:
        assert (verdict.label, verdict.probability, verdict.likelihood) == (CONFLICTING, None, None)
        assert verdict.interval is None


@pytest.mark.parametrize(
    ("lines", "cautious"), [((0.95, 0.85, 0.99), 0.85), ((0.15, 0.02), 0.15), ((0.95, 0.05, 0.9), None)]
)
def test_the_most_cautious_line_that_speaks_gives_the_probability(judged, lines, cautious):
    assert judged(*map(finding, lines), finding(0.5, enough=False)).probability == cautious


S, R, C, N = SUPPORTED, REFUTED, CONFLICTING, NOT_ENOUGH
TOGETHER = {
    frozenset(labels): together
    for labels, together in [
        ({S}, S),
        ({R}, R),
        ({C}, C),
        ({N}, N),
        ({S, R}, C),  # half true
        ({S, C}, C),
        ({S, N}, N),
        ({R, C}, R),  # one condition that fails is enough
        ({R, N}, R),
        ({C, N}, C),
        ({S, R, C}, C),
        ({S, R, N}, C),
        ({S, C, N}, C),
        ({R, C, N}, R),
        ({S, R, C, N}, C),
    ]
}


def together(order: tuple[str, ...]) -> float | None:
    """The product of what the conditions have; by hand: 0.9 for S, 0.1 for R, 0.5 for C, nothing for N."""
    if TOGETHER[frozenset(order)] == R and N in order:
        return 0.1  # the most that all can have, whatever the silent one is
    if N in order or {S, R} <= {*order}:
        return None  # of half a truth the product is below 0.1, beside a label that is not Refuted
    return 0.9 ** order.count(S) * 0.1 ** order.count(R) * 0.5 ** order.count(C)


@pytest.mark.parametrize(
    "labels", list(chain.from_iterable(combinations((S, R, C, N), size) for size in (1, 2, 3, 4)))
)
def test_conditions_that_must_all_hold(judged, labels):
    for order in (labels, labels[::-1], (*labels, labels[0])):
        found = [saying(label, condition=f"condition {place}") for place, label in enumerate(order)]
        verdict = judged(*found)
        assert verdict.label == TOGETHER[frozenset(labels)]
        assert [one.label for one in verdict.readings[0].conditions] == list(order)
        assert verdict.probability == (None if (chance := together(order)) is None else approx(chance))


def test_a_condition_without_a_probability_leaves_the_reading_without_one(judged):
    lines = [saying(SUPPORTED, condition="a"), saying(REFUTED, condition="a")]
    verdict = judged(*lines, saying(SUPPORTED, condition="b"))
    assert [one.probability for one in verdict.readings[0].conditions] == [None, 0.9]
    assert verdict.probability is None


@pytest.mark.parametrize("label", [S, R, C, N])
@pytest.mark.parametrize("other", [S, R, C, N])
def test_readings_of_one_label_give_it_and_others_are_cherries(judged, label, other):
    verdict = judged(saying(label, reading="wide"), saying(other, reading="narrow"))
    assert [one.label for one in verdict.readings] == [label, other]
    said = [None if one == N else SAYS[one]["probability"] for one in (label, other)]
    assert [one.probability for one in verdict.readings] == said
    assert verdict.label == (label if label == other else CONFLICTING)
    assert verdict.probability == (said[0] if label == other else None)


def test_conditions_belong_to_their_reading(judged):
    wide = [saying(S, reading="wide", condition="a"), saying(R, reading="wide", condition="b")]
    verdict = judged(*wide, saying(S, reading="narrow", condition="a"))
    assert {one.reading: one.label for one in verdict.readings} == {"wide": C, "narrow": S}


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "almost no chance"),
        (0.20, "very unlikely"),
        (0.45, "unlikely"),
        (0.46, "roughly even chance"),
        (0.55, "likely"),
        (0.80, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_the_likelihood_of_a_verdict_is_in_the_words_of_the_directive(judged, probability, words):
    assert judged(finding(probability)).likelihood == words


@pytest.mark.parametrize(
    ("witnesses", "outside", "counted", "word"),
    [
        (3, 3, 1, "high"),
        (3, 3, 0, "moderate"),
        (3, 2, 2, "moderate"),
        (2, 1, 0, "moderate"),
        (1.9, 1, 1, "low"),
        (9, 0, 9, "low"),
        (0, 0, 0, "low"),
    ],
)
def test_confidence(judged, witnesses, outside, counted, word):
    verdict = judged(finding(weight=witnesses, outside_tellers=outside, counted_tellers=counted))
    assert verdict.confidence == word
    assert f"{outside} outside the warring parties" in verdict.basis


def test_confidence_is_that_of_the_finding_that_decides(judged):
    strong = {"weight": 5.0, "outside_tellers": 5, "counted_tellers": 2}
    weak, sure = finding(0.85, interval=Interval(0.7, 0.9, "probability")), finding(0.99, **strong)
    assert judged(sure, weak).confidence == "low"
    assert judged(sure, weak).interval == weak.interval
    assert judged(finding(0.85, **strong), finding(0.99)).confidence == "high"
    # Where readings differ there is no probability to decide by: the one with least behind it does.
    assert judged(finding(0.9, reading="a", **strong), finding(0.1, reading="b")).confidence == "low"


def test_a_mixed_group_is_outside_only_without_a_warring_party(archive):
    row = archive.rows["S019"]
    for party, co_party, belligerent in [
        ("us", "ua", True),
        ("ua", "us", True),
        ("us", "kr", False),
        ("us", None, False),
        ("ru", None, True),
    ]:
        source = archive.sources[row.source].model_copy(update={"party": party, "co_party": co_party})
        seen = replace(archive, sources={**archive.sources, row.source: source})
        assert seen.is_belligerent(row) is belligerent


def test_an_origin_behind_several_findings_counts_once(judged):
    found = [finding(origins=("x", "y")), finding(origins=("y", "z"), condition="b"), finding(origins=())]
    assert judged(*found).tellings == 3
    assert judged(finding(evidence=("A", "B")), finding(evidence=("B", "C"))).evidence == ("A", "B", "C")


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


@pytest.mark.parametrize(
    ("found", "last_known"),
    [
        ([(day(200), day(110)), (day(100), day(10))], day(100)),
        ([(day(200), day(110)), (day(100), day(0))], None),  # one still speaks on the day itself
        ([(day(200), None), (day(100), day(10))], None),  # over and done, and does not age
        ([(day(100), day(1)), (None, None)], day(100)),  # a finding without evidence ages not at all
        ([(None, None)], None),
    ],
    ids=["all past", "one not past", "empty horizon", "one without evidence", "no evidence"],
)
def test_last_known(judged, found, last_known):
    verdict = judged(*(finding(newest=newest, speaks_until=until) for newest, until in found))
    assert verdict.last_known == last_known


def test_evidence_speaks_until_the_longest_of_its_horizons(archive):
    def told(quantity: str, published: date):
        return archive.rows["S019"].model_copy(update={"quantity": quantity, "published": published})

    troops, total, call = "ru_troops_kursk", "nk_killed", "trump_putin_call"
    horizon = {name: archive.quantities[name].horizon_days for name in (troops, total, call)}
    assert horizon == {troops: 90, total: 180, call: None}
    rows = [told(troops, day(100)), told(total, day(150))]
    assert speaks_until(archive, rows) == day(150) + timedelta(days=180)
    assert speaks_until(archive, [*rows, told(call, day(1))]) is None
    assert speaks_until(archive, []) is None


def test_the_reason_is_what_the_findings_say(judged):
    verdict = judged(finding(sentence="One."), finding(sentence="Two.", condition="b"))
    assert verdict.reason == "One. Two." and len(verdict.findings) == 2
