"""Did it grow or shrink, and did that change? Weekly changes of a daily series, with honest errors.

Rule
----
1. The series is the sum of one column of a computed table by day, over the rows that the claim names. It is
   read off once a week, counted back from the end of the window (or both ways from the turn); a week's value
   is the newest of its seven days, and a week without data stays a gap. What comes by the day, as losses do,
   is added up first (`sums: amounts`), so that a week's change is what came in it. So is a day's share, in
   per cent of what came in the rows `among` (`sums: shares`); a week's change is then its mean share, and
   what is missing in all of these rows alike is missing in no share. Both are asked for a turn only.
2. Without a turn, the claim is about the mean of the weekly changes within the window. With a turn, it is
   about the difference between their means after and before that day. The estimate is that of least squares.
3. A week's change may hang on that of the week before. For each correlation of neighbouring weeks from none
   to `memory`, in steps of 0.05, the estimate has a standard error and degrees of freedom (Satterthwaite)
   that follow from it; a longer memory never has the smaller error nor more degrees of freedom. How likely
   each is says the restricted likelihood of all weekly changes up to the end of the window, with a mean and a
   spread of their own before it; all are alike before that. The answer is the mixture of these Student
   distributions. As each that `memory` adds is wider than those before it, more memory never narrows it.
4. For a turn, the same difference is also taken at every other day of the series as a placebo. The spread of
   those is what the series does without any cause, and no error is smaller than it. Fewer than ten placebos
   cannot say what the series does at other times: there is no number then.
   A table whose description names in `maker` whose figure a row is has as many tellers as makers among the
   rows that say something. What several made is never added up, and each is left out in turn by robustness.
5. The probability is the share of the answer above zero (below it, for a claim of shrinking). No change is
   neither: what is exactly constant has not grown, nor shrunk, nor turned.
6. Where the claim names no side ("either"), two stories are held against each other at even odds. Nothing
   happened: the estimate is nothing but its error, with a smallest effect in it that is not worth the word,
   `smallest` of the typical weekly change of the window. Something happened: the estimate lies anywhere, by
   a Cauchy distribution `breadth` such errors wide. At even odds or less the series says nothing.
7. With several series: that at least `least` of them lie on that side, taken as independent.
8. With fewer weekly changes than `least_weeks` (on each side of a turn) a series says nothing: no number.
9. Where a table has a row for each month, quarter or year, all of this is said of these instead of weeks: a
   month is read at its end, and is in the window when it ends there.
10. What is asked may be so without a trace in the series, as advertising that sells nothing. Where the check
   says so (`may_leave_no_trace`), even odds or less are silence and no denial.

Assumptions
-----------
Ground gained stays gained until it is lost: the changes are what varies, not the level around a line. A
regression on the level would take a wandering border for a trend. One map is one witness, whatever the number
of its days: what it gets wrong every day, no error here can show. A border redrawn and put back makes changes
that alternate: the intervals are too wide then. Placebos of neighbouring days are nearly one. Of amounts and
shares, a day without a row had none, so that a table with holes of days must not be asked for them.

Cover of 90 % intervals (tests/test_coverage.py), correlations of 0, 0.5 and 0.8, windows of 6 to 27 weeks:
0.94, 0.92 and 0.90 with 30 weeks known before; 0.96, 0.93 and 0.86 with eight, which are few for long memory.

Changed after the first look
----------------------------
In rule 3 the weeks before the window had one spread with its own. The first weeks of a series can
be ten times as wild as those that come later, and alone said how long all of them remember.

Literature
----------
Granger and Newbold (1974), Journal of Econometrics 2, for wandering series; Satterthwaite (1946), Biometrics
Bulletin 2; Harville (1977), JASA 72, for the restricted likelihood; Abadie, Diamond and Hainmueller (2010),
JASA 105, for placebos; Rouder et al. (2009), Psychonomic Bulletin & Review 16, for an effect against none.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..evidence.claims import Claim
from ..sentences import trends
from ..sentences.values import Changes, SeriesChange
from .asked import Asked
from .course import ALTERNATIVES, TrendCheck, in_archive, series
from .finding import Answer, Finding, Interval, Outcome, of_table
from .memory import Change, at_least, fit
from .method import Method
from .weeks import WEEK, Step, StepChanges, step_of

if TYPE_CHECKING:
    import numpy
    import pandas

    from ..archive import Archive

__all__ = ["METHOD", "TrendCheck", "check", "mean_change", "placebos", "series", "turn"]

LEAST_PLACEBOS = 10
# What is said of a change is chosen apart from the change, and a window apart from the series.
UNREAD = ("direction", "least", "smallest", "breadth", "may_leave_no_trace")
WINDOW = ("since", "until", "turn", "least_weeks", "memory", "quiet_days")


def mean_change(daily: pandas.Series, parameters: TrendCheck, step: Step = WEEK) -> Change | None:
    """The mean change from step to step within the window; None with too few."""
    return _mean(StepChanges.of(daily, step), parameters)


def turn(daily: pandas.Series, parameters: TrendCheck, at: date, step: Step = WEEK) -> Change | None:
    """Mean change from step to step after a day less that before it, in a window placed around it like the
    claim's own; None with too few on a side."""
    return _turn(StepChanges.of(daily, step), parameters, at)


def placebos(daily: pandas.Series, parameters: TrendCheck, step: Step = WEEK) -> list[float]:
    """The difference at every other cell of the series, leaving out windows that come near the claim's.

    The same number as `turn` gives, without its error, for all days, or months, at once.
    """
    return _placebos(StepChanges.of(daily, step), parameters)


def _mean(changes: StepChanges, parameters: TrendCheck) -> Change | None:
    first, last = changes.step.opened(parameters.since), changes.step.closed(parameters.until)
    steps = changes.between(first, last, last)
    if len(steps[1]) < parameters.least_weeks:
        return None
    return fit(_earlier(changes, first, last), steps, None, parameters.memory, changes.step)


def _turn(changes: StepChanges, parameters: TrendCheck, at: date) -> Change | None:
    step, (back, ahead) = changes.step, _arms(parameters)
    first, anchor = step.opened(at - back), step.closed(at)
    steps = changes.between(first, step.closed(at + ahead), anchor)
    after = steps[0] > anchor
    if min(after.sum(), (~after).sum()) < parameters.least_weeks:
        return None
    return fit(_earlier(changes, first, anchor), steps, after, parameters.memory, step)


def _earlier(changes: StepChanges, since: int, anchor: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The steps before a window, counted from its anchor: the cells that end them, and their changes."""
    # Steps that reach into the window are not among the window's own.
    last = anchor - (anchor - since) // changes.step.cells * changes.step.cells
    return changes.between(changes.first, last, last)


def _arms(parameters: TrendCheck) -> tuple[timedelta, timedelta]:
    """How far the window reaches before and after the turn; ValueError for a check without one."""
    if parameters.turn is None:
        raise ValueError("a check with a turn")
    return parameters.turn - parameters.since, parameters.until - parameters.turn


def _placebos(changes: StepChanges, parameters: TrendCheck) -> list[float]:
    import numpy

    step, first = changes.step, changes.first
    at = parameters.since + _arms(parameters)[0]
    own = step.closed(at)
    before, after = own - step.opened(parameters.since), step.closed(parameters.until) - own
    quiet = step.opened(at + timedelta(days=parameters.quiet_days)) - step.opened(at)
    cells = numpy.arange(before, changes.last - first + 1 - after)
    cells = cells[(own - first < cells - before - quiet) | (own - first > cells + after + quiet)]

    def mean(steps: numpy.ndarray) -> numpy.ndarray:
        table = changes.over[cells[:, None] + step.cells * steps]
        known = (~numpy.isnan(table)).sum(axis=1)
        total = numpy.nansum(table, axis=1)
        return numpy.where(known >= parameters.least_weeks, total / numpy.maximum(known, 1), numpy.nan)

    later, sooner = numpy.arange(1, after // step.cells + 1), numpy.arange(1 - before // step.cells, 1)
    differences = mean(later) - mean(sooner)
    return [float(difference) for difference in differences[~numpy.isnan(differences)]]


def _turned(daily: pandas.Series, parameters: TrendCheck, step: Step) -> Change | None:
    """How a series turned on the claim's day, if that is asked."""
    return turn(daily, parameters, parameters.turn, step) if parameters.turn else None


def _judged(daily: pandas.Series, parameters: TrendCheck, step: Step = WEEK) -> Change | None:
    """What one series says; None when it has too few steps, or too few placebos to hold a turn against."""
    changes = StepChanges.of(daily, step)
    if parameters.turn is None:
        return _mean(changes, parameters)
    own = _turn(changes, parameters, parameters.turn)
    spread = _placebos(changes, parameters) if own else []
    if own is None or len(spread) < LEAST_PLACEBOS:
        return None
    return own.no_surer_than(math.sqrt(sum(change**2 for change in spread) / len(spread)))


def _share(change: Change, parameters: TrendCheck) -> float:
    """Probability that a change lies on the side that the claim names."""
    if parameters.direction == "either":
        return change.share_either(parameters.smallest, parameters.breadth)
    return change.share_up if parameters.direction == "up" else change.share_down


def check(archive: Archive, claim: Claim, parameters: TrendCheck) -> Finding:
    """Probability that the series went the way that the claim says."""
    return METHOD.finding(archive, claim, parameters, _answer(archive, parameters))


def outcome(archive: Archive, parameters: TrendCheck) -> Outcome:
    """What the label of a check follows from."""
    return _outcome(_known(Asked(archive, parameters, *UNREAD)), parameters)


def _series(archive: Archive, parameters: TrendCheck) -> dict[str, pandas.Series]:
    return _formed(Asked(archive, parameters, *UNREAD, *WINDOW))


@functools.lru_cache(16)
def _formed(asked: Asked[TrendCheck]) -> dict[str, pandas.Series]:
    return series(asked.archive, asked.parameters)


@functools.lru_cache(128)
def _known(asked: Asked[TrendCheck]) -> Mapping[str, Change]:
    """What each series says that says something."""
    parameters = asked.parameters
    step = step_of(asked.archive, parameters.table)
    judged = {
        name: _judged(daily, parameters, step) for name, daily in _series(asked.archive, parameters).items()
    }
    return {name: change for name, change in judged.items() if change is not None}


def _outcome(known: Mapping[str, Change], parameters: TrendCheck) -> Outcome:
    share = _probability(list(known.values()), parameters)
    return Outcome(probability=share, enough=share is not None)


def _answer(archive: Archive, parameters: TrendCheck) -> Answer:
    all_series, step = _series(archive, parameters), step_of(archive, parameters.table)
    known = _known(Asked(archive, parameters, *UNREAD))
    only = next(iter(known.values())) if len(known) == 1 else None
    unit = _unit(archive, parameters)
    newest = max((daily.index[-1] for daily in all_series.values() if len(daily)), default=None)
    told = _told_by(archive, parameters, known, newest)
    return Answer(
        values=Changes(
            table=archive.tables.origin(parameters.table),
            measured=trends.noun(parameters),
            turn=parameters.turn,
            sums=parameters.sums,
            among=parameters.wider,
            unheld=any(
                _turned(daily, parameters, step) for name, daily in all_series.items() if name not in known
            ),
            unit=unit,
            step=step.name,
            single=trends.is_single(archive, parameters),
            series=tuple(
                SeriesChange(None if name == "all" else name, change.weekly, change.half_width)
                for name, change in known.items()
            ),
        ),
        **vars(_outcome(known, parameters)),
        estimate=only.weekly if only else None,
        interval=_interval(only, unit if parameters.sums == "shares" else f"{unit} a {step.name}")
        if only
        else None,
        direction=_direction(known),
        witnesses=tuple(known.items()),
        weight=float(len(told["tellers"])),
        **told,
    )


def _told_by(archive: Archive, parameters: TrendCheck, known: Collection[str], newest: Any) -> dict[str, Any]:
    """The fields that say who tells: the makers of the series that say something."""
    where = {**parameters.where}
    if parameters.by is not None and parameters.by == archive.tables.by_maker(parameters.table):
        where[parameters.by] = tuple(known)
    return of_table(
        archive, parameters.table, bool(known), until=parameters.until, newest=newest, where=where
    )


def _unit(archive: Archive, parameters: TrendCheck) -> str:
    """The unit of a change."""
    if parameters.sums == "shares":
        return "percentage points"
    return archive.tables.unit(parameters.table, parameters.value)


def _interval(change: Change, unit: str) -> Interval:
    """The 90 % interval of a change."""
    return Interval(change.weekly - change.half_width, change.weekly + change.half_width, unit)


def _probability(known: Sequence[Change], parameters: TrendCheck) -> float | None:
    """Probability that enough of the series went that way; None where too few say anything."""
    if len(known) < parameters.least:
        return None
    share = at_least([_share(change, parameters) for change in known], parameters.least)
    # A turn that does not stand out is no proof that nothing turned.
    cannot_deny = parameters.direction == "either" or parameters.may_leave_no_trace
    return None if cannot_deny and share <= 0.5 else share


def _direction(known: Mapping[str, Change]) -> str | None:
    if not known:
        return None
    rising = sum(one.weekly > 0 for one in known.values())
    return "up" if rising == len(known) else "down" if rising == 0 else "mixed"


METHOD = Method(
    name="trend",
    title="Trend: did it grow, shrink or turn?",
    rule=__doc__,
    parameters=TrendCheck,
    check=check,
    alternatives=ALTERNATIVES,
    in_archive=in_archive,
    outcome=outcome,
    question=trends.trend_asks,
    sentence=trends.trend,
    strategies=frozenset({"Numerical Comparison"}),
)
