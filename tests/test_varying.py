"""Outputs that will not come again are named when they are written, with the tag that lets nbval pass."""

import uuid

import pytest
from nbformat import v4

from utils.runs.varying import varying

DRAWN = str(uuid.UUID(int=7, version=4))


def told(text, source="x", mime="text/plain", **metadata):
    outputs = [v4.new_output("display_data", {mime: text})]
    return list(
        varying([v4.new_markdown_cell(text), v4.new_code_cell(source, outputs=outputs, metadata=metadata)])
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<object object at 0x7f6e3f909c90>", "a place in the memory"),
        (f"<div id='{DRAWN}'>", "a name drawn at random"),
        ("<td id='T_1a2b3_row0_col0'>", "a name drawn at random"),
    ],
)
def test_what_is_another_in_each_run_is_named_with_the_tag(text, name):
    (line,) = told(text)
    assert line.startswith(f"cell 2 shows {name}") and '"nbval-ignore-output"' in line


@pytest.mark.parametrize(
    "text",
    ["0x10", "colour 0xff00ff", "T_total", "2024-11-12", "12345678-1234", f"<a href='https://a.b/{DRAWN}'>"],
)
def test_what_comes_again_is_not_named(text):
    assert told(text) == []


def test_a_printed_place_is_named():
    cell = v4.new_code_cell("x", outputs=[v4.new_output("stream", text=repr(object()))])
    assert len(list(varying([cell]))) == 1


def test_what_nbval_does_not_compare_is_not_named():
    text = repr(object())
    assert told(text, tags=["nbval-ignore-output"]) == told(text, tags=["nbval-skip"]) == []
    assert told(text, "# NBVAL_IGNORE_OUTPUT\nx") == told(text, mime="image/png") == []
