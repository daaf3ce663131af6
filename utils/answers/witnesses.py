"""Who stands for and against what a finding is about, by name, the strongest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..checks.hearing import Heard
from ..checks.testimony import Witness
from ..evidence.schema import Statement
from ..sentences.values import PooledNumber, Relays, Said, Sides
from ..words import exact, foremost, listed, number, plural, rounded, teller

if TYPE_CHECKING:
    from ..archive import Archive
    from ..checks import Finding

__all__ = ["named", "who"]

NAMED = 2  # how many are named before the rest is counted


def named(names: Sequence[str]) -> str:
    """Names in a row, of which the first two are told: "A", "A and B", "A, B and 3 more"."""
    return listed(names) if len(names) <= NAMED + 1 else foremost(names, NAMED)


def who(archive: Archive, finding: Finding) -> str:
    """One sentence that names the strongest for and against; the finding's own where it has no tellers."""
    values = finding.values
    if isinstance(values, Sides):
        return _sides(archive, values, [one for one in finding.witnesses if isinstance(one, Witness)])
    if isinstance(values, Relays | Said):
        return _outlets(values, [one for one in finding.witnesses if isinstance(one, Statement)], finding)
    if isinstance(values, PooledNumber) and (ends := values.claimed_ends):
        figures = [one for one in finding.witnesses if isinstance(one, Heard)]
        return _figures(archive, figures, ends) or finding.sentence
    return finding.sentence


def _sides(archive: Archive, said: Sides, witnesses: Sequence[Witness]) -> str:
    # The strongest first; of equals, who is no partial party.
    ordered = sorted(witnesses, key=lambda one: (-one.ratio, one.belligerent, one.teller))
    yes, no = (
        [_name(archive, one.teller) for one in ordered if one.affirms is side] for side in (True, False)
    )
    against = f"said that {said.denial}" if said.denial else "denied it"
    if not yes and not no:
        return f"Nobody had said that {said.says}, or denied it, in words that can be used."
    if not yes:
        return _sentence(f"nobody said that {said.says}; {named(no)} {against}")
    if not no:
        return _sentence(f"{named(yes)} said that {said.says}; nobody {against}")
    return _sentence(f"{named(yes)} said that {said.says}; {named(no)} {against}")


def _outlets(said: Relays | Said, rows: Sequence[Statement], finding: Finding) -> str:
    used = set(finding.evidence)
    names = list(dict.fromkeys(teller(row.outlet) for row in rows if row.id in used))
    what = "with this figure" if isinstance(said, Relays) else "with saying so"
    if not names:
        return f"No outlet that can be used credited {said.speaker} {what}."
    opposite = said.opposite if isinstance(said, Said) else 0
    if opposite and isinstance(said, Said):
        return finding.sentence
    credited = plural(len(names), "credits", "credit")
    told = _sentence(f"{named(names)} {credited} {said.speaker} {what}")
    changed = said.changed if isinstance(said, Relays) else said.garbled
    if not changed:
        return told
    return f"{told} {_capital(number(changed))} {plural(changed, 'other', 'others')} changed what was said."


def _figures(archive: Archive, heard: Sequence[Heard], ends: tuple[float, float]) -> str | None:
    """Who put the number within the claimed range, and who outside it, those of the nearest days first."""
    nearest: dict[str, Heard] = {}
    for one in sorted(heard, key=lambda one: (abs(one.telling.days), one.telling.error, one.row.id)):
        if one.telling.value is not None:
            nearest.setdefault(one.telling.teller, one)
    within = [one for one in nearest.values() if ends[0] <= (one.telling.value or 0.0) <= ends[1]]
    beyond = [one for one in nearest.values() if one not in within]
    if not nearest:
        return None

    def told(some: Iterable[Heard]) -> str:
        return named([f"{_name(archive, one.telling.teller)} ({_figure(one)})" for one in some])

    if not beyond:
        return _sentence(f"{told(within)} put it within the range that is claimed; nobody outside it")
    if not within:
        return _sentence(f"nobody put it within the range that is claimed; {told(beyond)} outside it")
    return _sentence(f"{told(within)} put it within the range that is claimed, {told(beyond)} outside it")


def _name(archive: Archive, name: str) -> str:
    """A teller as it stands within a sentence; the maker of a table is named as it is."""
    source = archive.sources.get(name)
    return name if source is None else teller(source.name, within=True)


def _sentence(words: str) -> str:
    return f"{_capital(words)}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _figure(one: Heard) -> str:
    """What a telling gives: a figure as it was said, the middle of a range as near as it tells."""
    value = one.telling.value or 0.0
    return exact(value) if value == one.row.value else rounded(value)[0]
