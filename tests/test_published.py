"""Where the report is published: asked for on the command line, or told by the data folder."""

import subprocess
from pathlib import Path

import pytest

from utils.__main__ import main
from utils.report import build
from utils.results import Results

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "site", ["example.org", "ftp://example.org", "https://", "https://example.org/?a", ""]
)
def test_an_address_that_is_not_whole_is_refused_before_anything_runs(site, monkeypatch, capsys):
    monkeypatch.setattr(build, "report", lambda *_: pytest.fail("it was built"))
    assert main(["report", "--site", site]) == 2
    assert "--site" in capsys.readouterr().err


def test_the_address_is_handed_on_without_its_last_slash(monkeypatch):
    asked = []
    monkeypatch.setattr(build, "report", lambda place, site: asked.append(site) or 0)
    assert main(["report", "--site", "https://example.org/report/"]) == 0
    assert main(["report"]) == 0
    assert asked == ["https://example.org/report", None]


def test_make_hands_the_address_on():
    for site, expected in (("https://example.org", True), ("", False)):
        command = ["make", "-n", "report", f"SITE={site}", "PYTHON=python3"]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert ("--site 'https://example.org'" in told) == expected


def test_results_say_where_they_are_published(archive):
    results = Results(archive, {}, {}).published_at("https://example.org/report")
    assert results.archive.article.address == "https://example.org/report"
    assert results.archive.statements == archive.statements and archive.article.address is None
