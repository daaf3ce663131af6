"""The methods on hand-made data, with answers worked out by hand."""

import json
import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import history, verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.checks import attribution, quantity, relaying, scales
from utils.evidence.parameters import PlannedCheck
from utils.evidence.schema import Statement


def with_statements(archive: Archive, *rows: Statement) -> Archive:
    from dataclasses import replace

    return replace(archive, statements=tuple(sorted(rows, key=lambda row: (row.published, row.id))))


def row(archive: Archive, name: str, **cells) -> Statement:
    """The New York Times row of 10 November, changed."""
    return archive.rows["S019"].model_copy(update={"id": name, "origin": name, **cells})


def test_statements_by_quantity_and_origin_are_those_of_the_archive(archive):
    seen = archive.as_of(archive.article.published)
    names = list(seen.quantities)
    for chosen in (
        *((name,) for name in names),
        names[:7],
        names[::-1],
        names[:2] * 2,
        [],
    ):
        told = tuple(row for row in seen.statements if row.quantity in chosen)
        assert seen.about(*chosen) == told
        assert seen.evidence(*chosen) == tuple(row for row in told if row.status == "sound")
    for chosen in (["no_such_quantity"], [names[0], "no_such_quantity"]):
        with pytest.raises(KeyError, match="no quantity 'no_such_quantity'"):
            seen.about(*chosen)
    for origin in {row.origin for row in seen.statements}:
        assert seen.origin(origin) == tuple(row for row in seen.statements if row.origin == origin)


def test_an_origin_that_is_not_there_is_named_but_where_a_claim_waits_for_it(archive):
    asked = archive.claim("C02").parameters("attribution").origin
    before = archive.as_of(archive.origin(asked)[0].published - timedelta(days=1))
    assert before.origin(asked) == ()
    later = {row.origin for row in archive.statements} - {row.origin for row in before.statements} - {asked}
    for name in ("nyt", "", max(later)):
        with pytest.raises(KeyError, match=f"no origin '{name}'"):
            before.origin(name)


def test_rounding_of_fifty_thousand_is_half_of_ten_thousand_either_way():
    assert (scales.rounding_step(50000), scales.rounding_step(45000)) == (10000, 1000)


# Nothing but the tellers' own errors: no shared error, next to no leans and no drift.
PLAIN = {"shared_error": 0.0, "lean_factor": 1e-6, "drift_factor": 1e-6}


def test_two_equal_witnesses_of_two_parties_halve_the_variance(archive):
    claim = archive.claim("C01").vary("quantity", **PLAIN)
    small = with_statements(
        archive,
        row(archive, "A", value=None, low=40000.0, high=62500.0, source="us_officials_cnn"),
        row(archive, "B", value=None, low=40000.0, high=62500.0, source="syrskyi"),
    )
    finding = quantity.check(small, claim, claim.parameters("quantity"))
    # No figure is more exact than half a per cent.
    error = math.hypot(math.log(62500 / 40000) / (2 * scales.Z90), 0.005) / math.sqrt(2)
    assert finding.estimate == pytest.approx(50000, rel=1e-3)
    assert finding.interval.low == pytest.approx(50000 * math.exp(-scales.Z90 * error), rel=5e-3)
    normal = lambda z: 0.5 * (1 + math.erf(z / math.sqrt(2)))  # noqa: E731
    expected = normal(math.log(1.2) / error) - normal(math.log(0.8) / error)
    assert finding.probability == pytest.approx(expected, abs=5e-3)


def test_repeats_of_one_origin_change_nothing(archive):
    claim, asked = archive.claim("C01"), archive.claim("C01").parameters("quantity")
    first = row(archive, "A", origin="x")
    other = row(archive, "B", source="syrskyi", value=45000.0)
    repeats = [row(archive, f"R{number}", origin="x") for number in range(20)]
    alone = quantity.check(with_statements(archive, first, other), claim, asked)
    crowd = quantity.check(
        with_statements(archive, first, other, *repeats), claim, claim.parameters("quantity")
    )
    assert crowd.probability == alone.probability
    assert len(crowd.tellers) == len(alone.tellers) == 2


def test_rows_that_are_not_sound_are_no_witnesses_and_a_bound_alone_gives_no_answer(archive):
    rows = [
        row(archive, "A", value=None, high=50000.0),
        row(archive, "B", status="garbled"),
        row(archive, "C", status="unseen"),
        row(archive, "D", status="doubtful"),
    ]
    claim = archive.claim("C01")
    finding = quantity.check(with_statements(archive, *rows), claim, claim.parameters("quantity"))
    assert finding.evidence == ("A",) and set(finding.unused) == {"B", "C", "D"}
    assert finding.probability is None and not finding.enough
    # A second teller's bound on the same side gives none either, one on the other side does.
    for bound, enough in (({"high": 60000.0}, False), ({"low": 40000.0}, True)):
        other = row(archive, "E", value=None, source="syrskyi", **bound)
        both = quantity.check(with_statements(archive, rows[0], other), claim, claim.parameters("quantity"))
        assert both.enough is enough and (both.probability is None) is not enough
        assert len(both.tellers) == 2
    assert verdicts.label(finding) == verdicts.NOT_ENOUGH


def test_a_part_is_completed_by_the_rest_of_its_day(archive):
    part = row(archive, "A", quantity="ru_troops_kursk", value=40000.0)
    rest = row(archive, "B", quantity="nk_troops_in_kursk", value=10000.0)
    day = date(2024, 9, 1)
    then = {"valid_from": day, "valid_to": day, "published": day}
    early = row(archive, "C", quantity="ru_troops_kursk", value=30000.0, **then)
    small = with_statements(archive, part, rest, early)
    told = quantity.witnesses(small, archive.claim("C01").parameters("quantity"))
    assert {one.row.id: round(one.telling.value, -2) for one in told} == {"A": 50000, "C": 30000}
    assert {one.row.id: one.completed_by for one in told} == {"A": ("B",), "C": ()}


def test_whoever_tells_the_whole_is_not_heard_on_its_part_for_the_same_day(archive):
    rows = [row(archive, "A"), row(archive, "B", quantity="ru_troops_kursk", value=40000.0)]
    parameters = archive.claim("C01").parameters("quantity")
    assert [one.row.id for one in quantity.witnesses(with_statements(archive, *rows), parameters)] == ["A"]


def test_older_figures_weigh_less(archive):
    """Of two tellers who differ, the answer lies nearer to the one who speaks of the claimed day."""
    day = date(2024, 9, 1)
    then = {"valid_from": day, "valid_to": day, "published": day, "source": "syrskyi", "value": 30000.0}
    claim = archive.claim("C01").vary("quantity", **{**PLAIN, "drift_factor": 1.0})
    now, old = row(archive, "A", value=50000.0), row(archive, "B", **then)
    same = old.model_copy(update={"valid_from": now.valid_from, "valid_to": now.valid_to})
    far, near = (
        quantity.check(with_statements(archive, now, one), claim, claim.parameters("quantity")).estimate
        for one in (old, same)
    )
    # Of one day they weigh by what is not known of either: a fifth, and the rounding to ten thousands.
    weights = [1 / (0.2**2 + (10000 / math.sqrt(12) / value) ** 2) for value in (30000, 50000)]
    middle = (weights[0] * math.log(30000) + weights[1] * math.log(50000)) / sum(weights)
    assert near == pytest.approx(math.exp(middle), rel=2e-3)
    assert near * 1.05 < far < 50000


def test_relays_of_the_times_report(archive):
    assert len(relaying.first_rows(archive, "NYT-2024-11-10-50k")) == 18
    claim = archive.claim("C02")
    finding = attribution.check(archive, claim, claim.parameters("attribution"))
    assert len(finding.tellers) == 1
    assert finding.weight == pytest.approx(sum(1 / k for k in range(1, len(finding.evidence) + 1)))
    assert "S349" not in finding.evidence  # the relay that turned the withdrawal round


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "almost no chance"),
        (0.05, "almost no chance"),
        (0.06, "very unlikely"),
        (0.2, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.55, "likely"),
        (0.79, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_words_of_likelihood(probability, words):
    assert verdicts.likelihood(probability) == words


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_no_words_for_what_is_no_probability(probability):
    with pytest.raises(ValueError):
        verdicts.likelihood(probability)


days = st.dates(date(2024, 8, 1), date(2025, 6, 30))


@pytest.mark.campaign
@settings(max_examples=60, deadline=None)
@given(day=days, later=st.integers(1, 300), value=st.floats(1000, 500000), repeat=st.booleans())
def test_nothing_published_later_changes_what_was_said_before(archive, day, later, value, repeat):
    published = day + timedelta(days=later)
    added = row(
        archive,
        "Z",
        value=value,
        valid_from=day,
        valid_to=day,
        published=published,
        origin="NYT-2024-11-10-50k" if repeat else "new",
        outlet="New outlet",
    )
    more = with_statements(archive, *archive.statements, added)
    assert verdicts.ledger(more.as_of(day)) == verdicts.ledger(archive.as_of(day))
    assert verdicts.ledger(more) != () and "Z" in more.rows


def test_a_claim_with_a_planned_check_has_no_verdict(archive):
    claim = archive.claim("C01")
    planned = claim.model_copy(update={"checks": (*claim.checks, PlannedCheck(method="trend", question="?"))})
    unchecked = verdicts.verdict(archive, planned)
    assert (unchecked.label, unchecked.probability, unchecked.findings) == (verdicts.NOT_CHECKED, None, ())


def test_every_claim_has_a_verdict_on_both_clocks(archive):
    for seen in (archive, archive.as_of(archive.article.published)):
        ledger = verdicts.ledger(seen)
        assert len(ledger) == 18
        assert verdicts.NOT_CHECKED not in {one.label for one in ledger}


@pytest.mark.long
def test_history_is_the_ledger_of_each_day(archive):
    claim = archive.claim("C01")
    past = history.history(archive, claim, date(2024, 12, 1))
    assert len(past) == (date(2024, 12, 1) - date(2024, 8, 1)).days + 1
    for day in (date(2024, 8, 15), date(2024, 11, 9), date(2024, 11, 12)):
        assert past[(day - date(2024, 8, 1)).days] == verdicts.verdict(archive.as_of(day), claim)


@pytest.mark.long
def test_json_for_other_programs(capsys, archive):
    assert main(["verdicts", "--json", "--as-of", "2024-11-12"]) == 0
    ledger = json.loads(capsys.readouterr().out)
    assert (ledger["as_of"], ledger["vintage"]) == ("2024-11-12", archive.vintage.isoformat())
    first = ledger["verdicts"][0]
    assert {
        "claim",
        "label",
        "probability",
        "interval",
        "likelihood",
        "confidence",
        "tellers",
        "reason",
        "evidence",
    } <= set(first)
    assert set(first["evidence"]) <= set(archive.rows)
