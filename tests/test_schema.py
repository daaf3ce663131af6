"""Wrong input is refused, every error is listed, nothing is written."""

import csv
import pickle

import pytest

from utils.__main__ import main
from utils.archive import Archive
from utils.evidence.problems import DataError, Problem


def change(folder, file, row, **cells):
    """Set cells of one row of a table."""
    path = folder / file
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    next(one for one in rows if one["id"] == row).update(cells)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def problems(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(DataError) as caught:
        Archive.read(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("row", "cells", "said"),
    [
        (
            "S019",
            {"quantity": "nothing"},
            "statements.csv:20 quantity: 'nothing', expected the id of a known quantity",
        ),
        (
            "S019",
            {"source": "nobody"},
            "statements.csv:20 source: 'nobody', expected the id of a known source",
        ),
        ("S019", {"low": "60000"}, "low: '60000', expected at most the value 50000"),
        ("S019", {"high": "40000"}, "high: '40000', expected at least the value 50000"),
        (
            "S019",
            {"published": "2024-11-09"},
            "published: '2024-11-09', expected a day not before valid_from",
        ),
        ("S019", {"published": "2024-11-31"}, "published: '2024-11-31', expected a day that exists"),
        ("S019", {"published": "yesterday"}, "published: 'yesterday', expected a day as YYYY-MM-DD"),
        ("S019", {"id": "S020"}, "id: 'S020', expected a key of its own; line 20 has it"),
        ("S019", {"value": "nan"}, "value: 'nan', expected a finite number"),
        ("S019", {"value": "inf"}, "value: 'inf', expected a finite number"),
        ("S019", {"value": "-1"}, "value: '-1', expected no negative number of persons"),
        ("S019", {"value": "many"}, "value: 'many', expected a number in digits"),
        (
            "S019",
            {"value": "50.000"},
            "expected a number without a zero at the end of its decimals, as 50000 or 50",
        ),
        (
            "S019",
            {"value": "1.250.000"},
            "expected a number in digits with at most one decimal point, as 1250000",
        ),
        ("S019", {"value": "50,000"}, "as 50000"),
        ("S019", {"value": "50'000"}, "as 50000"),
        ("S019", {"value": "50 000"}, "as 50000"),
        ("S019", {"value": "50\u202f000"}, "as 50000"),
        ("S019", {"value": "50_000"}, "as 50000"),
        ("S019", {"value": "5e4"}, "as 50000"),
        ("S019", {"value": " 50000"}, "as 50000"),
        ("S019", {"value": "+50000"}, "as 50000"),
        ("S019", {"value": "50000\n"}, "as 50000"),
        ("S019", {"value": "٥٠٠٠٠"}, "as 50000"),
        ("S019", {"value": "50000."}, "as 50000"),
        ("S019", {"value": "50000.5"}, "value: '50000.5', expected a whole number of persons"),
        ("S019", {"low": "45.000", "high": "55.000"}, "low: '45.000'"),
        (
            "S438",
            {"high": ",5"},
            "high: ',5', expected a number in digits with at most one decimal point, as 0.5",
        ),
        (
            "S019",
            {"url": "javascript:alert(1)"},
            "url: 'javascript:alert(1)', expected an http or https address",
        ),
        ("S019", {"value": ""}, "value: '', expected a number, a bound or a stance"),
        ("S438", {"high": "1.5"}, "high: '1.5', expected a share from 0 to 1"),
        ("S474", {"value": "5"}, "value: '5', expected a stance and no number"),
        ("S019", {"value": "50000000"}, "value: '50000000', expected no more than 100 times the usual"),
    ],
)
def test_a_wrong_cell_is_named(folder, row, cells, said):
    change(folder, "statements.csv", row, **cells)
    assert any(said in problem for problem in problems(folder)), problems(folder)


def test_all_errors_are_listed_not_the_first(folder):
    change(folder, "statements.csv", "S019", value="nan", quantity="nothing")
    change(folder, "statements.csv", "S300", source="nobody")
    change(folder, "events.csv", "V01", claims="C99", date="2030-01-01")
    found = "\n".join(problems(folder))
    assert all(word in found for word in ("'nan'", "'nobody'", "'C99'", "not before the event"))


def test_a_missing_column(folder):
    path = folder / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("origin", "origins", 1), encoding="utf-8")
    found = problems(folder)
    assert "statements.csv:1 origin: '', expected this column once; there are 0; is 'origins' meant?" in found
    assert "statements.csv:1 origins: '', expected no such column; for 'origins' write 'origin'" in found


def test_a_file_that_is_not_utf8(folder):
    path = folder / "sources.csv"
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + b"x,caf\xe9\n")
    assert any(
        f"sources.csv:{lines + 1} " in problem and "expected UTF-8" in problem for problem in problems(folder)
    )


@pytest.mark.parametrize("file", ["statements.csv", "claims.yaml", "article.yaml", "events.csv"])
def test_an_empty_and_a_missing_file(folder, file):
    (folder / file).write_text("")
    assert any(f"{file}:1 file" in problem and "empty" in problem for problem in problems(folder))
    (folder / file).unlink()
    with pytest.raises(DataError, match="a file of this name"):
        Archive.read(folder)


@pytest.mark.parametrize("file", ["claims.yaml", "article.yaml", "glossary.yaml"])
@pytest.mark.parametrize("text", ["# to be written\n", "---\n", "---\n...\n# nothing\n"])
def test_a_file_of_comments_alone_is_a_problem_and_no_crash(folder, file, text):
    (folder / file).write_text(text)
    assert any(problem.startswith(f"{file}:") and " file: 'None'" in problem for problem in problems(folder))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: quantity", "kind: quantity\n    colour: red", "colour: '', expected no such field"),
        ("tolerance: 0.2", "tolerance: 2", "tolerance: '2', expected less than 1"),
        ("method: quantity", "method: magic", "the name of a method, one of attribution, balance, forecast"),
        ("topic: Troops", "topic: !!python/object:os.system x", "expected plain YAML without object tags"),
        ("id: C02", "id: C01", "id: 'C01', expected an id of its own"),
        ("origin: NYT-2024-11-10-50k", "origin: NYT", "expected the id of a known origin"),
        ("part: ru_troops_kursk", "part: ru_troops", "expected the id of a known quantity"),
        ("topic: Troops", "topic: Troops\n    topic: Troops", "expected this key once"),
        ("value: 50000", "value: 50.000", "value: '50.000', expected a number without a zero at the end"),
        ("value: 50000", "value: 50_000", "value: '50_000', expected a number in digits"),
        ("value: 50000", "value: 13:53:20", "value: '13:53:20', expected a number in digits"),
    ],
)
def test_wrong_yaml(folder, old, new, said):
    path = folder / "claims.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert any(said in problem for problem in problems(folder)), problems(folder)


@pytest.mark.campaign
def test_the_command_lists_every_error(folder, capsys):
    assert main(["check", "--data", str(folder)]) == 0
    change(folder, "statements.csv", "S019", value="nan")
    change(folder, "statements.csv", "S300", source="nobody")
    capsys.readouterr()
    assert main(["check", "--data", str(folder)]) == 2
    output = capsys.readouterr()
    assert len(output.out.splitlines()) == 2 and "2 errors" in output.err


@pytest.mark.parametrize("call", [["--as-of", "2024-13-01"], ["--as-of", "now"], ["--data", "nowhere"]])
def test_a_wrong_call_is_one_line_and_exit_2(call, capsys):
    assert main(["verdicts", *call]) == 2
    output = capsys.readouterr()
    assert output.out == "" and len(output.err.splitlines()) == 1


def test_a_data_error_comes_whole_out_of_another_process():
    error = DataError([Problem("a.csv", 2, "day", "x", "a day")])
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is DataError and other.problems == error.problems and str(other) == str(error)
