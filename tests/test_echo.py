"""Relays, lives and agreements of figures on hand-made rows, with answers worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from utils import figures, verdicts
from utils.charts import echo as charts
from utils.essays import coincidence, echo


def row(archive, name, day, *, origin="O", value=4000.0, **cells):
    """A sound row with a number, told by London about one day."""
    plain = {
        "id": name,
        "origin": origin,
        "outlet": name,
        "url": f"https://example.org/{name}",
        "value": value,
        "low": None,
        "high": None,
    }
    plain |= {"valid_from": day, "valid_to": day, "published": day, "stance": None, "status": "sound"}
    plain |= {"quantity": "nk_casualties", "source": "uk_mod", "access": "official", "note": None}
    return archive.rows["S085"].model_copy(update={**plain, **cells})


def holding(archive, *rows):
    known = tuple(sorted(rows, key=lambda one: (one.published, one.id)))
    return replace(archive, statements=known, clock=date(2026, 1, 1))


FIRST, LATER, LAST = date(2025, 1, 10), date(2025, 1, 20), date(2025, 4, 20)


def test_a_row_that_gives_the_same_again_is_a_relay_and_another_number_is_not(archive):
    small = holding(
        archive,
        row(archive, "A", FIRST),
        row(archive, "B", LATER),
        row(archive, "C", LATER, value=4500.0),
        row(archive, "D", LATER, origin="P"),
    )
    repeats = {one.row.id: one.repeats and one.repeats.id for one in echo.tellings(small)}
    assert repeats == {"A": None, "B": "A", "C": None, "D": None}


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        ({}, None),
        ({"low": 4000.0}, "bound"),
        ({"value": None, "high": 4000.0}, "bound"),
        ({"quantity": "nk_killed"}, "meaning"),
        ({"quantity": "nk_killed", "value": None, "high": 4000.0, "status": "garbled"}, "garbled"),
    ],
)
def test_what_became_of_a_relayed_figure(archive, cells, change):
    small = holding(archive, row(archive, "A", FIRST), row(archive, "B", LATER, **cells))
    relay = echo.tellings(small)[1]
    assert (relay.repeats.id, relay.change) == ("A", change)


def test_one_page_may_give_one_number_for_two_things(archive):
    page = {"url": "https://example.org/page"}
    killed = row(archive, "B", FIRST, quantity="nk_killed", **page)
    small = holding(archive, row(archive, "A", FIRST, **page), killed)
    assert [one.repeats for one in echo.tellings(small)] == [None, None]


def test_a_range_is_kept_whatever_its_middle_is_said_to_be(archive):
    ends = {"low": 1000.0, "high": 1500.0}
    rows = [row(archive, "A", FIRST, value=1300.0, **ends), row(archive, "B", LATER, value=1250.0, **ends)]
    relay = echo.tellings(holding(archive, *rows))[1]
    assert (relay.repeats.id, relay.change) == ("A", None)


def test_two_figures_of_one_briefing_that_share_a_bound_are_two_first_tellings(archive):
    other = {"quantity": "nk_second_deployment", "value": None, "low": 3000.0, "high": 4000.0}
    small = holding(archive, row(archive, "A", FIRST, **other), row(archive, "B", LATER))
    assert [one.repeats for one in echo.tellings(small)] == [None, None]


def test_a_stance_is_repeated_by_the_same_stance_only(archive):
    said = {"value": None, "quantity": "nk_combat_confirmed"}
    small = holding(
        archive,
        row(archive, "A", FIRST, stance="affirms", **said),
        row(archive, "B", LATER, stance="denies", **said),
        row(archive, "C", LAST, stance="affirms", **said),
    )
    assert [one.repeats and one.repeats.id for one in echo.tellings(small)] == [None, None, "A"]


def test_a_garbled_stance_goes_back_to_the_row_on_its_quantity(archive):
    said = {"value": None, "quantity": "nk_combat_confirmed"}
    small = holding(
        archive,
        row(archive, "A", FIRST),
        row(archive, "B", LATER, stance="affirms", **said),
        row(archive, "C", LAST, stance="denies", status="garbled", **said),
    )
    last = echo.tellings(small)[2]
    assert (last.repeats.id, last.change) == ("B", "garbled")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({}, "4,000"),
        ({"low": 4000.0}, "at least 4,000"),
        ({"value": None, "high": 4500.0}, "at most 4,500"),
        ({"low": 3000.0, "high": 4500.0}, "4,000 (3,000 to 4,500)"),
        ({"value": None, "stance": "affirms"}, "no number"),
    ],
)
def test_a_label_tells_the_bounds_of_a_row(archive, cells, words):
    assert charts.label(archive, row(archive, "A", FIRST, **cells)).endswith(f": {words}")


def test_first_tellings_and_relays_by_party_add_up(archive):
    told = echo.tellings(archive)
    counts = echo.of_party(archive, told)
    assert sum(map(sum, counts.values())) == len(archive.statements) == len(told)
    assert sum(relays for _, relays in counts.values()) == sum(one.repeats is not None for one in told)
    assert list(counts) == sorted(counts, key=lambda party: -sum(counts[party]))


def life(archive, *rows):
    small = holding(archive, *rows)
    (only,) = echo.lives(small, echo.tellings(small))
    return only


def test_a_figure_lives_until_its_last_relay(archive):
    bound = row(archive, "C", LAST, low=4000.0)
    found = life(archive, row(archive, "A", FIRST), row(archive, "B", LATER), bound)
    assert (found.first.id, found.last.id, found.relays, found.days) == ("A", "C", 2, 100)
    assert found.newer is None


@pytest.mark.parametrize(
    ("cells", "newer"),
    [
        ({}, "N"),
        ({"source": "nis"}, None),
        ({"quantity": "nk_killed"}, None),
        ({"status": "doubtful"}, None),
        ({"value": None, "high": 6000.0}, None),
        ({"valid_from": date(2025, 1, 1), "valid_to": date(2025, 1, 1)}, None),
        ({"published": date(2025, 5, 1)}, None),
    ],
)
def test_a_figure_is_out_of_date_once_its_teller_has_a_newer_one(archive, cells, newer):
    other = row(archive, "N", date(2025, 2, 1), **{"origin": "P", "value": 6000.0, **cells})
    found = life(archive, row(archive, "A", FIRST), other, row(archive, "C", LAST))
    assert (found.newer and found.newer.id) == newer


def test_a_relay_of_a_relay_belongs_to_the_figure_at_its_beginning(archive):
    rows = [
        row(archive, "A", FIRST),
        row(archive, "B", LATER, quantity="nk_killed"),
        row(archive, "C", LAST, quantity="nk_killed"),
    ]
    found = life(archive, *rows)
    assert (found.first.id, found.last.id, found.relays) == ("A", "C", 2)


def test_tellers_agree_on_the_same_number_of_the_same_quantity(archive):
    rows = [
        row(archive, "A", FIRST),
        row(archive, "B", LATER, source="nis", origin="P"),
        row(archive, "C", LAST, source="nis", origin="Q"),
        row(archive, "D", LAST, source="gur", origin="R", value=4001.0),
        row(archive, "E", LAST, source="gur", origin="R", quantity="nk_killed"),
        row(archive, "F", LAST, source="gur", origin="R", status="doubtful"),
    ]
    (only,) = echo.agreements(holding(archive, *rows))
    assert [one.id for one in only.rows] == ["A", "B"]
    assert (only.value, only.tellers, only.days) == (4000.0, ("uk_mod", "nis"), 10)


def test_a_spokesman_does_not_agree_with_the_one_he_speaks_for(archive):
    """Together they are one witness, who agrees with nobody."""
    speaker = archive.sources["nis"].model_copy(update={"speaks_for": "uk_mod", "derived_from": None})
    small = holding(archive, row(archive, "A", FIRST), row(archive, "B", LATER, source="nis", origin="P"))
    assert len(echo.agreements(small)) == 1
    assert echo.agreements(replace(small, sources={**archive.sources, "nis": speaker})) == ()


def test_tellers_who_agree_are_taken_for_one_through_a_third_too(archive):
    def agreement(*tellers):
        return echo.Agreement("nk_casualties", 4000.0, tellers, ())

    found = [agreement("A", "B"), agreement("B", "C"), agreement("D", "X")]
    assert echo.folded("ABCDE", found) == 3
    assert echo.folded("ABCDE", []) == 5
    assert echo.folded("", found) == 0


def test_each_telling_is_left_out_in_turn_and_alone(archive):
    claim, origins = archive.claim("C02"), ("NYT-2024-11-10-50k", "CNN-2024-11-10-tens")
    without = echo.left_out(archive, claim, origins)
    whole = verdicts.verdict(archive, claim)
    assert tuple(without) == origins
    assert (without[origins[0]].tellers, without[origins[0]].label) == (0, verdicts.NOT_ENOUGH)
    assert without[origins[1]].probability == whole.probability


@pytest.mark.parametrize(
    ("value", "digits"), [(50000, 1), (11000, 2), (1271, 4), (790000, 2), (0.5, 1), (3500, 2), (10, 1)]
)
def test_significant_digits(value, digits):
    assert coincidence.significant_digits(value) == digits


def test_coincidences_count_close_pairs_of_different_origins(archive):
    rows = [
        row(archive, "A", FIRST, value=11000.0),
        row(archive, "B", LATER, origin="P", value=11000.0),
        row(archive, "C", LATER, origin="Q", value=12000.0),
        row(archive, "D", LAST, origin="R", value=11000.0, quantity="nk_killed"),
        row(archive, "E", LAST, origin="R", value=90000.0),
    ]
    table = coincidence.coincidences(holding(archive, *rows)).set_index("about")
    # A-B, A-C and B-C count the same thing; A-D, B-D and C-D do not; E is far from all of them.
    assert table.loc["the same thing", ["digits", "pairs", "equal"]].tolist() == [2, 3, 1]
    assert table.loc["different things", ["digits", "pairs", "equal"]].tolist() == [2, 3, 2]
    assert table.share.tolist() == pytest.approx([2 / 3, 1 / 3])


def test_a_number_that_many_tell_can_be_left_out_of_the_coincidences(archive):
    rows = [
        row(archive, "A", FIRST, value=11000.0),
        row(archive, "B", LATER, origin="P", value=11000.0, source="nis"),
        row(archive, "C", LATER, origin="Q", value=12000.0),
        row(archive, "D", LAST, origin="R", value=12000.0, quantity="nk_killed"),
        row(archive, "E", LAST, origin="S", value=11000.0, quantity="nk_killed"),
    ]
    small = holding(archive, *rows)
    (most,) = echo.agreements(small)
    table = coincidence.coincidences(small, without=most)
    # Only C, D and E remain, and D and E count the same thing.
    assert table[["about", "pairs", "equal"]].to_numpy().tolist() == [
        ["different things", 2, 1],
        ["the same thing", 1, 0],
    ]


def test_what_a_reader_counts_is_never_less_than_what_the_rows_hold(archive):
    for verdict in verdicts.ledger(archive):
        counted = echo.witnesses(archive, verdict)
        assert counted.outlets <= counted.rows
        assert counted.outside <= counted.tellers
        tables = {name for one in verdict.findings for name in one.tables}
        assert counted.tellings <= counted.rows + len(tables)


def test_tellers_outside_the_war_are_those_that_the_check_itself_counts(archive):
    """An attribution counts outlets, which are no tellers; every other check counts as this page does."""
    for verdict in verdicts.ledger(archive):
        for finding in verdict.findings:
            if finding.method != "attribution":
                alone = replace(verdict, findings=(finding,))
                assert echo.witnesses(archive, alone).outside == finding.outside_tellers, finding.name


def test_the_witnesses_of_a_claim_that_rests_on_one_telling(archive):
    counted = echo.witnesses(archive, verdicts.verdict(archive, archive.claim("C02")))
    rows = archive.origin("NYT-2024-11-10-50k")
    assert counted.rows == len(rows)
    assert counted.outlets == len({one.outlet for one in rows})
    # Half of the officials behind it speak for a warring party, so none is outside.
    assert (counted.tellings, counted.tellers, counted.outside) == (1, 1, 0)


def test_a_map_by_a_teller_outside_the_war_is_one_outside_witness(archive):
    verdict = verdicts.verdict(archive, archive.claim("C12"))
    counted = echo.witnesses(archive, verdict)
    assert not verdict.evidence and (counted.tellers, counted.outside) == (2, 1)


def lines(draw, archive, *arguments):
    _, axes = figures.new()
    draw(axes, archive, *arguments)
    return axes


def test_every_outlet_of_an_origin_has_a_ray_and_a_changed_telling_a_cross(archive):
    small = holding(
        archive,
        row(archive, "A", FIRST),
        row(archive, "B", LATER),
        row(archive, "C", LAST, quantity="nk_killed"),
        row(archive, "D", LAST, origin="P", value=1.0),
    )
    told = echo.tellings(small)
    origins = {"O": told[:3], "P": told[3:]}
    axes = lines(charts.sky, small, origins)
    assert [len(one.get_segments()) for one in axes.collections] == [3]
    assert [line.get_marker() for line in axes.lines].count("X") == 1
    assert len(axes.lines) == 3 + 2


def test_agreeing_tellers_carry_the_days_since_the_first(archive):
    rows = (row(archive, "A", FIRST), row(archive, "B", LAST, source="nis", origin="P"))
    one = echo.Agreement("nk_casualties", 4000.0, ("uk_mod", "nis"), rows)
    axes = lines(charts.agreement_lines, holding(archive, *rows), [one])
    assert [words.get_text() for words in axes.texts] == ["+100"]
