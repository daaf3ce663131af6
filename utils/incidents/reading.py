"""Files of events as one table of the columns that a mapping asks for."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import ibis.expr.types as ir
from ibis.backends import BaseBackend

from ..evidence.nearest import meant
from .mapping import Mapping

__all__ = ["UnreadableError", "files", "read"]

ENDINGS = (".csv", ".tsv", ".CSV", ".parquet", ".csv.gz", ".tsv.gz")
QUOTE = '"'


class UnreadableError(ValueError):
    """A file that cannot be read; one line with its name."""


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
        return _by_spark(connection, paths, mapping, asked, done), 0
    kept.mkdir(parents=True)
    broken = 0
    for number, path in enumerate(paths):
        try:
            if path.suffix == ".parquet":
                table = connection.read_parquet(str(path))
                _require(path, asked, table.columns)
            else:
                table = _csv(connection, path, mapping, asked)
            table.select(*asked).to_parquet(kept / f"{number:06d}.parquet")
            broken += 0 if path.suffix == ".parquet" else _rejected(connection)
        except UnreadableError:
            raise
        except Exception as error:
            raise UnreadableError(f"{path} cannot be read: {str(error).strip().splitlines()[0]}") from error
        done(path)
    return connection.read_parquet(str(kept / "*.parquet"), union_by_name=True), broken


def _csv(connection: BaseBackend, path: Path, mapping: Mapping, asked: Sequence[str]) -> ir.Table:
    """A CSV file, each cell as text; lines that cannot be split are put aside and counted."""
    columns = _columns(path, mapping, asked)
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


def _columns(path: Path, mapping: Mapping, asked: Sequence[str]) -> list[str]:
    """The columns of a CSV file; UnreadableError when one that is asked for is not among them."""
    columns = list(mapping.columns) or _header(path, mapping.delimiter)
    _require(path, asked, columns)
    return columns


def _header(path: Path, delimiter: str) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines, delimiter=delimiter), [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from error


def _require(path: Path, asked: Sequence[str], columns: Sequence[str]) -> None:
    for name in asked:
        if name not in columns:
            raise UnreadableError(f"{path} has no column {name!r}{meant(name, columns)}")


def _rejected(connection: BaseBackend) -> int:
    """How many lines the last file had that could not be split."""
    newest = "SELECT max(scan_id) FROM reject_scans"
    asked = f"SELECT count(DISTINCT line) FROM reject_errors WHERE scan_id = ({newest})"
    ((many,),) = connection.raw_sql(asked).fetchall()
    return int(many)


def _by_spark(
    connection: BaseBackend,
    paths: Sequence[Path],
    mapping: Mapping,
    asked: Sequence[str],
    done: Callable[[Path], None],
) -> ir.Table:
    """All files at once, as Spark reads them in parts on its workers, which must see the same paths."""
    columns = [] if paths[0].suffix == ".parquet" else _columns(paths[0], mapping, asked)
    names = [str(path) for path in paths]
    if not columns:
        table = connection.read_parquet(names)
    else:
        schema = ", ".join(f"`{name}` STRING" for name in columns)
        table = connection.read_csv(
            names,
            header=not mapping.columns,
            sep=mapping.delimiter,
            quote=QUOTE,
            escape=QUOTE,
            multiLine=True,
            schema=schema,
        )
    for path in paths:
        done(path)
    return table.select(*asked)
