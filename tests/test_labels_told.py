"""The label that readers are told: which kind of conflict it is, what is unproven, and whether it is firm."""

from dataclasses import dataclass
from itertools import product

import pytest

from utils.answers.labels import firm, of_reading, told, told_by
from utils.joining import Condition, Reading
from utils.words import CONFLICTING, LABELS, NOT_CHECKED, NOT_ENOUGH, REFUTED, SUPPORTED, TOLD, kept_as


@dataclass(frozen=True)
class Judged:
    label: str
    readings: tuple[Reading, ...]


def reading(label, *conditions, name="one way"):
    parts = tuple(
        Condition(f"condition {place}", one, None) for place, one in enumerate(conditions or (label,))
    )
    return Reading(name, label, None, parts)


@pytest.mark.parametrize(
    ("label", "conditions", "kind"),
    [
        (SUPPORTED, (SUPPORTED, SUPPORTED), "Supported"),
        (REFUTED, (REFUTED, NOT_ENOUGH), "Refuted"),
        (CONFLICTING, (SUPPORTED, REFUTED), "Half true"),
        (CONFLICTING, (SUPPORTED, CONFLICTING, REFUTED), "Half true"),
        (CONFLICTING, (CONFLICTING,), "Disputed"),
        (CONFLICTING, (SUPPORTED, CONFLICTING), "Disputed"),
        (NOT_ENOUGH, (SUPPORTED, NOT_ENOUGH), "Not enough evidence"),
    ],
)
def test_a_reading_says_which_conflict_it_is(label, conditions, kind):
    assert of_reading(reading(label, *conditions)) == kind


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (("Supported", "Refuted"), "Depends on the reading"),
        (("Supported", "Half true"), "Depends on the reading"),
        (("Refuted", "Disputed", "Supported"), "Depends on the reading"),
        (("Supported", "Not enough evidence"), "Not enough evidence"),
        (("Refuted", "Not enough evidence"), "Not enough evidence"),
        (("Disputed", "Supported"), "Disputed"),
        (("Disputed", "Not enough evidence"), "Disputed"),
        (("Half true", "Half true"), "Half true"),
    ],
)
def test_a_claim_depends_on_its_reading_only_where_two_readings_came_to_an_end(kinds, kind):
    assert told_by(kinds) == kind


def test_every_verdict_has_a_label_for_readers_and_the_order_of_readings_is_nothing():
    for kinds in product(TOLD[:6], repeat=3):
        assert told_by(kinds) in TOLD
        assert told_by(kinds) == told_by(kinds[::-1])
    assert {kept_as(kind) for kind in TOLD} == set(LABELS)


def test_a_verdict_is_told_by_its_readings_and_one_not_checked_as_such():
    both = (reading(SUPPORTED, name="narrow"), reading(REFUTED, name="wide"))
    assert told(Judged(CONFLICTING, both)) == "Depends on the reading"
    assert told(Judged(NOT_CHECKED, ())) == "Not yet checked"


@pytest.mark.parametrize(
    ("kept", "of", "is_firm"), [(2, 3, True), (199, 300, False), (0, 4, False), (1, 1, True)]
)
def test_a_label_is_firm_that_two_thirds_of_the_choices_keep(kept, of, is_firm):
    assert firm(kept / of) is is_firm
