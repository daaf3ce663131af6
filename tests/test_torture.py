"""A sample of the spoilt folders of `make torture`, and that the campaign sees what it looks for."""

import json
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spoiler
import torture

from utils import commands

FOLDERS, FIRST, LEAST_RECORDED = 120, 1_000_000, 20_000
RECORD = Path(__file__).parent.parent / "docs" / "torture.json"


@pytest.mark.campaign
def test_no_spoilt_folder_of_a_sample_ends_as_it_must_not():
    script = Path(torture.__file__)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [sys.executable, str(script), "--folders", str(FOLDERS), "--first", str(FIRST)]
    told = subprocess.run(call, capture_output=True, text=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert told.returncode == 0, told.stdout
    assert f"{FOLDERS} folders" in told.stdout
    assert used.ru_utime - before.ru_utime < 30


@pytest.mark.parametrize("kind", spoiler.KINDS)
def test_a_number_spoils_a_folder_in_the_same_way_each_time(tmp_path, kind):
    sound, spoilt = torture.BASES["second article"][0], []
    for name in ("a", "b"):
        folder = Path(shutil.copytree(sound, tmp_path / name))
        spoiler.KINDS[kind](random.Random(6), folder)
        spoilt.append(seen(folder))
    assert spoilt[0] == spoilt[1] != seen(sound)


def seen(folder: Path) -> dict[Path, object]:
    """What lies in a folder, with the content of its files but for one of 70 million bytes."""
    return {
        path.relative_to(folder): path.is_file() and (path.stat().st_size > 10**7 or path.read_bytes())
        for path in folder.rglob("*")
    }


def ends(monkeypatch, tmp_path, does) -> str:
    """How the campaign says that a folder ends with which a command does something."""
    monkeypatch.setattr(commands, "check", does)
    return torture.outcome(1, tmp_path).ended


def test_the_campaign_sees_each_end(monkeypatch, tmp_path, capsys):
    def fails(options):
        raise KeyError("x")

    def hangs(options):
        while True:
            pass

    def writes_beside(options):
        (options.data.parent / "other").touch()
        return 0

    def changes(options):
        (options.data / "new.csv").touch()
        return 0

    def leaves_half(options):
        (options.data.parent / "a.part").touch()
        return 0

    def says_too_much(options):
        print("one\ntwo", file=sys.stderr)
        return 0

    def moves_the_cursor(options):
        print("\x1b[2J")
        return 0

    monkeypatch.setattr(torture, "SECONDS", 0.2)
    for number, (does, wanted) in enumerate(
        (
            (fails, torture.TRACEBACK),
            (hangs, torture.HANGS),
            (writes_beside, torture.OUTSIDE),
            (changes, torture.OUTSIDE),
            (leaves_half, torture.PARTIAL),
            (says_too_much, torture.NOISE),
            (moves_the_cursor, torture.NOISE),
        )
    ):
        work = tmp_path / str(number)
        work.mkdir()
        assert ends(monkeypatch, work, does) == wanted, does


def test_the_record_is_of_folders_that_all_ended_well():
    told = json.loads(RECORD.read_text(encoding="utf-8"))
    ended = {name: of["all"] for name, of in told["ended"].items()}
    assert told["folders"] == sum(ended.values()) >= LEAST_RECORDED
    assert {name for name, many in ended.items() if many} == {torture.WELL, torture.FOUND}
    assert {kind for of in told["ended"].values() for kind in of} == {"all", *spoiler.KINDS}
