import os
import shutil
from pathlib import Path

import pytest

from utils.archive import DATA, Archive
from utils.evidence import reading
from utils.evidence.datasets import Datasets, PinnedFile
from utils.upstream import fetch
from utils.upstream.inputs import Inputs

# Files whose every test is of a slow kind; what a test needs by its fixtures marks it too.
SLOW = {
    "kernel": ("test_kernels", "test_kernels_nbval", "test_staleness", "test_bench", "test_report"),
    "campaign": (
        "test_calibration",
        "test_calibration_worlds",
        "test_coverage",
        "test_laws",
        "test_mutation",
        "test_rebuild",
        "test_robustness",
        "test_history",
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow kinds of tests, so that `make quick` can leave them out."""
    for item in items:
        kinds = [kind for kind, files in SLOW.items() if item.path.stem in files]
        kinds += ["kernel"] if item.path.suffix == ".ipynb" else []
        kinds += ["browser"] if "browser" in item.path.parts else []
        kinds += ["mirror"] if "inputs" in getattr(item, "fixturenames", ()) else []
        for kind in kinds:
            item.add_marker(kind)


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The project's own archive."""
    return Archive.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture(scope="session")
def inputs() -> Inputs:
    """Every pinned upstream file, from the mirror; without one the test is skipped."""
    mirror = fetch.mirror()
    if mirror is None or not Path(mirror).is_dir():
        pytest.skip("FIFTY_THOUSAND_MIRROR names no folder, and tests do not use the network")
    datasets = reading.load_yaml(DATA / "datasets.yaml", Datasets).datasets
    files = reading.load_csv(DATA / "files.csv", PinnedFile)
    return fetch.gather(
        {one.id: one for one in datasets}, files, source=os.path.abspath(mirror), seconds=1, retries=0
    )
