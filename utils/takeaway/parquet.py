"""A table as Parquet; its description stands in the metadata of the file, units in those of the columns."""

from __future__ import annotations

import io

import pyarrow
from pyarrow import parquet

from .described import Column, Described

__all__ = ["as_parquet"]

TYPES = {
    "date": pyarrow.date32(),
    "number": pyarrow.float64(),
    "integer": pyarrow.int64(),
    "string": pyarrow.string(),
    "boolean": pyarrow.bool_(),
}


def as_parquet(table: Described) -> bytes:
    """The rows with the types of their columns; the same rows give the same bytes."""
    fields = [
        pyarrow.field(
            column.name,
            TYPES[column.kind],
            metadata={
                key: text for key, text in (("unit", column.unit), ("meaning", column.meaning)) if text
            },
        )
        for column in table.columns
    ]
    cells = list(zip(*table.rows, strict=True)) or [()] * len(fields)
    arrays = [pyarrow.array(one, field.type) for one, field in zip(cells, fields, strict=True)]
    file = io.BytesIO()
    parquet.write_table(
        pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields, metadata=table.facts)), file
    )
    return file.getvalue()


def _told(column: Column) -> dict[str, str]:
    told = {"unit": column.unit, "meaning": column.meaning}
    return {heading: text for heading, text in told.items() if text}
