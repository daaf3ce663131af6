"""Many data folders at once: the same verdicts as one by one, and one line for each that failed."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from cost import usual
from folders import SECOND
from pyarrow import parquet

from utils import shelf, verdicts
from utils.__main__ import main
from utils.archive import Archive
from utils.calibration import folder, generate
from utils.calibration.worlds import WORLDS


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A shelf of generated folders, each with one article, of every world in turn."""
    place = tmp_path_factory.mktemp("shelf")
    worlds = list(WORLDS.values())
    for number in range(12):
        folder.write(place / f"{number:03}", generate.article(worlds[number % len(worlds)], 15, number))
    return place


def test_the_unit_gives_the_verdicts_of_both_clocks():
    archive = Archive.read(SECOND)
    one = shelf.judged(str(SECOND))
    expected = [
        (claim.id, clock, verdict.as_of, verdict.label, verdict.probability, verdict.reason)
        for claim in archive.claims
        for clock, verdict in zip(("article", "today"), verdicts.two_clocks(archive, claim), strict=True)
    ]
    keys = ("claim", "clock", "as_of", "label", "probability", "reason")
    assert [tuple(row[key] for key in keys) for row in one.rows] == expected and not one.failure


@pytest.mark.long
def test_side_by_side_gives_what_one_after_another_gives(made):
    paths = shelf.folders([made])
    assert len(paths) == 12
    told: list[shelf.Shelved] = []
    together = shelf.shelve(paths, 2, told.append)
    assert together == [shelf.judged(str(path)) for path in paths]
    assert sorted(one.folder for one in told) == [str(path) for path in paths]
    assert shelf.as_parquet(together) == shelf.as_parquet(shelf.shelve(paths, 1, told.append))


@pytest.mark.long
def test_the_command_writes_every_verdict_and_a_line_for_each_folder_that_failed(made, tmp_path, capsys):
    shutil.copytree(made, tmp_path / "shelf")
    spoilt, broken = tmp_path / "shelf" / "003", tmp_path / "shelf" / "007"
    (spoilt / "statements.csv").write_text("id,nothing\n", encoding="utf-8")
    (broken / "claims.yaml").write_text("claims: [", encoding="utf-8")
    out = tmp_path / "new" / "shelf.parquet"
    assert main(["shelf", str(tmp_path / "shelf"), str(SECOND), "--out", str(out), "--processes", "2"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    for path in (spoilt, broken):
        (line,) = [line for line in lines if line.startswith(f"{path}: ")]
        assert "the first:" in line
    table = parquet.read_table(out)
    assert table.schema.equals(shelf.SCHEMA)
    kept = set(table.column("folder").to_pylist())
    assert len(kept) == 11 and str(SECOND) in kept and not {str(spoilt), str(broken)} & kept
    assert lines[-1].endswith(f"{table.num_rows} verdicts of 11 folders, 2 failed")


def test_whatever_a_folder_raises_the_others_are_judged(monkeypatch):
    monkeypatch.setattr(verdicts, "two_clocks", lambda *asked: 1 / 0)
    assert shelf.judged(str(SECOND)).failure == "ZeroDivisionError: division by zero"


@pytest.mark.long
def test_a_killed_process_costs_its_own_folder_alone(made, monkeypatch):
    paths = shelf.folders([made])
    judged, fatal = shelf.judged, str(paths[4])

    def fate(name: str) -> shelf.Shelved:
        if name == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return judged(name)

    fate.__module__, fate.__qualname__ = "utils.shelf", "judged"
    monkeypatch.setattr(shelf, "judged", fate)
    found = {one.folder: one for one in shelf.shelve(paths, 2, lambda one: None)}
    assert [name for name, one in found.items() if one.failure] == [fatal]
    assert found[fatal].failure == "the process that judged it was killed"


def test_what_is_no_data_folder_is_named(tmp_path, capsys):
    assert main(["shelf", str(tmp_path), "--out", str(tmp_path / "t.parquet")]) == 2
    assert f"{tmp_path} is no data folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.alone
def test_a_folder_costs_at_most_a_second_of_processor_time(made, record_property):
    shelf.judged(str(SECOND))
    judged = []
    each = usual(lambda: judged.extend(shelf.judged(str(path)) for path in shelf.folders([made]))) / 12
    assert len(judged) == 12 and not any(one.failure for one in judged)
    record_property("seconds of processor time a folder of the shelf", round(each, 3))
    assert each < 1
