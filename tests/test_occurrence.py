"""Witnesses and lines on hand-made data, with answers worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from utils import verdicts
from utils.checks import occurrence, testimony
from utils.checks.occurrence import OccurrenceCheck

ASKED = OccurrenceCheck(
    method="occurrence",
    says="it was so",
    counts=("nk_combat_confirmed",),
    since=date(2024, 11, 1),
    until=date(2024, 11, 12),
)


def telling(archive, name, source="us_dod", stance="affirms", **cells):
    plain = {"quantity": "nk_combat_confirmed", "value": None, "low": None, "high": None, "stance": stance}
    changed = {"id": name, "origin": name, "source": source, "valid_from": date(2024, 11, 4)}
    changed |= {"valid_to": date(2024, 11, 4), "published": date(2024, 11, 5), "status": "sound"}
    return archive.rows["S199"].model_copy(update={**plain, **changed, **cells})


def seen(archive, *rows):
    shown = replace(archive, statements=tuple(sorted(rows, key=lambda row: (row.published, row.id))))
    return occurrence.check(shown, shown.claim("C09"), ASKED)


def ratio(archive, source):
    return ASKED.letter_ratio[archive.sources[source].reliability]


def test_two_parties_multiply_the_odds(archive):
    finding = seen(archive, telling(archive, "A"), telling(archive, "B", "nis"))
    odds = ratio(archive, "us_dod") * ratio(archive, "nis")
    assert finding.probability == pytest.approx(odds / (1 + odds))
    assert (finding.independent_origins, finding.outside_origins, finding.opposed) == (2, 2, False)


def test_a_second_witness_of_one_party_adds_half_on_the_log_scale(archive):
    finding = seen(archive, telling(archive, "A"), telling(archive, "B"))
    odds = ratio(archive, "us_dod") ** 1.5
    assert finding.probability == pytest.approx(odds / (1 + odds))


def test_a_denial_takes_an_affirmation_back(archive):
    finding = seen(archive, telling(archive, "A"), telling(archive, "B", stance="denies"))
    assert finding.probability == pytest.approx(0.5)
    assert finding.opposed and verdicts.label(finding) == verdicts.CONFLICTING


@pytest.mark.parametrize(
    "cells",
    [
        {"stance": "unconfirmed"},
        {"status": "garbled"},
        {"valid_from": date(2024, 12, 1), "valid_to": date(2024, 12, 1), "published": date(2024, 12, 2)},
        {"quantity": "nk_killed"},
    ],
    ids=["unconfirmed", "garbled", "another time", "another quantity"],
)
def test_what_is_no_witness(archive, cells):
    finding = seen(archive, telling(archive, "A", **cells))
    assert finding.independent_origins == 0 and finding.probability is None
    assert verdicts.label(finding) == verdicts.NOT_ENOUGH


def test_relays_of_one_telling_are_one_witness_and_a_change_of_mind_counts(archive):
    first = telling(archive, "A", origin="x")
    relay = telling(archive, "B", "nis", origin="x")
    later = telling(archive, "C", "nis", origin="x", stance="denies", published=date(2024, 11, 9))
    assert seen(archive, first, relay).independent_origins == 1
    finding = seen(archive, first, relay, later)
    assert finding.independent_origins == 1 and finding.direction == "against"


def test_whoever_affirms_what_is_counted_against_it_denies_it(archive):
    asked = OccurrenceCheck(
        method="occurrence",
        says="it was not so",
        against=("nk_combat_confirmed",),
        since=ASKED.since,
        until=ASKED.until,
    )
    shown = replace(archive, statements=(telling(archive, "A"), telling(archive, "B", "nis")))
    finding = occurrence.check(shown, shown.claim("C09"), asked)
    odds = 1 / (ratio(archive, "us_dod") * ratio(archive, "nis"))
    assert finding.probability == pytest.approx(odds / (1 + odds)) and finding.direction == "against"


def test_a_zero_denies_and_a_number_affirms(archive):
    assert not testimony.says(telling(archive, "A", stance=None, value=0.0))
    assert testimony.says(telling(archive, "A", stance=None, value=6.0))
    assert testimony.says(telling(archive, "A", stance=None, low=1.0))
    assert testimony.says(telling(archive, "A", stance="unconfirmed", value=6.0)) is None
