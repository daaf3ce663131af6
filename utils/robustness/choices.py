"""A claim judged with the choices that another analyst might have made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

from .. import verdicts
from ..archive import Archive
from ..checks import METHODS, Finding
from ..evidence.claims import Claim
from ..evidence.parameters import BuiltCheck
from ..words import Label

__all__ = ["Base", "World", "alternatives", "worlds", "worlds_of"]


@dataclass(frozen=True)
class World:
    """A claim judged with other choices.

    what: the changes, as (check or None, choice, new value). labels: what is then said of the claim (under
    None) and of each of its readings.
    """

    what: tuple[tuple[str | None, str, str | Mapping[str, object]], ...]
    labels: Mapping[str | None, Label]


class Base:
    """A claim with its findings, so that a world recomputes only what it changes."""

    def __init__(self, archive: Archive, claim: Claim) -> None:
        self.archive, self.claim = archive, claim
        self.findings = {finding.name: finding for finding in verdicts.findings(archive, claim)}
        self.labels = self.judged({})

    def origins(self, *names: str) -> tuple[str, ...]:
        """The origins of the rows behind the checks of these names (default: all), also of those that are no
        witness of their own but complete or settle what one says."""
        rows = (
            self.archive.statement(row)
            for name in names or self.findings
            for row in self.findings[name].evidence
        )
        return tuple(dict.fromkeys(row.origin for row in rows))

    def judged(self, changed: Mapping[str, Finding | None]) -> dict[str | None, Label]:
        """The labels with some findings replaced, or left out where None."""
        findings = {**self.findings, **changed}
        left = [finding for finding in findings.values() if finding is not None]
        verdict = verdicts.judge(self.claim, left, self.archive.clock)
        return {**{reading.reading: reading.label for reading in verdict.readings}, None: verdict.label}

    def finding(self, check: BuiltCheck, changes: Mapping[str, object]) -> Finding | None:
        """The finding of a check with other parameters; None when they do not fit together."""
        try:
            varied = self.claim.vary(check.key, **changes)
        except ValueError:
            return None
        return METHODS[check.method].check(self.archive, varied, varied.parameters(check.key))


def alternatives(check: BuiltCheck) -> dict[str, list[dict[str, object]]]:
    """The alternatives of a check by choice, each as the changes of parameters that it makes.

    A value that the claim has already is no alternative.
    """
    fields = type(check).model_fields
    declared = {
        name: [
            dict(value) if name not in fields and isinstance(value, Mapping) else {name: value}
            for value in values(check)
        ]
        for name, values in METHODS[check.method].alternatives.items()
    }
    return {
        name: [
            change for change in options if any(getattr(check, key) != value for key, value in change.items())
        ]
        for name, options in declared.items()
    }


def _of_checks(base: Base) -> Iterator[World]:
    """Every single change and every pair of changes of each check."""
    for check in base.claim.built:
        choices = alternatives(check)
        if base.archive.article.partial_words is None:
            # Nobody would be left out.
            choices.pop("belligerents", None)
        single = [[(name, change)] for name, options in choices.items() for change in options]
        pairs = [
            [(first, change), (second, other)]
            for first, second in combinations(choices, 2)
            for change, other in product(choices[first], choices[second])
        ]
        for changes in (*single, *pairs):
            finding = base.finding(
                check, {key: value for _, change in changes for key, value in change.items()}
            )
            if finding is not None:
                what = tuple((check.key, name, change) for name, change in changes)
                yield World(what, base.judged({check.key: finding}))


def _of_sources(base: Base) -> Iterator[World]:
    """The claim without one origin or line of evidence, and with the other use of the interested parties."""
    for origin in base.origins():
        left = tuple(row for row in base.archive.statements if row.origin != origin)
        without = replace(base.archive, statements=left)
        changed: dict[str, Finding | None] = {
            check.key: METHODS[check.method].check(without, base.claim, check)
            for check in base.claim.built
            if origin in base.origins(check.key)
        }
        yield World(((None, "without origin", origin),), base.judged(changed))
    for name, finding in base.findings.items():
        same = [
            other
            for other in base.findings.values()
            if (other.reading, other.condition) == (finding.reading, finding.condition)
        ]
        if len(same) > 1:
            yield World(((None, "without check", name),), base.judged({name: None}))
    asked = [
        (check, heard)
        for check in base.claim.built
        if (heard := getattr(check, "belligerents", None)) is not None
    ]
    if len(asked) > 1 and base.archive.article.partial_words:
        changed = {check.key: base.finding(check, {"belligerents": not heard}) for check, heard in asked}
        yield World(((None, "interested parties in all checks", "switched"),), base.judged(changed))


def worlds(archive: Archive, claim: Claim) -> tuple[World, ...]:
    """Every world of a claim, by what the archive shows, in the order in which the choices are declared."""
    return worlds_of(Base(archive, claim))


def worlds_of(base: Base) -> tuple[World, ...]:
    """Every world of a claim whose findings are there already, in the order of `worlds`."""
    return (*_of_checks(base), *_of_sources(base))
