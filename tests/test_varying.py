"""Outputs that will not come again are named when they are written, with the tag that lets nbval pass."""

import hashlib
import uuid

import pytest
from nbformat import v4

from utils.runs.varying import varying

DRAWN = str(uuid.UUID(int=7, version=4))
PLACE = "<object object at 0x7f6e3f909c90>"
TIMED = "CPU times: user 3 ms, sys: 1 ms, total: 4 ms\nWall time: 4.2 ms"


def told(text, source="x", mime="text/plain", **metadata):
    outputs = [v4.new_output("display_data", {mime: text})]
    return list(
        varying([v4.new_markdown_cell(text), v4.new_code_cell(source, outputs=outputs, metadata=metadata)])
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PLACE, "a place in the memory"),
        (f"<div id='{DRAWN}'>", "a name drawn at random"),
        (f"<div id='{uuid.UUID(int=7, version=1)}'>", "a name drawn at random"),
        (f"<div id='map_{uuid.UUID(int=7, version=4).hex}'>", "a name drawn at random"),
        ("<td id='T_1a2b3_row0_col0'>", "a name drawn at random"),
        ("saved to /var/folders/x1/T/tmpa1b_3d9z/out.csv", "a name drawn at random"),
        (TIMED, "a time that was taken"),
        (f"done\n{TIMED}", "a time that was taken"),
        ("1.32 µs ± 4.1 ns per loop (mean ± std. dev. of 7 runs)", "a time that was taken"),
        ("100%|██████████| 10/10 [00:03<00:00,  3.07it/s]", "a time that was taken"),
    ],
)
def test_what_is_another_in_each_run_is_named_with_the_tag(text, name):
    (line,) = told(text)
    assert line.startswith(f"cell 2 shows {name}") and '"nbval-ignore-output"' in line


@pytest.mark.parametrize(
    "text",
    [
        *(
            "0x10",
            "colour 0xff00ff",
            "T_total",
            "2024-11-12",
            "12345678-1234",
            f"<a href='https://a.b/{DRAWN}'>",
        ),
        *("15 ± 3 km", "4.2 s", "/tmp/template.csv", "/tmp/tmpl", "times: 3"),
        hashlib.md5(b"a table").hexdigest(),
        hashlib.sha256(b"a table").hexdigest(),
        str(uuid.UUID(int=7, version=5)),
    ],
)
def test_what_comes_again_is_not_named(text):
    assert told(text) == []


@pytest.mark.parametrize("held", [PLACE, ["1\n", PLACE], {"a": [{PLACE: 1}]}])
def test_a_place_is_named_in_lines_and_in_json(held):
    given = {"output_type": "display_data", "metadata": {}, "data": {"application/json": held}}
    assert len(list(varying([{"cell_type": "code", "source": "x", "metadata": {}, "outputs": [given]}]))) == 1


def test_a_printed_place_is_named():
    cell = v4.new_code_cell("x", outputs=[v4.new_output("stream", text=f"made\n0x{id(object()):016x}")])
    assert len(list(varying([cell]))) == 1


def test_what_nbval_does_not_compare_is_not_named():
    text = repr(object())
    assert told(text, tags=["nbval-ignore-output"]) == told(text, tags=["nbval-skip"]) == []
    assert told(text, "# NBVAL_IGNORE_OUTPUT\nx") == told(text, mime="image/png") == []
