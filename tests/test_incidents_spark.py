"""The same counts from Spark as from DuckDB, also when one of a cluster's two workers is lost."""

import gzip

import cluster
import events
import pandas
import pytest

from utils.incidents import engine, mapping, reading, run

# Too few cells, too many, text behind a quote, and a quote without an end.
UNSPLIT = ["2,2024-11-10", "3,2024-11-10,30.5,48.5,x,more,and more", '4,2024-11-10,"30"1,48.5,x', '5,"2024']


def told(counts: run.Counts) -> tuple[object, ...]:
    return counts.table.to_csv(), counts.read, counts.repeated, counts.wrong, counts.unknown


def both(monkeypatch, *paths, how):
    """What DuckDB and what Spark counts."""
    monkeypatch.delenv(engine.VARIABLE, raising=False)
    expected = run.count(paths, how, events.AREAS)
    monkeypatch.setenv(engine.VARIABLE, cluster.MASTER)
    return told(expected), told(run.count(paths, how, events.AREAS))


@pytest.mark.parametrize("name", sorted(mapping.shipped()))
def test_spark_counts_what_duckdb_counts(spark, tmp_path, monkeypatch, name):
    how = mapping.load(name)
    path = events.written(tmp_path / "events.csv", events.generated(name, how, 400), how)
    expected, got = both(monkeypatch, path, how=how)
    assert got == expected and len(got[3]) == 5


def test_files_of_other_columns_and_kinds_and_lines_that_cannot_be_split_are_counted_alike(
    spark, tmp_path, monkeypatch
):
    how = mapping.Mapping(moment="day", longitude="lon", latitude="lat", tags="kind", same=("id",))
    lines = ["1,2024-11-10,30.5,48.5,x", '6,2024-11-11,31.5,48.5,"two\nlines, a ""word"""', *UNSPLIT]
    (tmp_path / "a.csv").write_text("\n".join(["id,day,lon,lat,kind", *lines]) + "\n", encoding="utf-8")
    turned = "more,kind,lat,lon,day,id\n,y,48.5,30.5,2024-11-12,7\n1,2\n"
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(turned.encode()))
    frame = pandas.DataFrame(
        {"id": ["8"], "day": ["2024-11-13"], "lon": ["31.5"], "lat": ["48.5"], "kind": ["z"]}
    )
    frame.to_parquet(tmp_path / "c.parquet")
    expected, got = both(monkeypatch, *reading.files([tmp_path]), how=how)
    assert got == expected
    assert [(one.reason, one.rows) for one in got[3]] == [(run.BROKEN, 5)] and got[1] == 9


@pytest.mark.parametrize(
    "content", [b"id,when,lon,lat,kind\n", b"id,day,lon,lat,kind\n1,2024-11-10,1,1,\xff\n"]
)
def test_spark_too_names_a_file_that_cannot_be_read(spark, tmp_path, monkeypatch, content):
    how = mapping.Mapping(moment="day", longitude="lon", latitude="lat", tags="kind", same=("id",))
    (tmp_path / "b.csv").write_bytes(content)
    why = []
    for master in ("", cluster.MASTER):
        monkeypatch.setenv(engine.VARIABLE, master)
        with pytest.raises(reading.UnreadableError, match=r"b\.csv (has no column|cannot be read)") as raised:
            run.count([tmp_path / "b.csv"], how, events.AREAS)
        why.append(str(raised.value))
    assert why[0] == why[1]


def test_a_worker_that_is_killed_in_the_middle_of_the_job_changes_nothing(spark, tmp_path, monkeypatch):
    how = mapping.load("viina")
    rows = events.generated("viina", how, 6000)
    paths = [
        events.written(tmp_path / f"{start:05}.csv", rows[start : start + 500], how)
        for start in range(0, len(rows), 500)
    ]
    before = cluster.workers()
    assert len(before) == 2
    killing = cluster.Killing(spark, before)
    with killing:
        expected, got = both(monkeypatch, *paths, how=how)
    assert got == expected
    assert killing.stage is not None, "no task was under way on the worker that was to be killed"
    assert killing.failed_tasks() > 0 and killing.killed not in cluster.workers()
