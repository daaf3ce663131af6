"""The messages for the commonest slips: what, where, how it would be right, the likeliest cause first."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slips import SLIPS, Slip

from utils.archive import Archive
from utils.evidence import new
from utils.evidence.problems import DataError
from utils.evidence.spelling import meant_days, meant_number


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "next"
    new.write(folder)
    return folder


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_the_first_message_says_what_where_and_how(begun, slip: Slip):
    path = begun / slip.file
    sound = path.read_bytes()
    path.write_bytes(slip.done(sound))
    try:
        with pytest.raises(DataError) as told:
            Archive.read(begun)
    finally:
        path.write_bytes(sound)
    first, *others = map(str, told.value.problems)
    assert first.startswith(f"{slip.file}:") and " expected " in first
    assert [part for part in slip.said if part not in first] == [], first
    # One slip has a handful of messages at most, and none speaks of the program's own parts.
    assert len(others) <= 4, others
    assert not any(word in one for one in (first, *others) for word in ("Tuple", "Keys should", "validation"))


def test_there_are_forty_or_more_and_each_is_another():
    assert len({slip.name for slip in SLIPS}) == len(SLIPS) >= 40


def test_what_excel_puts_beside_an_open_sheet_is_left_aside(begun, tmp_path):
    folder = Path(shutil.copytree(begun, tmp_path / "own"))
    for name in ("~$statements.csv", ".~lock.statements.csv#", "Thumbs.db", ".DS_Store"):
        (folder / name).write_bytes(b"\x05person\x00")
    assert Archive.read(folder).claims


def test_a_mark_of_the_order_of_bytes_and_lines_of_windows_are_no_slip(begun, tmp_path):
    folder = Path(shutil.copytree(begun, tmp_path / "own"))
    for path in (*folder.glob("*.csv"), *folder.glob("*.yaml")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert Archive.read(folder).statements == Archive.read(begun).statements


@given(st.dates(date(1955, 1, 1), date(2110, 1, 1)))
def test_a_day_in_any_order_is_among_those_that_are_meant(day):
    for told in (
        *(f"{day:%d.%m.%Y}", f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"),
        *(f"{day.year}/{day.month}/{day.day}", f"{day:%Y-%m-%d} 12:30", f"{day.day} {day:%B} {day.year}"),
        f"{(day - date(1899, 12, 30)) // timedelta(days=1)}",
    ):
        assert str(day) in meant_days(told), told


@pytest.mark.parametrize("value", ["a lot", "12 of 40", "1.2.3 km", "$", "32.13.2020 or so"])
def test_nothing_is_suggested_where_none_can_tell(value):
    assert meant_number(value) == "" and meant_days(value) == ""
