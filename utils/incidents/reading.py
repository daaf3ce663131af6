"""Files of events as one table of the columns that a mapping asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend
from pyarrow import parquet

from . import splitting
from .mapping import Mapping
from .splitting import UnreadableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["UnreadableError", "files", "named", "read"]

PARQUET = ".parquet"
ENDINGS = (".csv", ".tsv", ".CSV", PARQUET, ".csv.gz", ".tsv.gz")


def files(inputs: Sequence[Path]) -> list[Path]:
    """The files named, and those of folders that are named, in one order; UnreadableError without any."""
    found: list[Path] = []
    for path in inputs:
        inside = [one for one in path.rglob("*") if one.name.endswith(ENDINGS)] if path.is_dir() else [path]
        if not inside:
            raise UnreadableError(f"{path} has no file that ends with {', '.join(ENDINGS)}")
        found += inside
    if missing := [path for path in found if not path.is_file()]:
        raise UnreadableError(f"{missing[0]} is not there")
    return sorted(set(found))


def read(
    connection: BaseBackend,
    paths: Sequence[Path],
    mapping: Mapping,
    asked: Sequence[str],
    kept: Path,
    done: Callable[[Path], None],
) -> tuple[ir.Table, int]:
    """The asked columns of all files, and how many lines could not be split into cells.

    asked: the columns, of which one may stand twice. kept: a folder for what is read once. done: called with
    each file when it is read. UnreadableError names the first file that cannot be read.
    """
    asked = tuple(dict.fromkeys(asked))
    if connection.name != "duckdb":
        return _by_spark(connection, paths, mapping, asked, done)
    columnar, texts = _by_kind(paths)
    tables, broken = [], 0
    for path in columnar:
        splitting.require(path, asked, _columns(path))
        done(path)
    if columnar:
        tables.append(connection.read_parquet([*map(str, columnar)], union_by_name=True).select(*asked))
    if texts:
        kept.mkdir(parents=True)
        broken = sum(_split_once(connection, path, mapping, asked, kept, done) for path in texts)
        tables.append(connection.read_parquet(str(kept / "*.parquet")).select(*asked))
    return _together(tables), broken


def _by_kind(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Those in Parquet, which are read where they are, and those in text."""
    return [one for one in paths if one.suffix == PARQUET], [one for one in paths if one.suffix != PARQUET]


def _split_once(
    connection: BaseBackend,
    path: Path,
    mapping: Mapping,
    asked: Sequence[str],
    kept: Path,
    done: Callable[[Path], None],
) -> int:
    """Keep the asked columns of a text file, as it is slow to split; how many lines could not be split."""
    number = len(list(kept.iterdir()))
    try:
        splitting.split(connection, path, mapping, asked).select(*asked).to_parquet(
            kept / f"{number}.parquet"
        )
        broken = splitting.rejected(connection)
    except UnreadableError:
        raise
    except Exception as error:
        raise splitting.unreadable(path, error) from error
    done(path)
    return broken


@contextmanager
def named(paths: Sequence[Path], asked: Sequence[str]) -> Iterator[None]:
    """Where rows cannot be read that are asked for later, say of which file: UnreadableError."""
    try:
        yield
    except Exception:
        for path in _by_kind(paths)[0]:
            try:
                file = parquet.ParquetFile(path)
                for _ in file.iter_batches(columns=[one for one in asked if one in file.schema_arrow.names]):
                    pass
            except Exception as error:
                raise splitting.unreadable(path, error) from error
        raise


def _by_spark(
    connection: BaseBackend,
    paths: Sequence[Path],
    mapping: Mapping,
    asked: Sequence[str],
    done: Callable[[Path], None],
) -> tuple[ir.Table, int]:
    """All files at once, on Spark's workers, which must see the same paths."""
    columnar, texts = _by_kind(paths)
    tables, broken = [], 0
    if columnar:
        for path in columnar:
            splitting.require(path, asked, _columns(path))
        # Unlike DuckDB, Spark takes some signs in a name for a pattern.
        names = [re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path)) for path in columnar]
        tables.append(
            _viewed(connection, connection._session.read.parquet(*names), "columnar").select(*asked)
        )
    if texts:
        rows, broken = splitting.on_workers(connection._session, texts, mapping, asked)
        tables.append(_viewed(connection, rows, "texts"))
    for path in paths:
        done(path)
    return _together(tables), broken


def _viewed(connection: BaseBackend, frame: DataFrame, name: str) -> ir.Table:
    frame.createOrReplaceTempView(name)
    return connection.table(name)


def _columns(path: Path) -> list[str]:
    try:
        names: list[str] = parquet.read_schema(path).names
        return names
    except Exception as error:
        raise splitting.unreadable(path, error) from error


def _together(tables: Sequence[ir.Table]) -> ir.Table:
    """The rows of all; a column that is text in one is text in all."""
    if len(tables) == 1:
        return tables[0]
    return ibis.union(*(one.cast(dict.fromkeys(one.columns, "string")) for one in tables))
