"""Text files split into cells, each by DuckDB, in this process or in those of Spark's workers.

One splitter for all engines, so that the same lines are put aside as ones that cannot be split.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow
from ibis.backends import BaseBackend
from pyarrow import parquet

from ..evidence.nearest import meant
from .engine import duckdb
from .mapping import Mapping

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["UnreadableError", "on_workers", "rejected", "require", "split", "unreadable"]

QUOTE = '"'
# The column in which a worker tells how many lines of a file could not be split.
UNSPLIT = "lines that cannot be split"
# Beside the memory that Spark gives its workers.
MEMORY_OF_A_WORKER = "500MB"


class UnreadableError(ValueError):
    """A file that cannot be read; one line with its name."""


def split(connection: BaseBackend, path: Path, mapping: Mapping, asked: Sequence[str]) -> ir.Table:
    """A text file, each cell as text; `rejected` tells afterwards how many lines could not be split.

    UnreadableError when a column that is asked for is not there.
    """
    columns = list(mapping.columns) or _header(path, mapping.delimiter)
    require(path, asked, columns)
    return connection.read_csv(
        str(path),
        all_varchar=True,
        auto_detect=False,
        columns=dict.fromkeys(columns, "VARCHAR"),
        header=not mapping.columns,
        delim=mapping.delimiter,
        quote=QUOTE,
        escape=QUOTE,
        store_rejects=True,
    )


def _header(path: Path, delimiter: str) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines, delimiter=delimiter), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from error


def require(path: Path, asked: Sequence[str], columns: Sequence[str]) -> None:
    """UnreadableError when a file lacks a column that is asked for."""
    for name in asked:
        if name not in columns:
            raise UnreadableError(f"{path} has no column {name!r}{meant(name, columns)}")


def rejected(connection: BaseBackend) -> int:
    """How many lines the last file had that could not be split."""
    newest = "SELECT max(scan_id) FROM reject_scans"
    asked = f"SELECT count(DISTINCT line) FROM reject_errors WHERE scan_id = ({newest})"
    ((many,),) = connection.raw_sql(asked).fetchall()
    return int(many)


def on_workers(
    session: SparkSession, paths: Sequence[Path], mapping: Mapping, asked: Sequence[str]
) -> tuple[DataFrame, int]:
    """The asked columns of text files that each worker splits by itself, and how many lines it could not.

    A file is a task. The workers must see the same paths and have this project installed. UnreadableError
    names a file that cannot be read.
    """
    schema = ", ".join(f"`{name.replace('`', '``')}` string" for name in asked)
    numbers = session.range(0, len(paths), 1, len(paths))
    task = _task([str(path) for path in paths], mapping, tuple(asked))
    rows = numbers.mapInArrow(task, f"{schema}, `{UNSPLIT}` bigint").cache()
    try:
        ((many,),) = rows.selectExpr(f"coalesce(sum(`{UNSPLIT}`), 0)").collect()
    except Exception as error:
        named = re.search(rf"{UnreadableError.__name__}: (.+)", str(error))
        if named is None:
            raise
        raise UnreadableError(named[1]) from None
    return rows.filter(f"`{UNSPLIT}` IS NULL").drop(UNSPLIT), int(many)


def _task(
    names: Sequence[str], mapping: Mapping, asked: Sequence[str]
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterable[pyarrow.RecordBatch]]:
    """What a worker does with the numbers of files."""

    def cells(numbers: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        for batch in numbers:
            for number in batch.column(0).to_pylist():
                yield from _cells(Path(names[number]), mapping, asked)

    return cells


def _cells(path: Path, mapping: Mapping, asked: Sequence[str]) -> Iterator[pyarrow.RecordBatch]:
    """The asked cells of a file in batches; the last row tells only how many lines were left out."""
    schema = pyarrow.schema([*((name, pyarrow.string()) for name in asked), (UNSPLIT, pyarrow.int64())])
    with duckdb(MEMORY_OF_A_WORKER) as (connection, folder):
        kept = folder / "cells.parquet"
        try:
            split(connection, path, mapping, asked).select(*asked).to_parquet(kept)
            many = rejected(connection)
        except UnreadableError:
            raise
        except Exception as error:
            raise unreadable(path, error) from error
        for batch in parquet.ParquetFile(kept).iter_batches():
            none = pyarrow.nulls(len(batch), pyarrow.int64())
            yield pyarrow.RecordBatch.from_arrays([*batch.columns, none], schema=schema)
    last = [*(pyarrow.nulls(1, pyarrow.string()) for _ in asked), pyarrow.array([many])]
    yield pyarrow.RecordBatch.from_arrays(last, schema=schema)


def unreadable(path: Path, error: Exception) -> UnreadableError:
    """What to say of a file that an engine cannot read."""
    return UnreadableError(f"{path} cannot be read: {str(error).strip().splitlines()[0]}")
