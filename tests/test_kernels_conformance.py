"""What `jupyter_kernel_test` asks of any kernel: the warm one answers all that the ordinary one does."""

import os
import sqlite3
import unittest
from pathlib import Path

import jupyter_kernel_test
import pytest
from jupyter_client.manager import start_new_kernel

from utils import kernels
from utils.runs import execute

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.usefixtures("kernel_name")
NUMBERED = "passed, AssertionError: 0 != 1"


class Asked(jupyter_kernel_test.KernelTests):
    """The cases of the suite, with a word of Python for each."""

    # pytest shall not take it for tests of its own.
    __test__ = False
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = (
        {"text": "zi", "matches": {"zip"}},
        {"text": "from pathlib import Pa", "matches": {"Path"}},
    )
    complete_code_samples = ("1", "print('hello, world')", "def f(x):\n  return x*2\n\n")
    incomplete_code_samples = ("print('''hello", "def f(x):\n  x*2")
    invalid_code_samples = ("import = 7q",)
    code_page_something = "zip?"
    code_generate_error = "raise"
    code_execute_result = (
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in (1, 2)]", "result": "[1, 4]"},
    )
    code_display_data = (
        {"code": "from IPython.display import HTML, display; display(HTML('<b>b</b>'))", "mime": "text/html"},
    )
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


def cases_of(name: str) -> dict[str, str]:
    """How each case of the suite ends with the kernel of a name, what failed with its last lines."""
    result = unittest.TestResult()
    suite = unittest.TestLoader().loadTestsFromTestCase(type("Case", (Asked,), {"kernel_name": name}))
    ends = {case._testMethodName: "passed" for case in suite}
    suite.run(result)
    for case, why in result.skipped:
        ends[case._testMethodName] = f"skipped: {why}"
    for case, why in (*result.failures, *result.errors):
        # What fails is a case, a part of one, or the start of the kernel.
        asked = getattr(getattr(case, "test_case", case), "_testMethodName", str(case))
        ends[asked] = f"{ends.get(asked, '')}, {why.splitlines()[-1]}"
    return ends


@pytest.fixture
def recorded(monkeypatch, tmp_path) -> Path:
    """Kernels write a history, as `make lab` gives them; its file."""
    monkeypatch.delenv(kernels.RECORD, raising=False)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    return tmp_path / "profile_default" / "history.sqlite"


def test_the_warm_kernel_conforms_as_the_ordinary_one_does(recorded, monkeypatch, tmp_path):
    ends = []
    for name in (kernels.NAME, "python3"):
        monkeypatch.setenv("IPYTHONDIR", str(tmp_path / name))
        ends.append(cases_of(name))
    warm, ordinary = ends
    assert warm == ordinary
    # IPython calls the session that runs 0, where the suite expects its number.
    assert {name: end for name, end in warm.items() if end != "passed"} == {"test_history": NUMBERED}
    assert len(warm) == 12


def lines(history: Path) -> list[str]:
    with sqlite3.connect(history) as store:
        return [line for (line,) in store.execute("select source_raw from history")]


@pytest.mark.parametrize("record", ["on", "off"])
def test_what_a_reader_runs_can_be_looked_up_and_what_the_build_runs_is_not_kept(
    recorded, monkeypatch, record
):
    if record == "off":
        monkeypatch.setenv(kernels.RECORD, record)
    manager, client = start_new_kernel(kernel_name=kernels.NAME)
    try:
        client.execute_interactive("told = 41 + 1", timeout=60)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    assert (lines(recorded) if recorded.exists() else []) == (["told = 41 + 1"] if record == "on" else [])


def test_a_run_of_the_build_leaves_no_history(recorded, tmp_path):
    made = tmp_path / "one.ipynb"
    made.write_text(
        '{"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [],'
        ' "source": "1 + 1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        encoding="utf-8",
    )
    execute.run([made], [ROOT])
    assert kernels.RECORD not in os.environ and not recorded.exists()
