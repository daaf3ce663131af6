"""Thirty and more changes for the worse, each of which a test catches; `make planted` tries them all."""

import json
import random
from pathlib import Path

import planted
import pytest
from planted import CHANGES, RECORD, ROOT, Change

SAMPLE, CHEAPEST = 2, 6
FOUND = json.loads(RECORD.read_text(encoding="utf-8"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.seen)
def test_what_is_changed_stands_there_once(change: Change):
    """So that a change of the project cannot leave the list behind."""
    assert (ROOT / change.file).read_text(encoding="utf-8").count(change.old) == 1
    assert change.old != change.new and (ROOT / change.test.partition("::")[0]).is_file()


def test_the_record_has_each_change_as_caught_by_its_test():
    assert len({change.seen for change in CHANGES}) == len(CHANGES) >= 30
    caught = {one["seen"]: one["test"] for one in FOUND["changes"] if one["caught"]}
    assert caught == {change.seen: change.test for change in CHANGES}
    assert FOUND["planted"] == FOUND["caught"] == len(CHANGES)


@pytest.mark.campaign
def test_some_are_caught_again(tmp_path: Path):
    seconds = {one["seen"]: one["seconds"] for one in FOUND["changes"]}
    folder = planted.copied(tmp_path / "project")
    cheapest = sorted(CHANGES, key=lambda change: (seconds[change.seen], change.seen))[:CHEAPEST]
    for change in random.Random(1).sample(cheapest, SAMPLE):
        with planted.put(change, folder):
            told, _ = planted.failing([change.test], folder)
        assert told, f"{change.seen}: {change.test} passes all the same"


@pytest.mark.long
def test_a_change_that_nothing_catches_is_missed(tmp_path: Path):
    (tmp_path / "a.py").write_text("VALUE = 1\n", encoding="utf-8")
    (tmp_path / "test_a.py").write_text(
        "import a\n\ndef test_a():\n    assert a.VALUE < 3\n", encoding="utf-8"
    )
    change = Change("another value", "a.py", "VALUE = 1", "VALUE = 2", "test_a.py")
    with planted.put(change, tmp_path):
        told, _ = planted.failing([change.test], tmp_path)
    assert told == "" and (tmp_path / "a.py").read_text(encoding="utf-8") == "VALUE = 1\n"
    with pytest.raises(ValueError, match="has 0 times"), planted.put(change, tmp_path):
        (tmp_path / "a.py").write_text("VALUE = 3\n", encoding="utf-8")
        with planted.put(change, tmp_path):
            pass
