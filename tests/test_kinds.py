"""A test is of a slow kind by what it asks for, and `make quick` leaves every slow kind out."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import conftest
import pytest

ROOT = Path(__file__).resolve().parent.parent


def markers() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {line.partition(":")[0] for line in settings["tool"]["pytest"]["ini_options"]["markers"]}


def test_make_quick_leaves_out_every_kind():
    recipe = re.search(r"UNIT := not \((.*)\)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert set(recipe[1].split(" or ")) == markers()
    assert set(conftest.KINDS.values()) <= markers()


@pytest.mark.parametrize(
    ("asked_for", "kinds"),
    [
        (["archive", "tmp_path"], []),
        (["archive", "inputs"], ["mirror"]),
        (["tmp_path_factory", "kernel_name", "site"], ["kernel"]),
        (["chromium", "kernel_name"], ["browser", "kernel"]),
        (["campaign", "render_site"], ["campaign", "site"]),
        (None, ["alone", "kernel"]),
    ],
)
def test_a_test_is_marked_by_what_it_asks_for(asked_for, kinds):
    one = item("a", asked_for=asked_for)
    conftest.pytest_collection_modifyitems([one])
    assert sorted(mark.name for mark in one.iter_markers()) == kinds


def item(file: str, *kinds: str, asked_for: list[str] | None = ()) -> SimpleNamespace:
    """A test of a file, with marks of its own."""
    marks = list(kinds)
    made = SimpleNamespace(path=Path(file), add_marker=marks.append)
    made.iter_markers = lambda: [SimpleNamespace(name=mark) for mark in marks]
    if asked_for is not None:
        made.fixturenames = asked_for
    return made


def test_the_slowest_files_are_begun_first_and_stay_whole():
    items = [item("a"), item("b"), item("b", "browser"), item("c", "mirror"), item("d", "kernel", "campaign")]
    told = [*items]
    conftest.pytest_collection_modifyitems(items)
    assert items == [told[place] for place in (4, 1, 2, 3, 0)]


def test_make_test_runs_every_test_once():
    """What is not run side by side is run alone, and both must pass."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r'pytest tests -m "not alone" .*\n.*pytest -m alone && exit \$\$shared\n', text)
    assert recipe, "the two halves of `make test`"


@pytest.mark.long
def test_what_is_asked_for_over_another_fixture_counts():
    """The report's tests ask for a site, which asks for a kernel."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-p",
        "no:cacheprovider",
        "-m",
        "kernel",
    ]
    command += ["tests/test_report.py", "tests/test_foreign_text.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "::test_every_page_is_there" in done.stdout and "::test_cells" not in done.stdout
