"""The same counts from Spark as from DuckDB; skipped where Spark and a Java runtime are not installed."""

import events
import pytest

from utils.incidents import engine, mapping, run

pytest.importorskip("pyspark", reason="Spark is no package of the lock")


@pytest.mark.parametrize("name", sorted(mapping.shipped()))
def test_spark_counts_what_duckdb_counts(tmp_path, monkeypatch, name):
    how = mapping.load(name)
    path = events.written(tmp_path / "events.csv", events.generated(name, how, 400), how)
    expected = run.count([path], how, events.AREAS)
    monkeypatch.setenv(engine.VARIABLE, "local[2]")
    got = run.count([path], how, events.AREAS)
    assert got.table.to_csv() == expected.table.to_csv()
    assert (got.read, got.repeated, got.wrong, got.unknown) == (
        expected.read,
        expected.repeated,
        expected.wrong,
        expected.unknown,
    )
