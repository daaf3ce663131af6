import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asked
import pytest
from browsers import BROWSERS
from folders import ROOT, SECOND

from utils import exports, kernels
from utils.archive import DATA, Archive
from utils.evidence import reading
from utils.evidence.datasets import Datasets, PinnedFile
from utils.results import Results, alone, kept
from utils.upstream import fetch
from utils.upstream.inputs import Inputs

# What a test asks for, itself or over another fixture, says of which slow kind it is.
KINDS = {
    "campaign": "campaign",
    "chromium": "browser",
    "executable": "browser",
    "inputs": "mirror",
    "kernel_name": "kernel",
    "render_site": "site",
    # The history and the robustness of every claim.
    "results": "campaign",
    "spark": "spark",
}

# Files with tests of these kinds are begun first, so that no process is left with one while others idle.
LONGEST = ("campaign", "browser", "kernel", "site", "mirror")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow kinds of tests, so that `make quick` can leave them out; begin with the slowest files."""
    for item in items:
        if hasattr(item, "fixturenames"):
            for kind in sorted({KINDS[fixture] for fixture in item.fixturenames if fixture in KINDS}):
                item.add_marker(kind)
        else:
            # The cell of a notebook, which has no fixtures; notebooks run side by side on all cores.
            item.add_marker("kernel")
            item.add_marker("alone")
    items[:] = longest_first(items)


def longest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """Whole files in the order of their slowest kind; as they were within a file and a kind."""
    places: dict[Path, int] = {}
    for item in items:
        kinds = {mark.name for mark in item.iter_markers()}
        own = next((place for place, kind in enumerate(LONGEST) if kind in kinds), len(LONGEST))
        places[item.path] = min(own, places.get(item.path, own))
    return sorted(items, key=lambda item: places[item.path])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what tests recorded; what one prints itself does not come here from another process."""
    told = [
        pair
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
        for pair in report.user_properties
    ]
    if told:
        terminalreporter.section("measured")
    for what, value in told:
        terminalreporter.write_line(f"{what}: {value}")


@pytest.fixture(scope="session")
def kernel_name() -> str:
    """The name of the project's kernel; whoever starts one, or a command that does, asks for this."""
    return kernels.NAME


@pytest.fixture(scope="session")
def site(kernel_name) -> Path:
    """The built site in reports/html, brought up to date."""
    # Where tests run side by side, one process builds it and the others wait.
    with alone(ROOT / "reports" / "tests"):
        command = [sys.executable, "-m", "utils", "report"]
        built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stderr or built.stdout
    return ROOT / "reports" / "html"


@pytest.fixture(scope="session")
def render_site() -> Callable[..., str]:
    """Has Sphinx make a site of results and notebooks; its warnings."""
    from utils.report import assemble

    return assemble.render


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session of Spark on a cluster of two workers; a skip, or a failure where Spark is required."""
    import cluster

    try:
        started = cluster.start()
    except cluster.LackingError as error:
        if os.environ.get("FIFTY_THOUSAND_SPARK") == "required":
            pytest.fail(str(error))
        pytest.skip(str(error))
    yield started
    started.stop()


@pytest.fixture
def campaign(record_property) -> Callable[[str, float], None]:
    """Records a share that has been measured over many draws."""
    # A number of numpy cannot be sent from the process that runs the test to the one that tells of it.
    return lambda what, share: record_property(what, round(float(share), 3))


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The project's own archive."""
    return Archive.read()


@pytest.fixture(scope="session")
def results(archive) -> Results:
    """Its verdicts of every day, and how firm they are."""
    return kept(archive)


@pytest.fixture(scope="session")
def second() -> Archive:
    """The archive of the invented article."""
    return Archive.read(SECOND)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the invented article's folder, which a test may change."""
    return Path(shutil.copytree(SECOND, tmp_path / "second"))


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


@pytest.fixture(scope="session")
def executable() -> str:
    """The path of the browser; a skip, or a failure where the browser is required."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        message = f"no browser on the path ({', '.join(BROWSERS)}): apt-get install {BROWSERS[0]}"
        if os.environ.get("FIFTY_THOUSAND_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    return found
