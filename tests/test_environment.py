"""One environment, told three times: pyproject.toml, requirements.lock and environment.yml."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
# conda-forge splits matplotlib from its toolkits, and Playwright and DuckDB for Python from the programs.
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "jupyter-kernel-test": "jupyter_kernel_test",
    "matplotlib": "matplotlib-base",
    "duckdb": "python-duckdb",
    "playwright": "playwright-python",
}


def test_the_conda_twin_is_in_step_with_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = dict(
        re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["build"]]
    allowed = {one.name.replace("_", "-"): one.specifier for one in map(Requirement, wanted)}
    assert {name: lock[name] for name, bounds in allowed.items() if lock[name] not in bounds} == {}
    expected = {CONDA_NAMES.get(name, name): lock[name] for name in allowed}
    packages = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    by_pip = [package for part in packages if isinstance(part, dict) for package in part["pip"]]
    conda = dict(package.split("==", 1) for package in by_pip)
    conda |= dict(package.split(" =", 1) for package in packages if re.search(r" =[0-9]", str(package)))
    differing = {name for name in expected.keys() | conda.keys() if expected.get(name) != conda.get(name)}
    assert differing == set(), f"these packages differ: {sorted(differing)}"


def test_each_package_that_the_project_runs_with_has_its_oldest_version():
    """So that `make test-oldest` has something to try."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [one for one in wanted if not re.search(r">=[0-9]+(\.[0-9]+)+$|>=[0-9]+$", one)] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-uv.lock"])
def test_the_lock_is_hashed_and_names_no_index(name):
    lock = (ROOT / name).read_text()
    pins = re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)
    assert pins and len(pins) == len(
        re.findall(r"^[a-z0-9-]+==[^\n]*\\\n +--hash=sha256:", lock, re.MULTILINE)
    )
    assert "://" not in lock and "--index" not in lock
