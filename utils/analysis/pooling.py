"""What all tellers together say of a number for a day, without a claim about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from ..archive import Archive
from ..asking import require_archive
from ..checks.claimed import Pooling
from ..checks.finding import Interval
from ..checks.pooled import number
from ..evidence.cells import as_day
from ..evidence.nearest import require
from ..evidence.problems import unfit
from ..sentences import english
from ..shown import Shown, View, asked
from ..words import counted, in_unit, listed, written_day

__all__ = ["PooledQuantity", "pool"]


@dataclass(frozen=True, repr=False)
class PooledQuantity(Shown):
    """A number for a day, in the unit of its interval; no middle where nobody gives a figure.

    tellers, rows: who tells it and in which rows.
    """

    label: str
    on: date
    middle: float | None
    interval: Interval | None
    tellers: tuple[str, ...]
    rows: tuple[str, ...]

    def _view(self) -> View:
        return asked.pooled(self, self._told())

    def _told(self) -> str:
        told = f"{self.label} on {written_day(self.on)}, by {counted(len(self.tellers), 'teller')}"
        if self.middle is None or self.interval is None:
            return f"{told}: no figure"
        figure = english.range_of(self.middle, self.interval.low, self.interval.high)
        return f"{told}: {in_unit(figure, self.interval.unit)}"


def pool(archive: Archive, *quantities: str, on: date | str, **choices: Any) -> PooledQuantity:
    """The number that tellers give for a day, with its 90 % interval, by the rule of the check `quantity`.

    quantities: ids of what counts the same. choices: fields of `utils.checks.claimed.Pooling`, as
    belligerents=False. KeyError for an unknown quantity or choice, ValueError for quantities of different
    units and for a choice that does not fit.

    >>> pooled = pool(archive, "nk_killed", on="2025-01-11")
    >>> pooled.interval.low < pooled.middle < pooled.interval.high, pooled.interval.unit
    (True, 'persons')
    """
    require_archive(archive)
    parameters = _asked(archive, quantities, choices)
    told = number(archive, parameters, as_day(on))
    described = archive.quantities[quantities[0]]
    interval = None if told.answer is None else Interval(*told.answer.interval(), described.unit)
    return PooledQuantity(
        label=described.label,
        on=told.on,
        middle=None if told.answer is None else told.answer.median,
        interval=interval,
        tellers=told.tellers,
        rows=tuple(one.row.id for one in told.told),
    )


def _asked(archive: Archive, quantities: tuple[str, ...], choices: Mapping[str, Any]) -> Pooling:
    """What is pooled, if it can be."""
    for name in choices:
        require("choice", name, Pooling.model_fields)
    try:
        asked = Pooling.model_validate({"method": "quantity", "counts": quantities, **choices})
    except ValidationError as error:
        raise ValueError(unfit(error)) from None
    for name in asked.quantities_used():
        require("quantity", name, archive.quantities)
    units = {name: archive.quantities[name].unit for name in asked.quantities_used()}
    if len(set(units.values())) > 1:
        told = listed(f"{name} is in {unit}" for name, unit in units.items())
        raise ValueError(f"quantities in one unit, not of several: {told}")
    return asked
