"""A second look at a random sample of the rows, as a data folder tells of it in `review.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from .cells import Day
from .schema import Record

__all__ = ["FILE", "Review"]

FILE = "review.yaml"
Count = Annotated[int, Field(ge=0)]


class Wrong(Record):
    """How many of the checked rows were wrong, by what was wrong."""

    teller: Count
    figure: Count
    day: Count
    origin: Count

    @property
    def rows(self) -> int:
        """All of them."""
        return self.teller + self.figure + self.day + self.origin


class Reread(Record):
    """How many rows were read again to see who said the sentence, and how many had another teller."""

    rows: Count
    wrong_teller: Count


class Review(Record):
    """A sample of the sound rows: how it was drawn, how many of it could be checked, and what was wrong."""

    day: Day
    seed: int
    drawn: Annotated[int, Field(ge=1)]
    sound: Annotated[int, Field(ge=1)] = Field(description="the sound rows that it was drawn from")
    checked: Annotated[int, Field(ge=1)] = Field(description="those whose own page could be read again")
    wrong: Wrong
    reread: Reread | None = None

    @model_validator(mode="after")
    def _no_more_than_there_are(self) -> Review:
        if not self.wrong.rows <= self.checked <= self.drawn <= self.sound:
            raise ValueError("no more wrong than checked, checked than drawn, drawn than there were")
        return self
