"""A warm kernel is an ordinary kernel that starts sooner: the same outputs, and nothing shared or old."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from proof import ALL
from running import is_warm, kernel, linux, soon

from utils import kernels
from utils.kernels import client, ready
from utils.kernels.provisioner import PLAIN
from utils.kernels.server import PATIENCE_SECONDS
from utils.runs import execute
from utils.runs.keep import Run

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.usefixtures("kernel_name")


class OwnClient(BlockingKernelClient):
    """A client that somebody chose for a reason."""


def outputs(paths: list[Path]) -> dict[str, Run]:
    """What notebooks give when they are run, by file."""
    made = {}
    execute.run(paths, [ROOT], lambda path, run: made.update({path.name: run}))
    return made


def without_counts(cells) -> list[list[dict]]:
    return [[{**one, "execution_count": None} for one in cell] for cell in cells]


@linux
def test_warm_and_ordinary_kernels_give_the_same_bytes(monkeypatch):
    """What warm kernels gave is stored, and held by nbval and by the build elsewhere; some are run again.

    `make test` runs four that are drawn by chance in ordinary kernels; `make proof` runs all.
    """
    drawn = NOTEBOOKS if ALL else random.SystemRandom().sample(NOTEBOOKS, 4)
    warm = outputs(drawn[:2])
    monkeypatch.setenv(PLAIN, "plain")
    plain = outputs(drawn)
    assert len(plain) == len(drawn) and len(warm) == 2
    for path in drawn:
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert without_counts(plain[path.name].outputs) == without_counts(cell.outputs for cell in cells)
    for name, run in warm.items():
        assert json.dumps(run.outputs) == json.dumps(plain[name].outputs), name
        data = [tuple(path for path in one.files if path.startswith("data/")) for one in (run, plain[name])]
        assert data[0] == data[1] != ()


def test_the_spec_lies_in_the_environment_and_not_at_home():
    spec = KernelSpecManager().get_kernel_spec(kernels.NAME)
    assert Path(spec.resource_dir).is_relative_to(sys.prefix)
    source = ROOT / "utils/kernels/environment/share/jupyter/kernels" / kernels.NAME / "kernel.json"
    installed = Path(spec.resource_dir) / "kernel.json"
    assert json.loads(installed.read_text()) == json.loads(source.read_text()), "install the project again"


@linux
def test_a_kernel_is_forked_and_finds_the_libraries_loaded():
    look = "import sys; print({'geopandas', 'statsmodels', 'utils.verdicts'} <= sys.modules.keys())"

    def found() -> bool:
        # The rest is loaded while nobody asks for a kernel.
        time.sleep(PATIENCE_SECONDS + 1)
        with kernel() as made:
            assert is_warm(made)
            parent = made.process._parent.pid
            assert int(made.run("import os; print(os.getppid())")) == parent
            assert len(os.listdir(f"/proc/{parent}/task")) == 1
            return made.run(look) == "True"

    assert soon(found, seconds=60)


def test_the_ordinary_kernel_on_request(monkeypatch):
    monkeypatch.setenv(PLAIN, "plain")
    with kernel() as made:
        assert isinstance(made.process, subprocess.Popen)
        assert made.run("print(6 * 7)") == "42"


@linux
@pytest.mark.parametrize("entry", ["pandas.py", "statsmodels/__init__.py", "matplotlibrc"])
def test_what_an_ordinary_kernel_would_import_from_its_folder_is_imported(tmp_path, entry):
    kernels.start(kernels.cores() + 1)
    (tmp_path / entry).parent.mkdir(exist_ok=True)
    (tmp_path / entry).write_text("here = True\n" if entry.endswith(".py") else "lines.linewidth: 7\n")
    with kernel(cwd=str(tmp_path)) as made:
        assert not is_warm(made)
        if entry == "matplotlibrc":
            assert made.run("import matplotlib; print(matplotlib.rcParams['lines.linewidth'])") == "7.0"
        else:
            assert made.run(f"import {entry.split('.')[0].split('/')[0]} as it; print(it.here)") == "True"


@linux
def test_nothing_is_shared_between_kernels(tmp_path):
    spoil = """
        import os, random, numpy, matplotlib.pyplot as plt, pandas
        random.seed(1); numpy.random.seed(1); plt.figure()
        plt.rcParams["lines.linewidth"] = 9; pandas.set_option("display.max_rows", 3)
        os.environ["SPOILED"] = "yes"; os.chdir("/")
        from utils import prose; prose.spoiled = True
    """
    look = """
        import os, numpy, random, matplotlib.pyplot as plt, pandas
        from utils import prose
        print(plt.get_fignums(), plt.rcParams["lines.linewidth"], pandas.get_option("display.max_rows"),
              os.environ.get("SPOILED"), os.getcwd(), hasattr(prose, "spoiled"), os.getpgrp() == os.getpid())
    """
    numbers = "import numpy, random; print(numpy.random.rand(), random.random())"
    with kernel(cwd=str(tmp_path)) as first:
        first.run(spoil)
        with kernel(cwd=str(tmp_path)) as second, kernel(cwd=str(tmp_path)) as third:
            assert first.process._parent is second.process._parent is third.process._parent
            assert second.run(look) == third.run(look) == f"[] 1.5 60 None {tmp_path} False True"
            drawn = second.run(numbers).split() + third.run(numbers).split()
            assert len(set(drawn)) == 4


@linux
def test_a_kernel_has_its_clients_environment(monkeypatch):
    monkeypatch.setenv("ONLY_HERE", "first")
    with kernel() as made:
        assert made.run("import os; print(os.environ['ONLY_HERE'])") == "first"
    monkeypatch.setenv("ONLY_HERE", "second")
    with kernel() as made:
        assert made.run("import os; print(os.environ['ONLY_HERE'])") == "second"
        assert int(made.run("print(os.environ['JPY_PARENT_PID'])")) == os.getpid()


@pytest.mark.parametrize("plain", [False, True])
def test_a_client_waits_until_it_can_hear_the_first_cell(monkeypatch, plain):
    if plain:
        monkeypatch.setenv(PLAIN, "plain")
    for _ in range(5):
        with kernel() as one:
            assert type(one.client).__module__ == ready.__name__
            assert one.run("print('heard')") == "heard"


def test_a_client_of_ones_own_is_left_alone():
    manager = KernelManager(kernel_name=kernels.NAME, client_class="test_kernels.OwnClient")
    manager.start_kernel()
    assert type(manager.client()) is OwnClient
    manager.shutdown_kernel(now=True)


def test_a_client_of_a_dead_kernel_does_not_wait():
    manager = KernelManager(kernel_name=kernels.NAME)
    manager.start_kernel()
    talking = manager.client()
    talking.start_channels()
    manager.signal_kernel(signal.SIGKILL)
    with pytest.raises(RuntimeError, match="died before it answered"):
        talking.wait_for_ready(timeout=30)
    talking.stop_channels()
    manager.shutdown_kernel(now=True)


@linux
def test_the_first_of_many_kernels_finds_everything_loaded(monkeypatch):
    monkeypatch.setattr(client, "_current", {})
    kernels.start(kernels.cores() + 1)
    with kernel() as made:
        assert is_warm(made)
        look = "import sys; print({'geopandas', 'statsmodels', 'utils.verdicts'} <= sys.modules.keys())"
        assert made.run(look) == "True"
        count = "from utils.evidence import tables; print(tables._parse_csv.cache_info().currsize)"
        assert int(made.run(count)) >= 3
        # A page hears of a widget when it is made; one that was made before the fork it cannot show.
        widgets = (
            "import ipywidgets, utils.explorer.panel; print(ipywidgets.Widget.get_manager_state()['state'])"
        )
        assert made.run(widgets) == "{}"


@linux
def test_many_kernels_at_once():
    made = [KernelManager(kernel_name=kernels.NAME) for _ in range(8)]
    for one in made:
        one.start_kernel()
    talks = [one.client() for one in made]
    for talk in talks:
        talk.start_channels()
    for talk in talks:
        talk.wait_for_ready(timeout=60)
    assert len({one.ip for one in made}) == 8 and {one.transport for one in made} == {"ipc"}
    folders = [one.provisioner.sockets for one in made]
    for one, talk in zip(made, talks, strict=True):
        talk.stop_channels()
        one.shutdown_kernel(now=True)
    assert not any(map(os.path.exists, folders))


CHANGED = """
    import pathlib, sys, time
    from jupyter_client.manager import start_new_kernel
    for round in (1, 2):
        manager, talk = start_new_kernel(kernel_name="fifty-thousand", cwd="/")
        talk.execute_interactive(
            "from utils.evidence import schema; print(schema.__file__, getattr(schema, 'NEW', None))",
            output_hook=lambda message: print(message["content"].get("text", ""), end=""),
        )
        print(type(manager.provisioner.process).__name__, flush=True)
        talk.stop_channels()
        manager.shutdown_kernel(now=True)
        path = pathlib.Path("utils/evidence/schema.py")
        path.write_text(path.read_text() + f"NEW = {round}\\n")
"""


@linux
def test_a_changed_module_is_never_served_old(tmp_path):
    shutil.copytree(ROOT / "utils", tmp_path / "utils", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(CHANGED)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    place = tmp_path / "utils" / "evidence" / "schema.py"
    assert done.stdout.split() == [str(place), "None", "ForkedKernel", str(place), "1", "ForkedKernel"]


@linux
def test_without_a_home():
    code = """
        from jupyter_client.manager import start_new_kernel
        manager, talk = start_new_kernel(kernel_name="fifty-thousand")
        talk.execute_interactive("print(6 * 7)")
        print(type(manager.provisioner.process).__name__)
        talk.stop_channels()
        manager.shutdown_kernel(now=True)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        env={**os.environ, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == ["42", "ForkedKernel"], done.stderr
