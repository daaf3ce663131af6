"""What a finding shows: its answer, the witnesses for and against, and why other rows are not used."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..evidence.schema import Statement
from ..sentences import english
from ..sentences.values import PooledNumber, Relays, Said, Sides
from ..words import bounded, counted, exact, interval, listed, percent, written_day
from .view import Listing, View, one_line

if TYPE_CHECKING:
    from ..checks.finding import Finding
    from ..checks.tellings import Telling

__all__ = ["finding"]


def finding(shown: Finding) -> View:
    """The finding in short."""
    chance = "no probability" if shown.probability is None else percent(shown.probability)
    others = [(name, english.REASONS[reason]) for name, reason in shown.unused.items()]
    return View.of(
        f"Finding “{shown.name}” on {shown.claim} as of {written_day(shown.as_of)}: {chance}",
        [
            ("asks whether", shown.proposition),
            ("reading", shown.reading),
            ("condition", shown.condition),
            ("answer", shown.sentence),
            ("range", None if shown.interval is None else _range(shown)),
            ("enough", None if shown.enough else "no: the method's least evidence is not there"),
            ("behind it", f"{counted(len(shown.tellers), 'teller')}, {_rows(shown.evidence)}"),
            ("tables", listed(shown.tables) if shown.tables else None),
        ],
        [
            *_witnesses(shown),
            Listing.of("Rows not used", ("row", "because"), others, most=40, folded=True),
        ],
    )


def _rows(names: Sequence[str]) -> str:
    return counted(len(names), "row")


def _range(shown: Finding) -> str | None:
    one = shown.interval
    return None if one is None else interval(one.low, one.high, one.unit)


def _witnesses(shown: Finding) -> Iterable[Listing]:
    """The witnesses for and against the claim; together where the method takes no sides."""
    sides: dict[str, list[Any]] = {}
    asks_outlets = isinstance(shown.values, Relays | Said)
    for place, witness in enumerate(shown.witnesses):
        sides.setdefault(_side(shown, place, witness), []).append(witness)
    for side in ("for", "against", ""):
        rows = [_witness(witness, outlets=asks_outlets) for witness in sides.get(side, ())]
        yield Listing.of(f"Witnesses {side}".rstrip(), ("who", "says", "row"), rows, most=8)


def _side(shown: Finding, place: int, witness: Any) -> str:
    """For or against, by what the method keeps of a witness; nothing where it takes no sides."""
    values = shown.values
    if isinstance(values, Relays) and hasattr(witness, "id"):
        return _named(witness.id in shown.evidence)
    if isinstance(values, Said):
        return _named(place < values.so)
    if isinstance(values, Sides) and hasattr(witness, "affirms"):
        return _named(witness.affirms)
    ends = values.claimed_ends if isinstance(values, PooledNumber) else None
    told = getattr(witness, "telling", None)
    if ends is not None and told is not None:
        least, most = _bounds(told)
        return _named(least <= ends[1] and most >= ends[0])
    return ""


def _named(agrees: bool) -> str:
    return "for" if agrees else "against"


def _bounds(told: Telling) -> tuple[float, float]:
    """What a telling says at least and at most."""
    if told.value is not None:
        return told.value, told.value
    least = -math.inf if told.at_least is None else told.at_least
    return least, math.inf if told.at_most is None else told.at_most


def _rounded(number: float | None) -> float | None:
    """A number as it is worth reading: of the sum of a part and what was learnt of the rest, four digits."""
    return None if number is None else float(f"{number:.4g}")


def _witness(witness: Any, *, outlets: bool) -> tuple[object, ...]:
    """Who it is, what it says and in which row, by the fields that the records of methods have.

    The records of a method that a notebook registers may be of any kind: in their own words, then.
    """
    if isinstance(witness, tuple) and len(witness) == 2 and hasattr(witness[1], "weekly"):
        name, change = witness
        weekly = f"{exact(change.weekly, 3)} (± {exact(change.half_width, 3)}) a week"
        return "the series" if name == "all" else name, weekly, None
    row = getattr(witness, "row", witness)
    name = row if isinstance(row, str) else getattr(row, "id", None)
    if (told := getattr(witness, "telling", None)) is not None:
        return told.teller, bounded(*map(_rounded, (told.value, told.at_least, told.at_most))), name
    if hasattr(witness, "affirms"):
        return witness.teller, f"{exact(witness.ratio, 2)} to 1", name
    if isinstance(row, Statement):
        return (
            row.outlet if outlets else row.source,
            bounded(row.value, row.low, row.high) or row.stance,
            name,
        )
    return one_line(witness), None, name if row is not witness else None
