"""The data folders that tests read, and rows written below those of a table."""

import csv
from pathlib import Path

__all__ = ["ROOT", "SECOND", "append"]

ROOT = Path(__file__).resolve().parent.parent
# An invented article, of another time and field.
SECOND = ROOT / "tests" / "second_article"


def append(path: Path, *rows: object) -> None:
    with path.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
