"""Events by the million: what is counted, told apart, refused and reported, on files of three shapes."""

import gzip
import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import events
import pandas
import pytest

from utils.__main__ import main
from utils.evidence.datasets import Correction, CorrectionOutdated
from utils.incidents import comparing, mapping, reading, run

SHIPPED = tuple(mapping.shipped())
VIINA = mapping.load("viina")
PLAIN = mapping.Mapping(moment="day", longitude="lon", latitude="lat", tags="kind", same=("id",))


def counts(*paths: Path, how: mapping.Mapping = PLAIN, **options) -> run.Counts:
    return run.count(paths, how, events.AREAS, **options)


def by_key(table: pandas.DataFrame) -> Counter[tuple[str, str, str]]:
    return Counter({tuple(key): many for *key, many in table.itertuples(index=False, name=None)})


def file(tmp_path: Path, *lines: str, name: str = "events.csv", header: str = "id,day,lon,lat,kind") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_generated_events_are_counted_as_one_by_one(tmp_path, name):
    how = mapping.load(name)
    rows = events.generated(name, how, 3000)
    path = events.written(tmp_path / "events.csv", rows, how)
    expected, wrong = events.expected(rows, how)
    got = counts(path, how=how)
    assert by_key(got.table) == expected and len(wrong) == 5
    assert {one.reason: one.rows for one in got.wrong} == wrong
    assert got.read == len(rows) and got.repeated > 0
    assert got.counted == sum(many for (_, _, tag), many in expected.items() if tag == "any")


@pytest.mark.parametrize("written", ["Europe/Kyiv", "America/New_York", "UTC"])
@pytest.mark.parametrize("counted", ["Europe/Kyiv", "Asia/Kathmandu", "UTC"])
@pytest.mark.long
def test_days_are_those_of_the_zone_also_where_clocks_change(tmp_path, written, counted):
    how = VIINA.model_copy(update={"written_in": written, "counted_in": counted})
    rows = events.generated("viina", how, 1500)
    got = counts(events.written(tmp_path / "events.csv", rows, how), how=how)
    assert by_key(got.table) == events.expected(rows, how)[0]


def test_a_moment_that_tells_its_offset_is_moved_by_it(tmp_path):
    spelled = {"format": "%Y-%m-%dT%H:%M:%S%z", "counted_in": "Europe/Kyiv"}
    how = mapping.Mapping.model_validate(VIINA.model_dump() | spelled)
    rows = events.generated("viina", how, 1500)
    got = counts(events.written(tmp_path / "events.csv", rows, how), how=how)
    assert by_key(got.table) == events.expected(rows, how)[0]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # In Kyiv clocks go from three to four on 31 March, and from four to three on 27 October 2024.
        ("2024-03-30 22:00:00", "2024-03-31"),
        ("2024-03-31 20:59:59", "2024-03-31"),
        ("2024-03-31 21:00:00", "2024-04-01"),
        ("2024-10-26 21:00:00", "2024-10-27"),
        ("2024-10-27 21:59:59", "2024-10-27"),
        ("2024-10-27 22:00:00", "2024-10-28"),
    ],
)
@pytest.mark.long
def test_a_night_in_which_clocks_change_has_its_own_end(tmp_path, moment, day):
    how = PLAIN.model_copy(
        update={"format": "%Y-%m-%d %H:%M:%S", "written_in": "UTC", "counted_in": "Europe/Kyiv"}
    )
    assert set(counts(file(tmp_path, f"1,{moment},30.5,48.5,x"), how=how).table["date"]) == {day}


@pytest.mark.parametrize(
    ("lon", "lat", "area"),
    [
        ("31", "48.5", "East"),
        ("31", "48", "East"),
        ("30", "48", "West"),
        ("30.999999", "48.5", "West"),
        ("32.000001", "48.5", "elsewhere"),
        ("32.0000001", "48.5", "East"),
    ],
)
@pytest.mark.long
def test_a_point_on_a_border_is_of_the_first_area_by_name(tmp_path, lon, lat, area):
    assert set(counts(file(tmp_path, f"1,2024-11-10,{lon},{lat},x")).table["area"]) == {area}


@pytest.mark.long
def test_many_files_give_what_one_gives_in_any_order_and_the_same_bytes(tmp_path):
    rows = events.generated("viina", VIINA, 2000)
    whole = events.written(tmp_path / "whole.csv", rows, VIINA)
    parts = tmp_path / "parts"
    parts.mkdir()
    for place in range(0, len(rows), 100):
        events.written(parts / f"{place:05d}.csv", rows[place : place + 100], VIINA)
    paths = reading.files([parts])
    told = []
    first = counts(*paths, how=VIINA, done=told.append)
    assert told == paths and len(paths) > 20
    for other in (counts(whole, how=VIINA), counts(*reversed(paths), how=VIINA)):
        assert other.table.to_csv() == first.table.to_csv()
        assert (other.read, other.repeated, other.wrong, other.unknown) == (
            first.read, first.repeated, first.wrong, first.unknown
        )  # fmt: skip


@pytest.mark.long
def test_text_compressed_text_and_parquet_give_the_same(tmp_path):
    rows = events.generated("acled", mapping.load("acled"), 1000)
    how = mapping.load("acled")
    plain = events.written(tmp_path / "events.csv", rows, how)
    packed = tmp_path / "events.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    pandas.DataFrame(rows).to_parquet(tmp_path / "events.parquet")
    expected = counts(plain, how=how)
    for other in (packed, tmp_path / "events.parquet"):
        got = counts(other, how=how)
        assert got.table.equals(expected.table) and got.wrong == expected.wrong


@pytest.mark.parametrize(
    "days",
    [
        [date(2024, 11, 10), date(2024, 11, 10), date(2024, 11, 11), None],
        pandas.to_datetime(["2024-11-10 00:00", "2024-11-10 00:00", "2024-11-11 23:59", None]),
        pandas.array([20241110, 20241110, 20241111, None], dtype="Int64"),
    ],
)
def test_parquet_has_days_and_numbers_of_its_own(tmp_path, days):
    frame = pandas.DataFrame(
        {"id": [1, 2, 3, 4], "day": days, "lon": [30.5, float("nan"), 31.5, 1], "lat": [48.5, 1, 48.5, 1],
         "kind": [7, 7, 8, 9]}
    )  # fmt: skip
    frame.to_parquet(tmp_path / "t.parquet")
    how = PLAIN.model_copy(update={"format": "%Y%m%d"})
    got = counts(tmp_path / "t.parquet", how=how)
    assert by_key(got.table) == {
        ("2024-11-10", "West", "any"): 1,
        ("2024-11-10", "West", "7"): 1,
        ("2024-11-11", "East", "any"): 1,
        ("2024-11-11", "East", "8"): 1,
    }
    assert {one.reason: one.rows for one in got.wrong} == {"no moment": 1, "no coordinates": 1}


def test_lines_that_cannot_be_split_are_counted_and_the_others_stay(tmp_path):
    path = file(
        tmp_path,
        "1,2024-11-10,30.5,48.5,x",
        "2,2024-11-10",
        "3,2024-11-10,30.5,48.5,x,more,and more",
        '4,2024-11-10,30.5,48.5,"two\nlines, and a ""word"""',
    )
    got = counts(path)
    assert (got.read, got.counted) == (4, 2)
    assert [(one.reason, one.rows) for one in got.wrong] == [(run.BROKEN, 2)]
    assert 'two\nlines, and a "word"' in set(got.table["tag"])


def test_line_ends_and_marks_of_other_systems_are_read(tmp_path):
    path = tmp_path / "events.csv"
    path.write_bytes("id,day,lon,lat,kind\r\n1,2024-11-10,30.5,48.5,x\r\n".encode("utf-8-sig"))
    assert by_key(counts(path).table) == {("2024-11-10", "West", tag): 1 for tag in ("any", "x")}


def test_an_unknown_tag_is_told_and_counted_as_any(tmp_path):
    how = PLAIN.model_copy(update={"names": {"x": "known"}})
    got = counts(file(tmp_path, "1,2024-11-10,30.5,48.5,x", "2,2024-11-10,30.5,48.5,laser"), how=how)
    assert got.unknown == {"laser": 1}
    assert by_key(got.table) == {("2024-11-10", "West", "any"): 2, ("2024-11-10", "West", "known"): 1}


def test_more_tags_than_an_integer_has_bits_are_counted_one_by_one(tmp_path):
    rows = [
        {
            "id": str(number // 3),
            "day": "2024-11-10",
            "lon": "30.5",
            "lat": "48.5",
            "kind": f"{number}|{number % 7}",
        }
        for number in range(400)
    ]
    how = PLAIN.model_copy(update={"between": "|"})
    got = counts(events.written(tmp_path / "events.csv", rows, how), how=how)
    assert by_key(got.table) == events.expected(rows, how)[0] and len(got.table) == 401


@pytest.mark.long
@pytest.mark.parametrize("same", [(), ("id",), ("id", "kind", "note")])
def test_what_tells_reports_apart_may_be_nothing_numbers_or_text(tmp_path, same):
    rows = [
        {"id": "" if number % 5 == 0 else str(number % 11), "day": "2024-11-10", "lon": "30.5", "lat": "48.5",
         "kind": "xy"[number % 2], "note": ["a", " a", "b "][number % 3]}
        for number in range(200)
    ]  # fmt: skip
    how = PLAIN.model_copy(update={"same": same})
    text = events.written(tmp_path / "events.csv", rows, how)
    expected = events.expected(rows, how)[0]
    frame = pandas.DataFrame(rows)
    frame["id"] = frame["id"].replace("", None).astype("Int64")
    frame.to_parquet(tmp_path / "events.parquet")
    assert by_key(counts(text, how=how).table) == expected
    assert by_key(counts(tmp_path / "events.parquet", how=how).table) == expected
    # One kind of file beside the other holds the same events again.
    assert by_key(counts(text, tmp_path / "events.parquet", how=how).table) == expected


def test_a_row_with_a_wrong_moment_and_a_wrong_place_is_wrong_once(tmp_path):
    lines = ["1,never,400,1,x", "2,never,30.5,48.5,x", "3,2024-11-10,400,2,x", "4,2024-11-10,30.5,48.5,x"]
    got = counts(file(tmp_path, *lines))
    assert [(one.reason, one.rows, one.example) for one in got.wrong] == [
        ("a moment that cannot be read", 2, "never"),
        ("coordinates that are not on the globe", 1, "400 2"),
    ]


def test_parquet_that_breaks_among_its_rows_stops_with_its_name(tmp_path):
    frame = pandas.DataFrame({"id": range(5000), "day": "2024-11-10", "lon": 30.5, "lat": 48.5, "kind": "x"})
    frame.to_parquet(tmp_path / "a.parquet")
    whole = bytearray((tmp_path / "a.parquet").read_bytes())
    whole[40:4000] = b"\xff" * 3960
    (tmp_path / "b.parquet").write_bytes(whole)
    with pytest.raises(reading.UnreadableError, match=r"b\.parquet cannot be read"):
        counts(tmp_path / "a.parquet", tmp_path / "b.parquet")


def test_a_file_without_rows_has_no_counts(tmp_path):
    got = counts(file(tmp_path))
    assert len(got.table) == 0 and list(got.table.columns) == ["date", "area", "tag", "incidents"]
    assert (got.read, got.counted, got.repeated, got.wrong) == (0, 0, 0, ())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe\x00\x81" * 50, "cannot be read"),
        (b"", "has no column 'day'"),
        (b"id,days,lon,lat,kind\n", "has no column 'day'; did you mean days?"),
        (b"id,day,lon,lat,kind\n1,2024-11-10,30.5,48.5,\xff\n", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_stops_with_its_name(tmp_path, content, why):
    good = file(tmp_path, "1,2024-11-10,30.5,48.5,x", name="a.csv")
    (tmp_path / "b.csv").write_bytes(content)
    with pytest.raises(reading.UnreadableError, match=f"b.csv {re.escape(why)}"):
        counts(good, tmp_path / "b.csv")
    (tmp_path / "c.parquet").write_bytes(content)
    with pytest.raises(reading.UnreadableError, match=r"c\.parquet cannot be read"):
        counts(good, tmp_path / "c.parquet")


def test_a_known_error_is_mended_and_its_end_is_told(tmp_path):
    path = file(
        tmp_path, "1,2024-11-10,30.5,48.5,x", "2,2024-11-10,30.5,48.5,y", header="id,day,lon,lat,kind"
    )
    dropped = Correction(frame="f", where={"id": "1"}, action="drop", expect=1, reason="made up")
    changed = Correction(
        frame="f", where={"kind": "y"}, action="set", field="kind", value="z", expect=1, reason="made up"
    )
    assert set(counts(path, corrections=[dropped, changed]).table["tag"]) == {"any", "z"}
    with pytest.raises(CorrectionOutdated, match="expects 2 rows, but 1 is there"):
        counts(path, corrections=[dropped.model_copy(update={"expect": 2})])


def test_before_and_after_are_compared_in_counts_and_shares():
    rows = [
        ("2024-11-08", "West", "any", 100),  # too early
        ("2024-11-09", "West", "any", 8), ("2024-11-10", "East", "any", 2), ("2024-11-10", "East", "x", 1),
        ("2024-11-11", "West", "any", 3), ("2024-11-12", "East", "any", 1),
        ("2024-11-13", "East", "any", 100),  # too late
    ]  # fmt: skip
    table = pandas.DataFrame(rows, columns=["date", "area", "tag", "incidents"])
    got = comparing.before_and_after(table, date(2024, 11, 11), 2)
    assert list(got.itertuples(index=False, name=None)) == [
        ("East", "any", 2, 1, 0.2, 0.25),
        ("East", "x", 1, 0, 0.1, 0.0),
        ("West", "any", 8, 3, 0.8, 0.75),
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_a_sound_mapping(name):
    how = mapping.load(name)
    assert set(how.asked) <= set(how.columns or how.asked)
    assert datetime.strptime(datetime(2024, 2, 29).strftime(how.format), how.format)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"format": "%d.%m"}, "a spelling with one %Y"),
        ({"format": "%Y-%m-%d %b"}, "a spelling of %Y, %m"),
        ({"counted_in": "Europe/Kyiv"}, "no zone, as a day without an hour"),
        ({"format": "%Y%m%d%H", "counted_in": "Europe/Kyiv"}, "both zones or none"),
        ({"format": "%Y%m%d%H", "written_in": "UTC"}, "both zones or none"),
        ({"format": "%Y%m%d%H", "written_in": "Kyiv", "counted_in": "UTC"}, "did you mean Europe/Kyiv"),
        ({"columns": ["day"]}, "columns that have lon, lat"),
        ({"lattitude": "x"}, "lattitude"),
    ],
)
def test_a_wrong_mapping_says_how_it_would_be_right(tmp_path, change, why):
    path = tmp_path / "own.yaml"
    own = PLAIN.model_dump(mode="json", exclude_defaults=True) | change
    path.write_text(json.dumps(own), encoding="utf-8")
    with pytest.raises(mapping.MappingError, match=re.escape(why)):
        mapping.load(str(path))


@pytest.mark.parametrize(
    ("name", "why"), [("vina", "did you mean viina"), ("none.yaml", "No such file"), ("qqq", "acled, gdelt")]
)
def test_a_mapping_that_is_not_there_is_answered_with_those_that_are(name, why):
    with pytest.raises(mapping.MappingError, match=why):
        mapping.load(name)


@pytest.mark.long
def test_the_command_writes_counts_report_and_comparison_and_the_same_again(tmp_path, capsys):
    rows = events.generated("gdelt", mapping.load("gdelt"), 500)
    path = events.written(tmp_path / "export.CSV", rows, mapping.load("gdelt"))
    contents = []
    for out in ("a", "b"):
        call = ["incidents", str(path), "--mapping", "gdelt", "--out", str(tmp_path / out)]
        assert main([*call, "--around", "2024-04-01", "--days", "2"]) == 0
        contents.append({one.name: one.read_bytes() for one in (tmp_path / out).iterdir()})
    assert contents[0] == contents[1]
    assert set(contents[0]) == {"incidents.csv", "report.json", "before_and_after.csv"}
    told = json.loads(contents[0]["report.json"])
    assert (
        told["read"]
        == len(rows)
        == told["counted"] + told["repeated"] + sum(one["rows"] for one in told["wrong"])
    )
    assert told["unknown_tags"]["99"] > 0
    printed = capsys.readouterr().out
    assert all(one["reason"] in printed for one in told["wrong"]) and "unknown tag '99'" in printed


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (["--mapping", "gdlt"], "did you mean gdelt"),
        (["--areas", "none.geojson"], "none.geojson: No such file"),
        (["--around", "soon"], "--around: 'soon' is no day"),
    ],
)
def test_a_wrong_call_is_one_line(tmp_path, capsys, change, why):
    path = file(tmp_path)
    call = ["incidents", str(path), "--mapping", "gdelt", "--out", str(tmp_path / "out"), *change]
    assert main(call) == 2
    told = capsys.readouterr().err
    assert why in told and told.count("\n") == 1 and not (tmp_path / "out").exists()


def test_a_folder_without_files_and_a_file_that_is_not_there_are_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(reading.UnreadableError, match="empty has no file that ends with"):
        reading.files([tmp_path / "empty"])
    with pytest.raises(reading.UnreadableError, match=r"gone\.csv is not there"):
        reading.files([tmp_path / "gone.csv"])
