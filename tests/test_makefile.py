"""How `make` finds a Python and installs: with tools that only note how they were called."""

import os
import re
import shutil
import signal
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KERNEL = "utils/kernels/environment/share/jupyter/kernels/fifty-thousand/kernel.json"
# Answers as an interpreter would; what it was asked stands in the file calls.
PYTHON = """#!/bin/sh
echo "python $*" >> "$NOTED"
case "$*" in -c*) exit $FIT ;; esac
test -z "$PYTHONDONTWRITEBYTECODE" || exit 9
case "$*" in
*"-m venv"*) for folder; do :; done; rm -rf "$folder"; mkdir -p "$folder/bin"; touch "$folder/pyvenv.cfg"
    cp "$0" "$folder/bin/python" ;;
*requirements-uv.lock*) test -n "$UV_IN_INDEX" || exit 1; cp "$FAKE_UV" "${0%/python}/uv" ;;
*requirements.lock*) exit $PIP_FAILS ;;
esac
"""
UV = """#!/bin/sh
echo "uv $*" >> "$NOTED"
case "$*" in
"python install"*) exit $NO_DOWNLOAD ;;
"python find"*) echo "$FOUND" ;;
venv*) for folder; do :; done; mkdir -p "$folder/bin"; cp .venv/bin/python "$folder/bin/python" ;;
*requirements-uv.lock*) exit 1 ;;
*requirements-scale.lock*) test "$UV_FAILS" = 0 || exit 1; mkdir -p .venv/spark ;;
*requirements.lock*) test -z "$HANG" || exec sleep 60; exit $UV_FAILS ;;
esac
"""
STANDARD = {
    "FIT": "0",
    "UV_IN_INDEX": "1",
    "UV_FAILS": "0",
    "PIP_FAILS": "0",
    "NO_DOWNLOAD": "0",
    "HANG": "",
}
BY_UV = "uv pip install --python .venv/bin/python --quiet --no-deps --require-hashes -r requirements.lock"
BY_PIP = "--quiet --no-deps --require-hashes -r requirements.lock"


class Clone:
    """A clone of the project's front door with tools on a path of its own."""

    def __init__(self, folder):
        self.folder, self.tools = folder / "Übung im Feld", folder / "tools"
        (self.folder / KERNEL).parent.mkdir(parents=True)
        self.tools.mkdir()
        for name in (
            "Makefile",
            "pyproject.toml",
            "requirements.lock",
            "requirements-uv.lock",
            "requirements-scale.lock",
            KERNEL,
        ):
            shutil.copy(ROOT / name, self.folder / name)
        for tool in ("sh", "ls", "cp", "rm", "mkdir", "touch", "sleep", "awk"):
            (self.tools / tool).symlink_to(shutil.which(tool))
        self.put(folder / "uv", UV)
        self.calls = folder / "calls"
        self.environment = {
            **STANDARD,
            "PATH": str(self.tools),
            "NOTED": str(self.calls),
            "FAKE_UV": str(folder / "uv"),
        }

    @staticmethod
    def put(path, text):
        path.write_text(text)
        path.chmod(0o755)
        return path

    def command(self, *arguments):
        return [shutil.which("make"), *(arguments or (".venv/installed",))]

    def make(self, *arguments, **environment):
        """How it ended and the calls that it made."""
        self.calls.write_text("")
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )
        return done, self.calls.read_text().splitlines()


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


@pytest.fixture
def usual(clone):
    clone.put(clone.tools / "python3", PYTHON)
    return clone


def test_a_pinned_uv_from_the_index_installs(usual):
    done, calls = usual.make(PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 0, done.stderr
    pinned = next(i for i, call in enumerate(calls) if "requirements-uv.lock" in call)
    assert "--require-hashes" in calls[pinned] and "--only-binary :all:" in calls[pinned]
    assert calls.index(BY_UV) > pinned
    assert calls[-1].startswith("uv ") and "--offline --editable ." in calls[-1]
    assert "pip does its work" not in done.stdout
    assert (usual.folder / ".venv/installed").exists()


def test_nothing_is_done_again_until_a_lock_changes(usual):
    usual.make()
    assert usual.make()[1] == []
    for name in ("requirements.lock", "requirements-uv.lock", "pyproject.toml", KERNEL):
        later = time.time() + 5
        os.utime(usual.folder / name, (later, later))
        assert BY_UV in usual.make()[1]
        os.utime(usual.folder / name, (later - 10, later - 10))


def test_pip_installs_where_uv_cannot_be_had(usual):
    done, calls = usual.make(UV_IN_INDEX="")
    assert done.returncode == 0 and "pip does its work" in done.stdout and done.stderr == ""
    assert any(call.endswith(BY_PIP) for call in calls) and not any(call.startswith("uv") for call in calls)
    assert "--no-index --editable ." in calls[-1]


def test_pip_installs_where_uv_reaches_no_index(usual):
    done, calls = usual.make(UV_FAILS="2")
    assert done.returncode == 0 and BY_UV in calls and any(call.endswith(BY_PIP) for call in calls)


def test_what_nobody_can_install_is_not_marked_as_installed(usual):
    done, _ = usual.make(UV_FAILS="2", PIP_FAILS="1")
    assert done.returncode and not (usual.folder / ".venv/installed").exists()
    assert usual.make()[0].returncode == 0


def test_an_interrupted_installation_starts_again(usual):
    usual.calls.write_text("")
    environment = {**usual.environment, "HANG": "1"}
    with subprocess.Popen(
        usual.command(), cwd=usual.folder, env=environment, start_new_session=True
    ) as started:
        deadline = time.monotonic() + 30
        while BY_UV not in usual.calls.read_text() and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(started.pid, signal.SIGINT)
    assert started.returncode and not (usual.folder / ".venv/installed").exists()
    assert not any(
        call.endswith(BY_PIP) and call.startswith("python") for call in usual.calls.read_text().splitlines()
    )
    assert BY_UV in usual.make()[1]


def test_uv_brings_an_interpreter_where_none_fits(clone):
    brought = clone.put(clone.folder.parent / "brought", PYTHON)
    clone.put(clone.tools / "uv", UV)
    done, calls = clone.make(FOUND=str(brought))
    assert done.returncode == 0, done.stderr
    assert "uv brings Python 3.13" in done.stdout and calls[0] == "uv python install --quiet 3.13"
    assert "python -m venv --clear .venv" in calls and BY_UV in calls


@pytest.mark.parametrize("uv", [False, True])
def test_without_an_interpreter_it_says_how_to_get_one(clone, uv):
    if uv:
        clone.put(clone.tools / "uv", UV)
    done, _ = clone.make(NO_DOWNLOAD="1")
    assert done.returncode and not (clone.folder / ".venv").exists()
    assert "3.14" in done.stderr and "apt-get install" in done.stderr and "install uv" in done.stderr


def test_an_interpreter_that_does_not_fit_is_passed_over(usual):
    done, _ = usual.make(FIT="1")
    assert done.returncode and "is needed" in done.stderr
    usual.put(usual.tools / "python3.12", PYTHON.replace("$FIT", "0"))
    done, calls = usual.make(FIT="1")
    assert done.returncode == 0 and BY_UV in calls


def test_a_named_interpreter_is_taken_and_looked_at(clone):
    named = clone.put(clone.folder.parent / "my python", PYTHON)
    done, calls = clone.make(".venv/installed", f"PYTHON={named}")
    assert done.returncode == 0 and "python -m venv --clear .venv" in calls
    os.utime(clone.folder / "pyproject.toml", (time.time() + 5,) * 2)
    done, _ = clone.make(".venv/installed", f"PYTHON={named}", FIT="1")
    assert done.returncode and f"{named} does not fit" in done.stderr


def test_another_folder_can_hold_the_environment(usual):
    done, _ = usual.make("umgebung/installed", "VENV=umgebung")
    assert done.returncode == 0 and (usual.folder / "umgebung/bin/uv").exists()
    assert not (usual.folder / ".venv").exists()


def test_what_spark_needs_and_cannot_be_had_is_named(usual):
    done, _ = usual.make("test-scale")
    assert done.returncode and "there is no Java here" in done.stderr
    usual.put(usual.tools / "java", "#!/bin/sh\n")
    done, calls = usual.make("test-scale", UV_FAILS="2")
    assert done.returncode and "cannot install the packages of requirements-scale.lock" in done.stderr
    assert not any("pytest" in call for call in calls)


def test_spark_is_installed_apart_and_once(usual):
    usual.put(usual.tools / "java", "#!/bin/sh\n")
    done, calls = usual.make("test-scale")
    assert done.returncode == 0, done.stderr
    (call,) = [call for call in calls if "-r requirements-scale.lock" in call]
    assert "--require-hashes" in call and "--target .venv/spark" in call
    assert "-m pytest -m spark" in calls[-1]
    assert len(usual.make("test-scale")[1]) == 1


def test_a_folder_that_is_no_environment_is_left_alone(usual):
    kept = usual.folder / "letters/kept.txt"
    kept.parent.mkdir()
    kept.write_text("kept")
    done, _ = usual.make("letters/installed", "VENV=letters")
    assert done.returncode and "VENV=" in done.stderr and kept.read_text() == "kept"
    done, _ = usual.make("report", "VENV=my letters")
    assert done.returncode and "blank" in done.stderr


@pytest.fixture
def neighbour(usual):
    """Another checkout that has an environment with something in it; the environment."""
    folder = usual.folder.parent / "neighbour"
    shutil.copytree(usual.folder, folder)
    done = subprocess.run(
        usual.command(), cwd=folder, env=usual.environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    (folder / ".venv" / "kept.txt").write_text("kept")
    return folder / ".venv"


@pytest.mark.parametrize("way", ["a link", "named", "a link, of nobody known"])
def test_the_environment_of_another_checkout_is_not_emptied(usual, neighbour, way):
    if way != "named":
        (usual.folder / ".venv").symlink_to(neighbour)
    if way == "a link, of nobody known":
        (neighbour / "checkout").unlink()
    named = [] if way != "named" else [f"{neighbour}/installed", f"VENV={neighbour}"]
    os.utime(neighbour / "installed", (1, 1))
    done, calls = usual.make(*named)
    assert done.returncode and "would be emptied" in done.stderr
    assert not any("-m venv" in call for call in calls)
    assert (neighbour / "kept.txt").read_text() == "kept"
    # make adds a line of its own.
    assert len(done.stderr.splitlines()) == 2


def test_an_environment_outside_is_renewed_by_the_checkout_that_made_it(usual, tmp_path):
    outside = tmp_path / "disk"
    outside.mkdir()
    (usual.folder / ".venv").symlink_to(outside)
    for _ in range(2):
        done, calls = usual.make()
        assert done.returncode == 0 and BY_UV in calls, done.stderr
        later = time.time() + 5
        os.utime(usual.folder / "requirements.lock", (later, later))


def test_a_copied_checkout_renews_its_own_environment(usual):
    usual.make()
    copied = usual.folder.parent / "copy"
    shutil.copytree(usual.folder, copied)
    later = time.time() + 5
    os.utime(copied / "requirements.lock", (later, later))
    done = subprocess.run(usual.command(), cwd=copied, env=usual.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (copied / ".venv" / "checkout").read_text().strip() == str(copied)


def test_other_pythons_are_tested_where_they_are_and_named_where_not(usual):
    usual.put(usual.tools / "python3.12", PYTHON)
    hidden = usual.folder.parent / "pyenv"
    (hidden / "versions" / "3.13.9" / "bin").mkdir(parents=True)
    usual.put(hidden / "versions" / "3.13.9" / "bin" / "python", PYTHON)
    done, calls = usual.make("test-pythons", PYENV_ROOT=str(hidden))
    assert done.returncode == 0, done.stderr
    made = [call.split()[-1] for call in calls if "-m venv" in call]
    assert made == [".venv", ".venv/3.12", ".venv/3.13"]
    assert sum("-m pytest tests" in call for call in calls) == 2
    assert done.stdout.splitlines()[-1] == "Not tested, as they are not here: Python 3.11 3.14"


def test_a_python_on_which_a_test_fails_ends_it(usual):
    fails = PYTHON.replace('case "$*" in\n', 'case "$*" in\n*pytest*) exit 1 ;;\n', 1)
    usual.put(usual.tools / "python3.12", fails)
    usual.put(usual.tools / "python3.13", PYTHON)
    done, calls = usual.make("test-pythons", PYENV_ROOT=str(usual.folder))
    assert done.returncode and not any(".venv/3.13" in call for call in calls)
    assert "Not tested" not in done.stdout


def test_the_oldest_packages_are_the_same_every_day_and_the_newest_are_those_of_today(usual):
    chosen = {}
    for name in ("oldest", "newest"):
        done, calls = usual.make(f"test-{name}")
        assert done.returncode == 0, done.stderr
        chosen[name] = next(call for call in calls if "pip compile" in call)
        used = [call for call in calls if "-m pytest" in call or "--constraint" in call]
        assert len(used) == 2 and f"--constraint .venv/{name}/packages.txt" in used[0]
    day = re.search(r"^LOCKED_ON := (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert f"--resolution lowest-direct --exclude-newer {date.fromisoformat(day[1])} " in chosen["oldest"]
    assert "--resolution highest " in chosen["newest"] and "--exclude-newer" not in chosen["newest"]
