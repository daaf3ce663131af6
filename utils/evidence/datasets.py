"""External datasets as a data folder pins them.

`datasets.yaml` says of every dataset who publishes it, at which revision it is pinned and what is wrong with
it; `files.csv` pins every file of it by SHA-256.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..words import counted
from .cells import LONGEST_LAG, Day, Days, FileName, Identifier, Name, Text
from .schema import Record, Row

__all__ = ["Correction", "CorrectionOutdated", "Dataset", "Datasets", "PinnedFile"]


class CorrectionOutdated(ValueError):
    """A known upstream error is not there as it was: upstream has changed, the correction needs a look."""


class Correction(Record):
    """A known error of an upstream file, as data.

    The rows in which every column of `where` has the given text are dropped or get another value. `expect`
    is the guard: when another number of rows matches, upstream has changed and the correction is due for
    review.
    """

    frame: Identifier = Field(description="the name by which the dataset's module knows the raw rows")
    where: dict[str, str]
    action: Literal["drop", "set"]
    field: str | None = Field(None, description="the column that is set")
    value: str | None = Field(None, description="what it is set to; nothing makes it empty")
    expect: int = Field(ge=1, description="how many rows match as long as upstream is not mended")
    reason: Text

    def require(self, many: int) -> None:
        """CorrectionOutdated when it meets another number of rows than it expects."""
        if many != self.expect:
            raise CorrectionOutdated(
                f"the correction of {self.frame} where {self.where} expects {counted(self.expect, 'row')}, "
                f"but {counted(many, 'is', 'are')} there; upstream may have mended it ({self.reason})"
            )


class Dataset(Record):
    """One external dataset, pinned."""

    id: Name
    title: Text
    publisher: Text
    party: Identifier = Field(description="whose side the publisher stands on; a party of article.yaml")
    citation: Text
    licence: Text
    shipped: Text = Field(description="what of it this project may publish, and does")
    repository: Text = Field(description="owner and name of the public repository that holds the files")
    revision: Text = Field(description="the commit or tag to which the files are pinned")
    folder: str = Field(description="where in the repository the files lie")
    files: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="patterns of the files' paths below the folder"
    )
    newest_only: bool = Field(False, description="only the last file by name counts; the name has a date")
    retrieved: Day
    publication_lag_days: Days = Field(
        description="days from the day that a row is about until it could be known"
    )
    lag_reason: Text
    horizon_days: Annotated[int, Field(ge=1, le=LONGEST_LAG)] = Field(
        description="days after the newest row could be known for which it still speaks for the present: 1 "
        "for prices, 30 for daily maps and counts, 90 for what is filled in over months, 180 for aid, 730 "
        "for yearly counts, 7300 for boundaries of provinces"
    )
    coverage_from: Day
    coverage_to: Day
    gaps: Text
    known_problems: tuple[Text, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def maker(self) -> str:
        """Who made it; the publisher's name goes on with who keeps the copy."""
        return self.publisher.partition(";")[0]


class Datasets(Record):
    """The datasets file."""

    datasets: Annotated[tuple[Dataset, ...], Field(min_length=1)]


class PinnedFile(Row):
    """A file of a dataset, pinned. The id is the file's path in a mirror: dataset, then path."""

    id: FileName = Field(description="where it lies in a mirror: dataset, then path")
    dataset: Identifier = Field(description="the dataset that it is of; an id of datasets.yaml")
    path: FileName = Field(description="path below the dataset's folder in the repository")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of its bytes, in hexadecimal digits"
    )
    bytes: Annotated[int, Field(ge=0)] = Field(description="its size in bytes")
