"""What computes: DuckDB in this process, with a bound on its memory, or Spark where a cluster is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis
from ibis.backends import BaseBackend

__all__ = ["VARIABLE", "EngineError", "connected"]

# Names a Spark master, as spark://host:7077 or local-cluster[2,1,1024].
VARIABLE = "FIFTY_THOUSAND_ENGINE"
MEMORY = "1500MB"


class EngineError(RuntimeError):
    """An engine that is not known, not installed or not there; one line that says what to do."""


@contextmanager
def connected() -> Iterator[tuple[BaseBackend, Path]]:
    """A connection and a folder for what is kept meanwhile; both go at the end. EngineError without one."""
    master = os.environ.get(VARIABLE, "")
    with TemporaryDirectory(prefix="incidents-") as folder:
        connection = _spark(master) if master else _duckdb(folder)
        try:
            yield connection, Path(folder)
        finally:
            connection.disconnect()


def _duckdb(folder: str) -> BaseBackend:
    connection = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=f"{folder}/spilled")
    # Nothing is fetched while it runs, and no order is kept that nobody asks for.
    for setting in ("autoinstall_known_extensions", "preserve_insertion_order"):
        connection.raw_sql(f"SET {setting} = false")
    return connection


def _spark(master: str) -> BaseBackend:
    if not master.startswith(("spark://", "local-cluster[", "local[")):
        raise EngineError(f"{VARIABLE}={master}: expected spark://host:port or local-cluster[n,cores,MB]")
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise EngineError(
            f"{VARIABLE}={master}: Spark is asked for, but there is no package pyspark here"
        ) from None
    session = (
        SparkSession.builder.master(master)
        .appName("incidents")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)
