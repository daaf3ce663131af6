"""Whatever stands in a data folder is read or refused in a line: names, days, signs, depth and sizes."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from cost import cost
from test_schema import change, problems

from utils.__main__ import main
from utils.archive import Archive
from utils.evidence import future, plain_yaml, references, tables
from utils.evidence.problems import DataError, Problem
from utils.evidence.schema import Event
from utils.words import hidden, on_a_line, shown

# What moves, hides or turns round other text, each of another kind.
HIDING = [
    "\x1b[31m",
    "\x00",
    "\x07",
    "\x9b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\xad",
    "a\u200d",
]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder of the next article, as `new` writes it."""
    assert main(["new", str(tmp_path / "next")]) == 0
    return tmp_path / "next"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("sign", HIDING)
def test_a_sign_that_nobody_sees_is_refused_in_every_kind_of_file(folder, sign):
    change(folder, "events.csv", "V01", title=f"It{sign}happened")
    with (folder / "article.yaml").open("a", encoding="utf-8") as file:
        file.write(f"contact: {json.dumps(f'https://example.org/{sign}')}\n")
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in package["resources"] if "tables" in one["path"])["title"] = f"It{sign}was"
    path.write_text(json.dumps(package), encoding="utf-8")
    found = problems(folder)
    for file in ("events.csv", "article.yaml", "datapackage.json"):
        assert any(one.startswith(f"{file}:") and "not seen" in one for one in found), found
    assert not any(hidden(one) or "\n" in one for one in found)


@pytest.mark.parametrize(
    "text", ["Ünïcödé – „quoted“", "50\u202f000", "می\u200cخواهم", "👨\u200d👩\u200d👧", "a\tb\r\n"]
)
def test_what_can_be_seen_passes(text):
    assert hidden(text) is None and shown(text) == text


def test_a_hidden_sign_is_written_out():
    assert shown("\x1b[1mx") == "\\x1b[1mx" and on_a_line("a\u202eb\nc") == "a\\u202eb\\nc"
    problem = Problem("a.csv", 1, "col\x1b[2J\numn", "x\x1b", "\u202eno")
    assert str(problem) == r"a.csv:1 col\x1b[2J\numn: 'x\x1b', expected \u202eno"


@pytest.mark.parametrize(
    "name", ["CON", "nul", "com1.txt", "LPT9", "ends.", "x" * 101, "a/b", "-a", "ä", "a b", ""]
)
def test_an_id_is_a_file_name_on_every_system(folder, name):
    change(folder, "events.csv", "V01", id=name)
    assert any(one.startswith("events.csv:2 id: ") for one in problems(folder))


def test_two_ids_differ_by_more_than_case(folder):
    change(folder, "events.csv", "V02", id="v01")
    assert any(
        "events.csv:3 id: 'v01', expected a key of its own; line 2 has it" in one for one in problems(folder)
    )


@pytest.mark.parametrize(
    "name", ["a/../b", "/a", "a//b", "C:/a", "a/aux.csv", "a/b.", "a/b?", "a/" * 99 + "b" * 99]
)
def test_a_path_from_data_is_one_below_its_folder_on_every_system(folder, name):
    path = folder / "files.csv"
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[1].split(",")[0]
    path.write_text(text.replace(first, name, 1), encoding="utf-8")
    assert any(one.file == "files.csv" and one.field == "id" for one in tables.check(folder))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2031-02-30", "a day that exists, as YYYY-MM-DD"),
        ("0001-01-01", "a day of the years 1700 to 2199"),
        ("9999-12-31", "a day of the years 1700 to 2199"),
        ("2024-11-12 10:00:00", "a day as YYYY-MM-DD"),
        ("2024-11-12T00:00:00Z", "a day as YYYY-MM-DD"),
        ("1731369600", "a day"),
        ("24-11-12", "a day as YYYY-MM-DD"),
    ],
)
def test_a_day_that_there_is_not_is_a_line_in_csv_and_yaml(folder, day, said):
    change(folder, "events.csv", "V01", published=day)
    path = folder / "article.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("published: 2024-11-12", f"published: {day}"))
    found = problems(folder)
    assert any(one.startswith("events.csv:2 published") and "a day" in one for one in found), found
    assert any(one.startswith("article.yaml:") and said in one for one in found), found


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "https:// x",
        "https://a@b.example/",
        "https://x.example/\n",
        "ftp://a.example",
        "//a",
        "https://a\\b",
    ],
)
def test_an_address_is_whole(address):
    with pytest.raises(ValueError):
        Event.model_validate(
            dict(id="a", date="2024-01-01", published="2024-01-01", title="a", source="a", url=address)
            | dict(claims=None, status="sound")
        )


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{a: " * 100_000,
        "- " * 100_000 + "x",
        "? " * 100_000 + "x",
        "\n".join(" " * depth + "a:" for depth in range(3_000)),
        "[" * 60 + "]" * 60,
        BOMB,
        "a: &a [*a]",
        "a: &a {b: *a}",
        "<<: &a {b: 1}",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "!!int x",
        "!!float x",
        "!!timestamp x",
        "!!bool x",
        "!!binary =",
        "a: !!python/object:os.system x",
        "a: 1" + "0" * 5_000,
        "a: .inf",
        "a: *nothing",
        "%YAML 9.9\n---\na",
        "a: b\n---\nc: d",
        '"\\x1b"',
        "2024-02-31: x",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") + ": [",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_yaml_is_a_line_and_no_wait(text):
    found: list[Problem] = []
    parsed = []
    assert cost(lambda: parsed.append(plain_yaml.parse("x.yaml", text, found))) < 3
    assert parsed == [None]
    assert 1 <= len(found) < 10 and all(len(str(one)) < 500 for one in found)


def test_an_alias_stands_for_what_it_names():
    found: list[Problem] = []
    content, lines = plain_yaml.parse("x.yaml", "a: &a\n  b: 1\nc: *a\n", found)
    assert content == {"a": {"b": 1}, "c": {"b": 1}} and lines["c", "b"] == 2 and found == []


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"resources": 5}', '{"resources": [5]}', "[]", "1" * 5_000, "NaN"]
)
def test_hostile_json_is_a_line(folder, text):
    (folder / "datapackage.json").write_text(text)
    assert any(one.startswith("datapackage.json:1 ") for one in problems(folder))


@pytest.mark.parametrize(
    "file", ["article.yaml", "sources.csv", "datapackage.json", "review.yaml", "glossary.yaml"]
)
@pytest.mark.parametrize("kind", ["folder", "broken link", "circle", "pipe", "too large", "utf-16", "nul"])
def test_what_cannot_be_read_is_a_line(folder, file, kind):
    path = folder / file
    content = path.read_bytes()
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind in ("broken link", "circle"):
        path.symlink_to(folder / ("nowhere" if kind == "broken link" else file))
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "too large":
        path.touch()
        os.truncate(path, 65_000_000)
    else:
        path.write_bytes(
            content.decode().encode("utf-16") if kind == "utf-16" else content[:50] + b"\0" + content[50:]
        )
    with pytest.raises(DataError) as caught:
        Archive.read(folder)
    assert any(one.file == file for one in caught.value.problems)


def test_a_file_that_is_forbidden_is_a_line(folder, monkeypatch):
    real = Path.read_bytes

    def forbidden(path: Path) -> bytes:
        if path.name == "sources.csv":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(DataError, match=r"sources.csv:0 file: '', expected a file that can be read \(Perm"):
        Archive.read(folder)


@pytest.mark.parametrize(
    ("file", "row", "cells"),
    [
        ("statements.csv", "S019", {"published": "2042-01-01"}),
        ("statements.csv", "S019", {"read": "2042-01-01"}),
        ("events.csv", "V01", {"published": "2042-01-01"}),
    ],
)
def test_no_row_of_the_future_moves_today(folder, file, row, cells):
    change(folder, file, row, **cells)
    said = "expected a day not after 2026-11-28, the known_until of article.yaml"
    assert any(one.startswith(f"{file}:") and said in one for one in problems(folder)), problems(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("known_until: 2026-11-28", "known_until: 2024-11-11", "article.yaml:5 published"),
        ("history_from: 2024-08-01", "history_from: 2024-11-13", "a day not after the article's, 2024-11-12"),
    ],
)
def test_the_days_of_the_article_stand_in_order(folder, old, new, said):
    rewrite(folder / "article.yaml", old, new)
    assert any(said in one for one in problems(folder)), problems(folder)


def test_check_holds_a_folder_that_says_nothing_against_the_day_of_the_machine(begun, capsys):
    rewrite(begun / "article.yaml", "\nknown_until: 2030-01-31", "")
    assert Archive.read(begun).clock == date(2030, 1, 10)
    assert [one.field for one in future.not_come(begun, date(2030, 1, 8))] == ["published"] * 3
    assert future.not_come(begun, date(2030, 1, 9)) == []
    for file in ("article.yaml", "events.csv", "statements.csv"):
        rewrite(begun / file, "2030-01-", "2190-01-")
    capsys.readouterr()
    assert main(["check", "--data", str(begun)]) == 2
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_page_is_not_read_before_it_is_there(folder):
    change(folder, "statements.csv", "S019", read="2024-11-01")
    assert any("read: '2024-11-01', expected a day not before it was pub" in one for one in problems(folder))


def test_today_is_never_before_the_day_of_the_article(begun):
    rewrite(begun / "article.yaml", "published: 2030-01-10", "published: 2030-01-20")
    archive = Archive.read(begun)
    assert archive.vintage == date(2030, 1, 10) and archive.clock == archive.article.published


def test_names_that_are_missed_by_the_thousand_are_no_wait():
    known = references.Names({"source": frozenset(f"source-{number}" for number in range(500))}, {})
    told = []
    missed = (next(known.missing("a.csv", n, "source", "source", f"sorce-{n}")) for n in range(30_000))
    assert cost(lambda: told.extend(missed)) < 3
    assert "did you mean" in told[0].expected and "did you mean" not in told[-1].expected
