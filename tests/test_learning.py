"""What is learnt from made-up quantities whose drift and shared error are known, and the laws of learning."""

from dataclasses import replace
from datetime import date

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_laws import DAYS, statements
from told import figure

from utils.checks import quantity
from utils.checks.grading import by_quantity, figures, graded
from utils.checks.learning import DRIFT, SHARED, learnt
from utils.checks.track_record import records, score


def world(seed, *, drift=0.0, shared=0.0, kind="stock", quantities=25, own=0.15):
    """Two tellers of each quantity speak early and two others a day later; all wander together."""
    random = numpy.random.default_rng(seed)
    told = []
    for number in range(quantities):
        path = numpy.concatenate([[0.0], random.normal(0, drift, 120)]).cumsum()
        off = shared * random.standard_t(4)
        for place, (source, day) in enumerate(
            (("a", 0), ("b", 0), ("c", 1), ("d", 1), ("a", 100), ("b", 101))
        ):
            error = random.normal(0, own) + (off if day == 0 else 0.0)
            value = 1000 * float(numpy.exp(path[day] + error))
            name = f"{kind}{number}"
            told.append(figure(f"{name}-{place}", source, day, value, quantity=name, kind=kind))
    return tuple(sorted(told, key=lambda one: (one.published, one.id)))


def test_nothing_to_learn_from_leaves_the_defaults():
    lesson = learnt(())
    assert dict(lesson.drift) == dict(DRIFT)
    assert lesson.shared == pytest.approx(SHARED)
    assert (lesson.figures, lesson.quantities) == (0, 0)


@pytest.mark.long
def test_the_shared_error_is_found():
    scales = [learnt(world(1, shared=true, drift=0.01)).shared for true in (0.0, 0.3, 0.8)]
    assert scales[0] < 0.15 < scales[1] < 0.45 < 0.5 < scales[2] < 1.3


def test_few_figures_move_the_default_little():
    """Three figures that are far off weigh less than the nine made-up ones; forty do not."""
    few, many = (learnt(world(2, shared=1.5, quantities=count)).shared for count in (3, 40))
    assert SHARED < few < 0.75 * many


def test_drift_belongs_to_the_kind():
    told = (*world(3, drift=0.01), *world(4, drift=0.2, kind="ramp"))
    lesson = learnt(told)
    assert 0.005 <= lesson.drift_of("stock") <= 0.03
    assert 0.1 <= lesson.drift_of("ramp") <= 0.4
    assert lesson.drift_of("share") == DRIFT["share"]


def test_a_quantity_does_not_teach_for_itself():
    told = world(5, shared=0.3, quantities=12)
    name = told[0].quantity
    changed = tuple(
        replace(one, value=one.value * 50) if (one.quantity, one.source) == (name, "a") else one
        for one in told
    )
    assert learnt(told, without={name}) == learnt(changed, without={name})
    assert learnt(told) != learnt(changed)


@pytest.mark.parametrize("factor", [1e-6, 0.37, 1e9])
def test_no_unit_changes_a_lesson(factor):
    told = world(8, shared=0.3, drift=0.02, quantities=6)
    units = {one.quantity: factor ** (number % 3) for number, one in enumerate(told)}
    changed = tuple(replace(one, value=one.value * units[one.quantity]) for one in told)
    assert learnt(changed) == learnt(told)


def test_a_crowded_quantity_counts_for_two_figures_at_most():
    """Many figures on one quantity that are far off do not drown the others."""
    good = world(6, shared=0.0, quantities=25)
    rows = [figure(f"x{day}", f"s{day}", day, 1000 * 8 ** (day % 2), quantity="x") for day in range(40)]
    assert learnt((*good, *rows)).shared < 0.3


@pytest.fixture(scope="module")
def told(archive):
    return figures(archive)


def test_the_prediction_knows_nothing_of_later_days(archive, told):
    for group in by_quantity(told).values():
        for one in graded(group, DRIFT[group[0].kind]):
            known = [archive.rows[said.row].published for said in one.before]
            later = [archive.rows[said.row].published for said in one.later]
            assert max(known) <= one.figure.published < min(later)
            assert not {said.teller for said in one.before} & {said.teller for said in one.later}
            assert one.figure.id in [said.row for said in one.before]


def test_who_rests_on_whom_and_what_is_counted_are_part_of_a_lesson(archive):
    """A lesson is kept for all choices of one archive, and not for one with other sources or kinds."""
    check = archive.claim("C01").built[0]
    before = quantity.errors(archive, check)
    rest = {"speaks_for": None, "derived_from": "zelensky"}
    merged = {
        name: one.model_copy(update=rest if name != "zelensky" else {"derived_from": None})
        for name, one in archive.sources.items()
    }
    # Of one teller nobody is left to measure anybody by.
    alone = quantity.errors(replace(archive, sources=merged), check)
    assert before.learnt.figures > 0 == alone.learnt.figures
    others = {name: one.model_copy(update={"kind": "other"}) for name, one in archive.quantities.items()}
    same = quantity.errors(replace(archive, quantities=others), check)
    assert same.drift["stock"] == DRIFT["stock"] != before.drift["stock"]


@pytest.mark.campaign
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), day=DAYS)
def test_a_row_published_later_teaches_nothing(archive, data, day):
    added = data.draw(st.lists(statements(archive, day), max_size=6))
    rows = sorted((*archive.statements, *added), key=lambda row: (row.published, row.id))
    future = replace(archive, statements=tuple(rows))
    assert learnt(figures(future.as_of(day))) == learnt(figures(archive.as_of(day)))


def test_what_the_day_taught_stays_taught(archive, told):
    """The lesson of a day is the same from the rows of that day alone and from all, cut at the day."""
    for day in (date(2024, 11, 12), date(2025, 3, 1)):
        known = tuple(one for one in told if one.published <= day)
        assert known == figures(archive.as_of(day))


def test_the_track_record_of_the_archive(told):
    """90 % bands hold 85 to 95 %; the log score is above -1.1 and above that of the unskilled guess."""
    found = records(told)
    summed = score(found)
    assert 0.85 <= summed.cover <= 0.95
    assert summed.log_score > -1.1
    assert summed.log_score > summed.unskilled
    assert [one.row for one in found] == [one.id for one in told if one.id in {two.row for two in found}]
    alone = score(records(told, alone=True))
    assert 0.85 <= alone.cover <= 0.95 and alone.log_score > -1.1


def test_a_record_by_hand():
    told = world(7, shared=0.2, drift=0.01, quantities=12)
    found = records(told)
    assert {one.quantity for one in found} == {one.quantity for one in told}
    for one in found[:5]:
        assert one.band[0] < one.predicted < one.band[1]
        assert one.is_held == (one.band[0] <= one.later <= one.band[1])
        assert 0 <= one.surprise <= 1
        assert (one.surprise >= 0.1) == one.is_held or abs(one.surprise - 0.1) < 0.01
        others = [numpy.log(two.later / two.told) for two in found if two.quantity != one.quantity]
        spread = float(numpy.sqrt(numpy.mean(numpy.square(others))))
        off = numpy.log(one.later / one.told) / spread
        assert one.unskilled == pytest.approx(-(off**2) / 2 - numpy.log(spread * numpy.sqrt(2 * numpy.pi)))
    with pytest.raises(ValueError, match="no record"):
        score([])


@pytest.mark.long
def test_on_the_day_only_the_past_teaches(told):
    """Where the measure is the same, figures told since change no record."""
    day = date(2025, 1, 31)
    known = tuple(one for one in told if one.published <= day)
    then = {one.row: one for one in records(known, on_the_day=True)}
    now = {one.row: one for one in records(told, on_the_day=True)}
    same = [name for name in then if then[name].rows == now[name].rows]
    assert len(same) > 10
    assert any(one.band != now[one.row].band for one in records(told))
