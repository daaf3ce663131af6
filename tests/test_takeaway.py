"""Tables for other programs: what is saved comes back as it was, with its units, sources and licence."""

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest
from folders import SECOND
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from utils.__main__ import main
from utils.archive import DATA, Archive
from utils.takeaway import saving
from utils.takeaway.bundle import bundle
from utils.takeaway.described import Cell, Column, Described, described, names
from utils.takeaway.excel import as_excel
from utils.takeaway.parquet import as_parquet
from utils.takeaway.text import as_csv, metadata

READ: Mapping[str, type] = {"integer": int, "number": float, "string": str}
TABLE = Described(
    name="made_up",
    title="A made-up table.",
    missing="No row is missing.",
    columns=(
        Column("day", "date"),
        Column("text", "string", meaning="any words"),
        Column("share", "number", "percent"),
        Column("many", "integer", "persons", "who came"),
        Column("known", "boolean"),
    ),
    rows=(),
    sources=("Nobody (2024), Nothing. Licence: none.",),
    licences=(("A licence", "https://example.org/licence"),),
    as_of=date(2024, 11, 12),
)
ROWS = (
    (date(2024, 2, 29), "plain", 0.1, 50_000, True),
    (None, None, None, None, None),
    (date(1999, 12, 31), '=HYPERLINK("https://example.org")', 1e-9, -1, False),
    (date(2024, 11, 12), "+1", 1e21, 0, None),
    (date(2024, 11, 12), "@sum", -0.5, 2**53, None),
    (date(2024, 11, 12), "#N/A", 3.0, 1, None),
    (date(2024, 11, 12), "2024-11-12", 50_000.0, 1, None),
    (date(2024, 11, 12), ' "two\nlines", Übung 한국 ', 123456789.123456789, 1, None),
)


def with_rows(*rows: tuple[Cell, ...]) -> Described:
    return replace(TABLE, rows=rows)


def from_csv(content: bytes, columns: tuple[Column, ...]) -> list[tuple[Cell, ...]]:
    """The cells by their kinds, as the description beside the file says that they are to be read."""
    head, *lines = csv.reader(content.decode().splitlines(keepends=True))
    assert head == [column.name for column in columns]
    return [tuple(map(cell_of, columns, line)) for line in lines]


def cell_of(column: Column, text: str) -> Cell:
    if text == "":
        return None
    if column.kind == "date":
        return date.fromisoformat(text)
    return {"true": True, "false": False}[text] if column.kind == "boolean" else READ[column.kind](text)


def from_parquet(path: Path) -> list[tuple[Cell, ...]]:
    return [tuple(row.values()) for row in parquet.read_table(path).to_pylist()]


def from_excel(path: Path) -> list[tuple[Cell, ...]]:
    """The cells as openpyxl gives them; a day comes as its midnight."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in rows]


def kept(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_cells_come_back_from_csv():
    assert from_csv(as_csv(with_rows(*ROWS)), TABLE.columns) == list(ROWS)


def test_cells_come_back_from_parquet_with_their_types(tmp_path):
    path = kept(tmp_path, "t.parquet", as_parquet(with_rows(*ROWS)))
    assert from_parquet(path) == list(ROWS)
    assert [str(field.type) for field in parquet.read_schema(path)] == [
        "date32[day]", "string", "double", "int64", "bool"
    ]  # fmt: skip


def test_cells_come_back_from_excel_and_text_is_never_a_formula(tmp_path):
    path = kept(tmp_path, "t.xlsx", as_excel(with_rows(*ROWS)))
    assert from_excel(path) == list(ROWS)
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d", "b"}
    assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")


@pytest.mark.long
@settings(deadline=None, max_examples=40)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_text_and_number_comes_back(tmp_path_factory, text, number):
    folder, table = tmp_path_factory.mktemp("any"), with_rows((None, text, number, None, None))
    assert from_csv(as_csv(table), TABLE.columns) == list(table.rows)
    assert from_parquet(kept(folder, "t.parquet", as_parquet(table))) == list(table.rows)
    (back,) = from_excel(kept(folder, "t.xlsx", as_excel(table)))
    assert back == table.rows[0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((date(1850, 1, 1), None, None, None, None), "row 2, day: Excel cannot hold a day before 1900-03-01"),
        ((None, "x" * 32_768, None, None, None), "row 2, text: Excel cannot hold a text of more than 32767"),
        ((None, "bell\x07", None, None, None), "row 2, text: Excel cannot hold a control character"),
        ((None, None, None, 2**53 + 1, None), "row 2, many: Excel cannot hold a whole number"),
    ],
)
def test_what_excel_would_spoil_is_refused(row, why):
    with pytest.raises(ValueError, match=why):
        as_excel(with_rows(row))


@pytest.mark.parametrize("made", [as_csv, as_parquet, as_excel])
def test_an_empty_table_has_its_columns(made, tmp_path):
    content = made(TABLE)
    if made is as_csv:
        assert content == b"day,text,share,many,known\n"
    elif made is as_parquet:
        assert parquet.read_table(kept(tmp_path, "t", content)).column_names == [
            column.name for column in TABLE.columns
        ]
    else:
        sheet = openpyxl.load_workbook(kept(tmp_path, "t.xlsx", content)).worksheets[0]
        assert [cell.value for cell in sheet[1]] == [column.name for column in TABLE.columns]


def test_the_description_beside_a_csv_says_unit_source_and_licence():
    told = json.loads(metadata(TABLE, "made_up.csv"))
    assert told["@context"][0] == "http://www.w3.org/ns/csvw" and told["url"] == "made_up.csv"
    assert told["dc:license"] == [{"@id": "https://example.org/licence"}]
    assert told["dc:source"] == list(TABLE.sources) and told["dc:date"] == "2024-11-12"
    columns = {column["name"]: column for column in told["tableSchema"]["columns"]}
    assert [column["datatype"] for column in columns.values()] == [one.kind for one in TABLE.columns]
    assert columns["many"]["schema:unitText"] == "persons"
    assert columns["many"]["dc:description"] == "who came"
    assert "schema:unitText" not in columns["text"]


def test_parquet_tells_it_in_its_metadata(tmp_path):
    path = kept(tmp_path, "t.parquet", as_parquet(with_rows(*ROWS)))
    schema = parquet.read_schema(path)
    assert schema.metadata[b"licence"] == b"A licence https://example.org/licence"
    assert schema.metadata[b"source"].decode() == TABLE.sources[0]
    assert schema.field("many").metadata[b"unit"] == b"persons"
    # Another program finds it in the same place.
    facts = duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    assert (b"known on", b"2024-11-12") in facts


def test_excel_tells_it_on_the_second_sheet_and_in_the_headings(tmp_path):
    book = openpyxl.load_workbook(kept(tmp_path, "t.xlsx", as_excel(with_rows(*ROWS))))
    assert book.sheetnames == ["made_up", "about"]
    told = [tuple(filter(None, row)) for row in book["about"].iter_rows(values_only=True)]
    assert ("licence", "A licence https://example.org/licence") in told
    assert ("source", TABLE.sources[0]) in told
    assert ("many", "integer", "persons", "who came") in told
    assert book.worksheets[0]["D1"].comment.text == "Unit: persons\nwho came"


@pytest.mark.parametrize("made", [as_csv, as_parquet, as_excel])
def test_the_same_rows_give_the_same_bytes(made):
    assert made(with_rows(*ROWS)) == made(with_rows(*ROWS))


def test_a_workbook_holds_no_time_of_its_making(tmp_path):
    path = kept(tmp_path, "t.xlsx", as_excel(TABLE))
    with zipfile.ZipFile(path) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 1)}
        assert set(re.findall(r"\d{4}-\d\d-\d\dT", parts.read("docProps/core.xml").decode())) == {
            "1980-01-01T"
        }


@pytest.mark.parametrize("folder", [DATA, SECOND], ids=["first", "second"])
@pytest.mark.long
def test_every_table_of_a_folder_can_be_saved(folder, tmp_path):
    archive = Archive.read(folder)
    for name in names(archive):
        table = described(archive, name)
        path = archive.save(name, tmp_path / f"{name}.parquet")
        assert from_parquet(path) == list(table.rows), name
        assert from_csv(archive.save(name, tmp_path / f"{name}.csv").read_bytes(), table.columns)
        assert (tmp_path / f"{name}.csv-metadata.json").is_file()


def test_a_table_of_the_folder_is_saved_whole(archive, tmp_path):
    path = archive.save("incidents_by_oblast", tmp_path / "t.csv")
    assert path.read_bytes() == (DATA / "tables" / "incidents_by_oblast.csv").read_bytes()
    assert "ODbL" in (tmp_path / "t.csv-metadata.json").read_text(encoding="utf-8")


def test_a_statement_goes_with_the_unit_of_its_quantity(archive, tmp_path):
    path = archive.save("statements", tmp_path / "statements.xlsx")
    head, *rows = openpyxl.load_workbook(path)["statements"].iter_rows(values_only=True)
    assert head[-1] == "unit"
    units = {row[head.index("id")]: row[-1] for row in rows}
    assert units == {row.id: archive.quantities[row.quantity].unit for row in archive.statements}


def test_what_became_public_later_is_not_saved(archive, tmp_path):
    day = date(2024, 11, 12)
    earlier = archive.as_of(day)
    saved = parquet.read_table(earlier.save("statements", tmp_path / "t.parquet")).to_pylist()
    assert {row["published"] <= day for row in saved} == {True} and len(saved) < len(archive.statements)
    assert parquet.read_schema(tmp_path / "t.parquet").metadata[b"known on"] == b"2024-11-12"


@pytest.mark.parametrize(
    ("name", "file", "error", "answer"),
    [
        ("statments", "t.csv", KeyError, "did you mean statements"),
        ("incidents", "t.csv", KeyError, "did you mean incidents_by_oblast"),
        ("qqq", "t.csv", KeyError, "there are statements, events"),
        ("events", "t.xls", ValueError, "did you mean .xlsx"),
        ("events", "t.parq", ValueError, "did you mean .parquet"),
        ("events", "t", ValueError, "there are .csv, .parquet, .xlsx"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(archive, tmp_path, name, file, error, answer):
    with pytest.raises(error, match=re.escape(answer)):
        archive.save(name, tmp_path / file)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(OSError):
        saving.put(tmp_path / "t.csv", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.long
def test_the_bundle_has_every_table_and_the_same_bytes(archive, tmp_path):
    assert bundle(archive, tmp_path / "new" / "a.zip") == len(names(archive))
    bundle(archive, tmp_path / "b.zip")
    assert (tmp_path / "new" / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.zip") as whole:
        assert set(whole.namelist()) == {*(f"{name}.parquet" for name in names(archive)), "README.md"}
        whole.extract("statements.parquet", tmp_path)
    count = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(tmp_path / "statements.parquet")])
    assert count.fetchone() == (len(archive.statements),)


@pytest.mark.mirror
def test_make_data_writes_the_bundle(tmp_path, inputs, capsys):
    place = Path(shutil.copytree(DATA, tmp_path / "data"))
    call = ["data", "--dataset", "nk_provocations", "--data", str(place)]
    assert main(call) == 0
    assert (tmp_path / "reports" / "data.zip").is_file()
    assert main([*call, "--bundle", str(tmp_path / "own.zip")]) == 0
    assert (tmp_path / "own.zip").read_bytes() == (tmp_path / "reports" / "data.zip").read_bytes()
    assert "tables as Parquet" in capsys.readouterr().out
