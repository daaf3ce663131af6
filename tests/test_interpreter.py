"""What `python -m utils` says to a Python that cannot run it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from utils import interpreter

ROOT = Path(__file__).resolve().parent.parent


def bare(command, folder=ROOT):
    """The command line in this Python without any installed package."""
    called = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys, runpy; sys.path.insert(0, {str(folder)!r}); "
        f"sys.argv = ['utils', *{command!r}]; runpy.run_module('utils', run_name='__main__', alter_sys=True)",
    ]
    return subprocess.run(called, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    "command", ["verdicts", "check", "export", "describe", "notebooks", "report", "bench", "data"]
)
def test_without_the_packages_there_is_one_line(command):
    done = bare([command])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and ".venv/bin/python" in done.stderr and "make" in done.stderr


def test_an_older_python_is_told_so(monkeypatch, capsys):
    from utils import __main__

    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert __main__.main(["check"]) == 2
    told = capsys.readouterr().err
    assert "3.8" in told and ".venv" in told and told.count("\n") == 1


@pytest.mark.parametrize("module", ["__main__", "commands", "__init__", "interpreter"])
def test_an_older_python_can_read_what_tells_it(module):
    source = (ROOT / f"utils/{module}.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


@pytest.mark.parametrize("name", ["utils.no_such_room", "pandsa", "no_such_module.part", ""])
def test_a_wrong_import_of_the_project_is_no_missing_package(name, monkeypatch, capsys):
    from utils import __main__, commands

    def fails(folder):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(commands, "_read", fails)
    assert __main__.main(["check"]) == 2
    told = capsys.readouterr().err
    assert "a fault of this program" in told and "ModuleNotFoundError" in told and ".venv" not in told


@pytest.mark.long
def test_every_package_that_a_room_imports_is_known():
    imported = set()
    for path in (ROOT / "utils").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"utils", "__main__"}
    unknown = {name for name in foreign if interpreter.lacks(ModuleNotFoundError(name=name)) is None}
    # Spark is wanted by whoever has more rows than one machine takes, and has a lock of its own.
    assert unknown == {"pyspark"}
