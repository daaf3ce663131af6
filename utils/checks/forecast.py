"""Will it come within the days named? First the record of earlier forecasts, then what came.

Rule
----
1. Until the claim's window is over and `settle_days` have passed, nobody can say whether it came. The
   probability is then the record of earlier forecasts of the same kind.
2. An earlier forecast is an origin with a sound row that affirms one of the quantities `said`, published
   before its own window was over. That window is the row's days, lengthened to `least_window_days` where it
   is shorter, and it must be over before the claim's window begins. Of an origin's rows the first
   speaks, and so does of those of tellers who rest on one another, for the same days.
3. It is settled when its own `settle_days` have passed and the rule of `utils.checks.occurrence`, asked of
   its window, gives at least four to one: then it came true or it failed. In between it stays open, and so it
   does when fewer than two witnesses speak of that window. With `silence_denies`, it failed when none does.
4. With h of n settled forecasts come true, the probability is (h + 1/2) / (n + 1), and the interval is that
   of the Beta distribution with h + 1/2 and n - h + 1/2. Two settled forecasts are the least that can be
   judged.
5. After the claim's own `settle_days` the finding is what the occurrence rule says of the claim's window.

Assumptions
-----------
Forecasts of one kind are exchangeable: who spoke, of how many days and in which month makes no difference.
That is a strong assumption with few forecasts, and the width of the interval does not show it. Settling days
and the treatment of silence are conventions. What happens is told more often than what does not happen, so
that a record without `silence_denies` flatters the forecasters; with it, gaps in the collection count against
them.

The 90 % interval holds the share of forecasts that come true in 90 to 93 of 100 cases on average over shares
(tests/test_coverage.py), and in 78 at the worst share.

Literature
----------
Brown, Cai and DasGupta (2001), Statistical Science 16, for Jeffreys' interval of a share of few cases;
Tetlock (2005), Expert Political Judgment, for the record of earlier forecasts as the first thing to ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ..evidence.cells import LONGEST_LAG, Days, Identifier
from ..evidence.claims import Claim
from ..evidence.schema import Statement
from ..sentences import english
from ..sentences.values import Forecasts, Reason
from . import occurrence, testimony, weighing, witness_check
from .finding import Alternatives, Answer, Finding, Interval, Outcome, direction, of_rows, unused
from .method import Method
from .posterior import ENOUGH
from .testimony import Witness
from .witness_check import WitnessCheck

if TYPE_CHECKING:
    from ..archive import Archive

__all__ = [
    "METHOD",
    "ForecastCheck",
    "Settled",
    "check",
    "earlier",
    "question",
    "record",
    "score",
    "settled",
    "settling_days",
]

ALTERNATIVES: Alternatives = {
    **witness_check.ALTERNATIVES,
    "settle_days": lambda check: [7, 28],
    "least_window_days": lambda check: [7],
    "silence_denies": lambda check: [not check.silence_denies],
}
LEAST_SETTLED = 2


class ForecastCheck(WitnessCheck):
    """What a claims file says of a forecast; `since` and `until` are the window of the claim."""

    method: Literal["forecast"]
    said: tuple[Identifier, ...] = Field(
        (), description="quantities of forecasts whose affirmations are earlier forecasts of the same kind"
    )
    least_window_days: Annotated[int, Field(ge=1, le=LONGEST_LAG)] = Field(
        1, description="an earlier forecast for fewer days is judged over this many, from its first day on"
    )
    settle_days: Days = Field(
        14, description="days after the end of a window before what happened in it is judged"
    )
    silence_denies: bool = Field(
        False, description="whether an earlier forecast that nobody speaks of afterwards counts as missed"
    )

    def quantities_used(self) -> tuple[str, ...]:
        """The quantities for, against and of the earlier forecasts."""
        return (*super().quantities_used(), *self.said)


@dataclass(frozen=True)
class Settled:
    """An earlier forecast whose outcome is known: its row, whether it came true, and who told so."""

    row: Statement
    came_true: bool
    witnesses: tuple[str, ...]


def question(row: Statement, parameters: ForecastCheck) -> ForecastCheck:
    """The claim's question, asked of the window of an earlier forecast."""
    least = row.valid_from + timedelta(days=parameters.least_window_days - 1)
    return parameters.model_copy(update={"since": row.valid_from, "until": max(row.valid_to, least)})


def earlier(archive: Archive, parameters: ForecastCheck) -> tuple[Statement, ...]:
    """One row for every earlier forecast of the kind, in order of publication.

    ValueError when a quantity in `said` holds counts of the past: such rows forecast nothing.
    """
    for name in parameters.said:
        if archive.quantities[name].tense != "forecast":
            raise ValueError(f"said: {name} is {archive.quantities[name].tense}, not a forecast")
    rows = [
        row
        for row in archive.evidence(*parameters.said)
        if testimony.says(row)
        and row.published <= row.valid_to
        and question(row, parameters).until < parameters.since
    ]
    firsts = (rows[0] for rows in archive.origins(rows).values())
    told = {(archive.ground(row.source), row.valid_from, row.valid_to): row for row in reversed(list(firsts))}
    return tuple(reversed(told.values()))


def settled(archive: Archive, parameters: ForecastCheck) -> tuple[Settled, ...]:
    """The earlier forecasts whose outcome was known on the archive's clock, in order of publication."""
    scored = (score(archive, row, parameters) for row in earlier(archive, parameters))
    return tuple(one for one in scored if one is not None)


def score(archive: Archive, row: Statement, parameters: ForecastCheck) -> Settled | None:
    """What became of one forecast, by rules 2 and 3; None while it is open or when it stays so."""
    asked = question(row, parameters)
    if not _is_over(archive, asked):
        return None
    witnesses = testimony.witnesses(archive, asked)
    came_true = _outcome(witnesses, asked)
    if came_true is None:
        return None
    return Settled(row, came_true, tuple(one.row for one in witnesses if one.row))


def settling_days(archive: Archive, parameters: ForecastCheck) -> set[date]:
    """The days on which the claim's own window, or that of an earlier forecast, can first be judged."""
    asked = [parameters, *(question(row, parameters) for row in earlier(archive, parameters))]
    return {one.until + timedelta(days=one.settle_days) for one in asked}


def _is_over(archive: Archive, asked: ForecastCheck) -> bool:
    """Whether the days after the window in which the news may come in have passed."""
    return archive.clock >= asked.until + timedelta(days=asked.settle_days)


def _outcome(witnesses: Sequence[Witness], parameters: ForecastCheck) -> bool | None:
    """Whether it came, by the witnesses of a window that is over; None when they do not settle it."""
    if not witnesses and parameters.silence_denies:
        return False
    if not testimony.enough(witnesses):
        return None
    share = weighing.probability(witnesses, parameters)
    if 1 - ENOUGH < share < ENOUGH:
        return None
    return share > 0.5


def record(came_true: int, known: int) -> tuple[float, Interval]:
    """Probability that the next forecast comes true, with its 90 % interval.

    Jeffreys' posterior of a share, from `came_true` of `known` cases.
    """
    from scipy.special import betaincinv

    came, stayed_away = came_true + 0.5, known - came_true + 0.5
    low, high = (float(betaincinv(came, stayed_away, share)) for share in (0.05, 0.95))
    return _next(came_true, known), Interval(low, high, "probability")


def _next(came_true: int, known: int) -> float:
    """Mean of Jeffreys' posterior of a share."""
    return (came_true + 0.5) / (known + 1)


def check(archive: Archive, claim: Claim, parameters: ForecastCheck) -> Finding:
    """Probability that it comes within the window, or once the window is settled, that it came."""
    over = _is_over(archive, parameters)
    answer = occurrence.answer(archive, parameters) if over else _by_record(archive, parameters)
    return METHOD.finding(archive, claim, parameters, answer)


def outcome(archive: Archive, parameters: ForecastCheck) -> Outcome:
    """What the label of a check follows from."""
    if _is_over(archive, parameters):
        return occurrence.outcome(archive, parameters)
    return _of_known(settled(archive, parameters))


def _of_known(known: Sequence[Settled]) -> Outcome:
    enough = len(known) >= LEAST_SETTLED
    share = _next(sum(forecast.came_true for forecast in known), len(known))
    # A forecast that came true does not contradict another that failed.
    return Outcome(probability=share if enough else None, enough=enough, opposed=False)


def _by_record(archive: Archive, parameters: ForecastCheck) -> Answer:
    """What the record of earlier forecasts says, as long as this one is open."""
    known = settled(archive, parameters)
    hits = sum(forecast.came_true for forecast in known)
    said = _of_known(known)
    interval = record(hits, len(known))[1] if said.enough else None
    about = archive.about(*parameters.quantities_used())
    used = {name for forecast in known for name in (forecast.row.id, *forecast.witnesses)}
    evidence = tuple(row.id for row in about if row.id in used)
    origins = {forecast.row.origin for forecast in known}
    return Answer(
        values=Forecasts(
            judged_from=parameters.until + timedelta(days=parameters.settle_days),
            told=len(earlier(archive, parameters)),
            known=len(known),
            came_true=hits,
        ),
        **vars(said),
        interval=interval,
        direction=direction(said.probability),
        witnesses=known,
        weight=float(len(known)),
        tellers=tuple(dict.fromkeys(archive.teller(forecast.row) for forecast in known)),
        origins=tuple(forecast.row.origin for forecast in known),
        outside_tellers=sum(not archive.is_belligerent(forecast.row) for forecast in known),
        counted_tellers=0,
        evidence=evidence,
        unused=unused(
            about,
            evidence,
            (Reason.NO_STANCE, lambda row: testimony.says(row) is None),
            (Reason.OPEN, lambda row: row.quantity in parameters.said and row.origin not in origins),
            (Reason.OTHER_DAYS, lambda row: row.quantity not in parameters.said),
        ),
        **of_rows(archive, evidence),
    )


METHOD = Method(
    name="forecast",
    title="Forecast: did it come as foreseen?",
    rule=__doc__,
    parameters=ForecastCheck,
    check=check,
    alternatives=ALTERNATIVES,
    outcome=outcome,
    question=english.forecast_asks,
    sentence=english.forecast,
    strategies=frozenset({"Written Evidence"}),
    # An earlier forecast, and what came of it, say neither yes nor no to this one.
    says_yes=testimony.says_yes,
    own_days=settling_days,
)
