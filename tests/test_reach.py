"""What of the project's code a notebook can reach, by its imports."""

import json
import os
import subprocess
import sys

import pytest
from folders import ROOT

from utils.runs import reach


@pytest.fixture(scope="module")
def modules() -> reach.Modules:
    """Every module of the project, each read once."""
    return reach.Modules(ROOT / "utils", {})


@pytest.mark.parametrize(
    ("source", "reached"),
    [
        ("from utils import archive", "utils/evidence/schema.py"),
        ("import utils.history", "utils/checks/forecast.py"),
        ("def late():\n    from utils.charts import growth", "utils/charts/statements.py"),
        ("from utils.checks import *", "utils/checks/trend.py"),
        ("import importlib; importlib.import_module('utils.' + 'history')", "utils/history.py"),
        ("%run other.py", "utils/history.py"),
        ("from utils.report import pages", "utils/report/templates/index.html"),
    ],
)
def test_what_a_cell_can_reach(modules, source, reached):
    code = reach.notebook_code({"cells": [{"cell_type": "code", "source": [source], "metadata": {}}]})
    assert reached in modules.reached(code.imports)


# Which modules of the project each of some imports loads, one after another, each time from none.
LOADED = """
import json, sys
told = []
for imports in json.loads(sys.argv[1]):
    for name in [name for name in sys.modules if name.partition(".")[0] == "utils"]:
        del sys.modules[name]
    exec(imports, {})
    files = [getattr(sys.modules[name], "__file__", None) for name in sys.modules if name.startswith("utils")]
    told.append([file for file in files if file])
print(json.dumps(told))
"""


@pytest.mark.campaign
def test_every_module_that_a_notebook_loads_is_within_reach(modules):
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    imports = []
    for content in contents:
        lines = [line for cell in content["cells"] if cell["cell_type"] == "code" for line in cell["source"]]
        imports.append("\n".join(line for line in lines if line.startswith(("import ", "from "))))
    command = [sys.executable, "-c", LOADED, json.dumps(imports)]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    for path, content, loaded in zip(paths, contents, told, strict=True):
        reached = modules.reached(reach.notebook_code(content).imports)
        assert len(loaded) > 20
        assert {os.path.relpath(one, ROOT) for one in loaded} <= reached.keys(), path.name


def test_no_module_reads_its_own_source():
    """A comment could then change a result; the syntax tree would not tell."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "utils").rglob("*.py")
        if "getsource" in path.read_text(encoding="utf-8") or "linecache" in path.read_text(encoding="utf-8")
    ]
    assert readers == []
