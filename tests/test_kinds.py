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
    recipe = re.search(r'pytest tests -m "not \((.*)\)"', (ROOT / "Makefile").read_text(encoding="utf-8"))
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
        (None, ["kernel"]),
    ],
)
def test_a_test_is_marked_by_what_it_asks_for(asked_for, kinds):
    found: list[str] = []
    item = SimpleNamespace(add_marker=found.append)
    if asked_for is not None:
        item.fixturenames = asked_for
    conftest.pytest_collection_modifyitems([item])
    assert found == kinds


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
    done = subprocess.run([*command, "tests/test_report.py"], cwd=ROOT, capture_output=True, text=True)
    assert "::test_every_page_is_there" in done.stdout and "::test_cells" not in done.stdout
