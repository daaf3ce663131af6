"""Did this speaker say this, and did the relays keep it?

Rule
----
1. Evidence are the rows of one origin: outlets that credit the speaker. Each outlet counts once, with its
   first row. A row that the curators marked garbled is no evidence that the figure was said as claimed,
   but it is shown, because it tells how the figure changed on the way.
2. A relay is faithful when it gives the claimed figure, with no bound added, in a row marked sound.
3. Relays copy each other. The k-th faithful relay counts as 1/k of a witness, so that n relays weigh as
   much as the harmonic sum of n. Each witness multiplies the odds by the relay factor; the odds start even.
4. Two outlets are the least that can be judged, unless the speaker's own page was read.
5. Whether the figure itself is right is another check: one telling stays one origin, however often it is
   repeated.

Assumptions
-----------
An outlet that invents an attribution is rare, and rarer still when others print the same one. The relay
factor is a convention; the interval shows what half and twice its value (never below one) make of it.

Literature
----------
Good (1950), Probability and the Weighing of Evidence, for weights that add up on the log-odds scale;
Schlichtkrull, Guo and Vlachos (2023), AVeriTeC, for the attribution of a quote as a claim type of its own.
"""

from __future__ import annotations

from ..archive import Archive
from ..claims import Claim
from ..parameters import AttributionCheck
from ..schema import Statement
from . import Finding, Interval

__all__ = ["alteration", "check", "effective_witnesses", "first_rows"]

LEAST_OUTLETS = 2


def first_rows(archive: Archive, origin: str) -> tuple[Statement, ...]:
    """The first row of every outlet that goes back to an origin, in order of publication."""
    firsts: dict[str, Statement] = {}
    for row in archive.origin(origin):
        firsts.setdefault(row.outlet, row)
    return tuple(firsts.values())


def alteration(row: Statement, value: float) -> str | None:
    """How a relay changed the figure: "garbled", "figure", "bound added"; "in doubt"; None if it kept it."""
    if row.status == "garbled":
        return "garbled"
    if row.status != "sound":
        return "in doubt"
    if row.value is not None and row.value != value:
        return "figure"
    if row.value is None or row.low is not None or row.high is not None:
        return "bound added"
    return None


def effective_witnesses(relays: int) -> float:
    """Harmonic sum of the number of relays: what that many relays of one telling weigh."""
    return sum(1 / place for place in range(1, relays + 1))


def _probability(relays: int, factor: float) -> float:
    return 1 / (1 + factor ** -effective_witnesses(relays))


def check(archive: Archive, claim: Claim, parameters: AttributionCheck) -> Finding:
    """Probability that the speaker said the figure, by the outlets that had credited it."""
    rows = first_rows(archive, parameters.origin)
    faithful = [row for row in rows if alteration(row, parameters.value) is None]
    doubtful = sum(alteration(row, parameters.value) == "in doubt" for row in rows)
    factor = parameters.relay_factor
    return Finding(
        claim=claim.id,
        method="attribution",
        reading=parameters.reading,
        as_of=archive.clock,
        probability=_probability(len(faithful), factor) if faithful else None,
        estimate=None,
        interval=Interval(
            _probability(len(faithful), max(1.0, factor / 2)),
            _probability(len(faithful), factor * 2),
            "probability",
        )
        if faithful
        else None,
        direction="for" if faithful else None,
        independent_origins=1 if rows else 0,
        witnesses=effective_witnesses(len(faithful)),
        # The question is what was printed: the outlets are the witnesses, and outlets are not parties.
        outside_origins=1 if rows else 0,
        counted_origins=0,
        enough=len(faithful) >= LEAST_OUTLETS,
        opposed=False,
        evidence=tuple(row.id for row in faithful),
        considered=tuple(row.id for row in archive.origin(parameters.origin)),
        choices={"relay_factor": factor},
        sentence=(
            f"{len(rows)} outlets credit {parameters.speaker}: {len(faithful)} give the figure as claimed, "
            f"{len(rows) - len(faithful) - doubtful} changed it or its meaning, {doubtful} cannot be used."
            if rows
            else f"No outlet had credited {parameters.speaker} with it."
        ),
    )
