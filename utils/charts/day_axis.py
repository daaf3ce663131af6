"""An axis of days that names the days which matter, as each drawing needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from matplotlib.axes import Axes

from ..figures import at, mark_day
from ..words import written_day

__all__ = ["days"]

SMALL = 9.0


def days(
    axes: Axes, iso_days: Sequence[str], marks: Mapping[str, date] | None = None, *, top: float = 0.3
) -> None:
    """Name an axis of days by these, as "2024-11-12"; the year stands where it is new.

    marks: days that get a vertical line with a name, where they lie within the limits of the axis; `top` is
    the height of the name as in `figures.mark_day`.
    """
    places = [date.fromisoformat(day) for day in iso_days]
    names = []
    for number, place in enumerate(places):
        new = number == 0 or places[number - 1].year != place.year
        day, month, year = written_day(place, short=True).split()
        names.append(f"{day} {month}\n{year}" if new else f"{day} {month}")
    axes.set_xticks([at(place) for place in places], names, fontsize=SMALL)
    first, last = axes.get_xlim()
    for name, when in (marks or {}).items():
        if first <= axes.xaxis.convert_units(when) <= last:
            mark_day(axes, when, name, top=top)
