"""A folder begun from a sheet that somebody keeps already, with a licence and a check at every push."""

import re
from pathlib import Path

import pytest
import yaml

from utils.__main__ import main
from utils.archive import Archive
from utils.evidence import new, sheet
from utils.evidence.problems import DataError

SHEET = """Nr;Wer;Was;Anzahl;Spanne unten;Spanne oben;Tag;Seite;Notiz
A1;The Mayor;Visitors;1.250;;;14.01.2030;https://example.org/a;In the hall
A2;Police;Visitors;"900";800;1000;15.01.2030;https://example.org/b;"Two doors; one count"
A3;The Mayor;Visitors;;;1500;2030-01-16;https://example.org/c;
"""
MAPPING = """columns:
  id: Nr
  source: Wer
  quantity: Was
  value: Anzahl
  low: Spanne unten
  high: Spanne oben
  published: Tag
  url: Seite
  note: Notiz
fixed: {language: de, access: count}
"""


@pytest.fixture
def given(tmp_path: Path) -> Path:
    (tmp_path / "sheet.csv").write_bytes(b"\xef\xbb\xbf" + SHEET.replace("1.250", "1250,0").encode())
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def begun(given: Path, *more: str) -> int:
    sheet = ("--from", str(given / "sheet.csv"), "--mapping", str(given / "mapping.yaml"))
    return main(["new", str(given / "next"), *sheet, *more])


def test_a_sheet_becomes_statements_that_check_takes(given, capsys):
    assert begun(given) == 0
    assert main(["check", "--data", str(given / "next")]) == 0, capsys.readouterr().out
    archive = Archive.read(given / "next")
    first, second, third = (archive.statement(name) for name in ("A1", "A2", "A3"))
    assert (first.value, first.published.isoformat(), first.source) == (1250, "2030-01-14", "The_Mayor")
    assert (second.low, second.high, second.note) == (800, 1000, "Two doors; one count")
    assert (third.value, third.high, third.valid_to.isoformat()) == (None, 1500, "2030-01-16")
    assert {row.language for row in (first, second, third)} == {"de"}
    assert archive.quantities["Visitors"].unit == "units" and archive.sources["Police"].reliability == "F"
    # The examples are still there, for the claims that ask for them.
    assert archive.statement("S001").value == 100


def test_what_may_mean_two_things_is_left_for_check_to_name(given, capsys):
    text = (given / "sheet.csv").read_text(encoding="utf-8")
    (given / "sheet.csv").write_text(
        text.replace("14.01.2030", "1/2/2030").replace("1250,0", "1.250"), "utf-8"
    )
    assert begun(given) == 0
    assert main(["check", "--data", str(given / "next")]) == 2
    told = capsys.readouterr().out
    assert "as 2030-01-02 or 2030-02-01" in told and "'1.250'" in told


@pytest.mark.parametrize(
    ("old", "changed", "said"),
    [
        ("Wer", "Who", "columns.source: 'Who', expected a heading of sheet.csv: Nr, Wer"),
        ("  note: Notiz", "  notice: Notiz", "columns: 'notice', expected a column of statements.csv"),
        ("columns:", "colums:", "the field is missing; is 'colums' meant for it?"),
    ],
)
def test_a_mapping_that_does_not_fit_writes_nothing(given, capsys, old, changed, said):
    (given / "mapping.yaml").write_text(MAPPING.replace(old, changed), encoding="utf-8")
    assert begun(given) == 2
    assert said in capsys.readouterr().err
    assert not (given / "next").exists()


def test_every_fault_of_a_mapping_is_told(given, capsys):
    text = MAPPING.replace("Wer", "Who").replace("Seite", "Page").replace("  id:", "  name:")
    (given / "mapping.yaml").write_text(text, encoding="utf-8")
    assert begun(given) == 2
    told = capsys.readouterr().err
    assert all(f"'{wrong}', expected" in told for wrong in ("Who", "Page", "name"))


def test_without_a_mapping_one_to_go_on_from_is_printed_and_works(given, capsys):
    command = ["new", str(given / "next"), "--from", str(given / "sheet.csv")]
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert "--mapping" in err and not (given / "next").exists()
    mapping = yaml.safe_load(out)
    assert mapping == {
        "columns": {"value": "Anzahl", "published": "Tag", "url": "Seite", "source": "", "quantity": ""},
        "fixed": {},
    }
    assert '"Wer", "Was"' in out
    out = out.replace('source: ""', "source: Wer").replace(
        'quantity: ""', "high: Spanne oben\n  quantity: Was"
    )
    (given / "mapping.yaml").write_text(out, encoding="utf-8")
    assert begun(given) == 0
    told = capsys.readouterr().out
    assert "has 3 rows of your sheet" in told and "replace the example rows" in told
    assert main(["check", "--data", str(given / "next")]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("cells", "taken"),
    [
        ("2026-03-12,https://example.org/a,4200", {"published": "a", "url": "b", "value": "c"}),
        ("12/03/2026,3.5,-7", {"published": "a", "value": "b"}),
        ("12. 3. 2026,4 200,none", {"published": "a", "value": "b"}),
        ("http://example.org,2026,March 2026", {"url": "a", "value": "b"}),
        (",,", {}),
    ],
)
def test_a_column_is_taken_for_what_each_of_its_cells_is(tmp_path, cells, taken):
    (tmp_path / "sheet.csv").write_text(f"a,b,c\n{cells}\n,,\n", encoding="utf-8")
    columns = yaml.safe_load(sheet.begun(tmp_path / "sheet.csv"))["columns"]
    assert {name: heading for name, heading in columns.items() if heading} == taken


def test_an_empty_sheet_is_named(tmp_path):
    (tmp_path / "sheet.csv").write_text("")
    with pytest.raises(DataError, match="the file is empty"):
        sheet.begun(tmp_path / "sheet.csv")


@pytest.mark.parametrize("text", ["only a heading\n", 'a "b",c\n1,2\n', "a,a\n1,2\n", "a\n1,2,3\n"])
def test_any_sheet_begins_a_mapping_that_can_be_read(tmp_path, text):
    (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")
    begin = yaml.safe_load(sheet.begun(tmp_path / "sheet.csv"))
    assert set(begin) == {"columns", "fixed"} and {"source", "quantity"} <= set(begin["columns"])


def test_a_mapping_without_a_sheet_is_told(given, capsys):
    assert main(["new", str(given / "next"), "--mapping", str(given / "mapping.yaml")]) == 2
    assert "--mapping FILE goes with --from SHEET" in capsys.readouterr().err


def test_a_short_name_keeps_its_letters_without_their_accents(given):
    text = (given / "sheet.csv").read_text(encoding="utf-8").replace("Police", "Bürgermeisterin Łódź")
    (given / "sheet.csv").write_text(text, encoding="utf-8")
    assert begun(given) == 0
    assert Archive.read(given / "next").sources["Burgermeisterin_odz"].name == "Bürgermeisterin Łódź"


@pytest.mark.parametrize("licence", new.LICENCES)
def test_a_licence_is_stated_where_it_was_chosen(tmp_path, licence):
    assert main(["new", str(tmp_path / "next"), "--licence", licence]) == 0
    own = Archive.read(tmp_path / "next").article.licence
    assert own is not None and (own.name, own.address) == new.LICENCES[licence]
    assert main(["new", str(tmp_path / "bare")]) == 0
    assert Archive.read(tmp_path / "bare").article.licence is None


def test_every_command_of_the_check_at_a_push_is_one_of_ours(tmp_path, monkeypatch):
    new.write(tmp_path / "article")
    check = yaml.safe_load((tmp_path / "article/.github/workflows/check.yml").read_text(encoding="utf-8"))
    runs = [step["run"] for step in check["jobs"]["check"]["steps"] if "run" in step]
    commands = [re.sub(r"^python -m utils ", "", one).split() for one in runs if " utils " in one]
    assert [one[0] for one in commands] == ["check", "verdicts"]
    (tmp_path / "engine").mkdir()
    monkeypatch.chdir(tmp_path / "engine")
    assert [main(one) for one in commands] == [0, 0]
