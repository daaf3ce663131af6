"""How many there were: the answer of a check on a number."""

from __future__ import annotations

from ...words import (
    counted,
    exact,
    in_percent,
    in_unit,
    number,
    plural,
    rounded,
    share,
    written_day,
    written_period,
)
from ..values import PooledNumber

__all__ = ["quantity", "range_of"]


def quantity(said: PooledNumber) -> str:
    """How many there were, by those who gave a number."""
    day = written_period(said.on, said.period)
    if said.middle is None or said.low is None or said.high is None:
        if not said.tellers:
            return f"{said.label}: nobody had published a number for {day} that can be weighed."
        only = "one teller had" if said.tellers == 1 else f"the {number(said.tellers)} tellers had only"
        return (
            f"{said.label}: {only} published {_too_little(said)} for {day}, which is too little to judge by."
        )
    who = _who_tell(said)
    verb = plural(said.tellers, "puts", "put")
    if said.other is not None:
        put = f"{said.label}: {who} {verb} it for {day} at {_compared(said)} “{said.other}”"
    else:
        middle, low, high = rounded(said.middle, said.low, said.high, against=_marks(said))
        at = f"{in_unit(middle, said.unit)} ({low} to {high})"
        put = f"{said.label}: {who} {verb} the number for {day} at {at}"
    return f"{put}; {_claim_is(said)}.{_coarser(said)}"


def _too_little(said: PooledNumber) -> str:
    return "a number" if said.tellers == 1 else "bounds on one side, or figures that do not fit together,"


def _who_tell(said: PooledNumber) -> str:
    tellers = counted(said.tellers, "teller")
    if said.tellings == said.tellers:
        return tellers
    return f"{tellers} in {counted(said.tellings, 'telling')}"


def _compared(said: PooledNumber) -> str:
    """The share or the multiple of another number, up to its name."""
    ends = (said.middle or 0.0, said.low or 0.0, said.high or 0.0)
    if said.relation == "share":
        middle, low, high = (in_percent(end) for end in ends)
        return f"{middle} ({low} to {high}) of"
    middle, low, high = rounded(*ends, against=_marks(said))
    return f"{middle} ({low} to {high}) times"


def _marks(said: PooledNumber) -> tuple[float, ...]:
    """The numbers that the claim draws a line at; about a number there is none."""
    if said.ends is not None:
        return said.ends
    one_sided = said.tolerance is None and said.claimed is not None and said.since is None
    return (said.claimed,) if one_sided and said.claimed is not None else ()


def _claim_is(said: PooledNumber) -> str:
    """What the claim says of the number."""
    if said.since is not None and said.earlier is not None and said.earlier_on is not None:
        word = "highest" if said.relation == "highest since" else "lowest"
        return (
            f"the {word} earlier one since {written_day(said.since)} is {rounded(said.earlier)[0]}, for "
            f"{written_period(said.earlier_on, said.period)}"
        )
    if said.ends is not None:
        return f"the claim is {exact(said.ends[0])} to {exact(said.ends[1])}"
    value = 0.0 if said.claimed is None else said.claimed
    told = in_percent(value) if said.relation == "share" else exact(value)
    told += " times" if said.relation == "times" else ""
    if said.tolerance is not None:
        return f"the claim is {told}, give or take {share(said.tolerance)}"
    return f"the claim is {said.relation} {told}"


def _coarser(said: PooledNumber) -> str:
    if not said.coarser:
        return ""
    return (
        " The evidence is coarser than the claim: even with its middle there, too little of it would lie in "
        "that range."
    )


def range_of(value: float, low: float, high: float) -> str:
    """A figure and its range, rounded alike, for a table."""
    middle, *ends = rounded(value, low, high)
    return f"{middle} ({ends[0]} to {ends[1]})"
