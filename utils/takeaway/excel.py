"""A table as an Excel workbook: the rows on one sheet, on the next what they are and where they come from."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from .described import Cell, Column, Described
from .zipped import as_zip

__all__ = ["as_excel"]

ABOUT = "about"
LONGEST_NAME = 31
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
# Excel counts days from 1900 on and takes that year for a leap year.
FIRST_DAY = date(1900, 3, 1)
# A whole number beyond is not kept by a program whose numbers are all floating.
LARGEST = 2**53
# The part of a workbook that holds the time of its making, which is not told.
CORE = "docProps/core.xml"
MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def as_excel(table: Described) -> bytes:
    """The workbook; ValueError names the first row that Excel could not hold as it is."""
    if len(table.rows) >= MOST_ROWS:
        raise ValueError(f"{table.name} has more rows than a sheet of Excel; save it as .csv or .parquet")
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = table.name[:LONGEST_NAME]
    for place, column in enumerate(table.columns, start=1):
        _head(sheet.cell(1, place), column)
    for line, row in enumerate(table.rows, start=2):
        for place, cell in enumerate(row, start=1):
            if cell is not None:
                if why := _unfit(cell):
                    where = f"{table.name}, row {line}, {table.columns[place - 1].name}"
                    raise ValueError(f"{where}: Excel cannot hold {why}; save it as .csv or .parquet")
                _put(sheet.cell(line, place), cell)
    sheet.freeze_panes = "A2"
    _tell(book.create_sheet(ABOUT), table)
    file = io.BytesIO()
    book.save(file)
    return _timeless(file.getvalue())


def _unfit(cell: Cell) -> str | None:
    """Why Excel would not give a cell back as it is; None where it would."""
    if isinstance(cell, str) and len(cell) > LONGEST_TEXT:
        return f"a text of more than {LONGEST_TEXT} characters"
    if isinstance(cell, str) and ILLEGAL_CHARACTERS_RE.search(cell):
        return "a control character"
    if isinstance(cell, date) and cell < FIRST_DAY:
        return f"a day before {FIRST_DAY}"
    if isinstance(cell, int) and abs(cell) > LARGEST:
        return f"a whole number beyond {LARGEST}"
    return None


def _put(target: SheetCell, cell: Cell) -> None:
    """A value in its cell; text stays text, also where it begins with = or spells an error of Excel's."""
    target.value = cell
    if isinstance(cell, str):
        target.data_type = "s"
        target.quotePrefix = True
    elif isinstance(cell, float):
        # As a number it would be written to sixteen digits, of which some need seventeen.
        target.value = repr(cell)
        target.data_type = "n"
    elif isinstance(cell, date):
        target.number_format = "yyyy-mm-dd"


def _head(target: SheetCell, column: Column) -> None:
    _put(target, column.name)
    target.font = Font(bold=True)
    told = "\n".join(filter(None, (column.unit and f"Unit: {column.unit}", column.meaning)))
    if told:
        target.comment = Comment(told, ABOUT)


def _tell(sheet: Worksheet, table: Described) -> None:
    """The second sheet: what is told of the table, then of each column."""
    lines: list[tuple[str, ...]] = list(table.facts.items())
    lines += [(), ("column", "type", "unit", "meaning")]
    lines += [(column.name, column.kind, column.unit, column.meaning) for column in table.columns]
    for line, texts in enumerate(lines, start=1):
        for place, text in enumerate(texts, start=1):
            if text:
                _put(sheet.cell(line, place), text)


def _timeless(book: bytes) -> bytes:
    """The same workbook without the time of its making, so that the same rows give the same bytes."""
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[CORE] = MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", parts[CORE])
    return as_zip(parts)
