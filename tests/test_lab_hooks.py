"""`make hooks` in a clone: a commit is checked, and notebooks are compared and merged cell by cell."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TAKEN = (
    *("pyproject.toml", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "Makefile", "README.md"),
    *("requirements.lock", "requirements-uv.lock", "utils", "data"),
)
CELLS = ["one = 1", "two = 2", "three = 3"]


class Clone:
    """A clone in a folder with a blank in its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a clone"
        self.folder.mkdir()
        for name in TAKEN:
            source = ROOT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, self.folder / name, ignore=ignored)
            else:
                shutil.copy(source, self.folder / name)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environment |= {
            **{f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
            "PYTHONPATH": str(self.folder),
        }
        self.write(CELLS)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=first")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def git(self, *arguments: str) -> str:
        """What git says; an error where it refuses."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self) -> str:
        """Commit all; what refuses it, or nothing."""
        self.git("add", "--all")
        done = self.run("git", "commit", "--quiet", "--message=next")
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def write(self, sources: list[str]) -> None:
        """The clone's notebook with these cells."""
        cells = [
            {
                "cell_type": "code",
                "execution_count": place,
                "id": f"cell-{place}",
                "metadata": {},
                "outputs": [],
                "source": source,
            }
            for place, source in enumerate(sources, 1)
        ]
        content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (self.folder / "page.ipynb").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")

    @property
    def sources(self) -> list[str]:
        content = json.loads((self.folder / "page.ipynb").read_text(encoding="utf-8"))
        return ["".join(cell["source"]) for cell in content["cells"]]


@pytest.fixture
def clone(tmp_path) -> Clone:
    return Clone(tmp_path)


@pytest.fixture
def hooked(clone) -> Clone:
    done = clone.run(sys.executable, "-m", "utils", "hooks")
    assert done.returncode == 0, done.stderr
    return clone


@pytest.mark.long
def test_a_commit_is_checked(hooked):
    (hooked.folder / "page.py").write_text("one = 1\n", encoding="utf-8")
    assert hooked.commit() == ""
    (hooked.folder / "page.py").write_text("import os\n", encoding="utf-8")
    assert "F401" in hooked.commit()
    (hooked.folder / "page.py").write_text("one = 'a'\n", encoding="utf-8")
    assert "page.py" in hooked.commit()
    hooked.git("reset", "--quiet", "--hard")
    hooked.write(["import os", *CELLS])
    assert "page.ipynb" in hooked.commit()
    hooked.git("reset", "--quiet", "--hard")
    sources = hooked.folder / "data" / "sources.csv"
    header, row, *rest = sources.read_text(encoding="utf-8").splitlines(keepends=True)
    sources.write_text("".join((header, row, row, *rest)), encoding="utf-8")
    assert "sources.csv" in hooked.commit()


@pytest.mark.long
def test_notebooks_are_compared_cell_by_cell(hooked):
    hooked.write([CELLS[0], "two = 22", CELLS[2]])
    told = hooked.git("diff")
    assert "modified /cells/1/source" in told and "execution_count" not in told


def test_to_set_it_up_twice_is_no_harm(hooked):
    before = (hooked.folder / ".git" / "config").read_text(encoding="utf-8")
    assert hooked.run(sys.executable, "-m", "utils", "hooks").returncode == 0
    assert (hooked.folder / ".git" / "config").read_text(encoding="utf-8") == before


@pytest.mark.long
def test_changes_of_two_cells_are_merged(hooked):
    hooked.git("checkout", "--quiet", "-b", "other")
    hooked.write(["one = 11", *CELLS[1:]])
    assert hooked.commit() == ""
    hooked.git("checkout", "--quiet", "main")
    hooked.write([*CELLS[:2], "three = 33"])
    assert hooked.commit() == ""
    hooked.git("merge", "--quiet", "other")
    assert hooked.sources == ["one = 11", "two = 2", "three = 33"]


def test_a_clone_that_is_not_set_up_has_gits_own_ways(clone):
    clone.write(["one = 11", *CELLS[1:]])
    assert '+   "source": "one = 11"' in clone.git("diff")
    (clone.folder / "page.py").write_text("import os\n", encoding="utf-8")
    assert clone.commit() == ""


def test_without_git_it_says_so(clone):
    shutil.rmtree(clone.folder / ".git")
    done = clone.run(sys.executable, "-m", "utils", "hooks")
    assert done.returncode == 2 and done.stderr.splitlines()[-1].startswith("utils: git could not be set up")
