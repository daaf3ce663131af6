"""A table as CSV, with its description beside it: CSV on the Web (CSVW), a standard of the W3C.

Programs that know CSVW look for `NAME.csv-metadata.json` beside `NAME.csv`. Text is written as it is: to open
the file in a spreadsheet, where a text that begins with = would be computed, save as Excel instead.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import numpy

from .described import Cell, Column, Described

__all__ = ["as_csv", "metadata"]


def as_csv(table: Described) -> bytes:
    """The rows in UTF-8 with a header; numbers in digits, days as YYYY-MM-DD, an empty cell for no value."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_spelled(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode()


def _spelled(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return numpy.format_float_positional(cell, trim="-")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def metadata(table: Described, file: str) -> bytes:
    """The description of a CSV file of this name, in CSVW's JSON."""
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": table.title,
        "dc:description": table.missing,
        "dc:license": [{"@id": address} if address else title for title, address in table.licences],
        "dc:source": list(table.sources),
        "dc:date": table.as_of.isoformat(),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"]},
        "tableSchema": {"columns": [_described(column) for column in table.columns]},
    }
    told = {key: value for key, value in content.items() if value}
    return f"{json.dumps(told, indent=2, ensure_ascii=False)}\n".encode()


def _described(column: Column) -> dict[str, str]:
    told = {
        "name": column.name,
        "titles": column.name,
        "datatype": column.kind,
        "null": "",
        "dc:description": column.meaning,
        "schema:unitText": column.unit,
    }
    return {key: value for key, value in told.items() if value or key == "null"}
