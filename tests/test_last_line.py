"""The last line of a build says what was built and what was not."""

from pathlib import Path

import nbformat
import pytest

from utils.report import last_line, outputs, pictured, shelf
from utils.runs.place import Place
from utils.runs.update import Notebook

NOTE = outputs.Note("a", 1, "a page inside the page")
BROKEN = pictured.Picture("a", 2, 1, None, None, "its image/png is broken")
PLAIN = pictured.Picture("a", 2, 1, None, "figures/a.png")


def notebook(*tags: list[str]) -> Notebook:
    """A notebook of a code cell for each list of tags."""
    cells = [nbformat.v4.new_code_cell("1", metadata={"tags": one}) for one in tags]
    return Notebook(Path("a.ipynb"), nbformat.v4.new_notebook(cells=cells))


@pytest.fixture
def html(tmp_path: Path) -> Path:
    for name in ("index.html", "notebooks/a.html", "claims/P01.html", "figures/a.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("notebooks", "left", "told"),
    [
        ([notebook([])], [], "1 notebook and 3 pages; nothing is left out"),
        ([], [PLAIN], "0 notebooks and 3 pages; nothing is left out"),
        # What folds is there.
        (
            [notebook(["hide-input"], ["hide_output"], ["mine"])],
            [],
            "1 notebook and 3 pages; nothing is left out",
        ),
        (
            [notebook(["remove-cell"], ["remove_output", "remove-input"]), notebook([], ["remove-stderr"])],
            [NOTE],
            "2 notebooks and 3 pages; 3 cells hidden by tags, 1 part shown only as a note",
        ),
        (
            [notebook(["skip-execution"])],
            [NOTE, BROKEN, PLAIN],
            "1 notebook and 3 pages; 1 cell not run, 2 parts shown only as a note",
        ),
    ],
)
def test_what_is_not_there_is_counted(html, notebooks, left, told):
    assert last_line.what_was_built(html, notebooks, left) == told


def test_a_shelf_says_which_report_it_waits_for(tmp_path, monkeypatch, capsys):
    places = [Place(tmp_path, tmp_path / one, tmp_path, tmp_path) for one in ("one", "other", "third")]
    ended = iter([0, 1])
    monkeypatch.setattr(shelf.one_report, "report", lambda place: next(ended))
    assert shelf.build(places, tmp_path / "shelf") == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "No shelf was put together; 1 of 3 reports are built, not other"
    assert not (tmp_path / "shelf" / "html").exists()
