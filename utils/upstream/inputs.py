"""What a dataset's module gets to compute from: the pinned files, and the corrections of known errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..evidence.datasets import CorrectionOutdated, Dataset

if TYPE_CHECKING:
    import pandas

__all__ = ["CorrectionOutdated", "Inputs"]


@dataclass(frozen=True)
class Inputs:
    """The files of some datasets on this machine.

    paths: dataset, then path below the dataset's folder, to the file.
    """

    datasets: Mapping[str, Dataset]
    paths: Mapping[str, Mapping[str, Path]]

    def files(self, dataset: str) -> list[Path]:
        """Every file of a dataset, in the order of their paths."""
        return [path for _, path in sorted(self.paths[dataset].items())]

    def file(self, dataset: str, name: str) -> Path:
        """One file of a dataset by its path below the dataset's folder; KeyError if there is none."""
        return self.paths[dataset][name]

    def corrected(self, dataset: str, frame: str, rows: pandas.DataFrame) -> pandas.DataFrame:
        """Raw rows with the dataset's corrections for this frame applied.

        Cells are compared as text. CorrectionOutdated when a correction meets another number of rows than it
        expects; KeyError when it names a column that is not there.
        """
        rows = rows.copy()
        for correction in self.datasets[dataset].corrections:
            if correction.frame != frame:
                continue
            meant = rows.index == rows.index
            for column, text in correction.where.items():
                meant &= rows[column].astype(str) == text
            correction.require(int(meant.sum()))
            if correction.action == "drop":
                rows = rows[~meant]
            else:
                kept = rows[correction.field]
                rows[correction.field] = kept.mask(meant, correction.value).astype(kept.dtype)
        return rows
