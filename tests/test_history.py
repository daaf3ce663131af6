"""The history is what the ledger says on each of its days, and its changes name what changed it."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pandas
import pytest
from cost import usual_from_cold

from utils import history, verdicts
from utils.archive import DATA, Archive
from utils.checks import forecast
from utils.checks.forecast import ForecastCheck
from utils.evidence import vintages
from utils.evidence.vintages import Tables

# The bar is one of processor time, which grows where another process shares the core.
pytestmark = [pytest.mark.alone, pytest.mark.campaign]
FIRST = date(2024, 8, 1)
SPAN = 500
LAST = FIRST + timedelta(days=SPAN - 1)
SECONDS = 10


@pytest.fixture(scope="module")
def past():
    days = {}

    def judge():
        days.update(history.histories(Archive.read(), until=LAST))

    return days, usual_from_cold(judge, SECONDS)


def test_five_hundred_days_of_all_claims_are_fast(past, record_property):
    days, seconds = past
    record_property("seconds for the history of all claims over 500 days", round(seconds, 2))
    assert {len(one) for one in days.values()} == {SPAN} and len(days) == 18
    assert seconds < SECONDS


def checks(archive):
    return [check for claim in archive.claims for check in claim.built]


def days_of_tables_only(archive) -> set[date]:
    """Days on which a check's table has news and nobody published a statement or an event."""
    told = {row.published for row in (*archive.statements, *archive.events)}
    news = {
        day
        for check in checks(archive)
        for name in check.tables_used()
        for day in archive.tables.days_of_news(name, *check.looks_at)
    }
    return {day for day in news - told if FIRST <= day <= LAST}


def days_of_settling(archive) -> set[date]:
    return {
        day
        for check in checks(archive)
        if isinstance(check, ForecastCheck)
        for day in forecast.settling_days(archive, check)
        if FIRST <= day <= LAST
    }


def sample(archive) -> list[date]:
    draw = random.Random(20241112)
    every = [FIRST + timedelta(days=number) for number in range(SPAN)]
    quiet, settling = sorted(days_of_tables_only(archive)), sorted(days_of_settling(archive))
    assert len(quiet) > 20 and len(settling) > 3
    article = archive.article.published
    chosen = {FIRST, article, article + timedelta(days=1), LAST, *settling}
    return sorted(chosen | {*draw.sample(every, 25), *draw.sample(quiet, 15)})


def test_the_history_is_the_ledger_of_each_day(archive, past):
    days, _ = past
    chosen = sample(archive)
    assert len(chosen) >= 40
    for day in chosen:
        place = (day - FIRST).days
        assert tuple(one[place] for one in days.values()) == verdicts.ledger(archive.as_of(day)), day


def test_a_history_that_ends_before_it_begins_is_empty_and_one_day_is_one(archive):
    claim = archive.claim("C02")
    for days in (-1, 0, 1, 2):
        found = history.history(archive, claim, FIRST + timedelta(days=days))
        assert [one.as_of for one in found] == [FIRST + timedelta(days=day) for day in range(days + 1)]


def test_a_window_whose_last_days_have_no_map_is_settled_by_the_next_one(archive):
    shown = Tables(DATA)
    for name in ("area_by_oblast", "isw_area"):
        frame, _, lag = archive.tables._frame(name)
        lost = pandas.to_datetime(["2024-11-11", "2024-11-12"])
        frame = frame[~frame["date"].isin(lost)].reset_index(drop=True)
        shown._frames[name] = (frame, vintages._published(frame, archive.tables.declared[name], lag), lag)
    lost_days = replace(archive, tables=shown)
    claims = [archive.claim(name) for name in ("C05", "C12")]
    until = date(2024, 12, 31)
    for claim in claims:
        days = history.history(lost_days, claim, until)
        for day in (date(2024, 11, 11), date(2024, 11, 13), date(2024, 11, 14), date(2024, 11, 15), until):
            assert days[(day - FIRST).days] == verdicts.verdict(lost_days.as_of(day), claim), (claim.id, day)


def test_changes_name_the_rows_and_the_checks_that_changed(archive, past):
    days, _ = past
    changes = {name: history.changes(one) for name, one in days.items()}
    assert sum(map(len, changes.values())) > 10
    for name, found in changes.items():
        claim = archive.claim(name)
        news = set().union(*(history.days_of_news(archive, check) for check in claim.built))
        for change in found:
            place = (change.day - FIRST).days
            before, after = days[name][place - 1 : place + 1]
            assert (change.before, change.after) == (before.label, after.label)
            assert change.before != change.after and change.day in news
            assert set(change.rows) == set(before.evidence) ^ set(after.evidence)
            pairs = list(zip(before.findings, after.findings, strict=True))
            relabelled = {new.name for old, new in pairs if verdicts.label(old) != verdicts.label(new)}
            moved = {new.name for old, new in pairs if old.probability != new.probability}
            assert set(change.checks) == (relabelled or moved)
            assert change.checks
        turned = sum(one.label != other.label for one, other in zip(days[name], days[name][1:], strict=False))
        assert len(found) == turned


def test_a_denial_from_the_other_end_of_the_line_is_named_as_the_change(archive):
    claim, day = archive.claim("C15"), date(2024, 11, 20)
    denials = [
        archive.rows["S225"].model_copy(
            update={"id": f"Z{place}", "origin": f"Z{place}", "source": source, "stance": "denies"}
            | {"published": day}
        )
        for place, source in enumerate(("us_dod", "nis", "uk_mod"))
    ]
    rows = sorted((*archive.statements, *denials), key=lambda row: (row.published, row.id))
    found = history.changes(
        history.history(replace(archive, statements=tuple(rows)), claim, day + timedelta(3))
    )
    last = found[-1]
    assert (last.day, last.before) == (day, "Supported") and last.after != "Supported"
    assert (last.rows, last.checks) == (("Z0", "Z1", "Z2"), ("occurrence",))
