"""The ledger's tables say what the verdicts say."""

from dataclasses import replace
from datetime import date

import pytest

from utils import answers, history, verdicts
from utils.essays import overview
from utils.words import percent


@pytest.fixture(scope="module")
def both(archive):
    return {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}


def test_every_claim_and_every_reading_has_a_row(both):
    table = overview.both_clocks(both)
    assert list(table.id) == list(both)
    assert list(table.today) == [answers.told(new) for _, new in both.values()]
    several = overview.readings(both)
    assert len(several) == sum(len(new.readings) for _, new in both.values() if len(new.readings) > 1)


def test_every_check_has_a_row(archive):
    table = overview.checks(archive.claims)
    assert len(table) == sum(len(claim.built) for claim in archive.claims)
    (moved,) = table[(table.id == "C11") & (table["check"] == "units moved")].to_dict("records")
    assert moved["reading"] == "no unit was moved" and moved["method"] == "transfer"


def test_a_label_has_held_since_its_last_change(archive):
    line = history.history(archive, archive.claim("C13"), until=date(2024, 12, 31))
    table = overview.changes({"C13": line})
    for day, after in zip(table.day, table.to, strict=True):
        assert overview.reached(line, day) == day
        assert next(one.label for one in line if one.as_of == day) == after
    assert overview.reached(line, line[0].as_of) == line[0].as_of


def test_close_calls_lie_within_the_distance(both):
    clock = {name: old for name, (old, _) in both.items()}
    told = {
        name: [one.probability for reading in verdict.readings for one in reading.conditions]
        for name, verdict in clock.items()
    }
    near = [
        (name, percent(chance))
        for name, chances in told.items()
        for chance in chances
        if chance is not None and min(abs(chance - 0.2), abs(chance - 0.8)) < 0.03
    ]
    table = overview.close_calls(clock, 0.03)
    assert near and list(zip(table.id, table.probability, strict=True)) == near
    assert overview.close_calls(clock, 0).empty


def test_differences_are_those_that_differ(both):
    clock = {name: new for name, (_, new) in both.items()}
    labels = {verdicts.REFUTED: "C02", clock["C08"].label: "C08"}
    assert overview.differences(labels, clock, "today") == [
        {"id": "C02", "clock": "today", "by hand": verdicts.REFUTED, "by the rule": verdicts.SUPPORTED}
    ]


def test_tables_tell_which_conflict_it_is(both):
    """A conflict is told by its kind, that of a reading by that of its conditions."""
    parts = tuple(
        verdicts.Condition(str(place), label, None)
        for place, label in enumerate((verdicts.SUPPORTED, verdicts.REFUTED))
    )
    half = verdicts.Reading(None, verdicts.CONFLICTING, None, parts)
    open_one = verdicts.Reading("other", verdicts.NOT_ENOUGH, None, parts[:0])
    _, new = both["C13"]
    told = replace(new, label=verdicts.CONFLICTING, readings=(half,))
    open_still = replace(new, label=verdicts.CONFLICTING, readings=(replace(half, reading="one"), open_one))
    (line,) = overview.both_clocks({"C13": (told, open_still)}).to_dict("records")
    assert (line["on the day"], line["today"]) == ("Half true", "Not enough evidence")
    table = overview.readings({"C13": (open_still, open_still)})
    assert list(table.today) == ["Half true", "Not enough evidence"]


def test_a_label_before_stands_beside_that_of_now(both):
    before = {name: (verdicts.REFUTED, 0.125, verdicts.SUPPORTED, None, "a rule") for name in both}
    table = overview.before_and_now(before, both)
    assert list(table.id) == list(both)
    line = table[table.id == "C02"].iloc[0]
    assert (line["on the day, before"], line["today, before"]) == ("Refuted, 12 %", "Supported")
    assert line["today, now"] == f"Supported, {percent(both['C02'][1].probability)}"
    for line, (_, new) in zip(table.to_dict("records"), both.values(), strict=True):
        assert line["today, now"].startswith(answers.told(new))
        assert (", " in line["today, now"]) == (new.probability is not None)


def test_shares_of_labels():
    found = overview.shares({verdicts.SUPPORTED: 3, verdicts.REFUTED: 1})
    assert [found[label][0] for label in verdicts.LABELS[:4]] == [0.75, 0.25, 0, 0]
    assert all(interval.low < share or share == 0 for share, interval in found.values())
    with pytest.raises(ValueError):
        overview.shares({})
