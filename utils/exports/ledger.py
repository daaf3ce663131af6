"""The ledger as data: every claim with its verdict on both clocks, in a schema with a version.

The models of this module are the schema; `schema` gives it as JSON Schema 2020-12. The version has two
numbers. The first grows when a field goes away or changes its meaning, the second when one is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue
from pydantic_core import to_jsonable_python

from .. import answers, robustness, verdicts
from ..archive import Archive
from ..asking import question
from ..checks import Finding
from ..evidence.cells import Finite
from ..evidence.claims import Claim
from ..robustness import Robustness
from ..verdicts import Reading, Verdict
from ..words import Label, Told, percent_range

__all__ = ["SCHEMA_VERSION", "Ledger", "as_json", "ledger", "schema"]

Chance = Annotated[Finite, Field(ge=0, le=1)]
Percent = Annotated[int, Field(ge=1, le=99)]
Count = Annotated[int, Field(ge=0)]


class Entry(BaseModel):
    """What every part of the ledger shares: known fields only."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class IntervalEntry(Entry):
    """A 90 % interval."""

    low: Finite = Field(description="lower end")
    high: Finite = Field(description="upper end")
    unit: str = Field(description="what is measured; probability where nothing else is")


class ConditionEntry(Entry):
    """The answer to one condition that a reading needs."""

    condition: str | None = Field(description="the condition in words; null for the only one")
    label: Label = Field(description="the label of the condition")
    probability: Chance | None = Field(
        description="that the condition holds, by its most cautious line of evidence; null when its lines "
        "of evidence differ or there is nothing to judge by"
    )


class ReadingEntry(Entry):
    """The answer to one way of reading the claim."""

    reading: str | None = Field(description="the reading in words; null for the claim as it stands")
    label: Label = Field(description="the label of all its conditions together")
    told: Told = Field(description="the label that readers are told, which says what kind of conflict it is")
    probability: Chance | None = Field(description="that all its conditions hold, or null")
    bounds: tuple[Chance, Chance] | None = Field(
        description="of several conditions, what that can be at least and at most, whatever their dependence"
    )
    conditions: tuple[ConditionEntry, ...] = Field(
        description="what must all hold, in the order of the checks"
    )


class FindingEntry(Entry):
    """What one check says of the claim."""

    name: str = Field(description="the check's name within its claim")
    method: str = Field(description="the check's method; a module of utils/checks has its rule")
    question: str = Field(description="what the check asks, in words")
    reading: str | None = Field(description="the reading that it answers; null for the claim as it stands")
    condition: str | None = Field(description="the condition that it tests; null for the only one")
    proposition: str = Field(description="what the probability is of, in words")
    label: Label = Field(description="the label of this finding alone")
    probability: Chance | None = Field(
        description="that the proposition holds; null when nothing can be judged"
    )
    estimate: Finite | None = Field(description="the best value, in the unit of the interval, or null")
    interval: IntervalEntry | None = Field(
        description="90 % interval of the estimate or the probability, or null"
    )
    tellers: tuple[str, ...] = Field(description="who stands behind it: ids of sources.csv, makers of tables")
    origins: tuple[str, ...] = Field(description="the first tellings behind it")
    evidence: tuple[str, ...] = Field(description="ids of the rows of statements.csv used, oldest first")
    choices: dict[str, JsonValue] = Field(
        description="parameters that another analyst might choose otherwise, with the value taken"
    )
    sentence: str = Field(description="the finding in words")


class RobustnessEntry(Entry):
    """How much the label leans on choices that another analyst might have made."""

    worlds: Count = Field(description="how many other choices, sources and pairs of choices were tried")
    kept: Count = Field(description="how many of them keep the label")
    share: Chance = Field(description="the same as a share; no probability")
    smallest: str | None = Field(description="the smallest single change that flips the label, or null")
    smallest_gives: Label | None = Field(description="the label that it gives, or null")


class VerdictEntry(Entry):
    """What is said of a claim as of a day."""

    as_of: date = Field(description="the day whose knowledge it rests on")
    label: Label = Field(description="AVeriTeC's labels, and one for a claim with a check not built yet")
    told: Told = Field(description="the label that readers are told, which says what kind of conflict it is")
    firm: bool | None = Field(
        description="whether two thirds of the other choices keep the label; null when that was not computed"
    )
    answer: str = Field(description="the answer in plain English")
    probability: Chance | None = Field(
        description="that what the claim needs is so; null when readings differ or nothing can be judged"
    )
    interval: IntervalEntry | None = Field(description="90 % interval of the finding that decides, or null")
    likelihood: str | None = Field(description="the probability in the words of ICD 203, or null")
    likelihood_percent: tuple[Percent, Percent] | None = Field(
        description="lowest and highest percentage that the words of likelihood stand for, or null"
    )
    confidence: Literal["low", "moderate", "high"] | None = Field(
        description="how much evidence there is, whatever it says, or null"
    )
    basis: str | None = Field(description="what the confidence rests on, or null")
    tellers: Count | None = Field(description="who stands behind all findings, each once, or null")
    tellings: Count | None = Field(description="first tellings of those tellers, or null")
    last_known: date | None = Field(
        description="the day of the newest evidence, when that is too old to tell what is known on as_of"
    )
    reason: str = Field(description="the findings in words")
    evidence: tuple[str, ...] = Field(description="ids of the rows of statements.csv used")
    readings: tuple[ReadingEntry, ...] = Field(
        description="the answer to each reading; empty without a check"
    )
    findings: tuple[FindingEntry, ...] = Field(description="what each check says; empty without a check")
    robustness: RobustnessEntry | None = Field(
        description="null when it was not computed or there is no verdict"
    )


class ClaimEntry(Entry):
    """One claim of the article and both of its verdicts."""

    id: str = Field(description="the claim's id")
    wording: str = Field(description="the claim in this project's words")
    speaker: str = Field(description="who says it, according to the article")
    paragraphs: tuple[int, ...] = Field(description="the paragraphs of the article in which it stands")
    topic: str = Field(description="what it is about")
    kind: str = Field(description="what kind of claim it is")
    on_the_day: VerdictEntry = Field(description="the verdict by what was public on the day of the article")
    today: VerdictEntry = Field(description="the verdict by everything in the archive")


class ArticleEntry(Entry):
    """The article under test; none of its text is kept."""

    title: str = Field(description="what this project calls it; not its own headline")
    published: date = Field(description="the day as of which its claims are first judged")
    language: str = Field(description="language code")


class Ledger(Entry):
    """The verdicts on all claims of one text, on the day it was published and today."""

    schema_version: Literal["2.1"] = Field(
        default="2.1",
        description="version of this schema: the first number grows when a field goes away or changes its "
        "meaning, the second when one is added",
    )
    article: ArticleEntry = Field(description="the article under test")
    vintage: date | None = Field(
        description="the newest day of publication in the archive; null when it is empty"
    )
    claims: tuple[ClaimEntry, ...] = Field(description="every claim, in the order of the claims file")


SCHEMA_VERSION = Ledger.model_fields["schema_version"].default


def ledger(
    archive: Archive,
    both: Mapping[str, Sequence[Verdict]] | None = None,
    leaning: Mapping[str, Sequence[Robustness]] | None = None,
) -> Ledger:
    """Every claim with both verdicts.

    both: `verdicts.two_clocks` of every claim by its id, where the caller has them already. leaning:
    `robustness.two_clocks` of every claim likewise; without it, none is told.
    """
    both = both or {claim.id: verdicts.two_clocks(archive, claim) for claim in archive.claims}
    leaning = leaning or {}
    return Ledger(
        article=ArticleEntry.model_validate(archive.article),
        vintage=archive.vintage,
        claims=tuple(
            _claim(archive, claim, both[claim.id], leaning.get(claim.id, (None, None)))
            for claim in archive.claims
        ),
    )


def schema() -> dict[str, object]:
    """The JSON Schema of the ledger."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Ledger.model_json_schema(mode="serialization"),
    }


def as_json(
    archive: Archive, vintage: date | None, leaning: Mapping[str, Robustness] | None = None
) -> dict[str, object]:
    """The verdicts by what the archive shows, without findings; the README documents the fields.

    leaning: the robustness of every checked claim on the archive's clock; without it, no firmness is told.
    """
    return {
        "as_of": archive.clock.isoformat(),
        "vintage": vintage.isoformat() if vintage else None,
        "verdicts": [
            {
                "claim": claim.id,
                **_verdict(archive, claim, verdict, (leaning or {}).get(claim.id)).model_dump(
                    mode="json", exclude={"as_of", "findings", "robustness"}
                ),
            }
            for claim, verdict in zip(archive.claims, verdicts.ledger(archive), strict=True)
        ],
    }


def _claim(
    archive: Archive, claim: Claim, clocks: Sequence[Verdict], leaning: Sequence[Robustness | None]
) -> ClaimEntry:
    on_the_day, today = (
        _verdict(archive, claim, verdict, one) for verdict, one in zip(clocks, leaning, strict=True)
    )
    return ClaimEntry(
        **claim.model_dump(include={"id", "wording", "speaker", "paragraphs", "topic", "kind"}),
        on_the_day=on_the_day,
        today=today,
    )


def _verdict(
    archive: Archive, claim: Claim, verdict: Verdict, leaning: Robustness | None = None
) -> VerdictEntry:
    made = {"likelihood_percent", "findings", "robustness", "told", "firm", "answer", "readings"}
    own = set(VerdictEntry.model_fields) - made
    words, answered = verdict.likelihood, answers.answer(archive, claim, verdict, leaning)
    return VerdictEntry(
        **{name: getattr(verdict, name) for name in own},
        told=answered.label,
        firm=answered.firm,
        answer=answered.text,
        readings=tuple(_reading(reading) for reading in verdict.readings),
        likelihood_percent=None if words is None else percent_range(words),
        findings=tuple(_finding(archive, claim, finding) for finding in verdict.findings),
        robustness=None if leaning is None else _robustness(archive, leaning),
    )


def _reading(reading: Reading) -> ReadingEntry:
    own = set(ReadingEntry.model_fields) - {"told"}
    return ReadingEntry(**{name: getattr(reading, name) for name in own}, told=answers.of_reading(reading))


def _robustness(archive: Archive, leaning: Robustness) -> RobustnessEntry:
    flip = leaning.smallest
    return RobustnessEntry(
        **{name: getattr(leaning, name) for name in ("worlds", "kept", "share")},
        smallest=robustness.change(archive, flip) if flip else None,
        smallest_gives=flip.label if flip else None,
    )


def _finding(archive: Archive, claim: Claim, finding: Finding) -> FindingEntry:
    own = set(FindingEntry.model_fields) - {"question", "label", "choices"}
    return FindingEntry(
        **{name: getattr(finding, name) for name in own},
        question=question(claim.parameters(finding.name), archive),
        label=verdicts.label(finding),
        choices=to_jsonable_python(dict(finding.choices)),
    )
