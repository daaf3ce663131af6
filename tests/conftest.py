import shutil
from pathlib import Path

import pytest

from utils.archive import DATA, Archive


@pytest.fixture(scope="session")
def archive() -> Archive:
    """The project's own archive."""
    return Archive.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
