"""Files among the notebooks that are none are named, with what is wrong; what JupyterLab opens is read."""

import json

import pytest

from utils.runs import written
from utils.runs.place import Place
from utils.runs.update import notebooks

CELL = {"cell_type": "code", "source": ["1 + 1\n", "2"], "metadata": {}, "outputs": [], "execution_count": 3}


def whole(*cells, **changed) -> bytes:
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [*cells], **changed}
    ).encode()


OLD = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": ""},
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "heading", "level": 2, "source": ["Words"], "metadata": {}},
                {
                    "cell_type": "code",
                    "input": ["1 + 1"],
                    "language": "python",
                    "metadata": {},
                    "outputs": [],
                    "collapsed": False,
                    "prompt_number": 1,
                },
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "0 bytes"),
        (b"\xef\xbb\xbf" + whole(), "byte order mark"),
        ("{}".encode("utf-16"), "byte order mark"),
        (b'{"cells": "\xe4"}', "no UTF-8 (at byte 11)"),
        (b"{\n<<<<<<< HEAD\n 1\n=======\n 2\n>>>>>>> other\n}", "conflict that git left to you, in line 2"),
        (b"not json", "no JSON (line 1"),
        (whole()[:-1], "no JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b"[]", "no nbformat"),
        (b'{"a": 1}', "no nbformat"),
        (whole(nbformat=5), "format 5"),
        (whole(nbformat="4"), "no nbformat"),
        (json.dumps({"nbformat": 3}).encode(), "format 3 and cannot be converted"),
        (whole(cells=3), "no list of cells"),
        (whole(CELL, 3), "cell 2 is none of markdown, code, raw"),
        (whole({"cell_type": "heading", "source": ""}), "cell 1 is none of"),
        (whole({**CELL, "source": [1]}), "cell 1 has no text"),
        (whole({**CELL, "metadata": []}), "cell 1 has metadata"),
        (whole({**CELL, "outputs": {}}), "cell 1 has no list of outputs"),
    ],
)
def test_what_is_no_notebook_is_named_with_what_is_wrong(tmp_path, content, why):
    path = tmp_path / "Untitled.ipynb"
    path.write_bytes(content)
    with pytest.raises(written.NotebookUnreadable, match=r"^Untitled\.ipynb: ") as told:
        written.read(path)
    assert why in str(told.value) and "\n" not in str(told.value)


def test_a_folder_named_as_a_notebook_is_named(tmp_path):
    (tmp_path / "a.ipynb").mkdir()
    with pytest.raises(written.NotebookUnreadable, match=r"a\.ipynb: it cannot be read"):
        written.read(tmp_path / "a.ipynb")


def test_what_jupyterlab_opens_is_read(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(json.dumps(OLD).encode())
    assert [cell["source"] for cell in written.read(path)["cells"]] == ["## Words", "1 + 1"]
    path.write_bytes(whole({"cell_type": "code", "metadata": {"tags": "x"}}, {"cell_type": "raw"}))
    first, second = written.read(path)["cells"]
    assert first == {
        **{"cell_type": "code", "metadata": {"tags": []}, "source": "", "outputs": []},
        "execution_count": None,
    }
    assert second == {"cell_type": "raw", "source": "", "metadata": {}}


def test_all_that_are_none_are_named_at_once(tmp_path):
    place = Place(tmp_path, tmp_path / "data", tmp_path / "notebooks", tmp_path / "reports")
    place.notebooks.mkdir()
    for name in ("b", "a"):
        (place.notebooks / f"{name}.ipynb").touch()
    (place.notebooks / "c.ipynb").write_bytes(whole(CELL))
    with pytest.raises(written.NotebookUnreadable, match=r"^a\.ipynb: .*; b\.ipynb: .*$"):
        notebooks(place)


def test_a_cell_that_is_not_run_keeps_its_outputs(tmp_path):
    place = Place(tmp_path, tmp_path / "data", tmp_path / "notebooks", tmp_path / "reports")
    place.notebooks.mkdir()
    kept = [{"output_type": "stream", "name": "stdout", "text": "of a long run\n"}]
    skipped = {**CELL, "metadata": {"tags": ["skip-execution"]}, "outputs": kept}
    (place.notebooks / "c.ipynb").write_bytes(whole(skipped, {**CELL, "outputs": kept}))
    (found,) = notebooks(place)
    assert [cell["outputs"] for cell in found.content["cells"]] == [kept, []]
