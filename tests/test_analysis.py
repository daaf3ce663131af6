"""What an analyst does with an archive: own rows, what is left out, what moved, why, and a pooled number."""

import copy
import pickle
from datetime import date, datetime

import pandas
import pytest

from utils.analysis import compare, pool, why
from utils.archive import DATA, Archive
from utils.checks import quantity
from utils.evidence.cells import as_day
from utils.evidence.nearest import Named, unknown
from utils.evidence.problems import DataError
from utils.history import histories, history
from utils.robustness import robustness
from utils.verdicts import ledger, two_clocks, verdict

OWN = {
    "id": "X1",
    "quantity": "ru_plus_nk_troops_kursk",
    "value": 20000,
    "valid_from": "2024-11-10",
    "valid_to": "2024-11-10",
    "published": "2024-11-11",
    "source": "isw",
    "access": "count",
}


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive.read(DATA)


@pytest.mark.parametrize("day", ["2024-11-11", date(2024, 11, 11), datetime(2024, 11, 11, 9, 30)])
def test_a_day_may_be_text_date_or_timestamp(archive: Archive, day):
    assert archive.as_of(day) == archive.as_of(pandas.Timestamp(day))
    assert archive.as_of(day).clock == date(2024, 11, 11) and type(archive.as_of(day).clock) is date


@pytest.mark.parametrize(
    ("day", "error"), [("11.11.2024", ValueError), ("2024-13-01", ValueError), (5, TypeError)]
)
def test_what_is_no_day_says_how_one_is_written(day, error):
    with pytest.raises(error, match=r"no day.*20|no day.*YYYY-MM-DD"):
        as_day(day)


def test_an_own_row_is_seen_on_its_day_and_not_before(archive: Archive):
    added = archive.with_rows(OWN)
    for day, seen in (("2024-11-10", False), ("2024-11-11", True), ("2024-12-01", True)):
        assert ("X1" in added.as_of(day).rows) is seen
    assert [row.published for row in added.statements] == sorted(row.published for row in added.statements)
    assert archive.rows.get("X1") is None


def test_rows_of_an_archive_and_of_a_frame_are_taken_alike(archive: Archive):
    frame = pandas.DataFrame([OWN | {"published": pandas.Timestamp("2024-11-11"), "high": float("nan")}])
    one, other = archive.with_rows(OWN), archive.with_rows(*frame.to_dict("records"))
    assert (
        one.statement("X1") == other.statement("X1") == archive.with_rows(one.statement("X1")).statement("X1")
    )
    assert one.statement("X1").origin == "X1" and one.statement("X1").status == "sound"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quantity": "nk_troops_in_rusia"}, "own rows:1 quantity.*did you mean nk_troops_in_russia"),
        ({"source": "iws"}, "own rows:1 source.*isw"),
        ({"id": "S001"}, "own rows:1 id: 'S001', expected an id of its own"),
        ({"published": "2027-01-01"}, r"archive\.as_of\('2027-01-01'\) moves it"),
        ({"published": "2024-11-09"}, "a day not before valid_from 2024-11-10"),
        ({"value": "20.000"}, "own rows:1 value"),
        ({"value": 20000.5}, "a whole number of persons"),
        ({"value": None}, "a number, a bound or a stance"),
        ({"low": 30000}, "at most the value 20000"),
        ({"note_": "?"}, "own rows:1 note_.*no such field"),
        ({"valid_to": None}, "own rows:1 valid_to"),
        ({"origin": "NYT-2024-11-10-50k"}, "an origin has one teller"),
    ],
)
def test_an_own_row_keeps_the_rules_of_a_folder(archive: Archive, changed, said):
    with pytest.raises(DataError, match=said):
        archive.with_rows(OWN | changed)


def test_two_own_rows_are_held_against_each_other(archive: Archive):
    with pytest.raises(DataError, match="own rows:2 id"):
        archive.with_rows(OWN, OWN)
    again = OWN | {"id": "X2", "source": "isw"}
    with pytest.raises(DataError, match="own rows:2 origin: 'X2', expected X1"):
        archive.with_rows(OWN, again)


def test_a_source_of_ones_own_may_tell(archive: Archive):
    mine = archive.sources["isw"].model_copy(update={"id": "mine", "name": "Mine"})
    added = archive.with_rows(OWN | {"source": "mine"}, sources=[mine])
    assert added.teller(added.statement("X1")) == "mine" and "mine" not in archive.sources


def test_what_is_left_out_is_gone_by_row_source_and_event(archive: Archive):
    row, event = archive.statements[5], archive.events[3]
    assert row.id not in archive.without(row.id).rows
    assert event.id not in archive.without(event.id).rows
    left = archive.without("isw")
    assert left.statements and not [one for one in left.statements if one.source == "isw"]
    with pytest.raises(KeyError, match="did you mean"):
        archive.without("S9999")


def test_nothing_moves_between_an_archive_and_itself(archive: Archive):
    told = compare(archive, archive)
    assert (told.claims, told.moved) == (len(archive.claims), ())
    assert str(told) == "0 claims of 18 moved"


def test_what_moved_names_claim_labels_and_rows(archive: Archive):
    added = archive.with_rows(OWN)
    (moved,) = compare(archive, added, [archive.claim("C01")]).moved
    assert moved.claim == "C01" and moved.rows == ("X1",) and moved.checks == ("quantity",)
    assert (moved.before, moved.after) == (verdict(archive, "C01"), verdict(added, "C01"))
    # Every claim that it does not name says the same.
    named = {one.claim for one in compare(archive, added).moved}
    for before, after in zip(ledger(archive), ledger(added), strict=True):
        assert (before.claim in named) or (before.label, before.reason) == (after.label, after.reason)


def test_a_row_that_is_used_says_so_and_another_one_says_why_not(archive: Archive):
    found = verdict(archive, "C01").findings[0]
    assert why(archive, found.evidence[0], "C01").used
    unused = why(archive, next(iter(found.unused)), archive.claim("C01"))
    assert not unused.used and unused.checks[0][1] not in ("", "used")
    assert "is no evidence on C01" in str(unused)
    elsewhere = next(row for row in archive.statements if row.id not in found.considered)
    assert "it asks nothing of" in str(why(archive, elsewhere.id, "C01"))
    for row, claim in (("S9999", "C01"), (found.evidence[0], "C99")):
        with pytest.raises(KeyError, match="did you mean"):
            why(archive, row, claim)


def test_a_pool_is_what_the_check_of_a_claim_pools(archive: Archive):
    claim = archive.claim("C01")
    check = claim.parameters("quantity")
    asked = {name: getattr(check, name) for name in ("part", "rest", "own_origin", "belligerents")}
    told = pool(archive, *check.counts, on=check.on, **asked)
    found = quantity.check(archive, claim, check)
    assert told.middle == pytest.approx(found.estimate)
    assert (told.tellers, told.interval.unit) == (found.tellers, found.interval.unit)


def test_a_pool_of_what_nobody_tells_has_no_middle(archive: Archive):
    silent = archive.without(*{row.source for row in archive.about("nk_killed")})
    told = pool(silent, "nk_killed", on="2025-01-11")
    assert told.middle is None and told.tellers == () and str(told).endswith("by 0 tellers: no figure")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda archive: pool(archive, "nk_kiled", on="2025-01-11"), "nk_killed"),
        (lambda archive: pool(archive, "nk_killed", on="2025-01-11", belligerent=False), "belligerents"),
        (lambda archive: archive.about("nk_troops"), "nk_troops_in_russia"),
        (lambda archive: archive.claim("C1"), "C01|C10|C11"),
        (lambda archive: archive.table("isw"), "isw_area"),
        (lambda archive: two_clocks(archive, "c07"), "C07"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(archive: Archive, call, said):
    with pytest.raises((KeyError, ValueError), match=f"did you mean .*({said})"):
        call(archive)


def test_names_far_from_all_are_answered_with_what_there_is():
    assert unknown("claim", "zzz", ["A", "B"]) == "no claim 'zzz'; there are A, B"
    assert unknown("claim", "zzz", []) == "no claim 'zzz'; there is none"
    assert unknown("table", "", ["areas"]) == "no table ''; there are areas"


def first(archive: Archive) -> str:
    return archive.statements[0].id


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda a: a.claim(7), KeyError, "no claim 7; did you mean C07"),
        (lambda a: a.statement("S01"), KeyError, "did you mean S0"),
        (lambda a: a.rows["S9999"], KeyError, "no statement or event 'S9999'; did you mean"),
        (lambda a: a.sources["iws"], KeyError, "no source 'iws'; did you mean .*isw"),
        (lambda a: a.ground("iws"), KeyError, "no source 'iws'"),
        (lambda a: a.with_rows(OWN).sources["iws"], KeyError, "did you mean .*isw"),
        (lambda a: a.quantities["nk_kiled"], KeyError, "nk_killed"),
        (lambda a: a.about(["nk_killed"]), KeyError, "no quantity .*nk_killed"),
        (lambda a: a.evidence("nk_kiled"), KeyError, "did you mean nk_killed"),
        (lambda a: a.table(3), KeyError, "no table 3; there are"),
        (lambda a: a.table(["isw_area"]), KeyError, "did you mean isw_area"),
        (lambda a: a.daily("isw_aera", "area_km2", {}), KeyError, "did you mean isw_area"),
        (lambda a: a.daily("isw_area", "area", {}), KeyError, "no column of isw_area 'area'; .*area_km2"),
        (lambda a: a.daily("isw_area", "area_km2", {"layr": ["x"]}), KeyError, "did you mean layer"),
        (lambda a: a.daily("isw_area", "area_km2", {}, by="layr"), KeyError, "did you mean layer"),
        (
            lambda a: a.daily("area_by_oblast", "area_km2", {"oblast": ["Sumi"]}),
            DataError,
            "oblast: 'Sumi', expected a value of oblast in the table area_by_oblast; did you mean Sumy",
        ),
        (
            lambda a: a.with_claims(
                a.claim("C05")
                .vary("taken_back_by_isw", where={"layer": ("kursk",)})
                .model_copy(update={"id": "X1"})
            ),
            DataError,
            "own claims:1 X1.*expected a value of layer in the table isw_area",
        ),
        (lambda a: a.tables.maker("isw"), KeyError, "no table 'isw'; did you mean isw_area"),
        (lambda a: a.tables.datasets["isw"], KeyError, "no dataset 'isw'; did you mean isw"),
        (lambda a: a.as_of(pandas.NaT), ValueError, "the day is missing"),
        (lambda a: a.as_of(None), TypeError, "None is no day"),
        (lambda a: a.without(a.statements[0]), KeyError, "no statement, event or source"),
        (lambda a: a.with_rows([OWN]), TypeError, "row 1 is list, expected a statement or a mapping"),
        (lambda a: a.with_rows(pandas.DataFrame([OWN])), TypeError, r"\*frame\.to_dict"),
        (lambda a: verdict("C01", a), TypeError, "the archive comes first; 'C01' is str"),
        (lambda a: verdict(a, 1), TypeError, "a claim or its id comes second; 1 is int"),
        (lambda a: verdict(a, "C1"), KeyError, "did you mean C01"),
        (lambda a: verdict(a, "C03").finding("they_were"), KeyError, "did you mean they_were_there"),
        (lambda a: verdict(a, "C07").reading("Moscow said"), KeyError, "did you mean Moscow said so"),
        (lambda a: verdict(a, "C01").reading("x"), KeyError, "no reading of C01 'x'; there is none"),
        (lambda a: ledger("data"), TypeError, "the archive comes first"),
        (lambda a: two_clocks("C01", a), TypeError, "the archive comes first"),
        (lambda a: history("C01", a), TypeError, "the archive comes first"),
        (lambda a: history(a, "C1"), KeyError, "did you mean C01"),
        (lambda a: histories(a, ["C15"], "2024-08-03")["C51"], KeyError, "did you mean C15"),
        (lambda a: history(a, "C15", "3.8.2024"), ValueError, "no day, expected a day as YYYY-MM-DD"),
        (lambda a: robustness("C01", a), TypeError, "the archive comes first"),
        (lambda a: robustness(a, "C1"), KeyError, "did you mean C01"),
        (lambda a: compare(a, "C01"), TypeError, "the archive comes first"),
        (lambda a: compare(a, a, "C1"), KeyError, "did you mean C01"),
        (lambda a: compare(a, a, ["C01", 5]), TypeError, "5 is int"),
        (lambda a: why(a, "C01", first(a)), KeyError, "no statement 'C01'"),
        (lambda a: why(a, first(a), first(a)), KeyError, "no claim 'S"),
        (lambda a: why("C01", "S001", a), TypeError, "the archive comes first"),
        (lambda a: pool("nk_killed", a, on="2025-01-01"), TypeError, "the archive comes first"),
        (lambda a: pool(a, on="2025-01-01"), ValueError, "counts: .*expected"),
        (lambda a: pool(a, "nk_killed", on="soon"), ValueError, "'soon' is no day"),
        (
            lambda a: pool(a, "nk_killed", on="2025-01-01", belligerents="perhaps"),
            ValueError,
            "belligerents: ",
        ),
        (lambda a: pool(a, "nk_killed", on="2025-01-01", part="nk_kiled", rest="x"), KeyError, "nk_killed"),
        (lambda a: pool(a, "nk_killed", "ua_held_area_kursk_km2", on="2025-01-01"), ValueError, "in km2"),
        (lambda a: a.claim("C01").vary("quantities", tolerance=0.1), KeyError, "did you mean quantity"),
        (lambda a: a.claim("C01").vary("quantity", tolerence=0.1), KeyError, "did you mean tolerance"),
        (
            lambda a: a.claim("C01").vary("quantity", tolerance="much"),
            ValueError,
            "tolerance: 'much', expected",
        ),
        (
            lambda a: a.claim("C01").vary("quantity", part=None),
            ValueError,
            "together: expected part and rest",
        ),
        (lambda a: a.claim("C01").parameters("q"), KeyError, "no check of C01 'q'"),
    ],
)
def test_a_wrong_name_type_or_order_says_what_is_right(archive: Archive, call, error, said):
    with pytest.raises(error, match=said) as told:
        call(archive)
    # In a line or two, and not what a library says to programmers.
    assert len(str(told.value)) < 400 and "pydantic" not in str(told.value)


def test_an_id_or_a_row_stands_for_what_it_names(archive: Archive):
    claim, row = archive.claim("C15"), archive.statements[0]
    assert history(archive, "C15", "2024-08-03") == history(archive, claim, date(2024, 8, 3))
    assert robustness(archive, "C15") == robustness(archive, claim)
    assert compare(archive, archive, "C15") == compare(archive, archive, [claim])
    assert why(archive, row, "C15") == why(archive, row.id, claim)


def test_named_things_are_a_mapping_like_any_other():
    names = Named("thing", [("a", 1), ("b", 2)])
    assert names == {"a": 1, "b": 2} and names.get("c") is None and "c" not in names
    assert pickle.loads(pickle.dumps(names)) == names == copy.copy(names)
    with pytest.raises(KeyError, match="no thing 'ab'; did you mean"):
        pickle.loads(pickle.dumps(names))["ab"]
