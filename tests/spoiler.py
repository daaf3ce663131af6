"""Spoils a data folder in a way that a seed draws: bytes, cells, rows, columns, nesting, files."""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

__all__ = ["KINDS", "spoil"]

# Cells and values that have something wrong with them, or only look so.
HOSTILE: tuple[Any, ...] = (
    *("", " ", "-", "nan", "inf", "-1", "0", "1e999", "50.000", "50,000", "5e4", "0x1F", "1_000", "9" * 400),
    *("2031-02-30", "0001-01-01", "9999-12-31", "2042-01-01", "2024-11", "2024-W45-2", "1731369600", "24-1"),
    *("../../outside", "/etc/passwd", "CON", "nul.csv", "a.", "A" * 300, "x/y", "~", "\\\\host", "-rf"),
    *("\x1b[31mred\x1b[0m", "\x00", "\u202eevil", "a\u200bb", "\u2028", "\x9b2J", "\ufeff", "\r", "\t", "\n"),
    *("[/b]", "[red]x", ":warning:", "{C01.claimed}", "{", "%s", "<script>", "=cmd()", '"', "'", "`", "#"),
    *("javascript:alert(1)", "https://", "https://a@b/", "http://[::1", "none", "yes", "null", "e\u0301"),
    *(None, True, 0, -1, 1.5, 10**30, float("inf"), float("nan"), [], {}, [[]], {"a": None}, ["x"] * 50),
)
YAML_TEXTS = (
    *("[" * 5_000, "{a: " * 3_000, "- " * 9_000 + "x", "? [a, b]\n: c\n", "<<: &m {a: 1}\n", "a: &a [*a]\n"),
    *("!!python/object:os.system x\n", "!!timestamp x\n", "!!bool x\n", "!!float x\n", "%YAML 9.9\n"),
    *(
        "<<<<<<< HEAD\n=======\n>>>>>>> other\n",
        "---\n",
        "...\n",
        "# a comment\n",
        "a: *nothing\n",
        "a: b: c\n",
    ),
    "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
)
# Half a character, which only JSON can write, is in the last.
JSON_TEXTS = ("[" * 9_000, "5", "[]", "{", '{"resources": {}}', "null", "NaN", "1" * 5_000, '{"\\ud800": 1}')
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Draw = random.Random
Change = Callable[[Draw, Path], None]


def _files(folder: Path, *suffixes: str) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())


def _any(draw: Draw, folder: Path, *suffixes: str) -> Path:
    return draw.choice(_files(folder, *(suffixes or (".csv", ".yaml", ".json", ".geojson"))))


def _bytes(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder)
    content = bytearray(path.read_bytes())
    for _ in range(draw.choice([1, 1, 3, 30])):
        at, many = draw.randrange(len(content) + 1), draw.choice([1, 1, 2, 9, 200])
        part = {
            "flipped": bytes(byte ^ 1 << draw.randrange(8) for byte in content[at : at + many]),
            "gone": b"",
            "twice": bytes(content[at : at + many]) * 2,
            "other": draw.randbytes(many),
        }[draw.choice(["flipped", "gone", "twice", "other"])]
        content[at : at + many] = part
    path.write_bytes(content[: draw.randrange(len(content) + 1)] if draw.random() < 0.1 else content)


def _table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _put_table(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", errors="surrogatepass", newline="")


def _cells(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder, ".csv")
    rows = _table(path)
    for _ in range(draw.choice([1, 1, 1, 2, 5])):
        row = draw.choice(rows[draw.random() > 0.05 :])
        at = draw.randrange(len(row))
        other = draw.choice(rows)[at]
        hostile = str(draw.choice(HOSTILE))
        row[at] = draw.choice([hostile, hostile, other, row[at] + "0", row[at][1:]])
    _put_table(path, rows)


def _rows(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder, ".csv")
    head, *rows = _table(path)
    at = draw.randrange(len(rows))
    rows = {
        "one less": [*rows[:at], *rows[at + 1 :]],
        "one twice": [*rows[:at], rows[at], *rows[at:]],
        "none": [],
        "few": rows[: draw.randrange(len(rows) + 1)],
        "other order": draw.sample(rows, len(rows)),
        "ragged": [*rows[:at], rows[at][: draw.randrange(len(head))], *rows[at:]],
        "longer": [*rows[:at], [*rows[at], "x"], *rows[at:]],
        "empty": [*rows[:at], [], [""] * len(head), *rows[at:]],
    }[draw.choice(["one less", "one twice", "none", "few", "other order", "ragged", "longer", "empty"])]
    _put_table(path, [head, *rows])


def _columns(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder, ".csv")
    rows = _table(path)
    at, to = draw.randrange(len(rows[0])), draw.randrange(len(rows[0]))
    kind = draw.choice(["gone", "twice", "named otherwise", "moved", "exchanged", "emptied"])
    for number, row in enumerate(rows):
        if kind == "gone":
            del row[at]
        elif kind == "twice":
            row.append(row[at])
        elif kind == "named otherwise":
            row[at] = row[at] if number else str(draw.choice(HOSTILE))
        elif kind == "moved":
            row.insert(to, row.pop(at))
        elif kind == "exchanged":
            row[at], row[to] = (row[to], row[at]) if number else (row[at], row[to])
        else:
            row[at] = row[at] if not number else ""
    _put_table(path, rows)


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a nested content by what holds it and its key there."""
    keys = content if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


def _nested(draw: Draw, content: Any) -> None:
    """Change some parts of a nested content: gone, of another kind, twice, deeper, or another part of it."""
    for _ in range(draw.choice([1, 1, 2, 4])):
        places = list(_places(content))
        if not places:
            return
        holder, key = draw.choice(places)
        kind = draw.choice(["gone", "hostile", "hostile", "list", "deep", "other", "key", "twice"])
        if kind == "gone":
            del holder[key]
        elif kind == "hostile":
            holder[key] = draw.choice(HOSTILE)
        elif kind == "list":
            holder[key] = [holder[key]]
        elif kind == "deep":
            for _ in range(draw.choice([2, 60])):
                holder[key] = [holder[key]]
        elif kind == "other":
            other, name = draw.choice(places)
            holder[key] = copy.deepcopy(other[name])
        elif isinstance(holder, dict):
            holder[str(draw.choice(HOSTILE))] = holder[key]
        else:
            holder.append(holder[key])


def _yaml(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder, ".yaml")
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    _nested(draw, content)
    text = yaml.dump(content, Dumper=DUMPER, allow_unicode=draw.random() < 0.5, sort_keys=False)
    path.write_text(text, encoding="utf-8", errors="surrogatepass")


def _yaml_text(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder, ".yaml")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = draw.randrange(len(lines) + 1)
    pair = f"{draw.choice(HOSTILE)}: {draw.choice(HOSTILE)}\n"
    other = draw.choice([*YAML_TEXTS, pair, draw.choice(lines)])
    kept = lines[at + draw.choice([0, 0, 1, 5]) :]
    path.write_text("".join([*lines[:at], other, *kept]), encoding="utf-8", errors="surrogatepass")


def _descriptor(draw: Draw, folder: Path) -> None:
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    if draw.random() < 0.1:
        path.write_text(draw.choice(JSON_TEXTS))
        return
    tables = [one for one in content["resources"] if "tables" in str(one.get("path"))]
    _nested(draw, draw.choice(tables) if tables and draw.random() < 0.8 else content)
    path.write_text(json.dumps(content), encoding="utf-8")


def _whole_files(draw: Draw, folder: Path) -> None:
    path, other = _any(draw, folder), _any(draw, folder)
    content = other.read_bytes()
    kind = draw.choice(["gone", "empty", "folder", "link", "circle", "exchanged", "more", "outside", "pipe"])
    if kind == "more":
        name = draw.choice(["x.csv", "\x1b[31m.csv", "é.geojson", ".hidden", "x.csv.part", "two\nlines.csv"])
        (folder / "tables" / name).write_bytes(content)
        return
    mine = path.read_bytes()
    path.unlink()
    if kind == "empty":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("nowhere")
    elif kind == "circle":
        path.symlink_to(path.name)
    elif kind == "exchanged":
        path.write_bytes(content)
        other.write_bytes(mine)
    elif kind == "outside":
        path.symlink_to("/etc/hostname")
    elif kind == "pipe":
        os.mkfifo(path)


def _encoding(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder)
    text = path.read_text(encoding="utf-8")
    encoding = draw.choice(["utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7", "utf-8-sig", "cp037"])
    ends = draw.choice(["\n", "\n", "\r\n", "\r", "\n\r", "\u2028", "\x00"])
    path.write_bytes(text.replace("\n", ends).encode(encoding, errors="replace"))


def _size(draw: Draw, folder: Path) -> None:
    path = _any(draw, folder)
    text = path.read_text(encoding="utf-8")
    at, kind = draw.randrange(len(text)), draw.choice(["long", "many", "huge", "wide"])
    if kind == "long":
        path.write_text(text[:at] + "x" * draw.choice([70_000, 200_000]) + text[at:], encoding="utf-8")
    elif kind == "many":
        last = text.splitlines(keepends=True)[-1]
        path.write_text(text + last * draw.choice([100, 3_000]), encoding="utf-8")
    elif kind == "wide":
        path.write_text(text[:at] + "," * 9_000 + text[at:], encoding="utf-8")
    else:
        os.truncate(path, 70_000_000)


KINDS: dict[str, Change] = {
    "bytes": _bytes,
    "cells": _cells,
    "rows": _rows,
    "columns": _columns,
    "YAML": _yaml,
    "YAML text": _yaml_text,
    "descriptor": _descriptor,
    "files": _whole_files,
    "encodings": _encoding,
    "sizes": _size,
}


def spoil(seed: int, folder: Path) -> str:
    """Spoil a folder by what a seed draws; the kind of it."""
    draw = random.Random(seed)
    # Sizes cost as much as a hundred others, and most faults are those of hands.
    kind = draw.choices(list(KINDS), [12, 25, 8, 8, 15, 8, 15, 6, 4, 0.5])[0]
    KINDS[kind](draw, folder)
    return kind
