"""The report is the same bytes wherever and whenever it is built."""

import os
import shutil
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

import nbformat

from utils.runs import update
from utils.runs.keep import Runs
from utils.runs.place import Place

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {"TZ": "Asia/Seoul", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "1"}


def clone(folder: Path) -> Path:
    """The tracked files of the project in another folder."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listing.stdout.decode().split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    return folder


def built(folder: Path) -> Path:
    """The report of a folder, built in another time zone and language and with another hash seed."""
    done = subprocess.run(
        [sys.executable, "-m", "utils", "report"],
        cwd=folder,
        env={**os.environ, **ELSEWHERE, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder / "reports" / "html"


def difference(one: Path, other: Path) -> str:
    """The first file and lines in which two sites differ; nothing when they are the same."""
    names = [
        sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file()) for site in (one, other)
    ]
    if names[0] != names[1]:
        return f"files: {sorted(set(names[0]) ^ set(names[1]))}"
    for name in names[0]:
        left, right = ((site / name).read_bytes() for site in (one, other))
        if left != right:
            texts = [content.decode("utf-8", "replace").splitlines() for content in (left, right)]
            lines = list(unified_diff(*texts, str(one / name), str(other / name), lineterm="", n=0))
            return "\n".join(line[:300] for line in lines[:8])
    return ""


def test_a_difference_names_file_and_line(tmp_path):
    for name, text in (("one", "a\nb\n"), ("other", "a\nc\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
    told = difference(tmp_path / "one", tmp_path / "other")
    assert "page.html" in told and "@@ -2 +2 @@" in told
    assert difference(tmp_path / "one", tmp_path / "one") == ""


def test_a_build_elsewhere_runs_the_notebooks_to_what_is_stored(site):
    place = Place.own(site.parents[1])
    runs, why = update.decide(Runs(place), update.notebooks(place))
    assert why == {} and len(runs) >= 10
    for path, made in runs.items():
        stored = [
            cell.outputs for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
        ]
        assert [[{**one, "execution_count": None} for one in cell] for cell in made] == [
            [{**one, "execution_count": None} for one in cell] for cell in stored
        ], path.name


def test_two_builds_are_the_same_bytes(site, tmp_path):
    folder = clone(tmp_path / "another folder")
    # What the notebooks give is held against what is stored of them, so it need not be run once more.
    shutil.copytree(site.parent / "runs", folder / "reports" / "runs")
    assert difference(site, built(folder)) == ""
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".css", ".csv", ".json", ".xml"):
            text = path.read_text(encoding="utf-8")
            assert str(site.parents[1]) not in text and str(folder) not in text, path
