"""Does the label survive the choices that another analyst might have made?

Rule
----
1. Every method declares its choices in one place, its alternatives: for each parameter, other defensible
   values from near to far. A world is a claim judged with other choices in one of its checks, the others as
   they stand: every single change and every pair of changes of that check.
2. The set of sources is a choice too: a world leaves out one origin, or one line of evidence where its
   condition has others, or takes the other side of whether the warring parties are witnesses in all checks.
3. The share is that of the worlds that keep the claim's label; where a claim has several readings, each has a
   share of its own. The worlds are not equally likely and the share is no probability: it says how much the
   label leans on choices.
4. A flip is a single change that gives another label. Where a number or a day flips it, the nearest value
   that does is searched by halving the step between the claim's value and the declared one. Its size is the
   change as a share of what there is to change: of the number, of the window's days, of the origins, and one
   for a switch. The smallest flip is the one of least size; the measure sorts them and says nothing else.

Literature
----------
Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Perspectives on Psychological Science 11, for the
multiverse; Leamer (1985), American Economic Review 75, for the duty to show how fragile a result is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, product

from pydantic import ValidationError

from . import verdicts
from .archive import Archive
from .checks import METHODS, Finding
from .evidence.claims import Claim
from .evidence.parameters import BuiltCheck
from .words import Label

__all__ = ["Flip", "Robustness", "World", "ledger", "robustness", "two_clocks", "worlds"]

HALVINGS = 7


@dataclass(frozen=True)
class World:
    """A claim judged with other choices.

    what: the changes, as (check or None, choice, new value). labels: what is then said of the claim (under
    None) and of each of its readings.
    """

    what: tuple[tuple[str | None, str, str | Mapping[str, object]], ...]
    labels: Mapping[str | None, Label]


@dataclass(frozen=True)
class Flip:
    """One change that gives another label.

    check: name of the check, None where the change is not one of a check's own.
    choice: the parameter, or "without origin", "without check", "warring parties in all checks".
    old, new: the claim's value and the nearest that flips. size: as the module defines it.
    """

    check: str | None
    choice: str
    old: object
    new: object
    label: Label
    size: float


@dataclass(frozen=True)
class Robustness:
    """How much a label leans on choices; `flips` from the smallest to the largest.

    reading: the reading whose label it is, None for that of the claim. readings: the same for each reading of
    a claim that has several.
    """

    claim: str
    reading: str | None
    as_of: date
    label: Label
    worlds: int
    kept: int
    flips: tuple[Flip, ...]
    readings: tuple[Robustness, ...] = ()

    @property
    def share(self) -> float:
        """Share of the worlds that keep the label, from 0 to 1; 1 when there is no other world."""
        return self.kept / self.worlds if self.worlds else 1.0

    @property
    def smallest(self) -> Flip | None:
        """The smallest single change that flips the label; None when none does."""
        return self.flips[0] if self.flips else None


class _Base:
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
        return {**{one.reading: one.label for one in verdict.readings}, None: verdict.label}

    def found(self, check: BuiltCheck, changes: Mapping[str, object]) -> Finding | None:
        """The finding of a check with other parameters; None when they do not fit together."""
        try:
            varied = self.claim.vary(check.key, **changes)
        except ValidationError:
            return None
        return METHODS[check.method].check(self.archive, varied, varied.parameters(check.key))


def _choices(check: BuiltCheck) -> dict[str, list[dict[str, object]]]:
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
        name: [one for one in options if any(getattr(check, key) != value for key, value in one.items())]
        for name, options in declared.items()
    }


def _of_checks(base: _Base) -> Iterator[World]:
    """Every single change and every pair of changes of each check."""
    for check in base.claim.built:
        choices = _choices(check)
        single = [[(name, one)] for name, options in choices.items() for one in options]
        pairs = [
            [(first, one), (second, other)]
            for first, second in combinations(choices, 2)
            for one, other in product(choices[first], choices[second])
        ]
        for changes in (*single, *pairs):
            finding = base.found(check, {key: value for _, one in changes for key, value in one.items()})
            if finding is not None:
                what = tuple((check.key, name, one) for name, one in changes)
                yield World(what, base.judged({check.key: finding}))


def _of_sources(base: _Base) -> Iterator[World]:
    """The claim without one origin or line of evidence, and with the other use of the warring parties."""
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
    if len(asked) > 1:
        changed = {check.key: base.found(check, {"belligerents": not heard}) for check, heard in asked}
        yield World(((None, "warring parties in all checks", "switched"),), base.judged(changed))


def worlds(archive: Archive, claim: Claim) -> tuple[World, ...]:
    """Every world of a claim, by what the archive shows, in the order in which the choices are declared."""
    base = _Base(archive, claim)
    return (*_of_checks(base), *_of_sources(base))


def robustness(archive: Archive, claim: Claim) -> Robustness:
    """How much the labels of a claim and of its readings lean on choices, by what the archive shows."""
    base = _Base(archive, claim)
    tried = (*_of_checks(base), *_of_sources(base))
    readings = [reading for reading in base.labels if reading is not None]
    if len(readings) < 2:
        return _of_label(base, tried, None)
    return replace(
        _of_label(base, tried, None), readings=tuple(_of_label(base, tried, one) for one in readings)
    )


def _of_label(base: _Base, tried: Sequence[World], reading: str | None) -> Robustness:
    """The robustness of one label, by the worlds tried."""
    label = base.labels[reading]
    single: dict[tuple[object, ...], Flip] = {}
    for world in tried:
        if len(world.what) == 1 and world.labels[reading] != label:
            flip = _flip(base, world, reading)
            place = (flip.check, flip.choice) if flip.check else (flip.choice, flip.new)
            if place not in single or flip.size < single[place].size:
                single[place] = flip
    return Robustness(
        claim=base.claim.id,
        reading=reading,
        as_of=base.archive.clock,
        label=label,
        worlds=len(tried),
        kept=sum(world.labels[reading] == label for world in tried),
        flips=tuple(sorted(single.values(), key=lambda flip: (flip.size, flip.check or "", flip.choice))),
    )


def two_clocks(archive: Archive, claim: Claim) -> tuple[Robustness, Robustness]:
    """The robustness on the day of the article, and that of today."""
    return robustness(archive.as_of(archive.article.published), claim), robustness(archive, claim)


def ledger(archive: Archive) -> dict[str, Robustness]:
    """The robustness of every claim that has a verdict, by claim."""
    return {claim.id: robustness(archive, claim) for claim in archive.claims if claim.is_checked}


def _flip(base: _Base, world: World, reading: str | None) -> Flip:
    """The nearest change of a world's kind that gives a label another answer."""
    ((name, choice, new),) = world.what
    label = world.labels[reading]
    if name is None or isinstance(new, str):
        size = 1 / len(base.origins()) if choice == "without origin" else 1.0
        return Flip(None, choice, None, new, label, size)
    check = base.claim.parameters(name)
    old = {key: getattr(check, key) for key in new}
    if len(new) > 1:
        return Flip(name, choice, old, new, label, 1.0)
    ((key, far),) = new.items()
    near = old[key]
    far, label = _nearest(base, check, key, near, far, label, reading)
    return Flip(name, choice, near, far, label, _size(check, near, far))


def _nearest(
    base: _Base, check: BuiltCheck, key: str, near: object, far: object, label: Label, reading: str | None
) -> tuple[object, Label]:
    """The value nearest to the claim's own that flips the label, by halving; `far` is known to flip it."""
    for _ in range(HALVINGS):
        middle = _between(near, far)
        finding = None if middle is None else base.found(check, {key: middle})
        if finding is None:
            break
        found = base.judged({check.key: finding})[reading]
        near, far, label = (middle, far, label) if found == base.labels[reading] else (near, middle, found)
    return far, label


def _between(near: object, far: object) -> object | None:
    """The middle of two numbers or days; None when there is none, or when they are neither."""
    if isinstance(near, bool) or isinstance(far, bool):
        return None
    if isinstance(near, float) and isinstance(far, float):
        return (near + far) / 2
    if isinstance(near, int) and isinstance(far, int) and abs(far - near) > 1:
        return (near + far) // 2
    if isinstance(near, date) and isinstance(far, date) and abs((far - near).days) > 1:
        return near + timedelta(days=(far - near).days // 2)
    return None


def _size(check: BuiltCheck, old: object, new: object) -> float:
    """A change as a share of what there is to change."""
    if isinstance(old, date) and isinstance(new, date):
        bounds: list[date | None] = [
            getattr(check, name, None) for name in ("since", "before", "until", "on")
        ]
        days = [day for day in bounds if day]
        return abs((new - old).days) / max(1, (max(days) - min(days)).days)
    if isinstance(old, int | float) and isinstance(new, int | float) and not isinstance(old, bool) and old:
        return abs(new - old) / abs(old)
    return 1.0
