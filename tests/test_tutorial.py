"""The tutorial of a new folder holds: every step is done, and every command tells what it says there."""

import re

from tutorial import follow, steps

from utils.checks import METHODS
from utils.evidence import new


def test_every_step_tells_what_the_tutorial_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")  # put back what the steps change
    asked = list(follow(tmp_path, without=("report",)))
    assert len(asked) >= 8
    assert [(one.command, one.lost, one.told) for one in asked if one.lost] == []
    assert (tmp_path / "next-export" / "verdicts.json").is_file()


def test_what_every_method_needs_is_told_and_the_minutes_add_up():
    text = (new.TEMPLATE / "README.md").read_text(encoding="utf-8").partition("## A tutorial")[2]
    assert set(re.findall(r"^\| (\w+) \|", text, re.MULTILINE)) - {"method"} == set(METHODS)
    assert sum(map(int, re.findall(r"\((\d+) minutes\)", text))) == 30
    assert len(steps()) >= 12
