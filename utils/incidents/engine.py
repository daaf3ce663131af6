"""What computes: DuckDB in this process, with a bound on its memory, or Spark where a cluster is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import ibis
from ibis.backends import BaseBackend

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["VARIABLE", "EngineError", "connected", "duckdb", "started"]

# Names a Spark master, as spark://host:7077 or local-cluster[2,1,1024].
VARIABLE = "FIFTY_THOUSAND_ENGINE"
MEMORY = "1500MB"


class EngineError(RuntimeError):
    """An engine that is not known, not installed or not there; one line that says what to do."""


@contextmanager
def connected() -> Iterator[tuple[BaseBackend, Path]]:
    """A connection and a folder for what is kept meanwhile; both go at the end. EngineError without one.

    A session of Spark that runs already is used, and stays.
    """
    if master := os.environ.get(VARIABLE, ""):
        with TemporaryDirectory(prefix="incidents-") as folder, _spark(master) as connection:
            yield connection, Path(folder)
    else:
        with duckdb(MEMORY) as (connection, kept):
            yield connection, kept


@contextmanager
def duckdb(memory: str) -> Iterator[tuple[BaseBackend, Path]]:
    """DuckDB in this process, with a bound on its memory, and a folder; both go at the end."""
    with TemporaryDirectory(prefix="incidents-") as folder:
        connection = ibis.duckdb.connect(memory_limit=memory, temp_directory=f"{folder}/spilled")
        # Nothing is fetched while it runs, and no order is kept that nobody asks for.
        for setting in ("autoinstall_known_extensions", "preserve_insertion_order"):
            connection.raw_sql(f"SET {setting} = false")
        try:
            yield connection, Path(folder)
        finally:
            connection.disconnect()


@contextmanager
def _spark(master: str) -> Iterator[BaseBackend]:
    is_here = master.startswith(("local-cluster[", "local["))
    if not is_here and not master.startswith("spark://"):
        raise EngineError(f"{VARIABLE}={master}: expected spark://host:port or local-cluster[n,cores,MB]")
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise EngineError(
            f"{VARIABLE}={master}: Spark is asked for, but there is no package pyspark here"
        ) from None
    running = SparkSession.getActiveSession()
    session = running.newSession() if running else started(SparkSession.builder.master(master), is_here)
    try:
        yield ibis.pyspark.connect(session)
    finally:
        if running is None:
            session.stop()


def started(builder: SparkSession.Builder, is_here: bool) -> SparkSession:
    """A session of its own; on this machine it speaks to nobody else and has few tasks a shuffle."""
    if is_here:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.sql.shuffle.partitions", "8")
    try:
        session = builder.appName("incidents").config("spark.ui.enabled", "false").getOrCreate()
    except Exception as error:
        why = str(error).strip().splitlines()[0]
        raise EngineError(f"Spark does not start ({why}); it needs a Java runtime, 17 or 21") from error
    session.sparkContext.setLogLevel("ERROR")
    return session
