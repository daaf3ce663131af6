"""A claim judged with the choices that another analyst might have made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from .. import joining, verdicts
from ..archive import Archive
from ..checks import METHODS, Finding, Outcome
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


@dataclass(frozen=True)
class _Line:
    """What a check says in a world, in the place of its finding."""

    reading: str | None
    condition: str | None
    probability: float | None
    judgement: str | None
    enough: bool
    opposed: bool


def _in_place(finding: Finding, outcome: Outcome) -> _Line:
    return _Line(
        finding.reading,
        finding.condition,
        outcome.probability,
        outcome.judgement,
        outcome.enough,
        outcome.opposed,
    )


class Base:
    """A claim with its findings, so that a world recomputes only what it changes."""

    def __init__(self, archive: Archive, claim: Claim, found: Sequence[Finding] = ()) -> None:
        """found: the claim's findings, where they are there already."""
        self.archive, self.claim = archive, claim
        found = found or verdicts.findings(archive, claim)
        self.findings = {finding.name: finding for finding in found}
        self.labels = self.judged({})
        self._origins = {name: self._behind(finding) for name, finding in self.findings.items()}

    def origins(self, *names: str) -> tuple[str, ...]:
        """The origins of the rows behind the checks of these names (default: all), also of those that are no
        witness of their own but complete or settle what one says."""
        heard = (self._origins[name] for name in names or self._origins)
        return tuple(dict.fromkeys(origin for origins in heard for origin in origins))

    def _behind(self, finding: Finding) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.archive.statement(row).origin for row in finding.evidence))

    def judged(self, changed: Mapping[str, Outcome | None]) -> dict[str | None, Label]:
        """The labels with what some checks say replaced, or left out where None."""
        lines: list[joining.Line] = []
        for name, finding in self.findings.items():
            outcome = changed.get(name, finding)
            if outcome is not None:
                lines.append(finding if outcome is finding else _in_place(finding, outcome))
        readings = joining.readings(lines)
        return {**{reading.reading: reading.label for reading in readings}, None: joining.overall(readings)}

    def outcome(self, check: BuiltCheck, changes: Mapping[str, object]) -> Outcome | None:
        """What a check says with other parameters; None when they do not fit together."""
        try:
            varied = self.claim.varied(check.key, **changes)
        except ValueError:
            return None
        return METHODS[check.method].judged(self.archive, self.claim, varied)

    def without(self, origin: str) -> dict[str, Outcome | None]:
        """What the checks say that have heard an origin, had it told nothing."""
        archive = self.archive.without_origin(origin)
        heard = [check for check in self.claim.built if origin in self._origins[check.key]]
        return {check.key: METHODS[check.method].judged(archive, self.claim, check) for check in heard}


def alternatives(archive: Archive, check: BuiltCheck) -> dict[str, list[dict[str, object]]]:
    """The alternatives of a check by choice, each as the changes of parameters that it makes.

    A value that the claim has already is no alternative.
    """
    fields, method = type(check).model_fields, METHODS[check.method]
    held = method.in_archive(archive, check)
    declared = {
        name: [
            dict(value) if name not in fields and isinstance(value, Mapping) else {name: value}
            for value in held.get(name, values(check))
        ]
        for name, values in method.alternatives.items()
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
        choices = alternatives(base.archive, check)
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
            outcome = base.outcome(
                check, {key: value for _, change in changes for key, value in change.items()}
            )
            if outcome is not None:
                what = tuple((check.key, name, change) for name, change in changes)
                yield World(what, base.judged({check.key: outcome}))


def _of_sources(base: Base) -> Iterator[World]:
    """The claim without one origin or line of evidence, and with the other use of the interested parties."""
    for origin in base.origins():
        yield World(((None, "without origin", origin),), base.judged(base.without(origin)))
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
        changed = {check.key: base.outcome(check, {"belligerents": not heard}) for check, heard in asked}
        yield World(((None, "interested parties in all checks", "switched"),), base.judged(changed))


def worlds(archive: Archive, claim: Claim) -> tuple[World, ...]:
    """Every world of a claim, by what the archive shows, in the order in which the choices are declared."""
    return worlds_of(Base(archive, claim))


def worlds_of(base: Base) -> tuple[World, ...]:
    """Every world of a claim whose findings are there already, in the order of `worlds`."""
    return (*_of_checks(base), *_of_sources(base))
