"""A second, invented article runs through every method: nothing of the first one is baked into the engine."""

import csv
import hashlib
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import frictionless
import pandas
import pytest

from utils import history, robustness, verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.checks import METHODS
from utils.evidence import tables, vintages
from utils.evidence.problems import DataError
from utils.words import CONFLICTING, NOT_ENOUGH, REFUTED, SUPPORTED

ROOT = Path(__file__).parent.parent
ARTICLE = Path(__file__).parent / "second_article"

# The answers for which the evidence was invented: on the day of the article, and today.
DESIGNED = {
    "P01": (NOT_ENOUGH, NOT_ENOUGH),  # within a fifth: what all tellers share alone is coarser than that
    "P02": (SUPPORTED, SUPPORTED),
    "P03": (NOT_ENOUGH, SUPPORTED),
    "P04": (CONFLICTING, CONFLICTING),  # those who deny it do not speak of the last six days
    "P05": (REFUTED, REFUTED),
    "P06": (SUPPORTED, SUPPORTED),
    "P07": (CONFLICTING, CONFLICTING),
    "P08": (NOT_ENOUGH, CONFLICTING),
    "P09": (REFUTED, REFUTED),
    "P10": (REFUTED, SUPPORTED),
    "P11": (SUPPORTED, SUPPORTED),
    "P12": (CONFLICTING, CONFLICTING),
    "P13": (NOT_ENOUGH, NOT_ENOUGH),
    "P14": (SUPPORTED, SUPPORTED),
    "P15": (REFUTED, REFUTED),
    "P16": (SUPPORTED, SUPPORTED),
    "P17": (REFUTED, REFUTED),
    "P18": (SUPPORTED, SUPPORTED),
    "P19": (NOT_ENOUGH, NOT_ENOUGH),  # a share within a twentieth is finer than anybody can tell
    "P20": (REFUTED, REFUTED),
    "P21": (SUPPORTED, SUPPORTED),
    "P22": (REFUTED, REFUTED),
}


@pytest.fixture(scope="module")
def second() -> Archive:
    return Archive.read(ARTICLE)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the folder that a test may change."""
    return Path(shutil.copytree(ARTICLE, tmp_path / "second"))


def append(path: Path, *rows: object) -> None:
    with path.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize("name", DESIGNED)
def test_a_claim_gets_the_label_that_was_designed(second, name):
    assert tuple(one.label for one in verdicts.two_clocks(second, second.claim(name))) == DESIGNED[name]


def test_every_claim_method_and_label_is_there(second):
    assert {claim.id for claim in second.claims} == set(DESIGNED)
    assert {check.method for claim in second.claims for check in claim.built} == set(METHODS)
    assert all(claim.is_checked for claim in second.claims)
    assert {label for labels in DESIGNED.values() for label in labels} == {*verdicts.LABELS} - {
        verdicts.NOT_CHECKED
    }


def test_readings_that_differ_and_conditions_of_which_one_fails(second):
    wide, narrow = verdicts.verdict(second, second.claim("P07")).readings
    assert (wide.label, narrow.label) == (REFUTED, SUPPORTED)
    (reading,) = verdicts.verdict(second, second.claim("P08")).readings
    assert [one.label for one in reading.conditions] == [SUPPORTED, REFUTED]


def test_denials_that_cover_some_of_the_days(second):
    """Three to one for it on two days, against 5, 5 and 9 to one for 12, 13 and 14 of twenty days.

    Where it was if it was: a twentieth on each day, and one more on the two days of the guild. By days 1 to
    12 that is 2.6 over 225, then a twentieth over 45 and one over 9, and six twentieths that nobody denies.
    """
    (finding,) = verdicts.verdict(second, second.claim("P04")).findings
    odds = 2.6 / 225 + 0.05 / 45 + 0.05 / 9 + 0.3
    assert finding.probability == pytest.approx(odds / (1 + odds))
    assert "speak of 14 of the 20 days that are asked about" in finding.sentence
    # Two for and two against, all of one day: 15 to one, less what the denials take of that day.
    (finding,) = verdicts.verdict(second, second.claim("P12")).findings
    odds = 15 * ((0.05 + 2 + 4) / 15 + 0.95) / 7
    assert finding.probability == pytest.approx(odds / (1 + odds))


def test_a_number_that_is_coarser_than_the_claim(second):
    """What all tellers share alone leaves less than 0.8 within a fifth, and far less within a twentieth."""
    for name in ("P01", "P19"):
        (finding,) = verdicts.verdict(second, second.claim(name)).findings
        assert finding.judgement == "coarser" and "coarser than the claim" in finding.sentence


def test_relays_are_one_witness(second):
    finding = verdicts.verdict(second, second.claim("P13")).findings[0]
    assert len(finding.considered) == 3 and len(finding.tellers) == 1


def test_a_forecast_is_judged_by_its_record_and_then_by_what_came(second):
    claim = second.claim("P10")
    before, after = (verdicts.verdict(second.as_of(date(2031, 6, day)), claim) for day in (9, 10))
    assert before.probability == pytest.approx(0.5 / 4) and before.label == REFUTED
    assert after.label == SUPPORTED and "T034" in after.evidence


def test_a_verdict_on_old_evidence_is_last_known(second):
    then, today = verdicts.two_clocks(second, second.claim("P01"))
    assert then.last_known is None and today.last_known == date(2031, 6, 10)
    horizon = date(2031, 6, 10) + timedelta(days=second.quantities["passengers_stranded"].horizon_days)
    assert verdicts.verdict(second.as_of(horizon), second.claim("P01")).last_known is None
    late = verdicts.verdict(second.as_of(horizon + timedelta(days=1)), second.claim("P01"))
    assert late.last_known == date(2031, 6, 10)


@pytest.mark.long
def test_the_commands_take_the_folder(capsys):
    assert main(["check", "--data", str(ARTICLE)]) == 0
    assert f"{len(DESIGNED)} claims" in capsys.readouterr().out
    assert main(["verdicts", "--data", str(ARTICLE), "--as-of", "2031-05-20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["verdicts"]
    assert {one["claim"]: one["label"] for one in told} == {name: DESIGNED[name][0] for name in DESIGNED}


@pytest.mark.campaign
def test_the_exports_and_robustness_take_the_folder(second, tmp_path, capsys):
    assert main(["export", "--data", str(ARTICLE), "--out", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "verdicts.json").read_text(encoding="utf-8"))
    assert all(name in json.dumps(told) for name in DESIGNED)
    tried = robustness.ledger(second)
    assert set(tried) == set(DESIGNED)
    assert all(one.label == DESIGNED[name][1] and one.worlds for name, one in tried.items())


@pytest.mark.long
def test_history_agrees_with_verdicts_computed_afresh(second):
    days = history.histories(second)
    first, last = second.article.history_from, second.clock
    turning = {change.day for name in days for change in history.changes(days[name])}
    sampled = {first + timedelta(days=step) for step in range(0, (last - first).days, 29)}
    around = {day + timedelta(days=step) for day in turning for step in (-1, 0)}
    for day in sorted({*sampled, *around, last}):
        seen = second.as_of(day)
        for claim in second.claims:
            assert days[claim.id][(day - first).days] == verdicts.verdict(seen, claim), (day, claim.id)


def test_what_is_published_after_the_clock_changes_nothing_before(second, copy):
    clock = second.article.published
    late = clock + timedelta(days=1)
    for number, quantity in enumerate(second.quantities):
        told = {"id": f"L{number}", "quantity": quantity, "valid_from": "2031-05-16"}
        told |= {"stance": "denies"} if second.quantities[quantity].unit == "none" else {"value": 900}
        told |= {"valid_to": "2031-05-18", "published": late, "dating": "day", "source": "tide_watch"}
        told |= {"outlet": "Late News", "origin": f"LATE-{number}", "access": "count", "status": "sound"}
        columns = (copy / "statements.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        append(copy / "statements.csv", [told.get(name, "") for name in columns])
    # The register is two days late: from 19 May on, no day of it was public on the clock.
    for name in ("crossings", "lorry_queue"):
        path = copy / "tables" / f"{name}.csv"
        header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            header + "".join(line for line in lines if line[:10] < "2031-05-19"), encoding="utf-8"
        )
    append(copy / "tables" / "crossings.csv", (clock, "Ostrand", 499), (clock, "Tolvar", 499))
    append(copy / "tables" / "lorry_queue.csv", (clock, 90_000))
    append(copy / "tables" / "pilot_posts.csv", ("Pilot group 99", "Tolvar", clock, late))
    other = Archive.read(copy)
    assert tables.check(copy) == []
    for name in ("crossings", "lorry_queue", "pilot_posts"):
        assert other.as_of(clock).table(name).equals(second.as_of(clock).table(name)), name
    assert verdicts.ledger(other.as_of(clock)) == verdicts.ledger(second.as_of(clock))
    assert verdicts.ledger(other) != verdicts.ledger(second)


def test_the_descriptor_is_a_frictionless_package_and_gives_units_lags_and_makers(second):
    report = frictionless.validate(ARTICLE / "datapackage.json")
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


def renamed(folder: Path, name: str, change=lambda resource: None) -> None:
    """Give the queue of lorries another name, and its description a change."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8").replace("lorry_queue", name))
    change(package["resources"][1])
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "tables" / "lorry_queue.csv").rename(folder / "tables" / f"{name}.csv")
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("lorry_queue", name), encoding="utf-8")


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


def without_datasets(folder: Path) -> None:
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["datasets"]
    path.write_text(json.dumps(package), encoding="utf-8")
    for name in ("datasets.yaml", "files.csv"):
        (folder / name).unlink()


def own_words(folder: Path) -> None:
    """What the specification does not know, in an order and a form of the author's."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0] |= {"mood": {"b": 1, "a": [None, "é"]}, "hash": "0", "licenses": "mine"}
    package["resources"] += [{"path": "notes.txt"}, {"path": "https://example.org/a.csv"}, {"data": [1]}]
    package["resources"] += [{"path": "../outside.txt"}, {"path": ["a.csv", "b.csv"]}]
    package |= {"description": ["no text"], "by": "the author"}
    path.write_text("\ufeff" + json.dumps(package, indent=1), encoding="utf-8")
    (folder / "notes.txt").write_text("notes")
    (folder.parent / "outside.txt").write_text("outside")
    (folder / "README.md").write_text("# Mine\n")


def harbours(folder: Path) -> None:
    """A GeoJSON table, with text of which JSON knows half a character."""
    point = {"type": "Point", "coordinates": [1.0, 2.0]}
    feature = {"type": "Feature", "properties": {"harbour": "Ostrand"}, "geometry": point}
    shapes = {"type": "FeatureCollection", "features": [feature]}
    (folder / "tables" / "harbours.geojson").write_text(json.dumps(shapes))
    properties = {"fields": [{"name": "harbour", "type": "string"}], "primaryKey": "harbour"}
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"].append({"path": "tables/harbours.geojson", "properties": properties})
    package["note"] = "\ud800"
    path.write_text(json.dumps(package), encoding="utf-8")


def began(folder: Path) -> None:
    shutil.rmtree(folder)
    assert main(["new", str(folder)]) == 0


def first_article(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(ROOT / "data", folder)


def without_package(folder: Path) -> None:
    began(folder)
    (folder / "datapackage.json").unlink()
    shutil.rmtree(folder / "tables", ignore_errors=True)


FOLDERS = {
    "the second article": lambda folder: None,
    "the first article": first_article,
    "a new folder": began,
    "no package": without_package,
    "no datasets": without_datasets,
    "a table named like ours": lambda folder: renamed(folder, "trump_price"),
    "one with our columns too": lambda folder: probabilities(folder, 100),
    "words of the author": own_words,
    "shapes": harbours,
}


def kept(package: dict) -> str:
    """A package without what is computed, in its order."""
    for resource in package["resources"]:
        resource.pop("bytes", None)
        resource.pop("hash", None)
    return json.dumps(package)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", FOLDERS)
def test_describe_adds_and_takes_nothing_away(copy, capsys, kind):
    FOLDERS[kind](copy)
    path, readme = copy / "datapackage.json", copy / "README.md"
    before = json.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
    text = readme.read_bytes() if readme.is_file() else None
    capsys.readouterr()
    assert main(["check", "--data", str(copy)]) == 0
    sound = capsys.readouterr().out
    assert main(["describe", "--data", str(copy)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("README.md: ") and second.startswith("datapackage.json: ")
    assert main(["check", "--data", str(copy)]) == 0
    assert capsys.readouterr().out == sound
    assert text is None or readme.read_bytes() == text
    assert path.is_file() == (before is not None)
    if before is not None:
        after = json.loads(path.read_text(encoding="utf-8-sig"))
        for resource in after["resources"]:
            name = resource.get("path")
            if isinstance(name, str) and ".." not in name and (copy / name).is_file():
                assert resource["bytes"] == (copy / name).stat().st_size
                digest = hashlib.sha256((copy / name).read_bytes()).hexdigest()
                assert resource["hash"] == f"sha256:{digest}"
            else:
                assert "hash" not in resource
        assert kept(after) == kept(before)
    everything = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    assert main(["describe", "--data", str(copy)]) == 0
    assert {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()} == everything


def test_a_generated_dictionary_is_brought_in_step_and_one_of_the_author_is_not(copy, capsys):
    path, readme = copy / "tables" / "crossings.csv", copy / "README.md"
    assert main(["describe", "--data", str(copy)]) == 0
    rows = len(path.read_text(encoding="utf-8").splitlines()) - 1
    assert f"- Rows: {rows:,}; key: date, port" in readme.read_text(encoding="utf-8")
    append(path, ["2032-01-01", "Ostrand", 5])
    assert main(["describe", "--data", str(copy)]) == 0
    assert f"- Rows: {rows + 1:,}; key: date, port" in readme.read_text(encoding="utf-8")
    readme.write_text("# Mine\n")
    append(path, ["2032-01-02", "Ostrand", 5])
    capsys.readouterr()
    assert main(["describe", "--data", str(copy)]) == 0
    assert readme.read_text() == "# Mine\n" and "left as it is" in capsys.readouterr().out


def test_a_table_with_a_name_and_columns_of_ours_keeps_its_own_limits(copy):
    probabilities(copy, 100)
    assert tables.check(copy) == []
    assert vintages.Tables(copy).as_of("trump_price", date(2031, 6, 1))["probability"][0] == 40
    path = copy / "tables" / "trump_price.csv"
    path.write_text("date,probability\n2031-05-01,101\n")
    assert "probability: '101'" in str(tables.check(copy)[0])


ENGINE = [
    path
    for path in sorted((ROOT / "utils").rglob("*.py"))
    if path.relative_to(ROOT / "utils").parts[0] not in {"upstream", "report", "charts", "figures", "essays"}
]


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_does_not_name_the_first_article(path):
    words = re.findall(r"(?i)kursk|russia|ukrain|korea|zelensky|trump", path.read_text(encoding="utf-8"))
    assert words == []


def test_the_engine_is_not_empty():
    assert {"archive", "schema", "claims", "parameters", "verdicts", "history", "transfer"} <= {
        path.stem for path in ENGINE
    }
