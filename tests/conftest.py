import os
import shutil
from collections.abc import Callable
from pathlib import Path

import asked
import pytest

from utils import exports, kernels
from utils.archive import DATA, Archive
from utils.evidence import reading
from utils.evidence.datasets import Datasets, PinnedFile
from utils.upstream import fetch
from utils.upstream.inputs import Inputs

# What a test asks for, itself or over another fixture, says of which slow kind it is.
KINDS = {
    "campaign": "campaign",
    "chromium": "browser",
    "inputs": "mirror",
    "kernel_name": "kernel",
    "render_site": "site",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow kinds of tests, so that `make quick` can leave them out."""
    for item in items:
        # The cell of a notebook is an item without fixtures.
        for fixture in getattr(item, "fixturenames", ["kernel_name"]):
            if fixture in KINDS:
                item.add_marker(KINDS[fixture])


@pytest.fixture(scope="session")
def kernel_name() -> str:
    """The name of the project's kernel; whoever starts one, or a command that does, asks for this."""
    return kernels.NAME


@pytest.fixture(scope="session")
def render_site() -> Callable[..., str]:
    """Has Sphinx make a site of results and notebooks; its warnings."""
    from utils.report import assemble

    return assemble.render


@pytest.fixture
def campaign(record_property, capsys) -> Callable[[str, float], None]:
    """Tells and records a share that has been measured over many draws."""

    def told(what: str, share: float) -> None:
        record_property(what, round(share, 3))
        with capsys.disabled():
            print(f"\n{what}: {share:.1%}", end="")

    return told


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The project's own archive."""
    return Archive.read()


@pytest.fixture(scope="session")
def every(archive) -> Archive:
    """The archive with a claim for every way to ask every method."""
    return asked.everything(archive)


@pytest.fixture(scope="session")
def content(every) -> dict[str, str]:
    """The exports of that archive, by file."""
    return exports.files(every, asked.SITE)


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
