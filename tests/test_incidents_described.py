"""Counts of one's own in a data folder: a table that its checks may ask for, once however often it is put."""

import json
import shutil
from pathlib import Path

import pandas
from folders import SECOND

from utils.archive import Archive
from utils.evidence import tables
from utils.incidents import described

COUNTS = pandas.DataFrame(
    [("2023-12-01", "East", "Mines, laid", 2), ("2023-12-01", "East", "any", 3)],
    columns=["date", "area", "tag", "incidents"],
)


def test_a_table_that_is_put_is_read_with_what_was_there(tmp_path):
    folder = Path(shutil.copytree(SECOND, tmp_path / "own"))
    before = set(Archive.read(folder).tables.declared)
    for times in (1, 2):
        described.put(folder, "own_events", COUNTS.head(times), "Invented events.")
    archive = Archive.read(folder)
    assert set(archive.tables.declared) == {*before, "own_events"}
    assert archive.table("own_events").incidents.tolist() == [2, 3]
    assert archive.tables.unit("own_events", "incidents") == "incidents"
    listed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert [one["path"] for one in listed].count("tables/own_events.csv") == 1


def test_a_folder_that_described_no_table_gets_a_description(tmp_path):
    described.put(tmp_path, "own_events", COUNTS, "Invented events.")
    assert tables.check(tmp_path) == []
    (tmp_path / "tables" / "own_events.csv").write_text("date,area,tag,incidents\n2023-12-01,East,any,0\n")
    assert "own_events.csv" in str(tables.check(tmp_path)[0])
