"""Tables as an author describes them: what is wrong is named, and days, names and limits are the author's."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import frictionless
import pandas
import pytest
from folders import SECOND, append

from utils import verdicts
from utils.archive import Archive
from utils.evidence import tables, vintages
from utils.evidence.problems import DataError


def test_the_descriptor_is_a_frictionless_package_and_gives_units_lags_and_makers(second):
    report = frictionless.validate(SECOND / "datapackage.json")
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == [] and len(report.tasks) == 3
    assert second.tables.unit("crossings", "crossings") == "ferries"
    assert second.tables.unit("crossings", "port") == "port"
    assert second.tables.maker("pilot_posts").party == "ve"
    assert second.as_of(date(2031, 5, 20)).table("lorry_queue").date.max() == pandas.Timestamp(2031, 5, 18)
    finding = verdicts.verdict(second.as_of(date(2031, 5, 1)), second.claim("P05")).findings[0]
    assert (finding.newest, finding.speaks_until) == (date(2031, 5, 1), date(2031, 5, 31))
    assert finding.origins == ("League of Ports",) and finding.outside_tellers == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2031-07-01,Mirne,5", "crossings.csv:302 port: 'Mirne', expected one of Ostrand, Tolvar"),
        ("2031-07-01,Tolvar,-1", "crossings.csv:302 crossings: '-1', expected greater than or equal to 0"),
        ("2031-07-01,Tolvar,501", "crossings.csv:302 crossings: '501', expected less than or equal to 500"),
        ("2031-07-01,Tolvar,1.5", "crossings.csv:302 crossings: '1.5', expected a whole number in digits"),
        ("2031-07-01,Tolvar,", "crossings.csv:302 crossings: '', expected a valid integer"),
        ("2031-06-31,Tolvar,5", "crossings.csv:302 date: '2031-06-31', expected a day that exists"),
        ("2031-06-30,Tolvar,5", "expected a key of its own; line 301 has it"),
        ("2031-01-01,Tolvar,5", "expected rows sorted by the key"),
        ("2031-07-01,Tolvar", "crossings.csv:302 row: '2 cells', expected 3 cells"),
    ],
)
def test_a_wrong_row_of_a_described_table_is_named(copy, row, said):
    append(copy / "tables" / "crossings.csv", row.split(","))
    assert any(said in str(problem) for problem in tables.check(copy)), tables.check(copy)
    with pytest.raises(DataError):
        Archive.read(copy).table("crossings")


def described(copy: Path, change) -> str:
    """What is wrong after a change to the resource of the crossings."""
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package["resources"][0])
    path.write_text(json.dumps(package), encoding="utf-8")
    return "\n".join(map(str, tables.check(copy)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.pop("schema"), "tables/crossings.csv.schema: '', expected a Table Schema"),
        (lambda one: one["schema"].pop("primaryKey"), "schema.primaryKey: '', expected a value"),
        (lambda one: one["schema"].update(primaryKey="day"), "'day', expected the name of a field"),
        (lambda one: one["schema"]["fields"][0].update(type="datetime"), "schema.fields.0.type: 'datetime'"),
        (lambda one: one["schema"]["fields"][0].update(name="the day"), "schema.fields.0.name: 'the day'"),
        (lambda one: one["schema"]["fields"][1].update(name="date"), "'date', expected this field once"),
        (lambda one: one["schema"]["fields"][2]["constraints"].update(unique=True), "expected no such field"),
        (
            lambda one: one["schema"]["fields"][2]["constraints"].update(pattern="a"),
            "no pattern for a integer",
        ),
        (lambda one: one["schema"]["fields"][2]["constraints"].update(minimum="few"), "limits of the type"),
        (lambda one: one["schema"]["fields"][1]["constraints"].update(pattern="("), "a regular expression"),
        (lambda one: one["schema"].update(missingValues=["-"]), "schema.missingValues.0: '-'"),
        (
            lambda one: one.pop("day"),
            "day: '', expected the field with what a row is about, which may be date",
        ),
        (lambda one: one.update(day="counted"), "day: 'counted', expected a field of days"),
        (lambda one: one.update(day="port"), "day: 'port', expected a field of days"),
        (lambda one: one.update(day="lorries"), "day: 'lorries', expected a field of days"),
        (lambda one: one.update(lastDay="port"), "lastDay: 'port', expected a field of days"),
        (lambda one: one.update(lastDay="until"), "lastDay: 'until', expected a field of days"),
        (lambda one: one.update(day=["date"]), "expected a text"),
        (
            lambda one: one.update(path="tables/../../crossings.csv"),
            "expected a text of the pattern ^tables/",
        ),
        (lambda one: one.update(path="tables/lorry_queue.csv"), "expected a table of its own"),
        (lambda one: one.update(path="tables/crossings.geojson"), "expected a CSV table"),
        (lambda one: one.update(datasets=["nobody"]), "'nobody', expected the id of a known dataset"),
        (
            lambda one: one.update(path="other/crossings.csv"),
            "crossings.csv:0 file: '', expected a description",
        ),
    ],
)
def test_a_wrong_description_is_named(copy, change, said):
    assert said in described(copy, change)
    with pytest.raises(DataError):
        Archive.read(copy).table("crossings")


@pytest.mark.parametrize(
    ("column", "cell", "known"),
    [
        ({"name": "counted_on", "type": "date"}, "2031-05-02", date(2031, 5, 2)),
        (
            {"name": "in_month", "type": "string", "constraints": {"pattern": "^\\d{4}-(0[1-9]|1[0-2])$"}},
            "2031-05",
            date(2031, 5, 31),
        ),
        ({"name": "season", "type": "integer", "constraints": {"minimum": 2000}}, "2031", date(2031, 12, 31)),
    ],
)
def test_a_row_is_public_from_the_day_that_the_description_names(copy, column, cell, known):
    """Whatever the column is called, and whatever other days a row has."""
    schema = {"fields": [column, {"name": "date", "type": "date"}], "primaryKey": column["name"]}
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"].append({"path": "tables/seen.csv", "day": column["name"], "schema": schema})
    path.write_text(json.dumps(package), encoding="utf-8")
    (copy / "tables" / "seen.csv").write_text(f"{column['name']},date\n{cell},2030-01-01\n")
    assert tables.check(copy) == []
    seen = vintages.Tables(copy)
    assert len(seen.as_of("seen", known - timedelta(1))) == 0 and len(seen.as_of("seen", known)) == 1
    assert known in seen.days_of_news("seen")


def test_a_stay_is_known_up_to_the_day_whatever_its_columns_are_called(copy):
    before = vintages.Tables(copy).as_of("pilot_posts", date(2031, 5, 1))
    for path in (copy / "datapackage.json", copy / "tables" / "pilot_posts.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("first_seen", "came").replace("last_seen", "went"), encoding="utf-8")
    after = vintages.Tables(copy).as_of("pilot_posts", date(2031, 5, 1))
    assert len(before) and after["went"].tolist() == before["last_seen"].tolist()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"resources": [}', "datapackage.json:1 file: '', expected JSON"),
        ("[]", "expected a Data Package"),
        ("{}", "expected a Data Package"),
        ('{"resources": ["tables/crossings.csv"]}', "expected a Data Package"),
    ],
)
def test_a_descriptor_that_is_none_is_refused(copy, content, said):
    (copy / "datapackage.json").write_text(content)
    assert any(said in str(problem) for problem in tables.check(copy))
    with pytest.raises(DataError, match=re.escape(said)):
        Archive.read(copy)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("table: lorry_queue", "table: lorries", "P06.trend: 'lorries', expected the name of a known table"),
        (
            "value: lorries",
            "value: trucks",
            "P06.trend: 'trucks', expected a column of the table lorry_queue",
        ),
        ("by: port", "by: harbour", "'harbour', expected a column of the table crossings"),
        ("place: station", "place: oblast", "'oblast', expected a column of the table pilot_posts"),
    ],
)
def test_a_claim_that_asks_for_what_no_table_has_is_refused(copy, old, new, said):
    path = copy / "claims.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(said)):
        Archive.read(copy)


def retold(folder: Path, table: str, change: dict) -> None:
    """Change the description of a table."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    (resource,) = (one for one in package["resources"] if one["path"] == f"tables/{table}.csv")
    resource.update(change)
    path.write_text(json.dumps(package), encoding="utf-8")


def test_the_days_of_a_table_may_have_any_name(copy, second):
    path = copy / "tables" / "lorry_queue.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("date,", "counted_on,", 1), encoding="utf-8")
    package = copy / "datapackage.json"
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    (schema,) = (one["schema"] for one in resources if one["path"] == "tables/lorry_queue.csv")
    renamed = json.loads(json.dumps(schema).replace('"date"', '"counted_on"', 1))
    renamed["primaryKey"] = "counted_on"
    retold(copy, "lorry_queue", {"day": "counted_on", "schema": renamed})
    own = Archive.read(copy)
    assert [one.probability for one in verdicts.two_clocks(own, own.claim("P06"))] == [
        one.probability for one in verdicts.two_clocks(second, second.claim("P06"))
    ]


def test_a_table_may_have_the_name_of_one_of_ours_and_columns_of_its_own(copy):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8").replace("lorry_queue", "markets"))
    package["resources"][1]["schema"]["fields"].append({"name": "open", "type": "boolean"})
    package["resources"][1]["schema"]["fields"].append({"name": "counted", "type": "date"})
    path.write_text(json.dumps(package), encoding="utf-8")
    (copy / "tables" / "lorry_queue.csv").unlink()
    (copy / "tables" / "markets.csv").write_text(
        "date,lorries,open,counted\n2031-05-01,2,true,2031-05-02\n2031-05-02,3,,\n"
    )
    assert tables.check(copy) == []
    frame = vintages.Tables(copy).as_of("markets", date(2031, 6, 1))
    assert frame["open"].tolist() == [True, None]
    assert frame["counted"].dt.day.tolist()[0] == 2 and pandas.isna(frame["counted"][1])


def probabilities(folder: Path, high: int) -> None:
    """A table with the name and the columns of one of the first article, whose values may be higher."""
    fields = [{"name": "date", "type": "date"}]
    fields.append({"name": "probability", "type": "integer", "constraints": {"maximum": high}})
    table = {
        "path": "tables/trump_price.csv",
        "day": "date",
        "schema": {"fields": fields, "primaryKey": "date"},
    }
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"].append(table)
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "tables" / "trump_price.csv").write_text("date,probability\n2031-05-01,40\n2031-05-02,\n")


def test_a_table_with_a_name_and_columns_of_ours_keeps_its_own_limits(copy):
    probabilities(copy, 100)
    assert tables.check(copy) == []
    assert vintages.Tables(copy).as_of("trump_price", date(2031, 6, 1))["probability"][0] == 40
    path = copy / "tables" / "trump_price.csv"
    path.write_text("date,probability\n2031-05-01,101\n")
    assert "probability: '101'" in str(tables.check(copy)[0])
