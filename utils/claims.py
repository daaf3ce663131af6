"""The article and its claims, as types.

A claim names its checks and their parameters. A check that is planned but not built yet is a
`PlannedCheck`: it says what will be asked, and no verdict is made from it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from .schema import Day, Identifier, Number, Record, Text

__all__ = [
    "Article",
    "AttributionCheck",
    "Check",
    "Claim",
    "Claims",
    "Party",
    "PlannedCheck",
    "QuantityCheck",
]

Share = Annotated[float, Field(gt=0, lt=1)]
Spread = Annotated[Number, Field(ge=0)]


class Party(Record):
    """A side that tellers stand on."""

    name: Text
    belligerent: bool = Field(description="fights in the war, so that its figures are a party's claim")


class Article(Record):
    """The article under test; none of its text is kept."""

    title: Text = Field(description="what this collection calls it; not the article's own headline")
    language: Text
    published: Day = Field(description="the article's clock: the day as of which its claims are first judged")
    dating: Text = Field(description="how the day of publication is known")
    history_from: Day = Field(description="first day of the history of the verdicts")
    parties: dict[Identifier, Party]


class QuantityCheck(Record):
    """Parameters of `utils.checks.quantity`."""

    method: Literal["quantity"]
    value: Annotated[Number, Field(gt=0)] = Field(description="the claimed number")
    tolerance: Share = Field(description="how far the true number may lie from it, as a share")
    on: Day = Field(description="the day for which the number is claimed")
    counts: Annotated[tuple[Identifier, ...], Field(min_length=1)] = Field(
        description="quantities that count what the claim counts"
    )
    part: Identifier | None = Field(None, description="a quantity that counts only a part of it")
    rest: Identifier | None = Field(None, description="the quantity that, added to the part, makes the whole")
    belligerents: bool = Field(True, description="whether statements of the warring parties are witnesses")
    access_error: dict[Literal["official", "anonymous", "count", "model"], Spread] = Field(
        default={"official": 0.15, "anonymous": 0.20, "count": 0.10, "model": 0.25},
        description="standard error on the log scale of a figure that states no range, by how it came about",
    )
    drift: Spread = Field(
        0.03, description="standard deviation on the log scale by which the true number wanders in a day"
    )
    shared_error: Spread = Field(
        0.10,
        description="standard error on the log scale that all witnesses share and more of them do not cure",
    )

    @model_validator(mode="after")
    def _both_or_none(self) -> QuantityCheck:
        if (self.part is None) != (self.rest is None):
            raise ValueError("part and rest together, or neither")
        return self


class AttributionCheck(Record):
    """Parameters of `utils.checks.attribution`."""

    method: Literal["attribution"]
    speaker: Text = Field(description="who is said to have said it")
    origin: Identifier = Field(description="the origin that the relays go back to")
    value: Number = Field(description="the figure that is said to have been said")
    relay_factor: Annotated[Number, Field(gt=1)] = Field(
        4.0, description="how many times likelier a relay is if the speaker said it than if not"
    )


class PlannedCheck(Record):
    """A check that is not built yet: what will be asked, and of which data."""

    method: Literal["occurrence", "trend", "transfer", "balance", "forecast", "independence", "attribution"]
    question: Text
    quantities: tuple[Identifier, ...] = ()
    datasets: tuple[Identifier, ...] = ()
    since: date | None = None
    until: date | None = None


def _kind_of_check(raw: object) -> str:
    """A check that asks a question is a planned one; the others are told apart by their method."""
    if isinstance(raw, dict):
        return "planned" if "question" in raw else str(raw.get("method"))
    return "planned" if isinstance(raw, PlannedCheck) else str(getattr(raw, "method", None))


Check = Annotated[
    Annotated[QuantityCheck, Tag("quantity")]
    | Annotated[AttributionCheck, Tag("attribution")]
    | Annotated[PlannedCheck, Tag("planned")],
    Discriminator(_kind_of_check),
]


class Claim(Record):
    """One claim of the article, in our words."""

    id: Identifier
    paragraphs: Annotated[tuple[int, ...], Field(min_length=1)] = Field(
        description="where it stands in the article"
    )
    wording: Text = Field(description="the claim in our words")
    speaker: Text = Field(description="who says it, according to the article")
    kind: Literal["quantity", "attribution", "occurrence", "trend", "independence", "causal", "forecast"]
    topic: Text
    would_count: Text = Field(description="what would make the claim true, written before the first verdict")
    notebook: Identifier | None = Field(None, description="the notebook that argues it, once there is one")
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_check_a_method(self) -> Claim:
        methods = [check.method for check in self.checks]
        if len(set(methods)) < len(methods):
            raise ValueError("each method at most once")
        return self

    @property
    def built(self) -> tuple[QuantityCheck | AttributionCheck, ...]:
        """The checks that can be run."""
        return tuple(check for check in self.checks if not isinstance(check, PlannedCheck))

    @property
    def is_checked(self) -> bool:
        """Whether every check of the claim is built; only then is there a verdict."""
        return len(self.built) == len(self.checks)

    def parameters(self, method: str) -> QuantityCheck | AttributionCheck:
        """The parameters of one built check; KeyError if the claim has no such check."""
        for check in self.built:
            if check.method == method:
                return check
        raise KeyError(f"claim {self.id} has no check by {method}")

    def vary(self, method: str, **changes: object) -> Claim:
        """The same claim with other parameters for one check, validated like those of the file."""
        changed = type(self.parameters(method)).model_validate(
            {**self.parameters(method).model_dump(), **changes}
        )
        checks = tuple(changed if check.method == method else check for check in self.checks)
        return self.model_copy(update={"checks": checks})


class Claims(Record):
    """The claims file."""

    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
