"""The claims of an article, as types.

A claim names its checks and their parameters. A check that is planned but not built yet is a
`PlannedCheck`: it says what will be asked, and no verdict is made from it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainValidator, SerializeAsAny, ValidationError, model_validator

from ..shown import View, records
from ..words import Label, Told
from .cells import Identifier, Name, Text
from .nearest import require, unknown
from .parameters import BuiltCheck, PlannedCheck, model_of
from .problems import unfit
from .schema import Record

__all__ = ["Answer", "Check", "Claim", "Claims", "SinceThen", "WrittenAnswer"]


def _of_method(raw: object) -> BuiltCheck | PlannedCheck:
    """A check that asks a question is a planned one; the others have the parameters of their method."""
    if isinstance(raw, BuiltCheck | PlannedCheck):
        return raw
    if not isinstance(raw, dict):
        raise ValueError("a check with its method and its parameters")
    if "question" in raw:
        return PlannedCheck.model_validate(raw)
    return model_of(raw.get("method")).model_validate(raw)


Check = Annotated[SerializeAsAny[BuiltCheck | PlannedCheck], PlainValidator(_of_method)]


class WrittenAnswer(Record):
    """Whether a claim was true, in a sentence or two that a newspaper could print, written by people.

    A value stands in braces, as in the sentences of notebooks; `utils.answers.places` says which there are.
    The rest says what the text was written for: with another label or firmness it is not shown.
    """

    text: Text = Field(description="the answer in plain English; numbers only in braces")
    label: Told = Field(description="the label that readers are told")
    firm: bool = Field(description="whether it is firm")
    parts: dict[Text, Label] = Field(
        {}, description="labels of readings or conditions, by their words, that the text speaks of"
    )


class SinceThen(Record):
    """What became of the matter after the days that the claim speaks of."""

    text: Text = Field(description="a sentence that begins after the words 'Since then'")
    rows: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="ids of the statements and events that say so"
    )


class Answer(Record):
    """The answer to a claim on both clocks, and what became of it."""

    on_the_day: WrittenAnswer = Field(description="by what was public on the day of the article")
    today: WrittenAnswer = Field(description="by all that the folder holds")
    not_known: Text | None = Field(None, description="what is not known about it, in a sentence")
    since_then: SinceThen | None = Field(None, description="left out where the matter did not go on")


class Claim(Record):
    """One claim of the article, in our words."""

    id: Name
    paragraphs: Annotated[tuple[int, ...], Field(min_length=1)] = Field(
        description="where it stands in the article"
    )
    wording: Text = Field(description="the claim in our words")
    speaker: Text = Field(description="who says it, according to the article")
    kind: Literal["quantity", "attribution", "occurrence", "trend", "independence", "causal", "forecast"]
    topic: Text
    would_count: Text = Field(description="what would make the claim true, written before the first verdict")
    does_not_show: Text | None = Field(
        None, description="what a reader might take the verdict to say, and it does not"
    )
    answer: Answer | None = Field(
        None, description="the answer in plain English; without it one is computed from the verdict"
    )
    notebook: Identifier | None = Field(None, description="the notebook that argues it, once there is one")
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _told_apart(self) -> Claim:
        keys = [check.key for check in self.built]
        if len(set(keys)) < len(keys):
            raise ValueError("a name of its own for each check of one method")
        return self

    def _view(self) -> View:
        return records.record(self, f"Claim {self.id}: {self.wording}")

    @property
    def built(self) -> tuple[BuiltCheck, ...]:
        """The checks that can be run."""
        return tuple(check for check in self.checks if isinstance(check, BuiltCheck))

    @property
    def is_checked(self) -> bool:
        """Whether every check of the claim is built; only then is there a verdict."""
        return len(self.built) == len(self.checks)

    def parameters(self, key: str) -> BuiltCheck:
        """The parameters of one built check by its name or method; KeyError if there is none."""
        for check in self.built:
            if check.key == key:
                return check
        raise KeyError(unknown(f"check of {self.id}", key, (check.key for check in self.built)))

    def vary(self, key: str, **changes: object) -> Claim:
        """The same claim with other parameters for one check, validated like those of the file.

        KeyError for an unknown check or parameter, ValueError for a value that does not fit.
        """
        old, changed = self.parameters(key), self.varied(key, **changes)
        checks = tuple(changed if check is old else check for check in self.checks)
        return self.model_copy(update={"checks": checks})

    def varied(self, key: str, **changes: object) -> BuiltCheck:
        """The check of `vary` alone."""
        old = self.parameters(key)
        for name in changes:
            require(f"parameter of {key}", name, type(old).model_fields)
        try:
            return type(old).model_validate({**old.model_dump(), **changes})
        except ValidationError as error:
            raise ValueError(unfit(error)) from None


class Claims(Record):
    """The claims file."""

    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
