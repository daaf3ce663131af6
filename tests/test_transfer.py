"""Moves of icons between two maps made by hand, with answers worked out by hand."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from shown import Shown

from utils import verdicts
from utils.archive import Archive
from utils.checks import icons, stays, transfer
from utils.checks.transfer import TransferCheck
from utils.evidence.claims import Claim

BEFORE, ON = date(2024, 8, 5), date(2024, 11, 10)


def posted(*rows):
    """A row is unit, oblast, first and last day seen, as texts without the year."""
    frame = pandas.DataFrame(rows, columns=["unit", "oblast", "first_seen", "last_seen"])
    for name in ("first_seen", "last_seen"):
        frame[name] = pandas.to_datetime("2024-" + frame[name])
    return frame


def moved(unit, start, end, on="09-01"):
    last = (pandas.Timestamp(f"2024-{on}") - timedelta(days=1)).strftime("%m-%d")
    return (unit, start, "06-25", last), (unit, end, on, "12-31")


def stayed(unit, oblast):
    return (unit, oblast, "06-25", "12-31")


def asked(asks="none_moved", **changes):
    plain = {"method": "transfer", "table": "unit_postings", "asks": asks, "before": BEFORE, "on": ON}
    plain |= {"to": "Goal", "sources": ("East", "South"), "main": ("East",)}
    return TransferCheck.model_validate({**plain, **changes})


def found(archive, rows, parameters):
    shown = replace(archive, tables=Shown(posted(*rows)))
    return transfer.check(shown, shown.claim("C11"), parameters)


def test_a_unit_stands_where_a_stay_covers_the_day_or_else_lies_nearest():
    frame = posted(
        ("covered", "East", "08-01", "08-05"),
        ("covered", "Goal", "08-06", "09-01"),
        ("seven days before", "East", "07-01", "07-29"),
        ("eight days before", "East", "07-01", "07-28"),
        ("seven days after", "South", "08-12", "09-01"),
        ("nearer after", "East", "07-01", "08-01"),
        ("nearer after", "South", "08-07", "09-01"),
        ("equally near", "East", "07-01", "08-03"),
        ("equally near", "South", "08-07", "09-01"),
    )
    assert stays.positions(frame, BEFORE, 7).to_dict() == {
        "covered": "East",
        "seven days before": "East",
        "seven days after": "South",
        "nearer after": "South",
        "equally near": "East",
    }
    assert set(stays.positions(frame, BEFORE, 0).index) == {"covered"}


MAP = (
    *moved("A", "East", "Goal"),
    *moved("B", "East", "Goal"),
    *moved("C", "South", "Goal"),
    *moved("D", "South", "East"),
    *moved("E", "Behind", "Goal"),
    stayed("F", "Goal"),
    stayed("G", "East"),
    ("new", "East", "10-01", "12-31"),
    ("gone", "East", "06-25", "09-30"),
    ("new there", "Goal", "10-01", "12-31"),
)


def test_moves_and_flows_worked_out_by_hand():
    frame = posted(*MAP)
    assert stays.moves(frame, BEFORE, ON, 7).to_dict("list") == {
        "unit": ["A", "B", "C", "D", "E"],
        "from": ["East", "East", "South", "South", "Behind"],
        "to": ["Goal", "Goal", "Goal", "East", "Goal"],
    }
    flows = stays.flows(frame, BEFORE, ON, 7)
    columns = ["before", "on", "departures", "arrivals", "net", "appeared", "vanished"]
    assert list(flows.columns) == columns and list(flows.index) == ["South", "Behind", "East", "Goal"]
    assert flows.loc["East"].tolist() == [4, 3, 2, 1, -1, 1, 1]
    assert flows.loc["Goal"].tolist() == [1, 6, 0, 4, 4, 1, 0]
    assert flows["net"].sum() == 0
    assert (flows["on"] - flows["before"] == flows["net"] + flows["appeared"] - flows["vanished"]).all()


def none_moved(moved_units, units, wrong, prior):
    """The probability by hand: none against all shares alike, summed over a fine grid of shares."""

    def chance(share):
        return math.comb(units, moved_units) * share**moved_units * (1 - share) ** (units - moved_units)

    steps = [(place + 0.5) / 20_000 for place in range(20_000)]
    some = sum(chance(step + (1 - step) * wrong) for step in steps) / len(steps)
    return prior * chance(wrong) / (prior * chance(wrong) + (1 - prior) * some)


def test_moves_beyond_the_errors_of_the_map_are_found(archive):
    # Five units of the goal can be placed on both days; three of them stood in the sources.
    finding = found(archive, MAP, asked(wrong_share=0.1))
    assert finding.probability == pytest.approx(none_moved(3, 5, 0.1, 0.5), abs=1e-6)
    assert finding.estimate == pytest.approx(0.6) and finding.enough
    assert 0 < finding.interval.low < 0.6 < finding.interval.high
    assert verdicts.label(finding) == verdicts.REFUTED and finding.direction == "against"
    assert (finding.weight, finding.outside_tellers) == (1.0, 0)


def test_one_move_in_many_may_be_an_error_of_the_map_and_none_is_no_proof(archive):
    still = [stayed(name, "Goal") for name in "PQRSTUVWXY"]
    one = found(archive, [*moved("A", "East", "Goal"), *still], asked())
    assert one.probability == pytest.approx(none_moved(1, 11, 0.05, 0.5), abs=1e-6)
    assert one.interval.low == 0 < one.interval.high
    none = found(archive, still, asked())
    assert (
        none.probability == pytest.approx(none_moved(0, 10, 0.05, 0.5), abs=1e-6) and none.probability < 0.95
    )
    assert none.interval.low == 0 < none.interval.high
    doubted = found(archive, still, asked(prior=0.2))
    assert doubted.probability == pytest.approx(none_moved(0, 10, 0.05, 0.2), abs=1e-6)
    assert found(archive, [*moved("A", "Behind", "Goal"), *still], asked()).estimate == 0.0


def test_few_units_are_not_enough_and_an_unknown_past_is_no_past(archive):
    four = [row for name in "ABCD" for row in moved(name, "East", "Goal")]
    unknown = [(name, "Goal", "10-01", "12-31") for name in "PQR"]
    few = found(archive, [*four, *unknown], asked())
    assert few.estimate == 1.0 and not few.enough and verdicts.label(few) == verdicts.NOT_ENOUGH
    assert few.probability is None and few.direction is None
    none = found(archive, unknown, asked())
    assert none.probability is None and none.interval is None and len(none.tellers) == 0
    assert found(archive, unknown, asked("not_thinned")).probability is None


def leaving(departures, arrivals):
    rows = [stayed(f"still {number}", "East") for number in range(10)]
    rows += [row for number in range(departures) for row in moved(f"out {number}", "East", "Goal")]
    return rows + [row for number in range(arrivals) for row in moved(f"in {number}", "South", "East")]


def test_a_thinned_oblast_is_found_and_one_in_which_nothing_moved_was_hardly_thinned(archive):
    narrow = asked("not_thinned")
    thinned = found(archive, leaving(3, 0), narrow)
    assert thinned.estimate == -3.0 and verdicts.label(thinned) == verdicts.REFUTED
    assert thinned.interval.high < 0
    for arrivals in (0, 4):
        kept = found(archive, leaving(0, arrivals), narrow)
        assert verdicts.label(kept) == verdicts.SUPPORTED and kept.probability < 1
        assert kept.interval.low <= arrivals <= kept.interval.high
    even = found(archive, leaving(2, 2), narrow)
    assert even.probability > 0.5 and even.estimate == 0.0
    assert even.interval.low == -even.interval.high


def test_the_net_of_two_units_worked_out_by_hand():
    # The map errs in one of ten icons. Where one of two units is shown to have left, none did with the
    # weight 2 · 0.1 · 0.9, one with 0.9 · 0.9 + 0.1 · 0.1, both with 2 · 0.9 · 0.1. Where none is shown to
    # have come, none did with 0.81, one with 0.09 and both with 0.01.
    left = [0.18, 0.82, 0.18]
    came = [0.81, 0.09, 0.01]
    pairs = [(a, d, came[a] * left[d] / sum(came) / sum(left)) for a in range(3) for d in range(3)]
    answer = icons.net(0, 1, 2, 0.1)
    assert answer.kept == pytest.approx(sum(chance for a, d, chance in pairs if a >= d))
    assert (answer.low, answer.high) == (-2, 0)


@settings(max_examples=60, deadline=None)
@given(
    units=st.integers(8, 120),
    wrong=st.floats(0.001, 0.3),
    prior=st.floats(0.05, 0.95),
    data=st.data(),
)
def test_no_unit_more_or_less_makes_a_step(units, wrong, prior, data):
    """Counts and the share of wrong icons move the answers a little, and the right way.

    A chance of none moves by less than eight tenths of one over the root of the units, a net by a twentieth;
    a search over all that is drawn here found seven tenths at most, with nine units, and 0.03.
    """
    shown = data.draw(st.integers(0, units))
    here, there = (icons.origins(shown, count, wrong, prior) for count in (units, units + 1))
    assert abs(here.none - there.none) < 0.8 / math.sqrt(units) and here.none <= there.none + 1e-9
    assert 0 <= here.low <= here.high <= 1
    if shown < units:
        assert icons.origins(shown + 1, units, wrong, prior).none <= here.none + 1e-9
    departures, arrivals = (data.draw(st.integers(0, units // 3)) for _ in range(2))
    kept, of_more, worse = (
        icons.net(arrivals, out, count, wrong)
        for out, count in ((departures, units), (departures, units + 1), (departures + 1, units))
    )
    assert abs(kept.kept - of_more.kept) < 0.05
    assert worse.kept <= kept.kept + 1e-9
    assert kept.low <= kept.high and 0 <= kept.kept <= 1
    mirrored = icons.net(departures, arrivals, units, wrong)
    assert (mirrored.low, mirrored.high) == (-kept.high, -kept.low)


def test_thousands_of_units_are_judged_as_a_few_are():
    # None of n is shown to have moved, which is rounded to nothing for each hypothesis: if a share moved, all
    # shares being alike, it is one of n + 1 times as likely as if none did.
    for units in (8, 109, 3_000, 20_000):
        found = icons.origins(0, units, 0.3, 0.5)
        assert found.none == pytest.approx((units + 1) / (units + 2)) and 0 == found.low < found.high < 0.4
    shown = icons.origins(1_500, 3_000, 0.01, 0.5)
    assert shown.none == 0 and shown.low == pytest.approx(0.48, abs=0.01) and shown.high < 0.52
    # Of so many nothing but the errors is left, each way alike.
    few, many = (icons.net(0, 0, units, 0.3) for units in (300, 3_000))
    assert (few.low, few.high) == (many.low, many.high) == (-3, 3)
    assert many.kept == pytest.approx(few.kept) == pytest.approx(0.7)


def test_one_of_nineteen_and_one_of_twenty_are_nearly_the_same():
    nineteen, twenty = (icons.net(0, 1, units, 0.05).kept for units in (19, 20))
    assert twenty == pytest.approx(nineteen, abs=0.02)


def test_moves_within_the_main_oblasts_and_new_icons_do_not_count_unless_asked(archive):
    rows = [*leaving(1, 0), *moved("within", "South", "East"), ("new", "East", "10-01", "12-31")]
    assert found(archive, rows, asked("not_thinned", main=("East", "South"))).estimate == -1.0
    assert found(archive, rows, asked("not_thinned", main=("East", "South"), new_icons=True)).estimate == 0.0


def test_a_move_shown_later_is_not_known_before(folder):
    lines = [f"{name},Goal,2024-06-25,2024-12-31" for name in "PQRS"]
    lines += ["A,East,2024-06-25,2024-11-11", "A,Goal,2024-11-12,2024-12-31"]
    table = folder / "tables" / "unit_postings.csv"
    table.write_text("\n".join(["unit,oblast,first_seen,last_seen", *sorted(lines)]) + "\n")
    archive = Archive.read(folder)
    claim, parameters = archive.claim("C11"), asked(on=date(2024, 11, 14))
    # The map of 12 November is public on the 13th; until then A is known where it stood last.
    seen = {day: transfer.check(archive.as_of(date(2024, 11, day)), claim, parameters) for day in (12, 13)}
    assert (seen[12].estimate, seen[13].estimate) == (0.0, 0.2)
    assert not seen[12].enough and seen[13].enough
    assert transfer.check(archive.as_of(date(2024, 9, 1)), claim, parameters).probability is None


@pytest.mark.parametrize(
    "changes",
    [
        {"before": ON},
        {"to": None},
        {"sources": ()},
        {"sources": ("East", "Goal")},
        {"asks": "not_thinned", "main": ()},
        {"wrong_share": 0.0},
        {"prior": 0.0},
        {"prior": 1.0},
        {"slack_days": -1},
        {"asks": "moved"},
    ],
)
def test_wrong_parameters_of_a_transfer_are_refused(changes):
    with pytest.raises(ValidationError):
        asked(**changes)


def test_a_claims_file_may_ask_for_both_readings(archive):
    plain = archive.claim("C11").model_dump(mode="json", exclude={"checks"})
    checks = [asked(name="wide"), asked("not_thinned", name="narrow")]
    claim = Claim.model_validate({**plain, "checks": [check.model_dump(mode="json") for check in checks]})
    assert [check.key for check in claim.built] == ["wide", "narrow"]
    assert [one.method for one in verdicts.verdict(archive, claim).findings] == ["transfer"] * 2
