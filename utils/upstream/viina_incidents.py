"""Incidents that the news reported, by day, oblast and tag, from VIINA 2.0.

Source: Zhukov, Y. and Ayers, N. (2023), "VIINA 2.0: Violent Incident Information from News Articles on the
2022 Russian Invasion of Ukraine", Harvard University (ODbL); monthly files kept by scott4ai. Headlines are
read to tell repeated reports apart and go no further. The mapping `viina` of `utils.incidents` names them.

One count is one news report of one place: outlets that report the same attack count separately. A report
that stands twice, with the same moment, place and headline, counts once, with the tags of both. The tag `any`
counts every report, tagged or not, and many of those have nothing military; the other tags overlap, so their
sum is not a number of incidents. Tags get the meanings of the VIINA codebook; upstream has cut some of their
names (`t_arrest_b` became `arresb`). Left out are `loc` (the text names a place; no kind of incident), `san`
(sanctions on Russia), `cyber` (upstream advises against tags of its accuracy) and `retreat` (ends in February
2025, tested by its makers on one example). A tag that is not known here is an error.

Oblasts are found by point in polygon; what lies in none of the eight is `elsewhere`, Crimea among it. Points
without coordinates are left out (there are none). VIINA knows the places of Ukraine. What lies in Kursk or
Belgorod is a strip along the border and, since February 2025, a few Russian towns: no measure of the fighting
there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..incidents import mapping
from . import geometry
from .inputs import Inputs

if TYPE_CHECKING:
    import pandas

    from ..incidents.run import Counts

__all__ = ["DATASETS", "tables"]

DATASETS = ("viina_incidents", "natural_earth_admin1", "geoboundaries_ukr_adm1")


def tables(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    """`incidents_by_oblast`: how many reports a day, oblast and tag has; what has none has no row.

    ValueError when a column is missing, a day or a coordinate cannot be read, or a tag is unknown.
    """
    # Ibis and what it computes with take seconds to load, which other datasets need not wait for.
    from ..incidents import run

    oblasts = geometry.oblasts(inputs)
    counts = run.count(
        inputs.files("viina_incidents"),
        mapping.load("viina"),
        dict(zip(oblasts["oblast"], oblasts.geometry, strict=True)),
        corrections=[
            one for one in inputs.datasets["viina_incidents"].corrections if one.frame == "incidents"
        ],
    )
    _refuse(counts)
    return {"incidents_by_oblast": counts.table.rename(columns={"area": "oblast"})}


def _refuse(counts: Counts) -> None:
    """ValueError for what the project does not know of this source; reports without a place are left out."""
    from ..incidents.spellings import NO_PLACE

    if wrong := [one for one in counts.wrong if one.reason != NO_PLACE]:
        raise ValueError("; ".join(str(one) for one in wrong))
    if counts.unknown:
        raise ValueError(f"event_type has tags that are not known: {', '.join(counts.unknown)}")
