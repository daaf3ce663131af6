"""A sample of the kills and spoilt states of `make torture`, and that the campaign sees what it looks for."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import interrupted
import notebook_campaign
import pytest
import torture

from utils.report import tried

WORDS = "words of a notebook"


@pytest.mark.campaign
@pytest.mark.usefixtures("kernel_name", "render_site")
def test_no_kill_and_no_spoilt_state_of_a_sample_ends_as_it_must_not(tmp_path, monkeypatch):
    monkeypatch.setattr(interrupted, "CHANGES", {WORDS: interrupted.CHANGES[WORDS]})
    ends = list(interrupted.campaign(first=4, kills=1, states=1))
    assert [(what, ended) for what, _, _, ended in ends] == [
        ("kills", interrupted.WELL),
        ("spoilt states", interrupted.WELL),
    ]


@pytest.fixture
def base(tmp_path) -> interrupted.Base:
    """A folder with a report of one page, and a change that no command makes."""
    made = interrupted.Base(tmp_path / "base", {WORDS: 0.1}, {WORDS: {"index.html": b"new"}})
    for name in ("strait/notebooks", "strait-report/html"):
        (made.home / name).mkdir(parents=True)
    (made.home / "strait-report/html/index.html").write_text("old")
    (made.home / "strait/notebooks/00_first.ipynb").write_text("A first look")
    return made


def test_the_campaign_sees_each_end(base, tmp_path, monkeypatch):
    page = "strait-report/html/index.html"

    def ends(does, said: str = "", status: int = -9, number: int = 1) -> str:
        def run(home, *arguments, killed=None):
            does(home)
            return status, said

        with monkeypatch.context() as patch:
            patch.setattr(interrupted, "run", run)
            patch.setattr(interrupted, "END_SECONDS", 0.2)
            patch.setattr(interrupted, "CHANGES", {WORDS: interrupted.CHANGES[WORDS]})
            return interrupted.kill(number, base, tmp_path)[1]

    assert ends(lambda home: None) == interrupted.WELL
    assert ends(lambda home: (home / page).write_text("new")) == interrupted.WELL
    assert ends(lambda home: (home / page).parent.rename(home / "strait-report/html.old")) == interrupted.WELL
    assert ends(lambda home: (home / page).write_text("ne")) == interrupted.PARTIAL
    assert ends(lambda home: (home / page).unlink()) == interrupted.PARTIAL
    assert ends(lambda home: (home / "other").touch()) == interrupted.OUTSIDE
    assert ends(lambda home: None, "Traceback (most recent call last):") == interrupted.TRACEBACK
    assert ends(lambda home: None, number=interrupted.BUILT_AGAIN) == interrupted.OTHER

    def spoilt(does, status: int = 0, said: str = "") -> str:
        def run(home, *arguments):
            does(home)
            return status, said

        with monkeypatch.context() as patch:
            patch.setattr(interrupted, "run", run)
            return interrupted.spoil(1, base, tmp_path)[1]

    def new(home: Path) -> None:
        shutil.rmtree((home / page).parent)
        (home / page).parent.mkdir()
        (home / page).write_text("new")

    assert spoilt(new) == interrupted.WELL
    assert spoilt(lambda home: None) == interrupted.OTHER
    assert spoilt(new, status=1) == interrupted.OTHER
    assert spoilt(new, said="utils: a fault of this program") == interrupted.TRACEBACK


def test_the_method_page_says_how_the_campaigns_ended(tmp_path):
    assert tried.chapter(tmp_path) is None
    folders = {"ended": {tried.SOUND: {"all": 1}, tried.REFUSED: {"all": 1999}, "hangs": {"all": 0}}}
    (tmp_path / "torture.json").write_text(json.dumps(folders))
    (told,) = tried.chapter(tmp_path).split("\n\n")
    assert told.startswith("2,000 copies") and "1,999 were refused" in told and "None ended" in told
    assert "and 1 was sound" in told
    folders["ended"]["hangs"]["all"] = 3
    (tmp_path / "torture.json").write_text(json.dumps(folders))
    ends = {interrupted.WELL: {"all": 7}, interrupted.LEFT: {"all": 1}}
    (tmp_path / "interrupted.json").write_text(json.dumps({"ended": {"kills": ends, "spoilt states": ends}}))
    ends = {tried.PAGE: {"all": 1}, tried.NAMED: {"all": 2}, "traceback": {"all": 0}}
    (tmp_path / "hostile_notebooks.json").write_text(json.dumps({"ended": ends}))
    folder, notebooks, kills, states = tried.chapter(tmp_path).split("\n\n")
    assert notebooks.startswith("3 notebooks") and "2 were named" in notebooks and "None ended" in notebooks
    assert (tried.PAGE, tried.NAMED) == (notebook_campaign.SHOWN, notebook_campaign.NAMED)
    assert "1 became a page" in notebooks and "After 7 of them" in states
    assert "3 hangs" in folder and "None ended" not in folder
    assert kills.startswith("8 commands") and "1 leaves a process" in kills and states.startswith("8 files")
    assert tried.WHOLE == interrupted.WELL and (tried.SOUND, tried.REFUSED) == (torture.WELL, torture.FOUND)


@pytest.mark.parametrize(
    ("refused", "sound", "said"),
    [
        (2, 0, "Each was refused"),
        (0, 2, "and each was sound"),
        (1, 0, "1 was refused"),
        (2, 0, "none was sound"),
    ],
)
def test_all_and_none_are_words(tmp_path, refused, sound, said):
    ends = {tried.REFUSED: {"all": refused}, tried.SOUND: {"all": sound}}
    (tmp_path / "torture.json").write_text(json.dumps({"ended": ends}))
    assert said in tried.chapter(tmp_path)


def test_where_all_ended_well_it_says_each(tmp_path):
    ends = {interrupted.WELL: {"all": 2}}
    (tmp_path / "interrupted.json").write_text(json.dumps({"ended": {"kills": ends, "spoilt states": ends}}))
    kills, states = tried.chapter(tmp_path).split("\n\n")
    assert "Each left the old whole" in kills and "After each of them" in states


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc on this system")
def test_the_campaign_sees_a_process_that_is_left(tmp_path):
    code = "import time; time.sleep(60)"
    environment = {interrupted.MARK: str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as running:
        assert interrupted.left(tmp_path) == {running.pid}
        running.send_signal(signal.SIGKILL)
    assert interrupted.left(tmp_path) == set()


def test_the_record_is_of_kills_and_states_that_all_ended_well():
    docs = Path(interrupted.__file__).parent.parent / "docs"
    told = json.loads((docs / "interrupted.json").read_text(encoding="utf-8"))["ended"]
    assert told.keys() == {"kills", "spoilt states"}
    assert all(ends.keys() == {interrupted.WELL} for ends in told.values())
